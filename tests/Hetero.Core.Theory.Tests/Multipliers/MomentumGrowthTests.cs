using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

/// <summary>The exponent under momentum against closed cases and plain products.</summary>
public class MomentumGrowthTests
{
    private static readonly MomentumKind[] Kinds = [MomentumKind.HeavyBall, MomentumKind.Nesterov];

    [Theory]
    [InlineData(0.05, 6)]
    [InlineData(0.1, 3)]
    [InlineData(0.02, 30)]
    public void WithoutMomentumItIsTheScalarExponent(double stepSize, double spread)
    {
        EntryLaw law = EntryLaw.TwoPoint(1, spread);
        double expected = 0.5 * Math.Log(Math.Abs((1 + (stepSize * (1 + spread))) * (1 + (stepSize * (1 - spread)))));
        foreach (MomentumKind kind in Kinds)
        {
            Assert.Equal(expected, MomentumGrowth.Exponent(law, stepSize, 0, kind).Value, 1e-14);

            // A little momentum changes it a little: β times the velocity, whose direction is not where a grid is fine.
            Assert.Equal(expected, MomentumGrowth.Exponent(law, stepSize, 1e-3, kind).Value, 3e-3);
        }
    }

    // log of the larger root of x² − τx + δ, by the recursion itself: real roots of either sign, and complex ones, whose size is √δ.
    [Theory]
    [InlineData(0.4, 0.5)]
    [InlineData(0.02, 0.9)]
    [InlineData(-3, 0.6)]
    [InlineData(-0.1, 0.9)]
    [InlineData(-0.5, 0.3)]
    public void ASingleValueHasTheSpectralRadius(double rate, double momentum)
    {
        foreach (MomentumKind kind in Kinds)
        {
            const int Steps = 100_000;
            double[] means = Product(EntryLaw.Discrete([rate], [1]), 1, momentum, kind, Steps, seed: 1);
            Assert.Equal(means.Average(), MomentumGrowth.Exponent(EntryLaw.Discrete([rate], [1]), 1, momentum, kind).Value, 1e-4);
        }

        Assert.Equal(Math.Log(0.9) / 2, MomentumGrowth.Exponent(EntryLaw.Discrete([-2], [1]), 0.05, 0.9, MomentumKind.HeavyBall).Value, 1e-14);
        Assert.Equal(Math.Log(0.81) / 2, MomentumGrowth.Exponent(EntryLaw.Discrete([-2], [1]), 0.05, 0.9, MomentumKind.Nesterov).Value, 1e-14);
    }

    // The product itself, in the coordinates q_t, q_{t−1}: within 5 standard errors of its batch means, 6e-7 for each of 32 laws.
    [Fact]
    public void PlainProductsHaveIt()
    {
        RandomStream stream = new(7, StreamPurpose.User);
        for (int trial = 0; trial < 16; trial++)
        {
            double U(int i) => ((stream.Block((ulong)((trial * 16) + i)).Word0 >> 8) + 0.5) / (1 << 24);
            int count = 2 + (trial % 3);
            double[] values = [.. Enumerable.Range(0, count).Select(i => -12 + (26 * U(i)))], odds = [.. Enumerable.Range(0, count).Select(i => 0.2 + U(4 + i))];
            EntryLaw law = EntryLaw.Discrete(values, [.. odds.Select(odd => odd / odds.Sum())]);
            double momentum = 0.05 + (0.9 * U(8)), stepSize = 0.02 + (0.1 * U(9));
            foreach (MomentumKind kind in Kinds)
            {
                ConfidenceInterval measured = ConfidenceInterval.OfMean(Product(law, stepSize, momentum, kind, 400_000, (ulong)trial), 1 - 6e-7);
                GrowthEstimate computed = MomentumGrowth.Exponent(law, stepSize, momentum, kind);
                Assert.True(
                    computed.Value >= measured.Lower - computed.Error && computed.Value <= measured.Upper + computed.Error,
                    $"trial {trial}, {kind}: {computed} against {measured.Lower} to {measured.Upper}");
            }
        }
    }

    // The sum of both exponents is E log|det|, of which the top one is half or more.
    [Fact]
    public void ItIsAtLeastHalfOfTheDeterminants()
    {
        foreach (double spread in new[] { 3.0, 8, 20, 60 })
        {
            foreach (double momentum in new[] { 0.1, 0.5, 0.9 })
            {
                EntryLaw law = EntryLaw.TwoPoint(1, spread);
                double ball = MomentumGrowth.Exponent(law, 0.05, momentum, MomentumKind.HeavyBall).Value;
                GrowthEstimate nesterov = MomentumGrowth.Exponent(law, 0.05, momentum, MomentumKind.Nesterov);
                Assert.True(ball >= (0.5 * Math.Log(momentum)) - 1e-9);
                Assert.True(nesterov.Value >= (0.5 * (Math.Log(momentum) + MultiplierGrowth.LyapunovExponent(law, 0.05))) - nesterov.Error);
            }
        }
    }

    // η and s come in their product alone; and the error that is said is that of a grid eight times as fine.
    [Fact]
    public void ItDependsOnTheProductAloneAndKnowsItsError()
    {
        foreach (MomentumKind kind in Kinds)
        {
            foreach (double momentum in new[] { 0.3, 0.8 })
            {
                GrowthEstimate found = MomentumGrowth.Exponent(EntryLaw.TwoPoint(1, 6), 0.05, momentum, kind);
                Assert.Equal(found.Value, MomentumGrowth.Exponent(EntryLaw.TwoPoint(4, 24), 0.0125, momentum, kind).Value, 1e-9);
                double fine = MomentumGrowth.Value(EntryLaw.TwoPoint(1, 6), 0.05, momentum, kind, 8 * MomentumGrowth.DefaultPoints);
                Assert.InRange(Math.Abs(found.Value - fine), 0, found.Error);
                Assert.InRange(found.Error, 0, 1e-4);
            }
        }
    }

    // Nesterov's step is [[0, −β], [0, 0]] where 1 + ηs = 0, and its square 0; close to it the product has an exponent as elsewhere.
    [Fact]
    public void NilpotentStepsEndTheColumnAndNearlySingularOnesDoNot()
    {
        EntryLaw nilpotent = EntryLaw.Discrete([-10, 6], [0.5, 0.5]), near = EntryLaw.Discrete([-9.99, 6], [0.5, 0.5]);
        Assert.Equal(double.NegativeInfinity, MomentumGrowth.Exponent(nilpotent, 0.1, 0.5, MomentumKind.Nesterov).Value);
        Assert.True(double.IsFinite(MomentumGrowth.Exponent(nilpotent, 0.1, 0.5, MomentumKind.HeavyBall).Value));
        GrowthEstimate found = MomentumGrowth.Exponent(near, 0.1, 0.5, MomentumKind.Nesterov);
        ConfidenceInterval measured = ConfidenceInterval.OfMean(Product(near, 0.1, 0.5, MomentumKind.Nesterov, 400_000, 3), 1 - 6e-7);
        Assert.InRange(found.Value, measured.Lower - found.Error, measured.Upper + found.Error);
    }

    [Fact]
    public void WhatItDoesNotTake()
    {
        Assert.Throws<ArgumentException>("law", () => MomentumGrowth.Exponent(EntryLaw.Uniform(1, 6), 0.05, 0.5, MomentumKind.HeavyBall));
        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => MomentumGrowth.Exponent(EntryLaw.TwoPoint(1, 6), 0.05, 1, MomentumKind.HeavyBall));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => MomentumGrowth.Exponent(EntryLaw.TwoPoint(1, 6), 0, 0.5, MomentumKind.HeavyBall));
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => MomentumGrowth.Exponent(EntryLaw.TwoPoint(1, 6), 0.05, 0.5, (MomentumKind)7));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => MomentumGrowth.Exponent(EntryLaw.TwoPoint(1, 1e200), 0.05, 0.5, MomentumKind.HeavyBall));
    }

    /// <summary>The mean growth of the logarithm in each of 100 batches.</summary>
    private static double[] Product(EntryLaw law, double stepSize, double momentum, MomentumKind kind, int steps, ulong seed)
    {
        RandomStream stream = new(seed, StreamPurpose.User, 1);
        double q = 1, last = 1, lastFactor = 1;
        double[] means = new double[100];
        int batch = steps / means.Length, warmUp = batch;
        for (int t = 0; t < warmUp + steps; t++)
        {
            double s = law.Quantile(stream.Block((ulong)t).Word0 / 4294967296.0), factor = 1 + (stepSize * s);
            double next = kind == MomentumKind.HeavyBall
                ? ((factor + momentum) * q) - (momentum * last)
                : ((1 + momentum) * factor * q) - (momentum * lastFactor * last);
            (last, q, lastFactor) = (q, next, factor);
            double norm = Math.Sqrt((q * q) + (last * last));
            q /= norm;
            last /= norm;
            if (t >= warmUp)
            {
                means[(t - warmUp) / batch] += Math.Log(norm) / batch;
            }
        }

        return means;
    }
}
