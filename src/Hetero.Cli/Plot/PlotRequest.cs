namespace Hetero.Cli.Plot;

/// <summary>One call of hetero plot.</summary>
/// <param name="Sources">What is drawn.</param>
/// <param name="Quantities">Which quantities, a panel for each.</param>
/// <param name="IsHorizontalLog">Whether what varies is spaced by its logarithm; null for what suits it.</param>
/// <param name="IsQuantityLog">Whether quantities are; null for what suits them.</param>
internal sealed record PlotRequest(
    IReadOnlyList<PlotSource> Sources, IReadOnlyList<PlotQuantity> Quantities, bool? IsHorizontalLog = null, bool? IsQuantityLog = null);
