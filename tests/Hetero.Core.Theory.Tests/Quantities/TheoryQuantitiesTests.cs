using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Quantities;
using Xunit;

namespace Hetero.Core.Theory.Tests.Quantities;

/// <summary>The numbers of the theory against closed forms and plain sums.</summary>
public class TheoryQuantitiesTests
{
    private static readonly DiagonalEnvironments Points = DiagonalEnvironments.TwoPoint(2, 1, 8);

    [Fact]
    public void MomentsExponentsAndTailsArePlainSums()
    {
        EntryQuantities direction = TheoryQuantities.Of(Points, new TheoryParameters { Gamma = 0.25 }).Directions[1];
        Assert.Equal(((Math.Pow(1.45, 0.75) + Math.Pow(0.65, 0.75)) / 2) - 1, direction.MomentExcess, 15);
        Assert.Equal(((Math.Pow(1.55, 0.75) + Math.Pow(0.75, 0.75)) / 2) - 1, direction.DriftingMomentExcess, 15);
        Assert.Equal(Math.Log(1.45 * 0.65) / 2, direction.LyapunovExponent, 15);
        double tail = direction.TailExponent!.Value;
        Assert.InRange(tail, 0.3, 0.4);
        Assert.Equal(2, Math.Pow(1.45, tail) + Math.Pow(0.65, tail), 13);

        // (45): 2 + mean ≤ ηγVar/4 and η < 1/(64·M1).
        Assert.Equal(4 * 3 / (0.25 * 64), direction.LemmaWindow.Lower, 14);
        Assert.Equal(1 / (64.0 * 9), direction.LemmaWindow.Upper, 15);
    }

    // Σ^(e) = s·BBᵀ: the directions of neurons have laws of their own, s times the diagonal entry.
    [Fact]
    public void NeuronsHaveALawForEachDirection()
    {
        QuadraticNeurons neurons = QuadraticNeurons.Draw(8, 1, 2, 3);
        EnvironmentDistribution environments = neurons.CreateEnvironments(Points);
        double[] lower = new double[4];
        environments.CopyMatrix(0, lower);
        Assert.NotEqual(lower[0], lower[3]);
        TheoryQuantities quantities = TheoryQuantities.Of(environments, new TheoryParameters { Dimension = 8 });
        for (int i = 0; i < 2; i++)
        {
            double entry = lower[3 * i] / -7;
            Assert.Equal(-7 * entry, quantities.Directions[i].Law.Values[0], 1e-12);
            Assert.Equal(9 * entry, quantities.Directions[i].Law.Values[1], 1e-12);
        }

        Assert.Null(quantities.StableSpreads);
    }

    [Fact]
    public void EveryEndOfASetIsAZeroOfItsPlainSum()
    {
        EntryQuantities direction = TheoryQuantities.Of(Points).Directions[0];
        StepSizeInterval stable = Assert.Single(direction.StableStepSizes), moment = Assert.Single(direction.SupermartingaleStepSizes);
        Assert.Equal(2 / 63.0, stable.Lower, 14);
        Assert.Equal((1 + Math.Sqrt(127)) / 63, stable.Upper, 14);
        foreach (double end in new[] { moment.Lower, moment.Upper })
        {
            Assert.Equal(2, Math.Pow(Math.Abs(1 + (9 * end)), 2.0 / 3) + Math.Pow(Math.Abs(1 - (7 * end)), 2.0 / 3), 12);
        }

        Assert.Empty(direction.DriftingStepSizes);
        Assert.True(stable.Lower < moment.Lower && moment.Upper < stable.Upper);
    }

    [Fact]
    public void WindowsDeltaAndErrorAreTheirFormulas()
    {
        TheoryQuantities found = TheoryQuantities.Of(Points, new TheoryParameters { Dimension = 50, InvariantRank = 3, Samples = 5000, ViolationConstant = 0.1 });
        Assert.Equal((9.0, 32.0), (found.Regularity.Bound, found.Regularity.Heterogeneity));
        Assert.True(found.Regularity.IsWindowEmpty);
        double log = Math.Log(50), delta = 0.1, ranks = 4 * Math.Sqrt(5);
        Assert.Equal(delta, found.RipConstant, 15);
        Assert.Equal(1 / (Math.Pow(32 * log, 1.5) * Math.Pow(2, 2.5) * Math.Sqrt(5)), found.RipThreshold, 15);
        Assert.Equal(0.1 / (32 * log), found.ViolationProbability, 15);
        Assert.Equal(Math.Pow(0.1 * 32 * log, 1.5) * delta * ranks, found.PrintedDeltaStar, 10);
        Assert.Equal(1000 * found.PrintedDeltaStar, found.DeltaStar, 8);
        double scaled = found.PrintedDeltaStar * 9;
        Assert.Equal(scaled * scaled * Math.Sqrt(3) * log * log, found.ErrorBound, 1e-10 * found.ErrorBound);
        Assert.Equal(Math.Log(1.45 * 0.65) / 2, found.LyapunovExponent!.Value, 15);
    }

    [Theory]
    [InlineData(0.05, 1e-3)]
    [InlineData(0.4, 0.2)]
    [InlineData(0.003, 0.3)]
    public void PhasesAreCounted(double stepSize, double scale)
    {
        int first = 0;
        for (double r = scale; !(r > (1.0 / 3) - stepSize); first++)
        {
            r += stepSize * r * (1 - (r * r));
        }

        TheoryQuantities found = TheoryQuantities.Of(Points, new TheoryParameters { StepSize = stepSize, InitialScale = scale });
        Assert.Equal(first, found.Phases!.GrowthEnd);
        Assert.InRange(found.Phases.ConvergenceEnd - first - (Math.Log(1 / scale) / stepSize), -1e-6, 1.000001);
        Assert.True(first <= found.GrowthBound);
    }

    [Fact]
    public void ThereIsNotAlwaysAPhaseOrAnythingToCount()
    {
        TheoryQuantities late = TheoryQuantities.Of(Points, new TheoryParameters { InitialScale = 0.34 });
        Assert.Null(late.Phases);
        Assert.Null(late.GrowthBound);
        TheoryQuantities slow = TheoryQuantities.Of(Points, new TheoryParameters { StepSize = 1e-12 });
        Assert.Null(slow.Phases);
        Assert.Equal(Math.Log(1 / 3e-3) * 9 / 8 * 1e12, slow.GrowthBound!.Value, 1e3);
    }

    [Fact]
    public void WithoutVarianceTheWindowsAreEmptyAndDeltaStarIsZero()
    {
        TheoryQuantities found = TheoryQuantities.Of(DiagonalEnvironments.TwoPoint(1, 1, 0));
        Assert.Equal(0, found.Regularity.Heterogeneity);
        Assert.True(found.Regularity.IsWindowEmpty);
        Assert.Empty(found.StableStepSizes);
        Assert.Equal((0, 0, 0), (found.DeltaStar, found.PrintedDeltaStar, found.ErrorBound));
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (found.ViolationProbability, found.RipThreshold));
        Assert.Null(found.Directions[0].TailExponent);
        Assert.Equal(double.PositiveInfinity, found.Directions[0].LemmaWindow.Lower);
        Assert.Equal(0, TheoryQuantities.Of(DiagonalEnvironments.TwoPoint(1, -2, 0)).Directions[0].LemmaWindow.Lower);
    }

    [Fact]
    public void TheSharpWindowIsThatOfAllDirections()
    {
        // Direction 1 has s = 1 ± 8, direction 2 s = 1 ± 6: stable above 2/63 and 2/35, below (1 + √127)/63 and (1 + √71)/35.
        TheoryQuantities found = TheoryQuantities.Of(new FiniteEnvironments(2, [[9, 0, 0, 7], [-7, 0, 0, -5]]));
        StepSizeInterval window = Assert.Single(found.StableStepSizes);
        Assert.Equal(2 / 35.0, window.Lower, 14);
        Assert.Equal((1 + Math.Sqrt(127)) / 63, window.Upper, 14);
        Assert.NotSame(found.Directions[0], found.Directions[1]);
        Assert.Equal(Math.Log(1.35 * 0.75) / 2, found.LyapunovExponent!.Value, 15);
        Assert.Null(found.StableSpreads);
        Assert.Null(TheoryQuantities.Of(new FiniteEnvironments(2, [[9, 1, 1, 7], [-7, 0, 0, -5]])).LyapunovExponent);
        TheoryQuantities equal = TheoryQuantities.Of(new FiniteEnvironments(3, [[2, 0, 0, 0, 5, 0, 0, 0, 2], [0, 0, 0, 0, 1, 0, 0, 0, 0]]));
        Assert.Same(equal.Directions[0], equal.Directions[2]);
        Assert.NotSame(equal.Directions[0], equal.Directions[1]);
    }

    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(0.5, 0.8)]
    [InlineData(1e-9, 0.05)]
    [InlineData(-60, 0.04)]
    public void TheUniformSpreadsAreZerosOfTheIntegral(double mean, double stepSize)
    {
        (double lower, double upper) = StabilityThreshold.UniformSpreads(mean, stepSize)!.Value;
        Assert.InRange(lower, 0, upper);
        foreach (double spread in new[] { lower, upper })
        {
            // ∫ log|x| = x log|x| − x, written so that nothing cancels at small widths.
            double c = Math.Abs(1 + (stepSize * mean)), w = stepSize * spread / c;
            double integral = (((1 + w) * Math.Log(1 + w)) - ((1 - w) * Math.Log(Math.Abs(1 - w)))) / (2 * w);
            Assert.Equal(1 - Math.Log(c), integral, 1e-7);
        }
    }

    [Fact]
    public void ASmallDriftNeedsTheRootOfSixTimesIt()
        => Assert.Equal(1, StabilityThreshold.UniformSpreads(1e-6, 0.01)!.Value.Lower * 0.01 / Math.Sqrt(6e-8), 1e-5);

    [Theory]
    [InlineData(0, 0.1, 0)]
    [InlineData(-10, 0.05, 0)]
    [InlineData(-20, 0.05, 0)]
    public void NoDriftUpwardsNeedsNoSpread(double mean, double stepSize, double lower)
        => Assert.Equal(lower, StabilityThreshold.UniformSpreads(mean, stepSize)!.Value.Lower);

    [Fact]
    public void FromADriftOnNoUniformSpreadDoes()
    {
        // log c − 0.4114 = 0 at c = 1.50887.
        Assert.NotNull(StabilityThreshold.UniformSpreads(10, 0.05088));
        Assert.Null(StabilityThreshold.UniformSpreads(10, 0.05089));
        Assert.Null(StabilityThreshold.UniformSpreads(-10, 0.25089));
        Assert.Null(StabilityThreshold.UniformSpreads(1e300, 1e300));
        Assert.Null(TheoryQuantities.Of(DiagonalEnvironments.Uniform(1, 10, 5), new TheoryParameters { StepSize = 0.06 }).StableSpreads);
        Assert.Equal(Math.Sqrt(41), TheoryQuantities.Of(Points).StableSpreads!.Value.Lower, 13);
        Assert.Equal(
            StabilityThreshold.UniformSpreads(1, 0.05), TheoryQuantities.Of(new OffDiagonalEnvironments(DiagonalEnvironments.Uniform(2, 1, 5), 1)).StableSpreads);
    }

    [Fact]
    public void BadParametersAreNamed()
    {
        void Refused(string name, TheoryParameters parameters)
            => Assert.Contains($"'{name}' is", Assert.ThrowsAny<ArgumentException>(() => TheoryQuantities.Of(Points, parameters)).Message, StringComparison.Ordinal);

        Refused("parameters.Dimension", new TheoryParameters { Dimension = 1 });
        Refused("parameters.InvariantRank", new TheoryParameters { InvariantRank = 0 });
        Refused("environments.Rank", new TheoryParameters { Dimension = 3, InvariantRank = 2 });
        Refused("parameters.Samples", new TheoryParameters { Samples = 0 });
        Refused("parameters.StepSize", new TheoryParameters { StepSize = double.NaN });
        Refused("parameters.InitialScale", new TheoryParameters { InitialScale = 1 });
        Refused("parameters.Gamma", new TheoryParameters { Gamma = 1 });
        Refused("parameters.ViolationConstant", new TheoryParameters { ViolationConstant = 0 });
        Assert.Throws<ArgumentNullException>(() => TheoryQuantities.Of(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EntryQuantities(EntryLaw.TwoPoint(1, 2), 0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StabilityThreshold.UniformSpreads(double.NaN, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StabilityThreshold.UniformSpreads(1, 0));
    }
}
