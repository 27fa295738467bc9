using System.Globalization;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Spectrum;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Theorem 8, κ(A*) &gt; 1: the eigenvalues of A* are learned in their order, λ_j by the time log(√λ_j/α)/log(1 + ηλ_j), and what the proof follows
/// on the way, the adaptive subspace S_t with σ_min(Z_t) and sin θ_t.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
internal sealed class Theorem8(RunRecipe common) : Figure<SpectrumGroup[]>
{
    /// <summary>The experiment, with two numbers of samples beside m = ∞.</summary>
    public Theorem8()
        : this(new RunRecipe
        {
            Dimension = 100, InvariantRank = 3, Eigenvalues = [1, 0.3, 0.1], Orthogonal = true, SpuriousMean = 1, Spread = 8, Samples = 32_000, Steps = 1600, Every = 10,
        })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    /// <summary>1/(2√κ), what σ_min(Z_t) passes by the proof.</summary>
    internal double SingularValueGoal => Math.Sqrt(common.Eigenvalues[^1] / common.Eigenvalues[0]) / 2;

    public override string Name => "theorem8";

    public override string Description => $"eigenvalues of A* in their order and the adaptive subspace, κ = {Texts.Of(1 / common.Eigenvalues[^1])} (d = {common.Dimension}, a quarter of the seeds)";

    /// <summary>Runs take half a second: a quarter of the seeds, 50 of 200, is enough for medians.</summary>
    public override long SeedCount(int seeds) => Math.Max(1, seeds / 4);

    public override int LeastSeeds => 40;

    public override (FigureNumbers Numbers, SpectrumGroup[] Data) Compute(FigureRequest request)
    {
        SeedSweep[] sweeps = Sweeps(request.Seed);
        int seeds = (int)SeedCount(request.Seeds);
        int[] counts = [seeds, seeds, 1];
        RecordedRun[] runs = RunBatch.Execute(
            [.. sweeps.SelectMany((sweep, i) => RunBatch.OverSeeds(sweep.Recipe, counts[i]))],
            request.Threads,
            (own, progress) => Follow(own, progress, request.Cancellation),
            request.Progress,
            request.Cancellation);
        for (int i = 0, first = 0; i < sweeps.Length; first += counts[i++])
        {
            sweeps[i].Runs = runs.AsSpan(first, counts[i]).ToArray();
        }

        SpectrumGroup[] groups = [.. sweeps.Select(sweep => new SpectrumGroup(sweep))];
        return (new FigureNumbers { Table = CreateTable(groups), Verdicts = [.. Judge(groups)], Sweeps = sweeps }, groups);
    }

    /// <summary>What is trained: many samples, a quarter of them, and m = ∞.</summary>
    internal SeedSweep[] Sweeps(ulong seed)
    {
        RunRecipe recipe = common with { Seed = seed };
        return
        [
            new($"m = {common.Samples}", recipe),
            new($"m = {common.Samples / 4}", recipe with { Samples = common.Samples / 4 }),
            new("m = ∞", recipe with { Measurements = MeasurementKind.Population, Every = 1 }),
        ];
    }

    /// <summary>log(√λ/α)/log(1 + ηλ), beside which the steps of half of λ are drawn and judged.</summary>
    internal double ExponentialTime(double eigenvalue) => SpectrumLaws.ExponentialTime(eigenvalue, common.StepSize, common.InitialScale);

    /// <summary>The same less ¾·log 2: when half of λ is learned at m = ∞.</summary>
    internal double HalfTime(double eigenvalue) => SpectrumLaws.HalfTime(eigenvalue, common.StepSize, common.InitialScale);

    /// <summary>The relative error that the noise of the gradient leaves, √(η·E[s²]·(d + 1)/(2m)·tr(A*)/‖A*‖²), to first order in η.</summary>
    internal double NoiseFloor(RunRecipe recipe) => Math.Sqrt(
        recipe.StepSize * SquaredSpurious * (recipe.Dimension + 1) / (2.0 * recipe.Samples) * recipe.Eigenvalues.Sum() / recipe.Eigenvalues.Sum(value => value * value));

    /// <summary>
    /// sin θ_t as it is expected, by tan²θ_t = ½(1 − e^{−2gτ}) with g = η²·E[s²]·(d − r1)/(2m) and the steps τ that S_t has diffused since the largest
    /// eigenvalue was learned. Every step turns U by noise of A^(e), which U forgets; S_t, whose M_t is without A^(e), answers in the opposite direction
    /// and never takes it back.
    /// </summary>
    internal double ExpectedSine(RunRecipe recipe, int step)
    {
        double diffusion = SpectrumLaws.Diffusion(recipe.StepSize, SquaredSpurious, recipe.Dimension - recipe.InvariantRank, recipe.Samples);
        double steps = SpectrumLaws.DiffusedSteps(recipe.Eigenvalues[0], recipe.StepSize, step - HalfTime(recipe.Eigenvalues[0]));
        return Math.Sin(Math.Atan(SpectrumLaws.AngleTangent(diffusion, steps)));
    }

    private double SquaredSpurious => (common.SpuriousMean * common.SpuriousMean) + (common.Spread * common.Spread);

    private static RecordedRun Follow(RunRecipe recipe, IProgress<int>? progress, CancellationToken cancellation)
    {
        Trainer<double> trainer = Runner.Create<double>(recipe, cancellation: cancellation).Trainer;
        AdaptiveSubspace<double> subspace = new(trainer);
        TrajectoryRecorder<double> recorder = new(trainer, recipe.Steps, recipe.Every, new SpectrumColumns(trainer.Signals.Problem, subspace));
        return new RecordedRun(trainer.Run(recipe.Steps, new CompositeObserver<double>(subspace, recorder), progress, cancellation), recorder.Trajectory);
    }

    private CsvTable CreateTable(SpectrumGroup[] groups)
    {
        CsvTable table = new("runs", "step", "quantity", "median", "q10", "q90");
        foreach (SpectrumGroup group in groups)
        {
            (string Name, QuantileBand Band)[] quantities =
            [
                ("relative_error", group.Error),
                ("spurious", group.Spurious),
                .. group.Learned.Select((band, i) => ($"eigenvalue_{Texts.Of(i + 1)}", band)),
                ("smallest_singular_value", group.SmallestSingularValue),
                ("sin_theta", group.SinTheta),
                ("adaptive_spurious", group.AdaptiveSpurious),
                ("adaptive_residual", group.AdaptiveResidual),
            ];
            for (int row = 0; row < group.Steps.Count; row++)
            {
                if (group.Steps[row] % common.Every != 0 && row < group.Steps.Count - 1)
                {
                    continue;
                }

                foreach ((string name, QuantileBand band) in quantities)
                {
                    table.Add(group.Name, Texts.Of(group.Steps[row]), name, CsvTable.Cell(band.Median[row]), CsvTable.Cell(band.Low[row]), CsvTable.Cell(band.High[row]));
                }
            }
        }

        return table;
    }

    internal IEnumerable<Verdict> Judge(SpectrumGroup[] groups)
    {
        (SpectrumGroup many, SpectrumGroup few, SpectrumGroup all) = (groups[0], groups[1], groups[2]);
        string last = $"step {common.Steps}";
        yield return Verdict.Below($"{many.Name}: median relative error at {last}", many.Error.Median[^1], 0.1);
        yield return Verdict.Between($"{few.Name}: median relative error at {last}", few.Error.Median[^1], 0.14, 0.2);
        foreach (SpectrumGroup group in groups[..2])
        {
            yield return Verdict.Between(
                string.Create(CultureInfo.InvariantCulture, $"{group.Name}: the same over the predicted {NoiseFloor(group.Recipe):0.0000}"),
                group.Error.Median[^1] / NoiseFloor(group.Recipe),
                0.9,
                1.2);
            yield return Verdict.Below($"{group.Name}: median spurious share at {last}", group.Spurious.Median[^1], 0.05);
        }

        for (int i = 0; i < common.InvariantRank; i++)
        {
            double predicted = ExponentialTime(common.Eigenvalues[i]), half = HalfTime(common.Eigenvalues[i]), measured = all.HalfTime(0, i);
            string name = $"λ = {Texts.Of(common.Eigenvalues[i])}";
            yield return Verdict.Between(
                string.Create(CultureInfo.InvariantCulture, $"{all.Name}: step at which {name} is half learned, over log(√λ/α)/log(1 + ηλ) = {predicted:0.0}"),
                measured / predicted,
                0.98,
                1.02);
            yield return Verdict.Between($"{all.Name}: the same step less log(√λ/α)/log(1 + ηλ) and −¾·log 2, {name}", measured - half, -0.05, 0.05);
        }

        yield return Verdict.Above($"{many.Name}: share of seeds that learn the eigenvalues in their order", many.ShareInOrder, 0.95);
        yield return Verdict.Above($"{many.Name}: median σ_min(Z) at {last} over 1/(2√κ)", many.SmallestSingularValue.Median[^1] / SingularValueGoal, 1);
        yield return Verdict.Information($"{all.Name}: largest sin θ_t", all.SinTheta.Median.Max(), "round-off, as much as s amplifies of it");
        foreach (SpectrumGroup group in groups[..2])
        {
            double sine = group.SinTheta.Median[^1], expected = ExpectedSine(group.Recipe, common.Steps);
            yield return Verdict.Information($"{group.Name}: median sin θ at {last}", sine, "small by Theorem 8's sketch");
            yield return Verdict.Between(
                string.Create(CultureInfo.InvariantCulture, $"{group.Name}: its tan θ over the predicted {Tangent(expected):0.000}"),
                Tangent(sine) / Tangent(expected),
                0.9,
                1.1);
        }
    }

    private static double Tangent(double sine) => sine / Math.Sqrt((1 - sine) * (1 + sine));
}
