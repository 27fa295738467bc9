using Hetero.Cli.CommandLine;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The figures, in the order in which they are made.</summary>
internal static class FigureRegistry
{
    /// <summary>Stands for the paper's figures and its open questions, which together are made within minutes.</summary>
    private const string Standard = "all";

    /// <summary>Stands for what goes beyond them, and is made on request.</summary>
    private const string Further = "more";

    /// <summary>Stands for what takes minutes a run and more than a gigabyte of memory.</summary>
    private const string Large = "large";

    private static readonly IReadOnlyList<IFigure> StandardFigures =
    [
        new Figure1Chart(new Figure1()),
        new Figure2Chart(new Figure2()),
        new Figure3Chart(new Figure3()),
        new Figure4Chart(new Figure4()),
        new Figure5Chart(new Figure5()),
        new Figure6Chart(new Figure6()),
        new OffDiagonalChart(new OffDiagonal()),
        new EnvironmentOrdersChart(new EnvironmentOrders()),
        new PoolingShareChart(new PoolingShare()),
        new SampleComplexityChart(new SampleComplexity()),
        new ProofBarrierChart(new ProofBarrier()),
        new SupermartingaleChart(new Supermartingale()),
    ];

    private static readonly IReadOnlyList<IFigure> FurtherFigures =
    [
        new ShapeMattersChart(new ShapeMatters()),
        new LabelNoiseChart(new LabelNoiseGrowth()),
        new Theorem7Chart(new Theorem7()),
        new Theorem8Chart(new Theorem8()),
        new IndefiniteSignalsChart(new IndefiniteSignals()),
        new ParameterizationChart(new Parameterization()),
        new RivalsChart(new Rivals()),
        new MomentumWindowChart(new MomentumWindow()),
        new AdaptiveLimitsChart(new AdaptiveLimits()),
        new ScheduledGrowthChart(new ScheduledGrowth()),
        new ListedEnvironmentsChart(new ListedEnvironments()),
        new FederatedWindowChart(new FederatedWindow()),
        new PhaseDiagramChart(new PhaseDiagram()),
    ];

    private static readonly IReadOnlyList<IFigure> LargeFigures = [new MillionChart(new Million())];

    /// <summary>Every figure.</summary>
    public static IReadOnlyList<IFigure> All { get; } = [.. StandardFigures, .. FurtherFigures, .. LargeFigures];

    /// <summary>What a user may ask for.</summary>
    public static string Names => string.Join(", ", AllNames);

    private static IEnumerable<string> AllNames => [.. All.Select(figure => figure.Name), Standard, Further, Large];

    /// <summary>The word that a figure is made under, beside its name.</summary>
    public static string GroupOf(IFigure figure) => StandardFigures.Contains(figure) ? Standard : FurtherFigures.Contains(figure) ? Further : Large;

    /// <summary>The figures that names stand for, in any case, each once, in the order of the list; all of them without names.</summary>
    public static IReadOnlyList<IFigure> Find(IReadOnlyList<string> names)
    {
        HashSet<string> asked = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            asked.Add(AllNames.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? name
                : throw new UsageException($"'{Shown.Of(name)}' is not a figure{Suggestion.For(name, AllNames)}; accepted are {Names}."));
        }

        return [.. All.Where(figure => asked.Contains(figure.Name) || asked.Contains(GroupOf(figure)) || asked.Count == 0)];
    }
}
