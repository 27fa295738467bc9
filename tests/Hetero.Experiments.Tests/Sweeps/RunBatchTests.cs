using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class RunBatchTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 32, Steps = 10, Seed = 5 };

    [Fact]
    public void The_order_is_that_of_the_seeds_on_any_number_of_threads()
    {
        RunRecipe[] runs = [.. RunBatch.OverSeeds(Small, 9)];
        Assert.Equal(Enumerable.Range(5, 9).Select(i => (ulong)i), runs.Select(run => run.Seed));
        TrajectoryRow[][] expected = [.. runs.Select(run => Runner.Create<double>(run).Record().Trajectory.Rows.ToArray())];
        foreach (int threads in new[] { 1, 2, 5 })
        {
            Assert.Equal(expected, RunBatch.Execute(runs, threads).Select(run => run.Trajectory.Rows.ToArray()));
        }
    }

    [Fact]
    public void A_refused_run_is_reported_as_itself()
        => Assert.Throws<RecipeException>(() => RunBatch.Execute([Small, Small with { InvariantRank = 6 }], 2));

    [Fact]
    public void Cancelling_ends_the_batch()
        => Assert.ThrowsAny<OperationCanceledException>(() => RunBatch.Execute([Small], 1, cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void Progress_ends_at_one_wherever_the_runs_end()
    {
        Reports reports = new();
        RunBatch.Execute([Small with { Measurements = MeasurementKind.Regenerated }, Small with { StepSize = 1000 }, Small], 1, reports);
        Assert.Equal(reports.Values.Order(), reports.Values);
        Assert.InRange(reports.Values[0], 0.05, 0.099);
        Assert.Equal(1, reports.Values[^1], 1e-12);
    }

    [Fact]
    public void Progress_comes_by_the_thousandth_however_many_steps_there_are()
    {
        Reports reports = new();
        RunBatch.Execute([.. RunBatch.OverSeeds(Small with { Steps = 1500, Every = 1500 }, 3)], 1, reports);
        Assert.InRange(reports.Values.Count, 900, 1003);
        Assert.All(reports.Values.Zip(reports.Values.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 0.0014));
        Assert.Equal(1, reports.Values[^1], 1e-12);
    }

    [Fact]
    public void Diverged_runs_count_as_infinite()
    {
        RunRecipe wild = Small with { StepSize = 1000 };
        RecordedRun[] runs = RunBatch.Execute([Small, wild, Small], 1);
        Assert.Equal(TrainingStatus.Diverged, runs[1].Outcome.Status);
        QuantileBand band = QuantileBand.Of(runs, Small.Steps + 1, row => row.Error);
        Assert.Equal(runs[0].Trajectory.Rows[^1].Error, band.Median[^1]);
        Assert.Equal(double.PositiveInfinity, band.High[^1]);
        Assert.True(double.IsFinite(band.High[0]));
    }

    private sealed class Reports : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
