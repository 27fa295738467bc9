using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Subspaces;
using Xunit;

namespace Hetero.Core.Theory.Tests.Concentration;

/// <summary>The statements about nets and Gaussian concentration, against closed forms.</summary>
public class ConcentrationCheckTests
{
    [Fact]
    public void Lemma16AsksForANet()
    {
        SphereNet triangle = SphereNet.Create(2, 1);
        Assert.Equal(Verdict.Holds, Lemma16.Check(triangle).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, Lemma16.Check(new SphereNet(triangle.Points, 0.9)).Verdict);

        // A net of more points than needed covers, but shows nothing.
        double[] crowd = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { Math.Cos(Math.PI * i / 10), Math.Sin(Math.PI * i / 10) })];
        Assert.Equal(Verdict.Fails, Lemma16.Check(new SphereNet(new(crowd, 20, 2), 1)).Verdict);
    }

    [Fact]
    public void Lemma18HoldsWithAnyNets()
    {
        double[] matrix = [1, 2, 0, -1, 0.5, 3];
        CheckResult result = Lemma18.Check(new(matrix, 2, 3), SphereNet.Create(3, 0.4), SphereNet.Create(2, 0.4));
        Assert.Equal((Verdict.Holds, 2), (result.Verdict, result.Claims.Count));
        Assert.Equal(Verdict.HypothesisNotMet, Lemma18.Check(new(matrix, 2, 3), SphereNet.Create(3, 0.6), SphereNet.Create(2, 0.6)).Verdict);
        Assert.Equal(4, Lemma18.Check(new([0, -1, 1, 0], 2, 2), SphereNet.Create(2, 0.4), SphereNet.Create(2, 0.4)).Claims.Count);
        Assert.Equal(2, Lemma18.Check(new([0, -1, 1, 0], 2, 2), SphereNet.Create(2, 0.45), SphereNet.Create(2, 0.45)).Claims.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Lemma18.Check(new(matrix, 2, 3), SphereNet.Create(3, 0.4), SphereNet.Create(2, 0.3)));
        Assert.Equal(Verdict.Fails, Lemma18Printed.Check(2, 0.45).Verdict);
    }

    // The rate against a search for the supremum, its least quotient against a grid, and the Chernoff bound against the exact tail for m = 2,
    // where X1Y1 + X2Y2 has Laplace's law: P(|S| > x) = e^(−x).
    [Fact]
    public void TheRateOfProductsIsItsFormula()
    {
        double least = double.MaxValue;
        for (double t = 0.01; t < 20; t *= 1.01)
        {
            double supremum = 0;
            for (int i = 1; i < 4000; i++)
            {
                double lambda = i / 4000.0;
                supremum = Math.Max(supremum, (lambda * t) + (0.5 * Math.Log(1 - (lambda * lambda))));
            }

            double rate = Lemma19Sharp.Rate(t);
            Assert.InRange(rate, supremum, supremum + (1e-5 * (1 + t)));
            least = Math.Min(least, rate / Math.Min(t, t * t));
            Assert.True(Math.Exp(-2 * t) <= 2 * Math.Exp(-2 * rate));
        }

        Assert.InRange(Lemma19.LargestConstant, least - 0.01, least);
        Assert.Equal(Lemma19.LargestConstant, Lemma19Sharp.Rate(1), 1e-15);

        // t²/2 for small t, t − ½·(1 + ln t) for large ones.
        Assert.Equal(1, Lemma19Sharp.Rate(1e-10) / 5e-21, 1e-14);
        Assert.Equal(1, Lemma19Sharp.Rate(1e17) / 1e17, 1e-14);
        Assert.Equal(1, Lemma19Sharp.Rate(1e200) / 1e200, 1e-14);
        Assert.Equal(0.3774, Lemma19.LargestConstant, 5e-5);
    }

    // m = 2 exactly: c ≤ (ln 2 + 2t)/(2·min(t², t)); the reported value is not below the least of them over the t tried, nor far above.
    [Fact]
    public void Lemma19FindsTheConstantOfTwoProducts()
    {
        double exact = new[] { 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4 }.Min(t => (Math.Log(2) + (2 * t)) / (2 * Math.Min(t * t, t)));
        double found = Lemma19.Check(2, 3, 100_000).Constant!.Value;
        Assert.InRange(found, exact, exact + 0.15);
    }

    // d = r = 1: σ = |g|. At C = 1.3 and t = 40 its tail, above 2φ(x)·x/(1 + x²) (Mills), is larger than 2e^(−t²): C = √2 is needed.
    [Fact]
    public void Lemma17NeedsTheRootOfTwo()
    {
        const double T = 40;
        Assert.True(LogTailBelow(1 + (1.3 * (1 + T))) > Math.Log(2) - (T * T));
        Assert.False(LogTailBelow(1 + (Math.Sqrt(2) * (1 + T))) > Math.Log(2) - (T * T));

        static double LogTailBelow(double x) => Math.Log(2 / Math.Sqrt(2 * Math.PI)) - (0.5 * x * x) + Math.Log(x / (1 + (x * x)));
    }

    // Four products have the law of two independent numbers of Laplace's, P(|S| > x) = (1 + x/2)e^(−x).
    [Fact]
    public void TheExactTailOfProductsIsThatOfLaplace()
        => Assert.Equal(3 * Math.Exp(-4), Lemma19.TailAtOne(4), 1e-9);

    // 40 and 400 by Cramér's theorem with its prefactor: P ~ 2exp(−m·I(1))/(λ√(2πmK″(λ))), λ = (√5 − 1)/2, K″ = (1 + λ²)/(1 − λ²)², up to O(1/m).
    [Theory]
    [InlineData(40, 0.05)]
    [InlineData(400, 0.005)]
    public void TheExactTailOfManyProductsIsCramers(int pairs, double error)
    {
        double golden = (Math.Sqrt(5) - 1) / 2, curvature = (1 + (golden * golden)) / Math.Pow(1 - (golden * golden), 2);
        double expected = 2 * Math.Exp(-pairs * (golden + (0.5 * Math.Log(golden)))) / (golden * Math.Sqrt(2 * Math.PI * pairs * curvature));
        Assert.InRange(Lemma19.TailAtOne(pairs) / expected, 1 - error, 1 + error);
    }

    [Fact]
    public void Lemma17SimulatesAnySize()
    {
        CheckResult result = Lemma17.Check(40, 5, 1);
        Assert.Equal(Verdict.ImpliedConstant, result.Verdict);
        Assert.InRange(result.Constant!.Value, 0.3, Math.Sqrt(2));
        Assert.Equal(Verdict.Holds, Lemma17Sharp.Check(40, 5, 1).Verdict);
        Assert.Throws<ArgumentOutOfRangeException>(() => Lemma17.Check(4, 5, 1));
    }

    // Whatever constant is asked for, larger ranks refute it.
    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public void Proposition1HasNoConstantAtSmallT(double constant)
        => Assert.Equal(Verdict.Fails, Proposition1Printed.Check(constant, 3).Verdict);

    // In larger ranks the finite-size law is accurate: five standard errors of 200 draws are 0.45.
    [Fact]
    public void TheEdgeIsAccurateInLargerRanks()
    {
        CheckResult result = Proposition1Edge.Check(90, 20, 25, 5);
        Assert.Equal(Verdict.Holds, result.Verdict);
        Assert.InRange(result.Claim.Left, 0, 0.5);
        Assert.Equal(Verdict.ImpliedConstant, Proposition1.Check(30, 1, 2, 1, 500).Verdict);
    }
}
