using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

[Collection(Allocations.Collection)]
public class TrainingAllocationTests
{
    public static TheoryData<string, string> All() => Runs.AllAndMiniBatches();

    [Theory]
    [MemberData(nameof(All))]
    public void AStepAllocatesNothing(string algorithm, string kind)
    {
        Check<double>(algorithm, kind, 1);
        Check<float>(algorithm, kind, 1);
        Check<double>(algorithm, kind, 3);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void RecordingAllocatesNothing(string algorithm, string kind)
    {
        Trainer<double> trainer = Runs.Create<double>(algorithm, kind, new TrainingOptions { Seed = 1, Samples = 40, NoiseDeviation = 0.1 });
        TrajectoryRecorder<double> recorder = new(trainer, 1000);
        Assert.Equal(0, Allocations.Of(() => trainer.Run(3, recorder)));
    }

    private static void Check<T>(string algorithm, string kind, int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using WorkerTeam team = new(degree);
        Trainer<T> trainer = Runs.Create<T>(algorithm, kind, new TrainingOptions { Seed = 1, Samples = 40, NoiseDeviation = 0.1 }, team: team);
        Assert.Equal(0, Allocations.Of(() => trainer.Advance()));
    }
}
