using Hetero.Cli.Figures;
using Hetero.Cli.Training;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Cli.Tests.Training;

public class BrokenRunTests
{
    private static readonly RunSettings Small = new() { Dimension = 6, Samples = 20, Steps = 9 };

    [Fact]
    public void What_breaks_a_run_off_comes_with_the_rows_until_then()
    {
        TrainingRun<double> run = TrainingSetup.Create<double>(Small);
        RecordedRun recorded = run.Record(new Breaking(4), default);
        Assert.Equal("'matrices' is broken.", recorded.Failure!.Message);
        Assert.Equal(("failed", 4), (recorded.Status, recorded.Outcome.Step));
        RecordedRun whole = TrainingSetup.Create<double>(Small).Record(null, default);
        Assert.Equal(whole.Trajectory.Rows[..5].ToArray(), recorded.Trajectory.Rows.ToArray());
    }

    [Fact]
    public void A_batch_does_not_swallow_it()
        => Assert.Equal("'matrices' is broken.", Assert.Throws<ArgumentException>(() => RunBatch.Execute([Small], 1, new Breaking(0))).Message);

    private sealed class Breaking(int step) : IProgress<int>, IProgress<double>
    {
        public void Report(int value)
        {
            if (value == step)
            {
                throw new ArgumentException("'matrices' is broken.");
            }
        }

        public void Report(double value) => throw new ArgumentException("'matrices' is broken.");
    }
}
