namespace Hetero.Core.Benchmarks.Plots;

/// <summary>One side's rates over the sizes, in the plot's unit a second.</summary>
/// <param name="Panel">The panel that it is drawn in.</param>
/// <param name="Series">The side.</param>
internal sealed record PlotCurve(string Panel, string Series)
{
    public List<double> Sizes { get; } = [];

    /// <summary>Gets the rate of the fastest run: whatever disturbs a run only makes it longer.</summary>
    public List<double> Best { get; } = [];

    /// <summary>Gets the median over the rounds of the fastest run of each: far below the best, the machine was disturbed.</summary>
    public List<double> Median { get; } = [];
}
