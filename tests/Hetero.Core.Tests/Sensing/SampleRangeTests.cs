using System.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>Indices of samples so large that their products with the length of a row leave 64 bits: refused by name, never another sample.</summary>
public sealed class SampleRangeTests
{
    private const int D = 5;

    // p = 15 numbers take a group of 16 doubles, or of 32 floats; a stream has 2⁶³.
    private const long Samples = 1L << 59;

    [Theory]
    [InlineData(1L << 59)]
    [InlineData(1L << 60)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void NoSampleIsAnother(long sample)
    {
        RegeneratedMeasurements<double> source = new(D, 7);
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => source.CopySample(0, sample, new double[15]));
        Assert.Equal("sample", refusal.ParamName);
        Assert.Contains($"'sample' is {sample}; accepted is from 0 to {Samples - 1}.", refusal.Message, StringComparison.Ordinal);

        double[] first = new double[15], last = new double[15];
        source.CopySample(0, 0, first);
        source.CopySample(0, Samples - 1, last);
        Assert.NotEqual(first, last);
    }

    // The limit that a refusal names is accepted.
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(60)]
    public void TheLargestBatchIsTheOneThatIsNamed(int dimension)
    {
        RegeneratedMeasurements<double> source = new(dimension, 1);
        string refusal = source.RefuseBatch(long.MaxValue)!;
        long named = long.Parse(refusal.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(source.RefuseBatch(named));
        Assert.Equal(refusal, source.RefuseBatch(named + 1));
    }

    [Theory]
    [InlineData(1L << 60, 1, "group.FirstSample")]
    [InlineData(Samples, 1, "group.FirstSample")]
    [InlineData(long.MaxValue, 1, "group.FirstSample")]
    [InlineData(-1, 1, "group.FirstSample")]
    [InlineData(0, Samples + 1, "group.Count")]
    [InlineData(0, long.MaxValue, "group.Count")]
    public void GroupsBeyondTheStreamAreRefused(long first, long count, string name)
    {
        RegeneratedMeasurements<double> source = new(D, 7);
        SampleGroup<double> group = new() { Step = 0, Count = count, Scale = 1, FirstSample = first };
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => source.Accumulate(in group, new double[15], new double[15])).ParamName);
    }

    /// <summary>Without measurements of their own index, it is the noise that must not run out.</summary>
    [Fact]
    public void NoiseBeyondItsStreamIsRefused()
    {
        ExactLawMeasurements<double> source = new(D, 7);
        SampleGroup<double> group = new() { Step = 0, Count = 2, Scale = 1, FirstSample = long.MaxValue - 1, NoiseDeviation = 1 };
        Assert.Equal(
            "group.FirstSample", Assert.Throws<ArgumentOutOfRangeException>(() => source.Accumulate(in group, new double[15], new double[15])).ParamName);
    }

    [Fact]
    public void TheLastSamplesAreTheirOwn()
    {
        RegeneratedMeasurements<double> source = new(D, 7);
        double[] sample = new double[15], matrix = new double[15], result = new double[15];
        matrix[0] = 1;
        source.CopySample(0, Samples - 1, sample);
        SampleGroup<double> group = new() { Step = 0, Count = 1, Scale = 1, FirstSample = Samples - 1 };
        source.Accumulate(in group, matrix, result);
        Assert.All(result.Zip(sample), pair => Assert.Equal(pair.Second * sample[0], pair.First, 1e-15));
    }

    /// <summary>⌊count·slot/slots⌋ for every count, against integers without a limit.</summary>
    [Theory]
    [InlineData(1L << 59)]
    [InlineData(long.MaxValue)]
    [InlineData(12345)]
    public void RangesOfSamplesDoNotWrap(long count)
    {
        for (int slot = 0; slot <= 32; slot++)
        {
            Assert.Equal((BigInteger)count * slot / 32, SampleAccumulator<double>.FirstOf(slot, 32, count));
        }
    }

    [Fact]
    public void SizesAreRefusedByName()
    {
        Assert.Equal("samples", Name(() => new ResidualMixture<double>(new double[30], 2, int.MaxValue)));
        Assert.Equal("samples", Name(() => new StoredMeasurements<double>(1, 1L << 55, 1)));
        Assert.Equal("samples", Name(() => new StoredMeasurements<double>(1, long.MaxValue, 1)));
        Assert.Equal("samples", Name(() => new StoredMeasurements<double>(1, long.MaxValue, 1, sets: 2)));
        Assert.Equal("group.Scale", Name(() => Scaled(1e39)));
        Assert.Equal("group.Scale", Name(() => Scaled(double.NaN)));
        Assert.Equal("index", Name(() => new ResidualMixture<double>(new double[30], 2, 4).Direction(2).Length));
        Assert.Equal("index", Name(() => new ResidualMixture<double>(new double[30], 2, 4).Direction(-1).Length));
        Assert.Equal("dimension", Name(() => MeasurementSource<double>.PartialSums(0)));
        Assert.Equal("row", Name(() => Svec.IndexOf(1 << 17, 0)));
        Assert.Equal("column", Name(() => Svec.IndexOf(0, -1)));
        Assert.Equal("dimension", Name(() => new GramModel<float>(65535, new TrainingOptions { Seed = 1 })));
        Assert.Equal("columns", Name(() => HaarFrame.Draw(new(), 65535, 20_000)));
        Assert.Equal("columns", Name(() => HaarFrame.Draw(new(), int.MaxValue, 1)));
        Assert.Equal("dimension", Name(() => SensingProblem.Create(65535, 1, 20_000, 1)));
        Assert.Equal("dimension", Name(() => SensingProblem.Create(65535, 9_000, 9_000, 1, SubspaceLayout.Orthogonal)));
        Assert.Equal(Svec.Length(65535) - 1, Svec.IndexOf(65534, 65534));
    }

    // A number that single precision does not hold, shown as it was given.
    private static object Scaled(double scale)
    {
        try
        {
            new PopulationMeasurements<float>(2).Accumulate(new SampleGroup<float> { Step = 0, Count = 1, Scale = scale }, new float[3], new float[3]);
            return scale;
        }
        catch (ArgumentOutOfRangeException refusal)
        {
            Assert.Contains(FormattableString.Invariant($"'group.Scale' is {scale};"), refusal.Message, StringComparison.Ordinal);
            throw;
        }
    }

    private static string? Name(Func<object> call) => Assert.Throws<ArgumentOutOfRangeException>(call).ParamName;
}
