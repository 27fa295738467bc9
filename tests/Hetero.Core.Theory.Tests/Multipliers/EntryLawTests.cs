using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

public class EntryLawTests
{
    [Fact]
    public void EveryKindOfEnvironmentsHasItsLaw()
    {
        EnvironmentDistribution[] kinds =
        [
            DiagonalEnvironments.TwoPoint(2, 1, 6),
            DiagonalEnvironments.Uniform(2, -1, 3, ownDraws: true),
            new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(2, 0.5, 2, ownDraws: true), 7),
            new OffDiagonalEnvironments(DiagonalEnvironments.Uniform(2, 0.5, 2), 7),
            new FiniteEnvironments(2, [[1, 9, 9, -4], [2, 0, 0, 5], [1, 0, 0, 5]], [0.5, 0.25, 0.25]),
        ];
        foreach (EnvironmentDistribution kind in kinds)
        {
            for (int i = 0; i < 2; i++)
            {
                // 20,000 draws: the mean's error is below σ/141, six of them allowed; the variance's below 3σ²/141.
                EntryLaw law = EntryLaw.Of(kind, i);
                double[] sigma = new double[4], label = new double[kind.LabelLength];
                double mean = 0, square = 0, least = double.MaxValue, largest = double.MinValue;
                const int Draws = 20_000;
                for (int t = 0; t < Draws; t++)
                {
                    kind.Draw(new RandomStream(11, StreamPurpose.User, t), sigma, label);
                    double s = sigma[i * 3];
                    mean += s / Draws;
                    square += s * s / Draws;
                    (least, largest) = (Math.Min(least, s), Math.Max(largest, s));
                }

                double deviation = Math.Sqrt(law.Variance);
                Assert.InRange(mean, law.Mean - (deviation * 0.043), law.Mean + (deviation * 0.043));
                Assert.Equal(law.Variance, square - (mean * mean), law.Variance * 0.13);
                Assert.InRange(least, law.Minimum, law.Minimum + (law.IsDiscrete ? 0 : 0.01));
                Assert.InRange(largest, law.Maximum - (law.IsDiscrete ? 0 : 0.01), law.Maximum);
            }
        }
    }

    [Fact]
    public void EqualValuesArePutTogether()
    {
        EntryLaw law = EntryLaw.Of(new FiniteEnvironments(1, [[3], [-1], [3]], [0.25, 0.5, 0.25]));
        Assert.Equal([-1, 3], law.Values.ToArray());
        Assert.Equal([0.5, 0.5], law.Probabilities.ToArray());
        Assert.Equal(1, EntryLaw.TwoPoint(2, 0).Values.Length);
        Assert.True(EntryLaw.Uniform(2, 0).IsDiscrete);
        Assert.Equal(3, law.Bound);
        Assert.Equal([1, 5], law.Shifted(2).Values.ToArray());
        Assert.Equal((0, 4), (EntryLaw.Uniform(1, 2).Shifted(1).Minimum, EntryLaw.Uniform(1, 2).Shifted(1).Maximum));
    }

    [Fact]
    public void RefusesWhatIsNoLaw()
    {
        Assert.Throws<ArgumentException>(() => EntryLaw.Discrete([], []));
        Assert.Throws<ArgumentException>(() => EntryLaw.Discrete([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryLaw.Discrete([1, 2], [0.5, 0.6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryLaw.Discrete([1, 2], [1, 0]));
        Assert.Throws<ArgumentException>(() => EntryLaw.Discrete([double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryLaw.Uniform(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("spread", () => EntryLaw.TwoPoint(1e308, 1e308));
        Assert.Throws<ArgumentOutOfRangeException>("spread", () => EntryLaw.Uniform(0, 1e308));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryLaw.Of(DiagonalEnvironments.TwoPoint(2, 1, 6), 2));
    }
}
