using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Isometry;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Subspaces;
using Xunit;

namespace Hetero.Core.Theory.Tests.Isometry;

/// <summary>The statements about measurements, on a caller's own data with known answers.</summary>
public class MeasurementCheckTests
{
    // H = diag(1.5, 1, 0.8) in two dimensions: E∘(X) is 0.5·x11 and −0.2·x22 on the diagonal, 0 off it.
    private static IsometryForm Form => IsometryForm.OfGram(2, new([1.5, 0, 0, 0, 1, 0, 0, 0, 0.8], 3, 3));

    [Fact]
    public void Lemmas1To4HaveTheirSidesFromTheFormulas()
    {
        double[] x = [2, 3, 3, -1], y = [1, 0, 0, 4], z = [1, 0, 1, 1, 0, 2];
        double frobenius = Math.Sqrt(23), eigen = Math.Sqrt(11.25), nuclear = (0.5 + eigen) + (eigen - 0.5);

        // E∘(X) = diag(1, 0.2); ⟨E∘(X), Y⟩ = 1.8. ZZᵀ has the rows (2, 3), (3, 5), so that of E∘(X)Z has (2, 0.6), (0.6, 0.2).
        double a = 2, b = 0.2 * 3, c = 0.04 * 5;
        double left = Math.Sqrt(((a + c) / 2) + Math.Sqrt(((a - c) * (a - c) / 4) + (b * b)));
        double normZ = Math.Sqrt(((2 + 5) / 2.0) + Math.Sqrt((9 / 4.0) + 9));
        Same(Lemma1.Check(Form, new(x, 2, 2), new(y, 2, 2)), 1.8, 0.5 * frobenius * Math.Sqrt(17));
        Same(Lemma2.Check(Form, new(x, 2, 2), new(z, 2, 3)), left, 0.5 * frobenius * normZ);
        Same(Lemma3.Check(Form, new(x, 2, 2), new(y, 2, 2)), 1.8, 0.5 * nuclear * Math.Sqrt(17));
        Same(Lemma4.Check(Form, new(x, 2, 2), new(z, 2, 3)), left, 0.5 * nuclear * normZ);

        static void Same(CheckResult result, double left, double right)
        {
            Assert.Equal(Verdict.Holds, result.Verdict);
            Assert.Equal(left, result.Claim.Left, 1e-13);
            Assert.Equal(right, result.Claim.Right, 1e-13);
        }
    }

    [Fact]
    public void Lemmas1To4AskForSymmetryAndTheFullConstant()
    {
        double[] symmetric = [2, 3, 3, -1], skew = [0, 1, -1, 0];
        foreach (Func<TwoByTwo, double?, CheckResult> lemma in new Func<TwoByTwo, double?, CheckResult>[]
        {
            (x, delta) => Lemma1.Check(Form, x.Span, x.Span, delta),
            (x, delta) => Lemma2.Check(Form, x.Span, x.Span, delta),
            (x, delta) => Lemma3.Check(Form, x.Span, x.Span, delta),
            (x, delta) => Lemma4.Check(Form, x.Span, x.Span, delta),
        })
        {
            Assert.Equal(Verdict.Holds, lemma(new(symmetric), null).Verdict);
            Assert.Equal(Verdict.Holds, lemma(new(symmetric), 0.6).Verdict);
            Assert.Equal(Verdict.HypothesisNotMet, lemma(new(symmetric), 0.4).Verdict);
            Assert.Equal(Verdict.HypothesisNotMet, lemma(new(skew), null).Verdict);
        }

        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Lemma1.Check(Form, new(new double[9], 3, 3), new(symmetric, 2, 2))).ParamName);
        Assert.Equal("z", Assert.Throws<ArgumentException>(() => Lemma4.Check(Form, new(symmetric, 2, 2), new(new double[3], 3, 1))).ParamName);
    }

    [Fact]
    public void MatricesThatAreNotFiniteAreNamed()
    {
        double[] good = [2, 3, 3, -1], bad = [2, 3, 3, double.NaN];
        SensingProblem problem = new(new([1, 0], 2, 1), new([0, 1], 2, 1));
        Assert.Throws<ArgumentException>("x", () => Lemma1.Check(Form, new(bad, 2, 2), new(good, 2, 2)));
        Assert.Throws<ArgumentException>("z", () => Lemma2.Check(Form, new(good, 2, 2), new(bad, 2, 2)));
        Assert.Throws<ArgumentException>("y", () => Lemma3.Check(Form, new(good, 2, 2), new(bad, 2, 2)));
        Assert.Throws<ArgumentException>("z", () => Lemma4.Check(Form, new(good, 2, 2), new(bad, 2, 2)));
        Assert.Throws<ArgumentException>("factor", () => FactorDecomposition.Check(problem, new(bad, 2, 2)));
        Assert.Throws<ArgumentException>("factor", () => Lemma8.Check(problem, new(bad, 2, 2)));
        SphereNet net = SphereNet.Create(2, 0.3);
        Assert.Throws<ArgumentException>("matrix", () => Lemma18.Check(new(bad, 2, 2), net, net));
    }

    [Fact]
    public void AThresholdBelowAllNumbersIsNotMet()
        => Assert.Equal(Verdict.HypothesisNotMet, Assumption3Threshold.Check(Form, 1e300, 1, 1).Verdict);

    // 100 with probability 0.001: the variance of 2,000 draws is off by 70 % as a rule, and the statement is true all the same.
    [Fact]
    public void RareEnvironmentsDoNotRefuteAssumption2()
    {
        EnvironmentDistribution rare = new FiniteEnvironments(1, [[0], [100]], [0.999, 0.001]);
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.Equal(Verdict.Holds, Assumption2.Check(rare, seed).Verdict);
        }

        // Probabilities that add up to 1 up to round-off only: the closed form of the variance of one value is then 10⁻³³, not 0.
        Assert.Equal(Verdict.Holds, Assumption2.Check(new FiniteEnvironments(1, [[3], [3], [3]], [0.1, 0.2, 0.7]), 1).Verdict);
    }

    // By polarization 4⟨E∘(X), Y⟩ = ⟨E∘(X + Y), X + Y⟩ − ⟨E∘(X − Y), X − Y⟩ ≤ 4δ_2r for unit X, Y of rank r: a search that finds less at
    // rank 2r stops short.
    [Theory]
    [InlineData(4, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 3)]
    public void TheSearchAtRank2RFindsWhatRankRImplies(int d, int rank)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            TheoryInstance instance = new() { Dimension = d, Samples = 30, Seed = seed };
            IsometryForm form = IsometryForm.Of(instance.CreateMeasurements());
            double found = RipConstants.LowerBound(form, Math.Min(2 * rank, d)).Delta;
            for (int start = 1; start < 6; start++)
            {
                Matrix matrix = new(instance.CreateSymmetric(start, d), d, d);
                (Matrix x, Matrix y) = RipLemma.Aligned(form, matrix, rank, rank);
                Assert.Equal(1, x.FrobeniusNorm(), 1e-12);
                double product = Math.Abs(RipLemma.Error(form, x).Inner(y));
                Assert.True(product <= found + 1e-9, $"{product} above {found}");
            }
        }
    }

    [Theory]
    [InlineData(2, 1, 1.0)]
    [InlineData(6, 2, 0.3)]
    [InlineData(8, 4, 0.7)]
    public void TheRankOfLemma1IsTooSmallByAFactorTwo(int d, int rank, double theta)
    {
        CheckResult result = Lemma1Printed.Check(d, rank, theta);
        Assert.Equal((Verdict.Fails, theta, theta / 2), (result.Verdict, Math.Round(result.Claim.Left, 12), result.Claim.Right));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lemma1Printed.Check(d, (d / 2) + 1, theta));
    }

    // The search finds the closed form of δ_r and no more, and θ at rank r + 1: so that is the rank that is needed, and r is not enough.
    [Theory]
    [InlineData(2, 1, 1.0)]
    [InlineData(5, 2, 0.3)]
    [InlineData(6, 3, 0.7)]
    [InlineData(6, 4, 0.5)]
    [InlineData(7, 6, 0.9)]
    public void TheRankOfLemmas2And3IsTooSmall(int d, int rank, double theta)
    {
        double delta = rank == 1 ? theta / 2 : theta * Math.Sqrt((rank - 1) / (double)rank);
        foreach (CheckResult result in new[] { Lemma2Printed.Check(d, rank, theta), Lemma3Printed.Check(d, rank, theta) })
        {
            Assert.Equal(Verdict.Fails, result.Verdict);
            Assert.Equal(theta, result.Claim.Left, 1e-12);
            Assert.Equal(delta, result.Claim.Right, 1e-12);
            Assert.Equal(delta, result.Hypotheses[0].Left, 1e-9);
        }

        PrintedRank measurements = PrintedRank.One(d, rank, theta);
        Assert.Equal(theta, RipConstants.LowerBound(measurements.Form, rank + 1).Delta, 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => Lemma2Printed.Check(d, d, theta));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lemma3Printed.Check(d, d, theta));
    }

    [Fact]
    public void Lemma4NeedsTheConstantAtRank2()
    {
        CheckResult result = Lemma4Printed.Check(3, 0.8);
        Assert.Equal((Verdict.Fails, 0.8, 0.4), (result.Verdict, Math.Round(result.Claim.Left, 12), result.Claim.Right));
    }

    [Fact]
    public void Assumption3IsMetByAnIsometryOnly()
    {
        IsometryForm isometry = IsometryForm.OfGram(2, new([1, 0, 0, 0, 1, 0, 0, 0, 1], 3, 3));
        Assert.Equal(Verdict.Holds, Assumption3Threshold.Check(isometry, 18, 1, 1).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, Assumption3Threshold.Check(Form, 18, 1, 1).Verdict);

        // δ_d = 0.5 against C/((18·ln 2)^1.5·√2).
        double unit = 1 / (Math.Pow(18 * Math.Log(2), 1.5) * Math.Sqrt(2));
        Assert.Equal(Verdict.Holds, Assumption3Threshold.Check(Form, 18, 1, 1, 0.5001 / unit).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, Assumption3Threshold.Check(Form, 18, 1, 1, 0.4999 / unit).Verdict);
        Assert.Equal(Verdict.Holds, Assumption3.Check(new StoredMeasurements<double>(5, 40, 3), 2).Verdict);
    }

    [Fact]
    public void Assumption1ReportsEachCondition()
    {
        SensingProblem problem = SensingProblem.Create(20, 2, 3, 1, SubspaceLayout.PrescribedOverlap, 0.25);
        Assert.Equal(Verdict.HypothesisNotMet, Assumption1.Check(problem, 0.25).Verdict);
        Assert.Equal(Verdict.Holds, Assumption1.Check(problem, 0.25, 0.02).Verdict);
        Assert.Equal(Verdict.Fails, Assumption1.Check(problem, 0.24, 0.02).Verdict);
        CheckResult result = Assumption1.Check(problem, 0.3, 0.02);
        Assert.Equal(0.25, result.Claim.Left, 1e-12);
        Assert.Equal(0.02 * Math.Pow(Math.Log(20), 4), result.Hypotheses[0].Left, 1e-12);
        SensingProblem uneven = SensingProblem.Create(20, 2, 3, 1, eigenvalues: [1, 0.5]);
        Assert.Equal(0.5, Assumption1.Check(uneven, 1, 0.02).Hypotheses[2].Left);
        Assert.Equal(Verdict.HypothesisNotMet, Assumption1.Check(uneven, 1, 0.02).Verdict);
    }

    [Fact]
    public void ADrawIsNoOperator()
    {
        double[] a = Data.Uniform<double>(10, 1), b = Data.Uniform<double>(10, 2);
        Assert.Equal(Verdict.HypothesisNotMet, RipErrorOperator.Check(new ExactLawMeasurements<double>(4, 1), 5, 0, a, b).Verdict);
        Assert.Equal(Verdict.Holds, RipErrorOperator.Check(new RegeneratedMeasurements<double>(4, 1), 5, 0, a, b).Verdict);
    }

    // One sample too many in every batch, or entries of variance 1 off the diagonal (√2 in svec), must be noticed.
    [Fact]
    public void TheLawNoticesAnotherEnsemble()
    {
        double[] matrices = Data.Uniform<double>(20, 3);
        CheckResult Of(Func<double, int, double> distort) => RipErrorLaw.Check(batch => (Distorted(batch, distort), 0), 20, matrices, 400);
        Assert.Equal(Verdict.Holds, Of((entry, _) => entry).Verdict);
        Assert.Equal(Verdict.Fails, Of((entry, _) => 1.1 * entry).Verdict);
        Assert.Equal(Verdict.Fails, Of((entry, index) => index is 0 or 2 or 5 or 9 ? entry : Math.Sqrt(2) * entry).Verdict);
        Assert.Throws<ArgumentException>(() => RipErrorLaw.Check(_ => (new RegeneratedMeasurements<double>(4, 1), 0), 20, [.. matrices[..10], .. matrices[..10]]));
    }

    private static StoredMeasurements<double> Distorted(int batch, Func<double, int, double> distort)
    {
        StoredMeasurements<double> gaussian = new(4, 20, (ulong)batch);
        double[] rows = new double[200];
        for (int i = 0; i < 20; i++)
        {
            Span<double> row = rows.AsSpan(10 * i, 10);
            gaussian.CopySample(i, row);
            for (int j = 0; j < 10; j++)
            {
                row[j] = distort(row[j], j);
            }
        }

        return new StoredMeasurements<double>(4, rows, 1);
    }

    /// <summary>A 2×2 matrix that a delegate may take.</summary>
    private sealed record TwoByTwo(double[] Entries)
    {
        public ReadOnlyMatrixSpan<double> Span => new(Entries, 2, 2);
    }
}
