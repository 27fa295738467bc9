using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Figure 2: the mean of ‖q_t‖ grows and its 0.1-moment falls, if the multiplier oscillates. M = 8: the moment falls only where
/// E|1 + ηs|^0.1 is below 1, which at η = 0.05 and mean 1 takes M above 6.7.
/// </summary>
/// <param name="paths">The number of paths for each seed; fewer than the figure's are for tests.</param>
internal sealed class Figure2(int paths) : Figure<(double[][] Exact, QuantileBand[] Simulated)>
{
    internal const double SpuriousMean = 1;
    internal const double Spread = 8;
    internal const double StepSize = 0.05;
    private const double Exponent = 0.1;
    internal const int Steps = 100;

    internal static readonly (string Name, string Label)[] Moments = [("mean", "E‖q‖"), ("tenth_moment", "E‖q‖^0.1")];

    internal static readonly (string Name, ScalarRecursion Recursion)[] Multipliers =
    [
        ("stable", new(SpuriousMean, 0, StepSize, Exponent)),
        ("oscillating", new(SpuriousMean, Spread, StepSize, Exponent)),
    ];

    /// <summary>The figure.</summary>
    public Figure2()
        : this(20_000)
    {
    }

    /// <summary>The number of paths for each seed.</summary>
    internal int Paths => paths;

    public override string Name => "figure2";

    public override string Description => "an oscillating multiplier lets the mean grow and the 0.1-moment fall (η = 0.05, mean 1, M = 8)";

    public override bool KeepsRuns => false;

    public override (FigureNumbers Numbers, (double[][] Exact, QuantileBand[] Simulated) Data) Compute(FigureRequest request)
    {
        double[][] exact = [.. Multipliers.SelectMany(m => Both(m.Recursion.Exact(Steps)))];
        QuantileBand[] simulated = [.. Multipliers.SelectMany(m => Simulate(m.Recursion, request))];
        FigureNumbers numbers = new()
        {
            Table = CreateTable(exact, simulated),
            Verdicts = Judge([.. simulated.Select(band => band.Median[^1])], [.. exact.Select(curve => curve[^1])]),
            Constants =
            [
                ("spurious-mean", SpuriousMean),
                ("spread", Spread),
                ("step-size", StepSize),
                ("exponent", Exponent),
                ("steps", Steps),
                ("paths-of-a-seed", paths),
            ],
        };
        return (numbers, (exact, simulated));
    }

    /// <summary>What must be seen, from the simulated and the exact last values: mean and moment of the stable multiplier, then of the oscillating one.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<double> simulated, IReadOnlyList<double> exact) =>
    [
        Verdict.Above("stable: E‖q‖ at the last step, start 1", simulated[0], 1),
        Verdict.Above("stable: E‖q‖^0.1", simulated[1], 1),
        Verdict.Above("oscillating: E‖q‖", simulated[2], 1),
        Verdict.Below("oscillating: E‖q‖^0.1", simulated[3], 1),
        Verdict.Information("oscillating: exact E‖q‖", exact[2], "above 1"),
        Verdict.Information("oscillating: exact E‖q‖^0.1", exact[3], "below 1"),
        Verdict.Between("oscillating: simulated over exact E‖q‖^0.1", simulated[3] / exact[3], 0.98, 1.02),

        // About one path in ten thousand carries the mean, and a sample has too few of them: this is what the smaller power is for.
        Verdict.Information("oscillating: simulated over exact E‖q‖", simulated[2] / exact[2], "below 1: the mean is in the tail"),
    ];

    private QuantileBand[] Simulate(ScalarRecursion recursion, FigureRequest request)
    {
        double[][][] values = new double[request.Seeds][][];
        request.InParallel(request.Seeds, i => values[i] = Both(recursion.Simulate(request.Seed + (ulong)i, paths, Steps)));
        return [.. Moments.Select((_, moment) => QuantileBand.Of([.. values.Select(v => v[moment])]))];
    }

    private static double[][] Both((double[] Mean, double[] Moment) pair) => [pair.Mean, pair.Moment];

    private static CsvTable CreateTable(double[][] exact, QuantileBand[] simulated)
    {
        CsvTable table = new("multiplier", "step", "quantity", "exact", "median", "q10", "q90");
        for (int i = 0; i < exact.Length; i++)
        {
            for (int step = 0; step <= Steps; step++)
            {
                table.Add(
                    Multipliers[i / 2].Name,
                    Texts.Of(step),
                    Moments[i % 2].Name,
                    CsvTable.Cell(exact[i][step]),
                    CsvTable.Cell(simulated[i].Median[step]),
                    CsvTable.Cell(simulated[i].Low[step]),
                    CsvTable.Cell(simulated[i].High[step]));
            }
        }

        return table;
    }
}
