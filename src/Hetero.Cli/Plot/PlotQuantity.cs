using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Plot;

/// <summary>A quantity that is drawn: its value in the last row of a run, or, of a sweep, its time average.</summary>
/// <param name="Of">The quantity.</param>
/// <param name="IsMean">Whether the time average is meant.</param>
internal sealed record PlotQuantity(RowQuantity Of, bool IsMean = false)
{
    private const string Mean = "_mean";

    /// <summary>What the option accepts.</summary>
    public static ValueSyntax<PlotQuantity[]> Syntax { get; } = new(
        $"one or more of {string.Join(", ", RowQuantity.All)}, of sweeps also with {Mean} for time averages, separated by commas", TryRead);

    /// <summary>Gets the name that columns have.</summary>
    public string Name => IsMean ? Of.Name + Mean : Of.Name;

    private static bool TryRead(string text, out PlotQuantity[] quantities)
    {
        PlotQuantity?[] found = [.. text.Split(',').Select(Find)];
        quantities = [.. found.OfType<PlotQuantity>()];
        return quantities.Length == found.Length && quantities.Distinct().Count() == found.Length;
    }

    private static PlotQuantity? Find(string name)
    {
        bool isMean = name.EndsWith(Mean, StringComparison.Ordinal);
        string bare = isMean ? name[..^Mean.Length] : name;
        return RowQuantity.All.FirstOrDefault(quantity => quantity.Name == bare) is { } found ? new(found, isMean) : null;
    }
}
