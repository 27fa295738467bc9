using System.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Random;

/// <summary>Statistical tests with a fixed seed; each has a false-alarm rate below 1e-5 over seeds (4.5 standard errors, or p &lt; 1e-5).</summary>
public class GaussianDistributionTests
{
    private const double FalseAlarm = 1e-5;
    private const double Deviations = 4.5;
    private const int Count = 1 << 21;

    [Theory]
    [InlineData(1ul)]
    [InlineData(0xdeadbeefcafef00dul)]
    public void Double_IsStandardNormal(ulong seed) => IsStandardNormal(Draw<double>(new RandomStream(seed, StreamPurpose.User)));

    [Theory]
    [InlineData(1ul)]
    [InlineData(0xdeadbeefcafef00dul)]
    public void Single_IsStandardNormal(ulong seed) => IsStandardNormal(Draw<float>(new RandomStream(seed, StreamPurpose.User)));

    [Fact]
    public void NeighboursAreIndependent()
    {
        double[] x = Draw<double>(new RandomStream(5, StreamPurpose.User));
        foreach (int lag in new[] { 1, 2, 7, 8, 16, 32 })
        {
            AssertUncorrelated(x.AsSpan(0, Count - lag), x.AsSpan(lag));
        }
    }

    [Fact]
    public void StreamsAreIndependent()
    {
        double[] x = Draw<double>(new RandomStream(5, StreamPurpose.User));
        AssertUncorrelated(x, Draw<double>(new RandomStream(6, StreamPurpose.User)));
        AssertUncorrelated(x, Draw<double>(new RandomStream(5, StreamPurpose.Noise)));
        AssertUncorrelated(x, Draw<double>(new RandomStream(5, StreamPurpose.User, 1)));
        AssertUncorrelated(x, Draw<double>(new RandomStream(5, StreamPurpose.User, 0, 1)));
    }

    [Fact]
    public void NamedStreamsOfOneSeedShareNoBlock()
    {
        HashSet<(uint, uint, uint, uint)> blocks = [];
        foreach (StreamPurpose purpose in Enum.GetValues<StreamPurpose>())
        {
            for (int step = 0; step < 20; step++)
            {
                for (ulong block = 0; block < 50; block++)
                {
                    Assert.True(blocks.Add(new RandomStream(9, purpose, step).Block(block)));
                    Assert.True(blocks.Add(new RandomStream(9, purpose, step, 1).Block(block)));
                }
            }
        }
    }

    private static double[] Draw<T>(RandomStream stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] numbers = new T[Count];
        stream.FillGaussian<T>(0, numbers);
        return Array.ConvertAll(numbers, double.CreateTruncating);
    }

    private static void IsStandardNormal(double[] x)
    {
        // Moments 1…6 of N(0,1): 0, 1, 0, 3, 0, 15; the standard errors come from the moments of twice the order.
        double[] moments = [0, 1, 0, 3, 0, 15];
        double[] doubled = [1, 3, 15, 105, 945, 10395];
        for (int order = 1; order <= 6; order++)
        {
            double sum = 0;
            foreach (double value in x)
            {
                sum += Math.Pow(value, order);
            }

            double error = Math.Sqrt((doubled[order - 1] - (moments[order - 1] * moments[order - 1])) / x.Length);
            Assert.InRange((sum / x.Length) - moments[order - 1], -Deviations * error, Deviations * error);
        }

        // Tails: counts beyond a bound are binomial.
        foreach (double bound in new[] { 3.0, 4.0, 4.5 })
        {
            double expected = x.Length * 2 * (1 - PlainStatistics.NormalCdf(bound));
            Assert.InRange(x.Count(value => Math.Abs(value) > bound) - expected, -Deviations * Math.Sqrt(expected), Deviations * Math.Sqrt(expected) + 5);
        }

        Assert.True(PlainStatistics.KolmogorovSmirnov(x, PlainStatistics.NormalCdf) > FalseAlarm);
    }

    private static void AssertUncorrelated(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double linear = 0, square = 0;
        for (int i = 0; i < x.Length; i++)
        {
            linear += x[i] * y[i];
            square += ((x[i] * x[i]) - 1) * ((y[i] * y[i]) - 1);
        }

        double error = Deviations * Math.Sqrt(x.Length);
        Assert.InRange(linear, -error, error);
        Assert.InRange(square, -2 * error, 2 * error);
    }
}
