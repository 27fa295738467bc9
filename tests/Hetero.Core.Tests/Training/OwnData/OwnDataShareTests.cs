using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Pooled batches of environments of very different sizes: the share of each is held against its own rows.</summary>
public class OwnDataShareTests
{
    private const int D = 4, P = 10;
    private static readonly OwnData Made = OwnData.Make(D, 2, 3, 30);
    private static readonly TrainingOptions Options = new() { Seed = 4, Samples = 20, InitialScale = 0.3, StepSize = StepSizeSchedule.Constant(0.01) };

    // 2 rows of the first environment and 18 of the second, though the first has 3 alone.
    [Fact]
    public void ABatchLargerThanTheSmallestEnvironment()
    {
        double[] svec = new double[P], square = OwnData.Symmetric(D, 5);
        OwnData.Svec(square, D).CopyTo(svec, 0);
        PooledBatch<double> batch = new(Made.Measured<double>([0.1, 0.9], RowOrder.InTurn), Options);
        for (int step = 0; step < 5; step++)
        {
            double[] gradient = new double[P];
            batch.ComputeGradient(new BatchStep<double> { Step = step, Product = svec, Gradient = gradient });
            double[] plain = Made.Gradient(
                square,
                [
                    .. Enumerable.Range(0, 2).Select(i => (0, ((2L * step) + i) % 3, 1.0 / 20)),
                    .. Enumerable.Range(0, 18).Select(i => (1, ((18L * step) + i) % 30, 1.0 / 20)),
                ]);
            Assert.Equal(OwnData.Svec(plain, D), gradient, (a, b) => Math.Abs(a - b) <= 1e-12);
        }
    }

    // Shares of 2.94, 0.03 and 0.03 rows come to 3, 0 and 0: two environments would never be seen.
    [Theory]
    [InlineData(RowOrder.Shuffled)]
    [InlineData(RowOrder.WithReplacement)]
    public void AShareOfNoRowIsNamed(RowOrder order)
    {
        EnvironmentSamples<double>[] samples = [.. Enumerable.Range(0, 3).Select(
            e => new EnvironmentSamples<double>(Support.Data.Uniform<double>(100 * P, e), Support.Data.Uniform<double>(100, 7)))];
        MeasuredData<double> data = new(D, samples, probabilities: [0.98, 0.01, 0.01], order: order);
        Refused("options.Samples", "3 samples to be pooled, of which environment 1 would get 0.03,", () => new PooledSgd<double>(data, Options with { Samples = 3 }));

        // 49, 0.5 and 0.5: the one sample that is left goes to the lower index.
        Refused("options.Samples", "environment 2 would get 0.5,", () => new PooledSgd<double>(data, Options with { Samples = 50 }));
        Refused(
            "options.PooledShare", "environment 1 would get 0.03,", () => new HeteroSgd<double>(data, Options with { Samples = 6, PooledShare = 0.5 }));
        Assert.Equal(TrainingStatus.Completed, new PooledSgd<double>(data, Options with { Samples = 100 }).Run(3).Status);
        Assert.Equal(
            TrainingStatus.Completed, new PooledSgd<double>(data, Options with { Samples = 3, PooledSampling = PooledSampling.Independent }).Run(3).Status);
    }

    [Fact]
    public void AShareBeyondTheRowsIsNamed()
    {
        Refused("options.Samples", "4 rows of environment 0;", () => new PooledSgd<double>(Made.Measured<double>([0.2, 0.8]), Options));
        Refused("options.Samples", "31 rows of environment 1;", () => new PooledSgd<double>(Made.Measured<double>([0.05, 0.95]), Options with { Samples = 33 }));
        Refused(
            "options.PooledShare",
            "4 rows of environment 0;",
            () => new HeteroSgd<double>(Made.Measured<double>([0.1, 0.9]), Options with { Samples = 22, PooledShare = 20.0 / 22 }));
        Refused("options.Samples", "at most 3,", () => new HeteroSgd<double>(Made.Measured<double>(), Options with { Samples = 6, PooledShare = 1.0 / 6, PooledSampling = PooledSampling.Stratified }));

        // One row of the single environment and the shares of the pooled ones.
        HeteroSgd<double> fits = new(Made.Measured<double>([0.1, 0.9]), Options with { Samples = 21, PooledShare = 20.0 / 21 });
        Assert.Equal(TrainingStatus.Completed, fits.Run(9).Status);
        Assert.Equal(TrainingStatus.Completed, new PooledSgd<double>(Made.Measured<double>([0.2, 0.8], RowOrder.WithReplacement), Options).Run(9).Status);

        // Independent draws may all fall on one environment.
        Assert.ThrowsAny<ArgumentException>(() => new PooledSgd<double>(Made.Measured<double>([0.1, 0.9]), Options with { PooledSampling = PooledSampling.Independent }));
    }

    private static void Refused(string name, string found, Func<object> create)
    {
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(create);
        Assert.Equal(name, refusal.ParamName);
        Assert.Contains(found, refusal.Message, StringComparison.Ordinal);
    }
}
