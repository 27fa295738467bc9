using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>HeteroSGD beside the methods that ask for invariance: where each ends from a small start, over the penalty's weight λ and over M, predicted and trained.</summary>
/// <param name="common">The recipe that all runs at finite m share; smaller ones than the figure's are for tests.</param>
/// <param name="shortening">What the numbers of steps are divided by, for tests.</param>
internal sealed class Rivals(RunRecipe common, int shortening = 1) : Figure<RivalsData>
{
    /// <summary>The weights that each objective is drawn over.</summary>
    internal static readonly (ObjectiveKind Kind, double[] Weights, double StepSize, double Time)[] Penalties =
    [
        (ObjectiveKind.VRex, [0.1, 1, 10], 0.02, 24),
        (ObjectiveKind.IrmV1, [0.1, 1, 4.1, 10], 0.01, 50),
        (ObjectiveKind.MatrixIrm, [0.03, 0.07, 0.5, 1.05], 0.02, 24),
        (ObjectiveKind.GradientVariance, [0.01, 0.03, 0.1], 0.02, 30),
        (ObjectiveKind.GradientNormVariance, [0.05, 0.1, 1], 0.005, 20),
    ];

    /// <summary>The weight of each objective where M varies.</summary>
    internal static readonly (ObjectiveKind Kind, double Weight)[] OverSpread =
    [
        (ObjectiveKind.VRex, 1), (ObjectiveKind.IrmV1, 0.1), (ObjectiveKind.MatrixIrm, 0.1), (ObjectiveKind.GradientVariance, 0.03), (ObjectiveKind.GradientNormVariance, 0.1),
    ];

    /// <summary>The M there.</summary>
    internal static readonly double[] Spreads = [1, 2, 3, 4, 6];

    private static readonly (double S, double Probability)[] Skew = [(0, 0.8), (5, 0.2)];

    private static readonly (double S, double Probability)[] Three = [(6, 0.2), (1, 0.5), (-3, 0.3)];

    private static readonly double[] Overlaps = [0, 0.3, 0.6];

    private const double FitNoise = 0.5;

    // Noise of 10⁻³ that has grown e^10 times has turned the factor by more than a right angle: the stop is left.
    private const double MostGrowth = 10;

    // Long enough for that at λ = 0.1 and m = 8000.
    private const double LongStepSize = 0.02, LongTime = 90;

    /// <summary>The experiment.</summary>
    public Rivals()
        : this(new RunRecipe { Dimension = 40, Orthogonal = true, InitialScale = 0.01, SpuriousMean = 1, Spread = 4, Every = int.MaxValue })
    {
    }

    /// <summary>The recipe that all runs at finite m share.</summary>
    internal RunRecipe Common => common;

    public override string Name => "rivals";

    public override string Description
        => $"HeteroSGD beside objectives that ask for invariance, over λ and M (m = ∞ with a quarter of the seeds; d = {common.Dimension}, m = {common.Samples} with a twentieth)";

    public override long SeedCount(int seeds) => Math.Max(1, seeds / 4);

    public override int LeastSeeds => 40;

    /// <summary>The two points that the penalties' weights are drawn over, or the skew law for V-REx, which sees nothing in a symmetric one.</summary>
    internal static (double S, double Probability)[] LawOf(ObjectiveKind kind) => kind == ObjectiveKind.VRex ? Skew : TwoPoints(4);

    /// <summary>1 ± M.</summary>
    internal static (double S, double Probability)[] TwoPoints(double spread) => [(1 + spread, 0.5), (1 - spread, 0.5)];

    public override (FigureNumbers Numbers, RivalsData Data) Compute(FigureRequest request)
    {
        RivalCase[] cases = [.. Cases(request.Seed)];
        int[] counts = [.. cases.Select(one => one.IsPopulation ? Math.Max(1, request.Seeds / 4) : Math.Max(1, request.Seeds / 20))];
        RecordedRun[] runs = RunBatch.Execute(
            [.. cases.SelectMany((one, i) => RunBatch.OverSeeds(one.Sweep.Recipe, counts[i]))], request.Threads, request.Progress, request.Cancellation);
        for (int i = 0, first = 0; i < cases.Length; first += counts[i++])
        {
            cases[i].Sweep.Runs = runs.AsSpan(first, counts[i]).ToArray();
        }

        RivalsData data = new(cases, MeasureFits(request));
        return (new FigureNumbers { Table = CreateTable(data), Verdicts = [.. Judge(data)], Sweeps = [.. cases.Select(one => one.Sweep)] }, data);
    }

    /// <summary>What is trained: finite m first, whose runs are the longest.</summary>
    internal IEnumerable<RivalCase> Cases(ulong seed)
    {
        foreach (bool isPopulation in new[] { false, true })
        {
            RunRecipe recipe = common with { Seed = seed };
            recipe = isPopulation ? recipe with { Dimension = 4, Measurements = MeasurementKind.Population } : recipe;
            yield return Case(recipe, ObjectiveKind.None, null, TwoPoints(4), 4);
            yield return Case(recipe, ObjectiveKind.GroupDro, null, TwoPoints(4), 4);
            foreach ((ObjectiveKind kind, double[] weights, _, _) in Penalties)
            {
                foreach (double weight in weights)
                {
                    yield return Case(recipe, kind, weight, LawOf(kind), kind == ObjectiveKind.VRex ? null : 4);
                }
            }

            foreach ((double spread, double stepSize) in new[] { (4, 0.2), (8, 0.05), (4, 0.05) })
            {
                yield return Hetero(recipe, spread, stepSize);
            }

            if (!isPopulation)
            {
                yield return Long(recipe);
                continue;
            }

            foreach (RivalCase one in Beyond(recipe))
            {
                yield return one;
            }
        }
    }

    /// <summary>M, three environments of unequal odds, r2 = 2, and overlap, at m = ∞.</summary>
    private IEnumerable<RivalCase> Beyond(RunRecipe recipe)
    {
        foreach (double spread in Spreads.Where(spread => spread != 4))
        {
            foreach ((ObjectiveKind kind, double weight) in OverSpread)
            {
                yield return Case(recipe, kind, weight, TwoPoints(spread), spread);
            }
        }

        yield return Case(recipe, ObjectiveKind.VRex, 1, TwoPoints(4), 4);
        yield return Case(recipe, ObjectiveKind.GroupDro, null, Skew, null);
        yield return Case(recipe, ObjectiveKind.IrmV1, 0.1, Three, null);
        (ObjectiveKind Kind, double? Weight, double B)[] opposite =
        [
            (ObjectiveKind.None, null, 1), (ObjectiveKind.GroupDro, null, 1), (ObjectiveKind.VRex, 0.1, 1), (ObjectiveKind.IrmV1, 0.1, 1), (ObjectiveKind.MatrixIrm, 0.1, 0),
            (ObjectiveKind.GradientVariance, 0.03, 0.52),
        ];
        EnvironmentRecipe matrices = new() { List = [new([5.0, 0, 0, -3]), new([-3.0, 0, 0, 5])] };
        foreach ((ObjectiveKind kind, double? weight, double b) in opposite)
        {
            if (kind is not (ObjectiveKind.None or ObjectiveKind.IrmV1))
            {
                yield return Case(recipe, kind, weight, Three, null);
            }

            RunRecipe own = Trained(recipe with { SpuriousRank = 2, Environments = matrices }, kind, weight);
            yield return new RivalCase(NameOf(kind), "opposite signs, r2 = 2", null, Sweep(own, "opposite signs"), (1, b), null);
            RunRecipe overlapping = Trained(recipe with { Orthogonal = false, Overlap = 0.3, Environments = ListOf(TwoPoints(4)) }, kind, weight);
            yield return new RivalCase(NameOf(kind), "overlap 0.3", 4, Sweep(overlapping, "overlap 0.3"), null, null);
        }
    }

    private static string NameOf(ObjectiveKind kind) => kind == ObjectiveKind.None ? "pooled" : RecipeWords.Objectives.NameOf(kind);

    private static EnvironmentRecipe ListOf(IEnumerable<(double S, double Probability)> law)
        => new() { List = [.. law.Select(one => new ListedEnvironment([one.S], one.Probability))] };

    private static SeedSweep Sweep(RunRecipe recipe, string law)
    {
        string weight = recipe.Objective.Penalty is { } penalty ? $", λ = {Texts.Of(penalty)}" : "";
        string m = recipe.Measurements == MeasurementKind.Population ? "∞" : Texts.Of(recipe.Samples);
        string method = recipe.Algorithm == Algorithm.HeteroSgd ? $"HeteroSGD, η = {Texts.Of(recipe.StepSize)}" : NameOf(recipe.Objective.Kind);
        return new SeedSweep($"{method}{weight}, {law}, m = {m}", recipe);
    }

    private RivalCase Case(RunRecipe recipe, ObjectiveKind kind, double? weight, (double S, double Probability)[] law, double? spread)
    {
        string name = law == Skew ? "0 or 5" : law == Three ? "6, 1 or −3" : $"1 ± {Texts.Of(spread!.Value)}";
        SeedSweep sweep = Sweep(Trained(recipe with { Environments = ListOf(law) }, kind, weight), name);
        if (kind == ObjectiveKind.GroupDro)
        {
            (double A, double B) end = (1, Math.Max(0, (law.Min(one => one.S) + law.Max(one => one.S)) / 2));
            return new RivalCase(NameOf(kind), name, spread, sweep, end, end);
        }

        return Predicted(kind, law, name, spread, sweep);
    }

    /// <summary>What a small start reaches; at a finite m, where noise turns the factor out of what is only a saddle, and there is time to leave it, the minimizer.</summary>
    private static RivalCase Predicted(ObjectiveKind kind, (double S, double Probability)[] law, string name, double? spread, SeedSweep sweep)
    {
        RunRecipe recipe = sweep.Recipe;
        bool isPopulation = recipe.Measurements == MeasurementKind.Population;
        RivalPrediction prediction = new(kind, recipe.Objective.Penalty ?? 0, law, recipe.Dimension, isPopulation ? 0 : 1.0 / recipe.Samples);
        (double A, double B) stop = prediction.SmallStart(), least = prediction.Global();
        bool isLeft = !isPopulation && prediction.TurningRate(stop.A, stop.B) * recipe.StepSize * recipe.Steps / 2 > MostGrowth;
        return new RivalCase(NameOf(kind), name, spread, sweep, isLeft ? least : stop, least);
    }

    /// <summary>Norm variance, trained until its stop is left.</summary>
    private RivalCase Long(RunRecipe recipe)
    {
        RunRecipe own = Trained(recipe with { Environments = ListOf(TwoPoints(4)) }, ObjectiveKind.GradientNormVariance, 0.1, LongStepSize, LongTime);
        return Predicted(ObjectiveKind.GradientNormVariance, TwoPoints(4), "1 ± 4, longer", 4, Sweep(own, "1 ± 4, longer"));
    }

    private RivalCase Hetero(RunRecipe recipe, double spread, double stepSize)
    {
        RunRecipe own = recipe with { StepSize = stepSize, Spread = spread, Steps = Math.Max(1, 400 / shortening) };
        bool isStable = 0.5 * (Math.Log(Math.Abs(1 + (stepSize * (1 + spread)))) + Math.Log(Math.Abs(1 + (stepSize * (1 - spread))))) < 0;
        return new RivalCase("hetero-sgd", $"1 ± {Texts.Of(spread)}, η = {Texts.Of(stepSize)}", spread, Sweep(own, $"1 ± {Texts.Of(spread)}"), isStable ? (1, 0) : null, null);
    }

    /// <summary>Half a cosine of step sizes, long enough for the objective.</summary>
    private RunRecipe Trained(RunRecipe recipe, ObjectiveKind kind, double? weight)
    {
        (double stepSize, double time) = Penalties.Where(one => one.Kind == kind).Select(one => (one.StepSize, one.Time)).DefaultIfEmpty((0.02, 24)).First();
        return Trained(recipe, kind, weight, kind == ObjectiveKind.VRex ? stepSize / (1 + weight!.Value) : stepSize, time);
    }

    private RunRecipe Trained(RunRecipe recipe, ObjectiveKind kind, double? weight, double stepSize, double time)
        => recipe with
        {
            Algorithm = Algorithm.PooledGd,
            Objective = new() { Kind = kind, Penalty = weight },
            StepSize = stepSize,
            Schedule = new() { Kind = ScheduleKind.Cosine, LastStepSize = stepSize / 200 },
            Steps = Math.Max(1, (int)(2 * time / stepSize) / shortening),
        };

    private (double Overlap, double Noise, double Expected, double Measured)[] MeasureFits(FigureRequest request)
    {
        // Several times as many samples as svec has numbers, so that the descent is well conditioned.
        int seeds = Math.Max(1, request.Seeds / 20), d = common.Dimension, samples = 5 * d * (d + 1) / 2;
        (double Overlap, double Noise)[] settings = [.. from overlap in Overlaps from noise in new[] { 0, FitNoise } select (overlap, noise)];
        double[] squares = new double[settings.Length * seeds];
        request.InParallel(squares.Length, i =>
        {
            (double overlap, double noise) = settings[i / seeds];
            squares[i] = Math.Pow(TwoFits.Error(d, samples, noise, overlap, noise == 0 ? 80 : 40, request.Seed + (ulong)(i % seeds), request.Cancellation), 2);
        });
        return [.. settings.Select((one, at) => (
            one.Overlap, one.Noise, TwoFits.Expected(d, samples, one.Noise, one.Overlap), Math.Sqrt(squares.AsSpan(at * seeds, seeds).ToArray().Average())))];
    }

    private CsvTable CreateTable(RivalsData data)
    {
        CsvTable table = new(
            "method", "law", "samples", "penalty", "spread", "signal_median", "spurious_median", "error_median", "predicted_signal", "predicted_spurious", "global_signal", "global_spurious");
        foreach (RivalCase one in data.Cases)
        {
            table.Add(
                one.Method,
                one.Law,
                one.IsPopulation ? "Infinity" : Texts.Of(common.Samples),
                CsvTable.Cell(one.Sweep.Recipe.Objective.Penalty),
                CsvTable.Cell(one.Spread),
                CsvTable.Cell(one.A),
                CsvTable.Cell(one.B),
                CsvTable.Cell(one.Error),
                CsvTable.Cell(one.SmallStart?.A),
                CsvTable.Cell(one.SmallStart?.B),
                CsvTable.Cell(one.Global?.A),
                CsvTable.Cell(one.Global?.B));
        }

        return table;
    }

    internal IEnumerable<Verdict> Judge(RivalsData data)
    {
        foreach (IGrouping<string, RivalCase> method in data.Cases.Where(one => one.IsPopulation && one.SmallStart is not null).GroupBy(one => one.Method))
        {
            yield return Verdict.Below($"m = ∞, {method.Key}: largest distance from the predicted a and b, of {method.Count()} laws and λ", method.Max(one => one.Distance), 0.02);
        }

        string m = $"m = {common.Samples}";
        foreach (IGrouping<string, RivalCase> method in data.Cases.Where(one => !one.IsPopulation && one.SmallStart is not null).GroupBy(one => one.Method))
        {
            yield return Verdict.Below($"{m}, {method.Key}: the same, with the prediction of this m", method.Max(one => one.Distance), method.Key == "hetero-sgd" ? 0.2 : 0.06);
        }

        foreach (RivalCase one in data.Cases.Where(one => one.Law.StartsWith("overlap", StringComparison.Ordinal)))
        {
            yield return Verdict.Information($"m = ∞, {one.Method}, overlap 0.3: ‖M − A*‖", one.Error, "what the overlap leaves");
        }

        foreach ((double overlap, double noise, double expected, double measured) in data.Fits)
        {
            yield return noise == 0
                ? Verdict.Below($"two fits without noise, overlap {Texts.Of(overlap)}: ‖Â − A*‖", measured, 1e-6)
                : Verdict.Between(
                    $"two fits with noise {Texts.Of(noise)}, overlap {Texts.Of(overlap)}: ‖Â − A*‖ over the predicted {Texts.Of(Math.Round(expected, 4))}",
                    measured / expected,
                    0.87,
                    1.13);
        }
    }
}
