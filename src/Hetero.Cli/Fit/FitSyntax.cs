using Hetero.Experiments.Values;

namespace Hetero.Cli.Fit;

/// <summary>What the options of a fit accept that a run's do not.</summary>
internal static class FitSyntax
{
    private const string All = "all", Automatic = "auto";

    private static readonly ValueSyntax<long> Count = NumberSyntax.Whole(1L, int.MaxValue);

    /// <summary>A number of rows; null for all that an environment has.</summary>
    public static ValueSyntax<long?> Samples { get; } = new($"{All}, or {Count.Accepted}", ReadSamples);

    /// <summary>A step size; null for one that is chosen.</summary>
    public static ValueSyntax<double?> StepSize { get; } = new($"{Automatic}, or {NumberSyntax.Positive.Accepted}", ReadStepSize);

    private static bool ReadStepSize(string text, out double? stepSize)
    {
        bool isNumber = NumberSyntax.Positive.TryRead(text, out double number);
        stepSize = isNumber ? number : null;
        return isNumber || text == Automatic;
    }

    private static bool ReadSamples(string text, out long? rows)
    {
        bool isNumber = Count.TryRead(text, out long number);
        rows = isNumber ? number : null;
        return isNumber || text == All;
    }
}
