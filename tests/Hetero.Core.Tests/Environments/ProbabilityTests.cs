using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Environments;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Environments;

/// <summary>Probabilities of a list are normalized once: what a list answers makes the same list again, bit for bit.</summary>
public class ProbabilityTests
{
    // Weights over many powers of ten, divided by their plain sum and stretched by up to the tolerance; through text as a file has it.
    [Fact]
    public void WhatAListAnswersMakesTheSameList()
        => Properties.Check(
            (from count in Gen.Choose(1, 60)
             from decades in Gen.Choose(0, 300)
             from stretch in Gen.Choose(-9, 9)
             from seed in Gen.Choose(0, 100_000)
             select (count, decades, stretch, seed)).ToArbitrary(),
            c =>
            {
                System.Random random = new(c.seed);
                double[] weights = [.. Enumerable.Range(0, c.count).Select(_ => (1 + random.NextDouble()) * Math.Pow(10, -c.decades * random.NextDouble()))];
                double sum = weights.Sum() * (1 + (c.stretch * 1e-10));
                AssertSame([.. weights.Select(weight => weight / sum)]);
            },
            trials: 2000);

    [Fact]
    public void FractionsMakeTheSameList()
    {
        for (int count = 1; count <= 200; count++)
        {
            AssertSame([.. Enumerable.Repeat(1.0 / count, count)]);
            AssertSame([.. Enumerable.Range(1, count).Select(e => 2.0 * e / ((double)count * (count + 1)))]);
        }
    }

    // The sum of many numbers must not drift with their count: a million equal odds are equal odds, given or not.
    [Fact]
    public void EqualOddsAreTheGivenOnes()
    {
        foreach (int count in new[] { 3, 10, 49, 1_000_003 })
        {
            double[][] matrices = [.. Enumerable.Repeat<double[]>([1], count)];
            FiniteEnvironments given = new(1, matrices, [.. Enumerable.Repeat(1.0 / count, count)]), left = new(1, matrices);
            Assert.Equal(left.GetProbability(count - 1), given.GetProbability(count - 1));
            Assert.Equal(left.GetProbability(0), given.GetProbability(0));
        }
    }

    // Ten times 0.1 is 1 − 2⁻⁵³ when it is added up plainly.
    [Fact]
    public void ASumOfOneUpToRoundOffIsLeftAlone()
    {
        FiniteEnvironments tenths = new(1, [.. Enumerable.Repeat<double[]>([1], 10)], [.. Enumerable.Repeat(0.1, 10)]);
        Assert.Equal(0.1, tenths.GetProbability(0));
        FiniteEnvironments rounded = new(1, [[1.0], [2.0], [3.0]], [0.3333333333, 0.3333333333, 0.3333333333]);
        Assert.Equal(1.0 / 3, rounded.GetProbability(1));
    }

    [Theory]
    [InlineData(new[] { 1e308, 1e308 }, "∞")]
    [InlineData(new[] { 0.5, 0.500000002 }, "1.000000002")]
    [InlineData(new[] { 0.5, 0.0 }, "0")]
    [InlineData(new[] { 0.5, double.NaN }, "NaN")]
    public void OtherSumsAreRefused(double[] probabilities, string found)
        => Assert.Contains(
            found == "∞" ? double.PositiveInfinity.ToString(CultureInfo.InvariantCulture) : found,
            Assert.ThrowsAny<ArgumentException>(() => new FiniteEnvironments(1, [[1.0], [2.0]], probabilities)).Message,
            StringComparison.Ordinal);

    private static void AssertSame(double[] probabilities)
    {
        double[][] matrices = [.. Enumerable.Repeat<double[]>([1], probabilities.Length)];
        FiniteEnvironments list = new(1, matrices, probabilities);
        double[] used = [.. Enumerable.Range(0, probabilities.Length).Select(list.GetProbability)];
        double[] read = [.. used.Select(value => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))];
        FiniteEnvironments again = new(1, matrices, read);
        Assert.Equal(used, Enumerable.Range(0, probabilities.Length).Select(again.GetProbability));
        Assert.Equal(1, used.Sum(), probabilities.Length * 1e-15);
    }
}
