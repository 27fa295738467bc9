using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class RecipeSweepTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 32, Steps = 11, Seed = 5 };

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(3, 0.5)]
    [InlineData(4, 0)]
    [InlineData(1, 1)]
    public void A_row_is_the_last_one_of_the_run_and_the_averages_are_those_of_its_recorded_rows(int every, double averageFrom)
    {
        SweepGrid grid = new(Small with { Every = every }, [SweepAxis.Parse("precision=double,single"), SweepAxis.Parse("spread=0,2")], seeds: 2, averageFrom: averageFrom);
        foreach (int threads in new[] { 1, 3 })
        {
            IReadOnlyList<RunSummary> summaries = RecipeSweep.Execute(grid, threads);
            foreach ((SweepRun run, RunSummary summary) in grid.Runs.Zip(summaries))
            {
                TrajectoryRow[] rows = Runner.Execute(run.Recipe).Trajectory.Rows.ToArray();
                TrajectoryRow[] late = [.. rows.Where(row => row.Step >= averageFrom * 11)];
                Assert.Equal(("completed", 11), (summary.Status, summary.Step));
                foreach (RowQuantity quantity in RowQuantity.All)
                {
                    Assert.Equal(quantity.Of(rows[^1]), summary.Last(quantity));
                    Assert.Equal(late.Average(quantity.Of), summary.Mean(quantity), 1e-14);
                }
            }
        }
    }

    [Fact]
    public void The_window_begins_at_the_step_of_the_share_and_not_a_rounding_above()
    {
        RunRecipe hundred = Small with { Steps = 100 };
        Assert.All(Enumerable.Range(0, 101), percent => Assert.Equal(percent, RunSummary.FirstStep(hundred, percent / 100.0)));
        Assert.Equal(110, RunSummary.FirstStep(Small with { Steps = 200 }, 0.55));
        Assert.Equal(6, RunSummary.FirstStep(Small, 0.5));
    }

    [Fact]
    public void Runs_at_the_same_time_are_held_against_the_memory()
    {
        long run = (long)MemoryEstimate.Of(Small).Total;
        RunRecipe[] two = [Small with { Memory = run + 10 }, Small with { Memory = run + 10, Seed = 9 }];
        Assert.Equal(2, RecipeSweep.Execute(two, 1).Count);
        Assert.Contains("for each of 2 runs at the same time ('threads')", Assert.Throws<RecipeException>(() => RecipeSweep.Execute(two, 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_given_up_has_no_summary()
    {
        RecordedRun run = Runner.Create<double>(Small).Record(cancellation: new CancellationToken(canceled: true));
        Assert.Throws<ArgumentException>(() => RunSummary.Of(run, Small));
    }

    [Fact]
    public void A_run_without_a_step_is_its_start()
    {
        SweepResult result = Assert.Single(RecipeSweep.Execute([Small with { Steps = 0 }], 1));
        Assert.Equal(result.Summary.Last(RowQuantity.Error), result.Summary.Mean(RowQuantity.Error));
    }

    [Fact]
    public void A_run_that_diverged_counts_as_infinite()
    {
        RunSummary summary = RecipeSweep.Execute([Small with { StepSize = 1000 }], 1)[0].Summary;
        Assert.Equal("diverged", summary.Status);
        Assert.InRange(summary.Step, 1, 11);
        Assert.All(RowQuantity.All, quantity => Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (summary.Last(quantity), summary.Mean(quantity))));
    }

    [Fact]
    public void Recipes_of_a_query_come_back_in_their_order()
    {
        RunRecipe[] recipes = [.. from spread in new[] { 3.0, 1 } from steps in new[] { 2, 40 } select Small with { Spread = spread, Steps = steps }];
        IReadOnlyList<SweepResult> results = RecipeSweep.Execute(recipes.Where(recipe => recipe.Steps > 0), 2);
        Assert.Equal(recipes, results.Select(result => result.Recipe));
        Assert.Equal(recipes.Select(recipe => recipe.Steps), results.Select(result => result.Summary.Step));
    }

    [Fact]
    public void What_the_log_has_is_not_made_again_and_what_ends_is_kept()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            SweepGrid few = new(Small, [SweepAxis.Parse("spread=1,3")], seeds: 2), many = new(Small, [SweepAxis.Parse("spread=1:3:3")], seeds: 3);
            IReadOnlyList<RunSummary> expected = RecipeSweep.Execute(many, 2);
            using SweepLog log = SweepLog.Open(path);

            // Ended after three of four.
            using CancellationTokenSource stop = new();
            int ended = 0;
            Assert.ThrowsAny<OperationCanceledException>(() => RecipeSweep.Execute(few.Runs, 1, 0.5, log, () => Stop(ref ended), null, stop.Token));
            Assert.Equal(3, log.Count);

            int made = 0;
            RecipeSweep.Execute(few.Runs, 1, 0.5, log, () => made++, null, default);
            IReadOnlyList<RunSummary> found = RecipeSweep.Execute(many.Runs, 2, 0.5, log, () => Interlocked.Increment(ref made), null, default);
            Assert.Equal((1 + 5, 9), (made, log.Count));
            Assert.Equal(expected.SelectMany(summary => summary.Numbers), found.SelectMany(summary => summary.Numbers));

            void Stop(ref int count)
            {
                if (++count == 3)
                {
                    stop.Cancel();
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_the_library_refuses_ends_the_sweep_as_itself()
        => Assert.Throws<RecipeException>(() => RecipeSweep.Execute([Small, Small with { InvariantRank = 6 }], 2));

    [Fact]
    public void Cancelling_ends_the_sweep()
        => Assert.ThrowsAny<OperationCanceledException>(() => RecipeSweep.Execute([Small], 1, cancellation: new CancellationToken(canceled: true)));
}
