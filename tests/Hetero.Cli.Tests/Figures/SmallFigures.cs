using Hetero.Cli.FigureCharts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;

namespace Hetero.Cli.Tests.Figures;

/// <summary>The figures at sizes that take no time.</summary>
internal static class SmallFigures
{
    private static readonly RunRecipe Common = new() { Dimension = 8, Samples = 40, Steps = 12 };

    public static Figure1 Figure1 { get; } = new(Common with { Spread = 8, Orthogonal = true }, 50);

    public static Figure2 Figure2 { get; } = new(100);

    public static Figure3 Figure3 { get; } = new(Common, 50);

    public static Figure4 Figure4 { get; } = new(Common with { Spread = 5 }, 0.4, 50);

    public static Figure6 Figure6 { get; } = new(
        Common with
        {
            Algorithm = Algorithm.PooledSgd,
            InvariantRank = 2,
            SpuriousRank = 2,
            SpuriousMean = 0.5,
            Spread = 4,
            Orthogonal = true,
        },
        1);

    public static ProofBarrier Barrier { get; } = new(
        new RunRecipe { Dimension = 6, Samples = 1_000_000_000, Spread = 20, InitialScale = 0.1, Orthogonal = true },
        new RunRecipe
        {
            Dimension = 5,
            Measurements = MeasurementKind.Population,
            Spread = 20,
            InitialScale = 0.03,
            Orthogonal = true,
        });

    public static Theorem8 Theorem8 { get; } = new(new Theorem8().Common with { Dimension = 8, Samples = 300, Steps = 20 });

    public static Rivals Rivals { get; } = new(new Rivals().Common with { Dimension = 6, Samples = 300 }, 400);

    public static Theorem7 Theorem7 { get; } = new(new Theorem7().Common with { Dimension = 8, Samples = 300, Steps = 10 });

    public static Supermartingale Supermartingale { get; } = new(9);

    public static ShapeMatters ShapeMatters { get; } = new(12, 2, 6, 120);

    public static LabelNoiseGrowth LabelNoise { get; } = new(
        Common with { Spread = 0, Every = 4, Orthogonal = true },
        Common with { Spread = 0, Every = 4, Orthogonal = true, Measurements = MeasurementKind.Stored },
        8);

    public static MomentumWindow Momentum { get; } = new(new MomentumWindow().Common, 0.5);

    public static PhaseDiagram PhaseDiagram { get; } = new(Common with { Samples = 300, Orthogonal = true }, 4, 3, 4);

    public static Million Million { get; } = new(new Million().Common with { Dimension = 300, FactorColumns = 5, Samples = 100_000, Steps = 30, Every = 7 });

    public static IFigure Of(string name) => name switch
    {
        "figure1" => new Figure1Chart(Figure1),
        "figure2" => new Figure2Chart(Figure2),
        "figure3" => new Figure3Chart(Figure3),
        "figure4" => new Figure4Chart(Figure4),
        "barrier" => new ProofBarrierChart(Barrier),
        "shape-matters" => new ShapeMattersChart(ShapeMatters),
        "label-noise" => new LabelNoiseChart(LabelNoise),
        "theorem7" => new Theorem7Chart(Theorem7),
        "rivals" => new RivalsChart(Rivals),
        "theorem8" => new Theorem8Chart(Theorem8),
        "supermartingale" => new SupermartingaleChart(Supermartingale),
        "momentum" => new MomentumWindowChart(Momentum),
        "adaptive" => new AdaptiveLimitsChart(new AdaptiveLimits(1)),
        "schedule" => new ScheduledGrowthChart(new ScheduledGrowth(40)),
        "environments" => new ListedEnvironmentsChart(new ListedEnvironments(20, 30)),
        "million" => new MillionChart(Million),
        "phase-diagram" => new PhaseDiagramChart(PhaseDiagram),
        _ => new Figure6Chart(Figure6),
    };
}
