using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

/// <summary>Lists of environments against all lists there are.</summary>
public class ListStabilityTests
{
    [Theory]
    [InlineData(8, 0.05, 0.5)]
    [InlineData(12, 0.05, 0.3)]
    [InlineData(6, 0.1, 0.7)]
    public void TheProbabilityIsThatOfAllLists(double spread, double stepSize, double odds)
    {
        EntryLaw law = EntryLaw.Discrete([1 - spread, 1 + spread], [1 - odds, odds]);
        double low = Math.Log(Math.Abs(1 + (stepSize * (1 - spread)))), high = Math.Log(1 + (stepSize * (1 + spread)));
        for (int count = 1; count <= 12; count++)
        {
            double expected = 0;
            for (int list = 0; list < 1 << count; list++)
            {
                int larger = System.Numerics.BitOperations.PopCount((uint)list);
                expected += (larger * high) + ((count - larger) * low) < 0 ? Math.Pow(odds, larger) * Math.Pow(1 - odds, count - larger) : 0;
            }

            Assert.Equal(expected, ListStability.Probability(law, stepSize, count), 1e-12);
        }
    }

    // (1.645·sd/λ)² = 497 for M = 8 and 52 for M = 12; by the binomial law 0.95 is passed from 475 on here, from 515 on for good, and from 44 and 56.
    [Theory]
    [InlineData(8, 497, 475, 515)]
    [InlineData(12, 52, 44, 56)]
    public void TheNumberThatIsEnough(double spread, int normal, int first, int last)
    {
        EntryLaw law = EntryLaw.TwoPoint(1, spread);
        double low = Math.Log(1.05 - (0.05 * spread)), high = Math.Log(1.05 + (0.05 * spread));
        Assert.Equal(normal, ListStability.Count((low + high) / 2, (high - low) / 2, 0.95), 0.6);
        Assert.True(Enumerable.Range(1, first - 1).All(count => ListStability.Probability(law, 0.05, count) < 0.95));
        Assert.True(ListStability.Probability(law, 0.05, first) >= 0.95);
        Assert.True(ListStability.Probability(law, 0.05, last - 1) < 0.95);
        Assert.True(Enumerable.Range(last, 300).All(count => ListStability.Probability(law, 0.05, count) >= 0.95));
    }

    [Fact]
    public void RefusalsSayTheValueThatWasGiven()
    {
        Assert.StartsWith(
            "'exponent' is 0.25; accepted is a finite number below 0.",
            Assert.Throws<ArgumentOutOfRangeException>(() => ListStability.Count(0.25, 1, 0.95)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("exponent", () => ListStability.Count(double.NaN, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>("exponent", () => ListStability.Count(double.NegativeInfinity, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>("deviation", () => ListStability.Count(-1e-200, 1, 0.95));
    }

    [Fact]
    public void ListsThatAllSucceedOrFailAndFactorsOfZero()
    {
        Assert.Equal(1, ListStability.Probability(EntryLaw.Discrete([-4, -2], [0.5, 0.5]), 0.1, 3));
        Assert.Equal(0, ListStability.Probability(EntryLaw.Discrete([4, 2], [0.5, 0.5]), 0.1, 3));
        Assert.Equal(0.875, ListStability.Probability(EntryLaw.Discrete([-4, 40], [0.5, 0.5]), 0.25, 3), 1e-15);
        Assert.Throws<ArgumentException>("law", () => ListStability.Probability(EntryLaw.Uniform(1, 4), 0.1, 3));
        Assert.Throws<ArgumentOutOfRangeException>("exponent", () => ListStability.Count(0.1, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => ListStability.Count(-0.1, 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => ListStability.Probability(EntryLaw.TwoPoint(1, 8), 0.1, 0));
    }
}
