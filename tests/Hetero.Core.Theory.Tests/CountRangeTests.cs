using Hetero.Core.Problems;
using Hetero.Core.Statistics;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Subspaces;
using Xunit;

namespace Hetero.Core.Theory.Tests;

/// <summary>Counts and sizes at the ends of their types: refused by name, or right.</summary>
public sealed class CountRangeTests
{
    [Fact]
    public void SizesAreRefusedByName()
    {
        TheoryInstance instance = new();
        Assert.Equal("dimension", Name(() => JacobiEdge.LogitLaw(100, int.MaxValue, int.MaxValue)));
        Assert.Equal("rows", Name(() => instance.CreateGaussian(1, 1 << 16, 1 << 16)));
        Assert.Equal("rows", Name(() => instance.CreateGaussian(1, -1, 1)));
        Assert.Equal("columns", Name(() => instance.CreateGaussian(1, 1, -1)));
        Assert.Equal("rows", Name(() => Lemma17.Check(1 << 16, 1 << 16, 1)));
        Assert.Equal("rows", Name(() => Lemma17Sharp.Check(1 << 16, 1 << 16, 1)));
        Assert.Equal("pairs", Name(() => Lemma19.Check(int.MaxValue, 1)));
        Assert.Equal("pairs", Name(() => Lemma19Sharp.Check((1 << 30) + 1, 1)));
        Assert.Equal("columns", Name(() => Proposition1.Check(1 << 17, 1 << 16, 1, 1)));
        Assert.Equal("columns", Name(() => new OneStepDynamics<double>(SensingProblem.Create(4, 1, 1, 1), 1 << 17)));
        Assert.Equal("trials", Name(() => ChernoffBound.RefutingSuccesses(long.MaxValue, 0.5, 0.1)));
    }

    /// <summary>P(Bin(n, ½) ≥ k) ≤ exp(−2(k − n/2)²/n) is below 0.1 from k = n/2 + 1.07·√n on, far from both ends.</summary>
    [Fact]
    public void RefutingSuccessesOfTheMostTrials()
    {
        long trials = long.MaxValue - 1;
        double root = Math.Sqrt(trials);
        Assert.InRange(ChernoffBound.RefutingSuccesses(trials, 0.5, 0.1), trials / 2, (trials / 2) + (long)(2 * root));
    }

    private static string? Name(Func<object> call) => Assert.ThrowsAny<ArgumentException>(call).ParamName;
}
