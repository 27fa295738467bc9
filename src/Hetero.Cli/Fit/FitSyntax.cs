using Hetero.Experiments.Values;

namespace Hetero.Cli.Fit;

/// <summary>What the options of a fit accept that a run's do not.</summary>
internal static class FitSyntax
{
    private const string All = "all", Automatic = "auto";

    private static readonly ValueSyntax<long> Count = NumberSyntax.Whole(1L, int.MaxValue);

    /// <summary>A number of rows; null for all that an environment has.</summary>
    public static ValueSyntax<long?> Samples { get; } = new($"{All}, or {Count.Accepted}", ReadSamples);

    /// <summary>Step sizes; null for one that is chosen, or for those around it.</summary>
    public static ValueSyntax<double[]?> StepSizes { get; } = new($"{Automatic}, {NumberSyntax.Positive.Accepted}, or with '--tune' a list of such, separated by commas", ReadStepSizes);

    private static bool ReadStepSizes(string text, out double[]? stepSizes)
    {
        string[] parts = text.Split(',');
        double[] numbers = [.. parts.Select(part => NumberSyntax.Positive.TryRead(part, out double number) ? number : double.NaN)];
        bool areNumbers = !numbers.Any(double.IsNaN);
        stepSizes = areNumbers ? numbers : null;
        return areNumbers || text == Automatic;
    }

    private static bool ReadSamples(string text, out long? rows)
    {
        bool isNumber = Count.TryRead(text, out long number);
        rows = isNumber ? number : null;
        return isNumber || text == All;
    }
}
