using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class SeedSweepTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 30, Steps = 7, Every = 3, Seed = 4 };

    [Fact]
    public void Runs_are_those_of_the_seeds_on_any_number_of_threads_and_whatever_is_beside_them()
    {
        TrajectoryRow[][] expected = [.. Enumerable.Range(0, 4).Select(i => Runner.Execute(Small with { Seed = 4 + (ulong)i }).Trajectory.Rows.ToArray())];
        foreach (int threads in new[] { 1, 3 })
        {
            SeedSweep sweep = new("small", Small, withSingleRun: true), beside = new("beside", Small with { Dimension = 9 });
            SweepBatch.Execute(threads == 1 ? [sweep] : [beside, sweep], 4, threads);
            Assert.Equal(expected, sweep.Runs.Select(run => run.Trajectory.Rows.ToArray()));
            Assert.Equal([0, 3, 6, 7], sweep.RecordedSteps);
            Assert.Equal(
                Runner.Execute(Small with { Measurements = MeasurementKind.Regenerated }).Trajectory.Rows.ToArray(), sweep.Single!.Trajectory.Rows.ToArray());
            Assert.Equal(["small", "small, single run"], sweep.Describe().Select(group => group.Name));
        }
    }

    [Fact]
    public void The_precision_of_the_recipe_is_kept()
    {
        SeedSweep sweep = new("single", Small with { Precision = Precision.Single });
        SweepBatch.Execute([sweep], 1, 1);
        Assert.Equal(Runner.Create<float>(Small).Record().Trajectory.Rows.ToArray(), sweep.Runs[0].Trajectory.Rows.ToArray());
    }

    [Fact]
    public void A_table_has_a_row_for_each_seed_and_says_which_diverged()
    {
        SeedSweep sweep = new("M = 6, \"small\"", Small, withSingleRun: true), wild = new("wild", Small with { StepSize = 1000 });
        SweepBatch.Execute([sweep, wild], 2, 2);
        using StringWriter text = new();
        SeedTable.Of([sweep, wild]).Write(text);
        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("runs,seed,status,step,signal,spurious,residual,error,pooled_error", lines[0]);
        Assert.StartsWith("\"M = 6, \"\"small\"\"\",4,completed,7,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"M = 6, \"\"small\"\"\",5,completed,7,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("\"M = 6, \"\"small\"\", single run\",4,completed,7,", lines[3], StringComparison.Ordinal);
        Assert.EndsWith(string.Create(System.Globalization.CultureInfo.InvariantCulture, $",{sweep.Runs[1].Trajectory.Rows[^1].PooledError}"), lines[2], StringComparison.Ordinal);
        Assert.Matches("^wild,4,diverged,[0-9],Infinity,Infinity,Infinity,Infinity,Infinity$", lines[4]);
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public void What_cannot_be_trained_is_refused()
    {
        Assert.Equal("seed", Assert.Throws<RecipeException>(() => RunBatch.OverSeeds(Small with { Seed = ulong.MaxValue }, 2)).Option);
        Assert.Equal(ulong.MaxValue, RunBatch.OverSeeds(Small with { Seed = ulong.MaxValue - 1 }, 2)[^1].Seed);
        Assert.Equal("every", Assert.Throws<RecipeException>(() => new SeedSweep("x", Small with { Every = 0 })).Option);
        Assert.Throws<ArgumentOutOfRangeException>(() => RunBatch.OverSeeds(Small, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RunBatch.Execute([Small], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileBand.Of([]));
        Assert.Throws<ArgumentException>(() => QuantileBand.Of([[1], [1, 2]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.OfSorted([], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.OfSorted([1], double.NaN));
    }
}
