using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Objectives;

/// <summary>What a run with an objective says it takes is what it allocates.</summary>
[Collection(Allocations.Collection)]
public class ObjectiveMemoryTests
{
    // p = 7260, 58 kB a matrix.
    private const int D = 120;

    public static TheoryData<string, string> All()
    {
        TheoryData<string, string> all = [];
        foreach (string objective in new[] { "mean", "IRMv1", "matrix IRM", "V-REx", "GroupDRO", "variance", "norm variance" })
        {
            foreach (string kind in Runs.Kinds)
            {
                all.Add(objective, kind);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void TheSumOfThePartsIsWhatTheyAllocate(string objective, string kind)
    {
        SensingProblem problem = Runs.Problem(D);
        EnvironmentDistribution law = Runs.Environments("PooledGD");
        TrainingOptions options = new() { Seed = 1, Samples = 40, StepSize = StepSizeSchedule.Constant(1e-6), InitialScale = 0.01 };
        Create(Runs.Problem(), 7).Run(2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PooledGd<double> trainer = Create(problem, D);
        Assert.Equal(TrainingStatus.Completed, trainer.Run(2).Status);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before, ofProblem = sizeof(double) * D * 4;

        // The problem is there already, and its parts say its bytes with theirs.
        Assert.InRange(allocated, (long)trainer.BufferBytes - ofProblem, (long)trainer.BufferBytes + 50_000);

        PooledGd<double> Create(SensingProblem problem, int dimension)
            => new(problem, law, Runs.Source<double>(kind, dimension, 40, 1, sets: 3), options, objective: Of(objective));
    }

    // n gradients, M, the residual and a second matrix with both results: 5 beside the n, which may be as many as an array's length.
    [Fact]
    public void BytesOfManyEnvironmentsAreCountedInFull()
    {
        RunSizes sizes = new() { Dimension = 4 };
        Assert.Equal(8 * 10 * ((Int128)int.MaxValue + 5), EnvironmentGradients<double>.RequiredBytes(in sizes, int.MaxValue, isOperator: false));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => EnvironmentGradients<double>.RequiredBytes(new RunSizes { Dimension = 4 }, -1, isOperator: true));
    }

    // A vector of d numbers has d coordinates, not d(d + 1)/2.
    [Fact]
    public void OfVectors()
    {
        const int Dimension = 4000, Rows = 20;
        EnvironmentSamples<double>[] samples = [.. Enumerable.Range(0, 2).Select(e => new EnvironmentSamples<double>(Data.Uniform<double>(Dimension * Rows, e), Data.Uniform<double>(Rows, e + 9)))];
        TrainingOptions options = new() { Seed = 1, Samples = TrainingOptions.AllRows, TruncationLevel = 1e9, StepSize = StepSizeSchedule.Constant(1e-6) };
        Create().Run(2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Trainer<double> trainer = Create();
        trainer.Run(2);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, (long)trainer.BufferBytes, (long)trainer.BufferBytes + 50_000);

        PooledGd<double> Create()
            => new(
                new MeasuredData<double>(Dimension, samples, MeasurementLayout.Vector), options,
                parts: new() { Model = new SquareModel<double>(Dimension, 0.1) });
    }

    private static Objective<double> Of(string name) => name switch
    {
        "mean" => new MeanRisk<double>(),
        "IRMv1" => new IrmV1<double>(0.1),
        "matrix IRM" => new MatrixIrm<double>(0.1),
        "V-REx" => new RiskExtrapolation<double>(0.1),
        "GroupDRO" => new GroupDro<double>(),
        "variance" => new GradientVariance<double>(0.1),
        _ => new GradientNormVariance<double>(0.1),
    };
}
