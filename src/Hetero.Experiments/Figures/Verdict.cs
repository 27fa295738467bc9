using System.Globalization;

namespace Hetero.Experiments.Figures;

/// <summary>One expectation and what was measured.</summary>
/// <param name="Quantity">What was measured, in words.</param>
/// <param name="Expected">What is expected, in words.</param>
/// <param name="Measured">The number.</param>
/// <param name="Met">Whether the expectation is met; null for information, which nothing depends on.</param>
internal sealed record Verdict(string Quantity, string Expected, double Measured, bool? Met)
{
    /// <summary>Expects less than a limit.</summary>
    public static Verdict Below(string quantity, double measured, double limit)
        => new(quantity, string.Create(CultureInfo.InvariantCulture, $"< {limit}"), measured, measured < limit);

    /// <summary>Expects more than a limit.</summary>
    public static Verdict Above(string quantity, double measured, double limit)
        => new(quantity, string.Create(CultureInfo.InvariantCulture, $"> {limit}"), measured, measured > limit);

    /// <summary>Expects a number in a closed interval.</summary>
    public static Verdict Between(string quantity, double measured, double low, double high)
        => new(quantity, string.Create(CultureInfo.InvariantCulture, $"{low} to {high}"), measured, measured >= low && measured <= high);

    /// <summary>Reports a number beside what is known about it.</summary>
    public static Verdict Information(string quantity, double measured, string expected) => new(quantity, expected, measured, null);

    /// <summary>The verdict in words.</summary>
    /// <param name="judged">Whether there were enough seeds to judge.</param>
    public string Text(bool judged) => Met switch
    {
        null => "information",
        _ when !judged => "not judged",
        true => "met",
        false => "not met",
    };
}
