namespace Hetero.Core.Benchmarks.Fits;

/// <summary>All tables.</summary>
internal static class FitTables
{
    private static readonly FitScenario Wide = new()
    {
        Dimension = 40, InvariantRank = 2, Values = "-5:7:8", Samples = 12_000, StepSize = 0.1, Steps = 150, Every = 3, IsSingle = true,
    };

    public static IReadOnlyList<IFitTable> All { get; } =
    [
        new ErrorTable("many-rows", "d = 40, s evenly from -5 to 7, 12,000 rows", Wide),
        new ErrorTable("small-spread", "the same with s from -3 to 5 and η = 0.2", Wide with { Values = "-3:5:8", StepSize = 0.2 }),
        new ErrorTable("overlap", "as many-rows with random subspaces and 16,000 rows", Wide with { IsOrthogonal = false, Samples = 16_000 }),
        new FewRowsTable(),
        new RankTable(),
        new StepSizeTable(
            "auto", "the step size that is chosen beside twelve fixed ones", seeds: 5, [new("auto", trial => trial.Automatic())]),
        new StepSizeTable(
            "tune", "the same, and cross-validation", seeds: 3, [new("tune", trial => trial.Tuned()), new("auto", trial => trial.Automatic())]),
    ];
}
