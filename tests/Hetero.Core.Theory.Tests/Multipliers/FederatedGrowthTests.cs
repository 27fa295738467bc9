using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

/// <summary>The growth of a round against all draws there are, one after another.</summary>
public class FederatedGrowthTests
{
    // All clients vanish at once with a probability of 2^-2000, which is no number.
    [Fact]
    public void AnAverageOfZeroIsNotLostInItsProbability()
        => Assert.Equal(double.NegativeInfinity, FederatedGrowth.Exponent(EntryLaw.Discrete([-20, 22], [0.5, 0.5]), 0.05, 2000, 1));

    [Fact]
    public void TheExponentIsThatOfAllDraws()
    {
        (double[] Values, double[] Odds)[] laws = [([-7, 9], [0.5, 0.5]), ([-3, 5], [0.4, 0.6]), ([-30, 2, 8], [0.2, 0.5, 0.3]), ([3], [1]), ([-41, -5, 0, 4], [0.1, 0.2, 0.3, 0.4])];
        foreach ((double[] values, double[] odds) in laws)
        {
            foreach (double stepSize in new[] { 0.01, 0.05, 0.13 })
            {
                for (int clients = 1; clients <= 5; clients++)
                {
                    foreach (int localSteps in new[] { 1, 2, 3, 5, 10 })
                    {
                        double expected = 0;
                        for (int draw = 0; draw < Math.Pow(values.Length, clients); draw++)
                        {
                            double weight = 1, sum = 0;
                            for (int c = 0, rest = draw; c < clients; c++, rest /= values.Length)
                            {
                                weight *= odds[rest % values.Length];
                                sum += Math.Pow(1 + (stepSize * values[rest % values.Length]), localSteps);
                            }

                            expected += weight * Math.Log(Math.Abs(sum / clients));
                        }

                        Assert.Equal(expected, FederatedGrowth.Exponent(EntryLaw.Discrete(values, odds), stepSize, clients, localSteps), 1e-12 * (1 + Math.Abs(expected)));
                    }
                }
            }
        }
    }

    [Fact]
    public void WithoutReplacementItIsThatOfAllListsOfDifferentClients()
    {
        double[][] lists = [[-7, 9], [-7, 9, -7, 9], [-30, 2, 8, 8, 1], [4, 4, 4, -15, -15, 2]];
        foreach (double[] list in lists)
        {
            for (int clients = 1; clients <= list.Length; clients++)
            {
                foreach (int localSteps in new[] { 1, 2, 5 })
                {
                    double sum = 0;
                    int count = 0;
                    for (int draw = 0; draw < 1 << list.Length; draw++)
                    {
                        double[] chosen = [.. list.Where((_, e) => (draw >> e & 1) == 1)];
                        if (chosen.Length == clients)
                        {
                            sum += Math.Log(Math.Abs(chosen.Average(s => Math.Pow(1 + (0.05 * s), localSteps))));
                            count++;
                        }
                    }

                    double expected = sum / count;
                    Assert.Equal(expected, FederatedGrowth.ExponentOfDistinct(list, 0.05, clients, localSteps), 1e-12 * (1 + Math.Abs(expected)));
                }
            }
        }
    }

    // One round, or some hundreds, of a list of different values, however long it is.
    [Fact]
    public void NearlyFullParticipationOfDifferentEnvironmentsIsCounted()
    {
        double[] list = [.. Enumerable.Range(0, 400).Select(e => -6.0 + (0.03 * e))];
        double all = list.Sum(s => 1 + (0.05 * s));
        Assert.Equal(Math.Log(all / 400), FederatedGrowth.ExponentOfDistinct(list, 0.05, 400, 1), 1e-10);
        double allButOne = list.Average(s => Math.Log((all - 1 - (0.05 * s)) / 399));
        Assert.Equal(allButOne, FederatedGrowth.ExponentOfDistinct(list, 0.05, 399, 1), 1e-10);
        Assert.Throws<ArgumentOutOfRangeException>("clients", () => FederatedGrowth.ExponentOfDistinct(list, 0.05, 396, 1));
        Assert.Throws<ArgumentOutOfRangeException>("clients", () => FederatedGrowth.ExponentOfDistinct([.. Enumerable.Range(0, 1414).Select(e => 0.01 * e)], 0.05, 1412, 1));
    }

    [Fact]
    public void LongListsAreLaws()
    {
        double[] list = [.. Enumerable.Range(0, 4096).Select(e => e % 2 == 0 ? -11.0 : 13.0)];
        foreach (int clients in new[] { 1, 2, 3, 8 })
        {
            double independent = FederatedGrowth.Exponent(EntryLaw.TwoPoint(1, 12), 0.05, clients, 1);
            Assert.Equal(independent, FederatedGrowth.ExponentOfDistinct(list, 0.05, clients, 1), 0.002);
        }

        Assert.Equal(5 * MultiplierGrowth.LyapunovExponent(EntryLaw.TwoPoint(1, 12), 0.05), FederatedGrowth.Exponent(EntryLaw.TwoPoint(1, 12), 0.05, 1, 5), 1e-13);

        // The law of large numbers: 1 + η·mean.
        Assert.Equal(Math.Log(1.05), FederatedGrowth.Exponent(EntryLaw.TwoPoint(1, 12), 0.05, 4096, 1), 1e-4);
    }

    // N⁻¹Σ(g + X)^K is at least g^K where X is symmetric: log(1 + η·mean) > 0 in a round, whatever K and M.
    [Fact]
    public void FullParticipationAtEqualOddsGrows()
    {
        for (int localSteps = 1; localSteps <= 12; localSteps++)
        {
            foreach (double spread in new[] { 0, 3, 12, 20.9, 21, 22, 60, 1000 })
            {
                foreach (double[] list in new[] { new[] { 1 - spread, 1 + spread }, [1 - spread, 1 + spread, 1 - (spread / 3), 1 + (spread / 3)] })
                {
                    Assert.True(FederatedGrowth.ExponentOfDistinct(list, 0.05, list.Length, localSteps) >= localSteps * Math.Log(1.05) * (1 - 1e-12));
                }
            }
        }
    }

    [Fact]
    public void LargePowersStayInRangeAndAverageOfZeroHasNoLogarithm()
    {
        double log = FederatedGrowth.Exponent(EntryLaw.Discrete([4.0], [1]), 0.25, 3, 100_000);
        Assert.Equal(100_000 * Math.Log(2), log, 1e-9);
        Assert.Equal(double.NegativeInfinity, FederatedGrowth.Exponent(EntryLaw.Discrete([-4, 4], [0.5, 0.5]), 0.25, 3, 2));
        Assert.Equal(double.NegativeInfinity, FederatedGrowth.ExponentOfDistinct([-6, -2], 0.25, 2, 1));
        Assert.True(double.IsFinite(FederatedGrowth.ExponentOfDistinct([-4, 4], 0.25, 2, 2)));
    }

    [Fact]
    public void BadInputIsNamed()
    {
        EntryLaw law = EntryLaw.TwoPoint(1, 8), three = EntryLaw.Discrete([1, 2, 3], [0.2, 0.3, 0.5]);
        Assert.Throws<ArgumentNullException>("law", () => FederatedGrowth.Exponent(null!, 0.1, 1, 1));
        Assert.Throws<ArgumentException>("law", () => FederatedGrowth.Exponent(EntryLaw.Uniform(1, 8), 0.1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => FederatedGrowth.Exponent(law, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => FederatedGrowth.Exponent(law, 1e200, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("clients", () => FederatedGrowth.Exponent(law, 0.1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("clients", () => FederatedGrowth.Exponent(law, 0.1, 4097, 1));
        Assert.Throws<ArgumentOutOfRangeException>("clients", () => FederatedGrowth.Exponent(three, 0.1, 4096, 1));
        Assert.Throws<ArgumentOutOfRangeException>("localSteps", () => FederatedGrowth.Exponent(law, 0.1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("clients", () => FederatedGrowth.ExponentOfDistinct([1, 2], 0.1, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>("environments.Count", () => FederatedGrowth.ExponentOfDistinct([], 0.1, 1, 1));
        Assert.ThrowsAny<ArgumentException>(() => FederatedGrowth.ExponentOfDistinct([1, double.NaN], 0.1, 1, 1));
    }
}
