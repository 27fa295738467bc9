using System.Globalization;
using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>Which values of a chosen option a check takes: found by giving it others, as a check says no more than what it makes of an instance.</summary>
internal static class AcceptedValues
{
    private const int Probes = 40;

    /// <summary>Says what is accepted in the place of the value given: one value that all instances have, an interval, or nothing.</summary>
    /// <param name="check">The check.</param>
    /// <param name="option">The option that it moves.</param>
    /// <param name="chosen">All chosen options.</param>
    /// <param name="seed">The seed of the instances.</param>
    /// <returns>The end of a sentence that begins with "it", or with "it is about instances with" if there is one value.</returns>
    public static (bool IsFixed, string Text) Describe(TheoryCheck check, ChosenOption option, ChosenParameters chosen, ulong seed)
    {
        string given = $"(given: {chosen.GivenText(option)})";
        if (Interval(check, option, chosen, seed) is { } interval)
        {
            return (false, $"takes {option.Name} {interval} {given}");
        }

        object?[] found = Over(check, option, chosen, seed);
        return found.Distinct().Count() == 1 && Keeps(check, option, option.Set(chosen, found[0]), seed)
            ? (true, $"{option.Name} {ChosenOption.Text(found[0])} {given}")
            : (false, $"draws its own {option.Name} {given}");
    }

    // From what the least and the greatest value are moved to, if it keeps these and what lies between them.
    private static string? Interval(TheoryCheck check, ChosenOption option, ChosenParameters chosen, ulong seed)
    {
        if (option.Range is not { } range)
        {
            return null;
        }

        double[] lows = Numbers(range.Least), highs = Numbers(range.Greatest);
        if (lows.Length == 0 || highs.Length == 0)
        {
            return null;
        }

        double low = lows.Max(), high = highs.Min(), middle = option.IsWhole ? Math.Floor((low + high) / 2) : (low + high) / 2;
        bool isKept = low < high && new[] { low, middle, high }.All(value => Keeps(check, option, option.Set(chosen, option.Value(value)), seed));
        return isKept ? string.Create(CultureInfo.InvariantCulture, $"from {low} to {high}") : null;

        double[] Numbers(double end)
            => [.. Over(check, option, option.Set(chosen, option.Value(end)), seed).Where(value => value is not null).Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture))];
    }

    private static bool Keeps(TheoryCheck check, ChosenOption option, ChosenParameters chosen, ulong seed)
        => Over(check, option, chosen, seed) is { Length: > 0 } found && found.All(value => Equals(value, option.Get(chosen)));

    /// <summary>The values of the option after the check moved instances with chosen values; of those that there can be.</summary>
    private static object?[] Over(TheoryCheck check, ChosenOption option, ChosenParameters chosen, ulong seed)
    {
        List<object?> found = [];
        for (int trial = 0; trial < Probes; trial++)
        {
            try
            {
                found.Add(option.Of(check.Adapt(chosen.Apply(TheoryInstance.Draw(seed, trial)))));
            }
            catch (ArgumentException)
            {
                // There is no such instance.
            }
        }

        return [.. found];
    }
}
