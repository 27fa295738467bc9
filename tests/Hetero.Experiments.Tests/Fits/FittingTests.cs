using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Tests.Data;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>A fit finds what the environments share, and its bits depend on the recipe and the data alone.</summary>
public class FittingTests
{
    private static readonly FitRecipe Recipe = new() { Training = new() { StepSize = 0.35, Steps = 60, EnvironmentOrder = EnvironmentOrderKind.Cyclic, Seed = 2 } };

    // s = −2 and 4 at d = 4 without noise, 2,000 rows each: |1 − 0.7|·|1 + 1.4| = 0.72, so that the spurious part dies out.
    [Fact]
    public void The_invariant_part_is_found_where_pooled_training_finds_the_mean()
    {
        using DataFolder folder = DataFolder.Make(2000);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        double[] truth = [.. new DataGenerator(DataFolder.Recipe).Invariant];
        FitResult<double> result = Fitting.Fit(data, Recipe);
        Assert.InRange(Distance(result.Chosen!.Estimate, truth), 0, 0.2);
        Assert.InRange(Distance(result.Pooled!.Estimate, truth), 0.8, 1.2);
        FitVerdict verdict = FitVerdict.Of(result, 4)!;
        Assert.Equal((1, 2), (verdict.Rank, verdict.PooledRank));
        Assert.InRange(verdict.Spectrum[0], 0.8, 1.2);
        Assert.Equal(result.Chosen.Rows.Min(row => row.Criterion), result.Chosen.Best!.Criterion);
        Assert.Equal((1600, 400), (result.TrainingRows[1], result.HeldOutRows[1]));
    }

    [Theory]
    [InlineData(Algorithm.HeteroSgd, false)]
    [InlineData(Algorithm.PooledSgd, false)]
    [InlineData(Algorithm.PooledGd, true)]
    public void The_bits_depend_neither_on_threads_nor_on_where_it_was_interrupted(Algorithm algorithm, bool whole)
    {
        using DataFolder folder = DataFolder.Make(60);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        FitRecipe recipe = Recipe with
        {
            WholeEnvironments = whole,
            Seeds = 2,
            Training = Recipe.Training with { Algorithm = algorithm, Samples = 20, EnvironmentOrder = EnvironmentOrderKind.Independent, StepSize = 0.05, Steps = 25, Every = 2 },
        };
        FitResult<double> once = Fitting.Fit(data, recipe);
        using WorkerTeam team = new(3);
        AssertSame(once, Fitting.Fit(data, recipe, team: team));

        // Every state of every run is one to go on from.
        List<Dictionary<string, byte[]>> states = [];
        Dictionary<string, byte[]> kept = [];
        AssertSame(once, Fitting.Fit(data, recipe, Saving(kept, () => states.Add(new(kept)))));
        Assert.Equal(3 * 4, states.Count);
        foreach (Dictionary<string, byte[]> state in states)
        {
            AssertSame(once, Fitting.Fit(data, recipe, Saving(new(state), () => { })));
        }
    }

    [Fact]
    public void A_damaged_state_and_one_of_other_data_are_refused()
    {
        using DataFolder folder = DataFolder.Make(60), other = DataFolder.Make(61);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest), otherData = DataSet<double>.Open(other.Manifest);
        Dictionary<string, byte[]> kept = [];
        FitRecipe recipe = Recipe with { Training = Recipe.Training with { Steps = 10 } };
        Fitting.Fit(data, recipe, Saving(kept, () => { }));
        Assert.Equal(
            "The state was saved by a fit of other data: the measurements of 'low' ('x0.npy') are others.",
            Assert.Throws<RunMismatchException>(() => Fitting.Fit(otherData, recipe, Saving(kept, () => { }))).Message);
        Assert.Equal(
            "The state was saved by a fit of other data: the share of rows held out is another.",
            Assert.Throws<RunMismatchException>(() => Fitting.Fit(data, recipe with { HeldOut = 0.4 }, Saving(kept, () => { }))).Message);
        Assert.Throws<RunMismatchException>(() => Fitting.Fit(data, recipe with { Training = recipe.Training with { StepSize = 0.1 } }, Saving(kept, () => { })));
        for (int place = 0; place < kept["seed-2"].Length; place += 97)
        {
            Dictionary<string, byte[]> damaged = new(kept);
            damaged["seed-2"] = [.. kept["seed-2"]];
            damaged["seed-2"][place] ^= 1;
            Assert.Throws<InvalidDataException>(() => Fitting.Fit(data, recipe, Saving(damaged, () => { })));
            damaged["seed-2"] = kept["seed-2"][..place];
            Assert.Throws<InvalidDataException>(() => Fitting.Fit(data, recipe, Saving(damaged, () => { })));
        }
    }

    // The last iterate is measured whatever 'every' says, and states of fewer steps would be chosen from.
    [Fact]
    public void A_state_is_not_gone_on_with_under_other_steps()
    {
        using DataFolder folder = DataFolder.Make(60);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        Dictionary<string, byte[]> kept = [];
        Fitting.Fit(data, Recipe, Saving(kept, () => { }));
        foreach (RunRecipe training in new[] { Recipe.Training with { Steps = Recipe.Training.Steps + 1 }, Recipe.Training with { Every = Recipe.Training.Every + 1 } })
        {
            InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => Fitting.Fit(data, Recipe with { Training = training }, Saving(new(kept), () => { })));
            Assert.Contains("It is of a fit where", refusal.Message, StringComparison.Ordinal);
        }
    }

    // Inputs and responses times c, and η/c²: the same training, and so the same iterate of it. With a Q of c⁴ times its size another was chosen.
    [Theory]
    [InlineData(0.125)]
    [InlineData(16)]
    public void The_scale_of_inputs_does_not_decide_which_iterate_is_chosen(double c)
    {
        using DataFolder folder = DataFolder.Make(100), scaled = DataFolder.Make(100);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        for (int e = 0; e < 2; e++)
        {
            scaled.Write($"x{e}.npy", [.. data.Environments[e].Measurements.ToArray().Select(x => c * x)], 100, 10);
            scaled.Write($"y{e}.npy", [.. data.Environments[e].Responses.ToArray().Select(y => c * y)], 100);
        }

        using DataSet<double> other = DataSet<double>.Open(scaled.Manifest);
        FitRecipe recipe = Recipe with { Training = Recipe.Training with { Steps = 40 } };
        FittedRun<double> plain = Fitting.Fit(data, recipe).Chosen!, found = Fitting.Fit(other, recipe with { Training = recipe.Training with { StepSize = 0.35 / (c * c) } }).Chosen!;
        Assert.Equal(plain.Best!.Step, found.Best!.Step);
        Assert.Equal(plain.Best.Criterion, found.Best.Criterion / (c * c), 1e-9);
    }

    // A choice of rows takes a number and a response of each, and a fold a measure of its own; the fits of ten blocks of each environment, and those of least squares, come on top.
    [Fact]
    public void Memory_counts_what_variation_comparison_and_folds_take()
    {
        using DataFolder folder = DataFolder.Make(100);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        long plain = Needed(Recipe with { HeldOut = 0 }), held = Needed(Recipe), folds = Needed(Recipe with { Tuning = new() { StepSizes = [0.1] } });
        const long Choice = 2 * 100 * (4 + 8), Measure = ((6 * 16) + (2 * 10)) * 8;
        // A test of ranks has a measure of its own, seven squares, two vectors and a number for each direction and environment; a comparison, which is less, ten vectors and six squares.
        const long Rank = Measure + (((7 * 16) + (2 * 10) + (2 * 4)) * 8), Comparison = ((10 * 10) + (6 * 16)) * 8;
        Assert.Equal(Choice + Rank - Comparison, held - plain);
        Assert.Equal(Choice + Measure, NeededWith(100_000, Recipe with { Tuning = new() { StepSizes = [0.1] } }) - NeededWith(100_000, Recipe with { HeldOut = 0 }));
        Assert.InRange(folds - plain, 1, Choice + Measure);
        Assert.InRange(Needed(Recipe with { Training = Recipe.Training with { Steps = 10_000 } }) - held, 9_940 * 2 * 4 * 8, long.MaxValue);

        // Where a step has few rows, the estimates are larger than what training takes.
        using DataFolder many = DataFolder.Make(10);
        using DataSet<double> small = DataSet<double>.Open(many.Manifest);
        Assert.InRange(Needed(Recipe with { ChoosesStepSize = true, Training = Recipe.Training with { EnvironmentOrder = EnvironmentOrderKind.Independent } }), 10 * 2 * 10 * 8, 1 << 20);

        // Squares that are packed in memory.
        Assert.Equal(Needed(Recipe) + 5000, Needed(Recipe, packed: 5000));

        // The least memory with which it is not refused; buffers of trainers come beside folds, and are more than estimates take.
        long Needed(FitRecipe recipe, long packed = 0) => NeededWith(0, recipe, packed);

        long NeededWith(long buffers, FitRecipe recipe, long packed = 0)
        {
            (long low, long high) = (0, 1 << 24);
            while (high - low > 1)
            {
                long middle = (low + high) / 2;
                FitMemory memory = new(
                    recipe with { Training = recipe.Training with { Memory = middle } }, 4, 2, 100, RowSelection.BytesOf<double>(200), packed);
                bool isRefused = Record.Exception(() => memory.Check(buffers)) is RecipeException;
                (low, high) = isRefused ? (middle, high) : (low, middle);
            }

            return high;
        }
    }

    // Whenever it comes: before the rows are taken apart, while an environment is fitted, in the middle of any run, in the comparison at the end.
    [Fact]
    public void A_fit_that_is_cancelled_says_so_and_has_what_was_done()
    {
        using DataFolder folder = DataFolder.Make(60);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        FitRecipe recipe = Recipe with { ChoosesStepSize = true, Seeds = 2, Tuning = new() { Folds = 2 }, Training = Recipe.Training with { Steps = 8 } };
        FitResult<double> before = Fitting.Fit(data, recipe, cancellation: new CancellationToken(true));
        Assert.True(before.IsCancelled);
        Assert.Equal((0, true, true, true), (before.Runs.Count, before.Pooled is null, before.Chosen is null, before.Tuning is null));
        Assert.Equal([60, 60], before.TrainingRows);

        // Nor are all bytes read for a hash that nobody waits for.
        Assert.Equal("", before.Fingerprint);

        CancelAfter counter = new(new CancellationTokenSource(), int.MaxValue);
        FitResult<double> whole = Fitting.Fit(data, recipe, progress: counter);
        Assert.False(whole.IsCancelled);
        Assert.True(counter.Reports > 21);
        for (int after = 1; after <= counter.Reports; after += 5)
        {
            using CancellationTokenSource source = new();
            FitResult<double> result = Fitting.Fit(data, recipe, progress: new CancelAfter(source, after), cancellation: source.Token);
            Assert.True(result.IsCancelled);
            Assert.All(result.Runs.Where(run => run.IsComplete).Zip(whole.Runs), pair => Assert.Equal(pair.Second.Parameters, pair.First.Parameters));
            Assert.True(result.Pooled is null || result.Runs.Count == 2);
            Assert.Null(result.TwoFits);
        }
    }

    [Fact]
    public void What_does_not_fit_the_data_is_refused_by_name()
    {
        using DataFolder folder = DataFolder.Make(60);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        Refused("'pooled-share' is given without 'samples'", recipe => recipe with { PooledShare = 0.5 });
        Refused("'algorithm pooled-sgd' is given without 'samples'", recipe => recipe with { Algorithm = Algorithm.PooledSgd });
        Refused("'factor-columns' is '5'; accepted is a whole number from 1 to the dimension of the data, 4", recipe => recipe with { FactorColumns = 5 });
        Refused("'model' is 'quadratic-network'; accepted is gram, indefinite or direct where measurements are not xx", recipe => recipe with { Model = ModelKind.QuadraticNetwork });
        Assert.Contains("'samples' is '49', which the library refuses", Message(Recipe with { WholeEnvironments = false, Training = Recipe.Training with { Samples = 49 } }), StringComparison.Ordinal);
        Refused("'shrinkage-trace' is 'operator-norm'; accepted is known", recipe => recipe with { ShrinkageTrace = TraceKind.OperatorNorm });
        Refused("'clients' is '2'; accepted is 1 in a fit", recipe => recipe with { Clients = 2 });
        Assert.StartsWith("'step-size' is 'auto'; accepted is a number where an environment has fewer than 8 rows to train on, as 'low' with 6", Auto(data, 0.9), StringComparison.Ordinal);
        using DataFolder vectors = DataFolder.Make(60);
        vectors.Write("data.json", File.ReadAllText(vectors.Manifest).Replace("svec", "rank-one", StringComparison.Ordinal).Replace("\"dimension\": 4", "\"dimension\": 10", StringComparison.Ordinal));
        using DataSet<double> inputs = DataSet<double>.Open(vectors.Manifest);
        Assert.StartsWith("'step-size' is 'auto'; accepted is a number, or with 'tune' a list, where the layout is rank-one", Auto(inputs, null), StringComparison.Ordinal);
        Refused("'local-steps' is '3'; accepted is 1 in a fit", recipe => recipe with { LocalSteps = 3 });
        Refused("the fit needs ", recipe => recipe with { Memory = 5000 });
        Assert.StartsWith("'held-out' is '1'; accepted is", Message(Recipe with { HeldOut = 1 }), StringComparison.Ordinal);
        Assert.StartsWith("'seeds' is '0'; accepted is 1 or more", Message(Recipe with { Seeds = 0 }), StringComparison.Ordinal);

        void Refused(string message, Func<RunRecipe, RunRecipe> change)
            => Assert.StartsWith(message, Message(Recipe with { Training = change(Recipe.Training with { EnvironmentOrder = EnvironmentOrderKind.Independent }) }), StringComparison.Ordinal);

        static string Auto(DataSet<double> data, double? heldOut)
            => Assert.Throws<RecipeException>(() => Fitting.Fit(data, new FitRecipe { ChoosesStepSize = true, HeldOut = heldOut })).Message;

        string Message(FitRecipe recipe) => Assert.Throws<RecipeException>(() => Fitting.Fit(data, recipe)).Message;
    }

    private sealed class CancelAfter(CancellationTokenSource source, int count) : IProgress<double>
    {
        public int Reports { get; private set; }

        public void Report(double value)
        {
            if (++Reports == count)
            {
                source.Cancel();
            }
        }
    }

    private static FitSaving Saving(Dictionary<string, byte[]> kept, Action after) => FitStates.Saving(kept, 7, after);

    private static void AssertSame(FitResult<double> expected, FitResult<double> found)
    {
        Assert.Equal(expected.Chosen?.Name, found.Chosen?.Name);
        foreach ((FittedRun<double> a, FittedRun<double> b) in expected.AllRuns.Zip(found.AllRuns))
        {
            Assert.Equal((a.Name, a.Chosen, a.Outcome), (b.Name, b.Chosen, b.Outcome));
            Assert.Equal(a.Parameters, b.Parameters);
            Assert.Equal(a.Rows.Select(row => (row.Step, row.Criterion)), b.Rows.Select(row => (row.Step, row.Criterion)));
        }
    }

    private static double Distance(IReadOnlyList<double> estimate, double[] truth) => Math.Sqrt(estimate.Zip(truth, (a, b) => (a - b) * (a - b)).Sum());
}
