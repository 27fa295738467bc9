using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Isometry;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

public class GramMeasurementsTests
{
    // The rows of the factor as explicit measurements, p of them with weight 1/m, are the same operator; so are fewer rows than p.
    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(4)]
    public void TheFactorIsTheOperator(long samples)
    {
        const int D = 4, P = 10;
        GramMeasurements measurements = new(D, samples, 7, 3);
        for (int set = 0; set < 3; set++)
        {
            int rows = (int)Math.Min(samples, P);
            double[] factor = new double[rows * P];
            RandomSequence sequence = new(new RandomStream(7, StreamPurpose.Measurements, 0, set));
            Wishart.FillFactor(ref sequence, samples, P, factor);
            StoredMeasurements<double> explicitOnes = new(D, factor, 0);
            double[] matrices = Support.Data.Uniform<double>(2 * P, 3), expected = new double[2 * P], found = new double[2 * P];
            explicitOnes.Accumulate(new() { Step = 0, Count = rows, Scale = 0.5 / samples }, matrices, expected);
            measurements.Accumulate(new() { Step = set, Count = samples, Scale = 0.5 / samples, MeasurementSet = set }, matrices, found);
            for (int i = 0; i < found.Length; i++)
            {
                Assert.Equal(expected[i], found[i], 1e-13);
            }
        }
    }

    // The law of stored ones, for few and for many samples: exact pivots, each wrong with a chance of 10⁻¹⁰.
    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(10_000_000)]
    public void TheLawIsThatOfStoredMeasurements(int samples)
        => Assert.Equal(
            Verdict.Holds,
            RipErrorLaw.Check(batch => (new GramMeasurements(4, samples, (ulong)batch), 0), samples, Support.Data.Uniform<double>(20, 3), 300).Verdict);

    // What no step could be made with is refused when the run is made, by the option's name.
    [Fact]
    public void RunsThatItCannotMeasureAreRefusedWhenTheyAreMade()
    {
        SensingProblem problem = Support.Runs.Problem();
        EnvironmentDistribution environments = Support.Runs.Environments("HeteroSGD");
        GramMeasurements source = new(7, 500, 1, 3);
        TrainingOptions options = new() { Seed = 1, Samples = 500, StepSize = StepSizeSchedule.Constant(1e-3) };
        Refused("options.Samples", "500", options with { Samples = 8000 }, Hetero);
        Refused("options.Samples", "500", options with { Samples = 499 }, Hetero);
        Refused("options.NoiseDeviation", "accepted with measurements that have no single samples", options with { NoiseDeviation = 0.1 }, Hetero);
        Refused("source", "no single samples to be pooled", options, used => new PooledSgd<double>(problem, environments, source, used));
        Refused("source", "no single samples to be pooled", options with { PooledSampling = PooledSampling.Independent }, used => new PooledSgd<double>(problem, environments, source, used));
        Refused("source", "no single samples to be pooled", options with { PooledShare = 0.5 }, Hetero);
        Assert.Equal(TrainingStatus.Completed, Hetero(options).Run(3).Status);
        Assert.Equal(TrainingStatus.Completed, new PooledGd<double>(problem, environments, source, options).Run(3).Status);

        Trainer<double> Hetero(TrainingOptions used) => new HeteroSgd<double>(problem, environments, source, used);

        static void Refused(string name, string found, TrainingOptions options, Func<TrainingOptions, Trainer<double>> create)
        {
            ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => create(options));
            Assert.Equal(name, refusal.ParamName);
            Assert.Contains(found, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AGroupCanBeGivenUp()
        => Assert.Throws<OperationCanceledException>(() => new GramMeasurements(3, 100, 1).Accumulate(
            new SampleGroup<double> { Step = 0, Count = 100, Scale = 0.01 }, [1, 2, 3, 4, 5, 6], new double[6], new CancellationToken(canceled: true)));

    [Fact]
    public void SingleSamplesAreNotKnown()
    {
        GramMeasurements measurements = new(3, 100, 1);
        double[] matrix = [1, 2, 3, 4, 5, 6];
        SampleGroup<double> all = new() { Step = 0, Count = 100, Scale = 0.01 };
        Assert.Contains("group.Count", Refusal(all with { Count = 99 }), StringComparison.Ordinal);
        Assert.Contains("group.FirstSample", Refusal(all with { FirstSample = 1 }), StringComparison.Ordinal);
        Assert.Contains("group.NoiseDeviation", Refusal(all with { NoiseDeviation = 1 }), StringComparison.Ordinal);
        Assert.Contains("group.MeasurementSet", Refusal(all with { MeasurementSet = 1 }), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => new GramMeasurements(3, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("sets", () => new GramMeasurements(3, 1, 1, 0));

        string Refusal(SampleGroup<double> group) => Assert.ThrowsAny<ArgumentException>(() => measurements.Accumulate(group, matrix, new double[6])).Message;
    }
}
