using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.FigureCharts;

/// <summary>The drawing half of a figure.</summary>
/// <param name="figure">The computing half.</param>
internal abstract class FigureChart<TData>(Figure<TData> figure) : IFigure
{
    public string Name => figure.Name;

    public string Description => figure.Description;

    public long SeedCount(int seeds) => figure.SeedCount(seeds);

    public int LeastSeeds => figure.LeastSeeds;

    public bool KeepsRuns => figure.KeepsRuns;

    public FigureResult Run(FigureRequest request)
    {
        (FigureNumbers numbers, TData data) = figure.Compute(request);
        return new FigureResult(numbers, Draw(numbers.Sweeps, data, request));
    }

    /// <summary>Draws what was computed.</summary>
    /// <param name="sweeps">The runs.</param>
    /// <param name="data">What the figure has found beside them.</param>
    /// <param name="request">Which seeds.</param>
    protected abstract Chart Draw(IReadOnlyList<SeedSweep> sweeps, TData data, FigureRequest request);
}
