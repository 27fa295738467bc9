using Hetero.Core.Random;
using Hetero.Core.Theory.Multipliers;
using Xunit;
using Plain = Hetero.Core.Tests.Support.PlainStatistics;

namespace Hetero.Core.Theory.Tests.Multipliers;

public class ScalarDrawsTests
{
    [Fact]
    public void AQuantileInvertsTheLaw()
    {
        EntryLaw law = EntryLaw.Discrete([3, -1, 7], [0.25, 0.25, 0.5]);
        Assert.Equal([-1, -1, 3, 7, 7], new[] { 0, 0.2499, 0.25, 0.5, 0.9999 }.Select(law.Quantile));
        Assert.Equal([-2, 1, 3.7], new[] { 0, 0.5, 0.95 }.Select(share => Math.Round(EntryLaw.Uniform(1, 3).Quantile(share), 12)));
        Assert.Throws<ArgumentOutOfRangeException>(() => law.Quantile(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => law.Quantile(double.NaN));
    }

    [Fact]
    public void DrawsHaveTheLawAndDifferFromEachOther()
    {
        ScalarDraws draws = new(EntryLaw.Uniform(1, 3), new RandomStream(3, StreamPurpose.User));
        double[] sample = [.. Enumerable.Range(0, 5000).Select(_ => draws.Next())];
        Assert.Equal(5000, sample.Distinct().Count());
        Assert.True(Plain.KolmogorovSmirnov(sample, x => (x + 2) / 6) > 1e-4);

        ScalarDraws again = new(EntryLaw.Uniform(1, 3), new RandomStream(3, StreamPurpose.User));
        Assert.Equal(new RandomStreamReference(3).First, again.Next());
    }

    private sealed record RandomStreamReference(ulong Seed)
    {
        public double First
        {
            get
            {
                double[] uniform = new double[1];
                new RandomStream(Seed, StreamPurpose.User).FillUniform(0, uniform.AsSpan());
                return -2 + (6 * uniform[0]);
            }
        }
    }
}
