using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>What a step takes of the rows where a run is continued: those after all steps before, whose number stratified shares give at once and others by counting, which can be given up.</summary>
[Collection(Allocations.Collection)]
public class RowsTakenTests
{
    private const int D = 3, P = 6, LastStep = int.MaxValue - 1;
    private static readonly double[] Matrix = Data.Uniform<double>(P, 9);
    private static readonly TrainingOptions Options = new() { Seed = 3, Samples = 8 };

    // Counted step by step, two thousand million of them would take minutes.
    [Fact]
    public void TheLastStepOfStratifiedSharesComesAtOnce()
    {
        double[] expected = new double[P], found = new double[P];
        MeasuredData<double> plain = Measured(), data = Measured();
        for (int e = 0; e < 2; e++)
        {
            long count = e == 0 ? 2 : 6;
            plain.Accumulate(
                new SampleGroup<double> { Step = LastStep, MeasurementSet = e, Count = count, BatchSize = 8, RowsBefore = count * LastStep, Scale = 1.0 / 8 }, Matrix, expected);
        }

        new PooledBatch<double>(data, Options).ComputeGradient(new BatchStep<double> { Step = LastStep, Product = Matrix, Gradient = found });
        Assert.Equal(expected, found);
    }

    // Both return at once, and the batch is as good as before.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CountingIsGivenUp(bool pooled)
    {
        Batch<double> batch = Create(), other = Create();
        double[] expected = new double[P], found = new double[P];
        other.ComputeGradient(new BatchStep<double> { Step = 5, Product = Matrix, Gradient = expected });
        Assert.Throws<OperationCanceledException>(() => batch.ComputeGradient(
            new BatchStep<double> { Step = LastStep, Product = Matrix, Gradient = new double[P], Cancellation = new CancellationToken(canceled: true) }));
        batch.ComputeGradient(new BatchStep<double> { Step = 5, Product = Matrix, Gradient = found });
        Assert.Equal(expected, found);

        Batch<double> Create() => pooled
            ? new PooledBatch<double>(Measured(), Options with { PooledSampling = PooledSampling.Independent })
            : new HeteroBatch<double>(Measured(), Options);
    }

    // p numbers of a residual are for signals that are known.
    [Fact]
    public void ABatchOfDataKeepsNoResidual()
    {
        const int Large = 400;
        MeasuredData<double> data = new(Large, [new(new double[Svec.Length(Large)], new double[1])]);
        TrainingOptions options = Options with { Samples = 1 };
        _ = new HeteroBatch<double>(data, options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = new HeteroBatch<double>(data, options);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, sizeof(double) * Svec.Length(Large) / 2);
    }

    private static MeasuredData<double> Measured()
        => new(D, [Samples(9, 1), Samples(11, 2)], probabilities: [0.25, 0.75], order: RowOrder.InTurn);

    private static EnvironmentSamples<double> Samples(int rows, int seed) => new(Data.Uniform<double>(rows * P, seed), Data.Uniform<double>(rows, seed + 10));
}
