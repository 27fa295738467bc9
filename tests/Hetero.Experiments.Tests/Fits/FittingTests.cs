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
        Assert.InRange(Distance(result.Pooled.Estimate, truth), 0.8, 1.2);
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
        Assert.Throws<RunMismatchException>(() => Fitting.Fit(otherData, recipe, Saving(kept, () => { })));
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

    [Fact]
    public void What_does_not_fit_the_data_is_refused_by_name()
    {
        using DataFolder folder = DataFolder.Make(60);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        Refused("'pooled-share' is given without 'samples'", recipe => recipe with { PooledShare = 0.5 });
        Refused("'algorithm pooled-sgd' is given without 'samples'", recipe => recipe with { Algorithm = Algorithm.PooledSgd });
        Refused("'factor-columns' is '5'; accepted is a whole number from 1 to 'dimension', 4", recipe => recipe with { FactorColumns = 5 });
        Refused("'model' is 'quadratic-network'; accepted is gram, indefinite or direct where measurements are not xx", recipe => recipe with { Model = ModelKind.QuadraticNetwork });
        Assert.Contains("'samples' is '49', which the library refuses", Message(Recipe with { WholeEnvironments = false, Training = Recipe.Training with { Samples = 49 } }), StringComparison.Ordinal);
        Refused("'shrinkage-trace' is 'operator-norm'; accepted is known", recipe => recipe with { ShrinkageTrace = TraceKind.OperatorNorm });
        Refused("'clients' is '2'; accepted is 1 in a fit", recipe => recipe with { Clients = 2 });
        Refused("'local-steps' is '3'; accepted is 1 in a fit", recipe => recipe with { LocalSteps = 3 });
        Refused("the fit needs ", recipe => recipe with { Memory = 5000 });
        Assert.StartsWith("'held-out' is '1'; accepted is", Message(Recipe with { HeldOut = 1 }), StringComparison.Ordinal);
        Assert.StartsWith("'seeds' is '0'; accepted is 1 or more", Message(Recipe with { Seeds = 0 }), StringComparison.Ordinal);

        void Refused(string message, Func<RunRecipe, RunRecipe> change)
            => Assert.StartsWith(message, Message(Recipe with { Training = change(Recipe.Training with { EnvironmentOrder = EnvironmentOrderKind.Independent }) }), StringComparison.Ordinal);

        string Message(FitRecipe recipe) => Assert.Throws<RecipeException>(() => Fitting.Fit(data, recipe)).Message;
    }

    private static FitSaving Saving(Dictionary<string, byte[]> kept, Action after) => new(
        7,
        (name, write) =>
        {
            using MemoryStream stream = new();
            write(stream);
            kept[name] = stream.ToArray();
            after();
        },
        name => kept.TryGetValue(name, out byte[]? state) ? new MemoryStream(state) : null);

    private static void AssertSame(FitResult<double> expected, FitResult<double> found)
    {
        Assert.Equal(expected.Chosen?.Name, found.Chosen?.Name);
        foreach ((FittedRun<double> a, FittedRun<double> b) in expected.Runs.Append(expected.Pooled).Zip(found.Runs.Append(found.Pooled)))
        {
            Assert.Equal((a.Name, a.Chosen, a.Outcome), (b.Name, b.Chosen, b.Outcome));
            Assert.Equal(a.Parameters, b.Parameters);
            Assert.Equal(a.Rows.Select(row => (row.Step, row.Criterion)), b.Rows.Select(row => (row.Step, row.Criterion)));
        }
    }

    private static double Distance(IReadOnlyList<double> estimate, double[] truth) => Math.Sqrt(estimate.Zip(truth, (a, b) => (a - b) * (a - b)).Sum());
}
