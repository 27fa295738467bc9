using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

public class RipConstantsTests
{
    private static Arbitrary<(int Dimension, int Samples)> Shapes
        => Arb.From(from d in Gen.Choose(1, 6) from m in Gen.Choose(1, 4 * Svec.Length(d)) select (d, m));

    // Whatever the search returns has the rank that it claims and the ratio that it claims, by the measurements themselves.
    [Fact]
    public void TheBoundsAreAttainedBracketedAndGrow()
        => Properties.Check(
            Shapes,
            shape =>
            {
                (int d, int m) = shape;
                StoredMeasurements<double> measurements = new(d, m, (ulong)((100 * d) + m));
                IsometryForm form = IsometryForm.Of(measurements);
                RipConstant exact = RipConstants.Exact(form);
                IReadOnlyList<RipConstant> bounds = RipConstants.LowerBounds(form, d, 5);
                double slack = 1e-12 * exact.Largest.Ratio;
                for (int rank = 1; rank <= d; rank++)
                {
                    RipConstant bound = bounds[rank - 1];
                    Assert.Equal((rank, rank == d), (bound.Rank, bound.IsExact));
                    foreach (IsometryExtreme extreme in new[] { bound.Smallest, bound.Largest })
                    {
                        Assert.True(RankOf(extreme) <= rank);
                        Assert.Equal(PlainRatio(measurements, m, extreme), extreme.Ratio, slack);
                        Assert.Equal(form.Ratio(extreme.SvecForm), extreme.Ratio);
                    }

                    Assert.True(bound.Largest.Ratio <= exact.Largest.Ratio + slack);
                    Assert.True(bound.Smallest.Ratio >= exact.Smallest.Ratio - slack);
                    Assert.True(bound.Delta <= exact.Delta + slack);
                    Assert.True(rank == 1 || bound.Delta >= bounds[rank - 2].Delta - slack);
                }

                Assert.Equal(exact.Delta, bounds[^1].Delta, 1e-9 * exact.Delta);
            },
            trials: 25);

    // Eigenvalues by another route: det and trace of a 1×1 and the quadratic formula of a form that is diagonal but for one pair.
    [Fact]
    public void FullRankIsTheExtremeEigenvalue()
    {
        IsometryForm form = IsometryForm.OfGram(2, new([1.5, 0.4, 0, 0.4, 0.9, 0, 0, 0, 1.1], 3, 3));
        double root = Math.Sqrt(0.09 + 0.16);
        RipConstant exact = RipConstants.Exact(form);
        Assert.Equal(1.2 + root, exact.Largest.Ratio, 1e-14);
        Assert.Equal(1.2 - root, exact.Smallest.Ratio, 1e-14);
        Assert.Equal(0.7, exact.Delta, 1e-14);
        Assert.True(exact.IsExact);
        Assert.Equal(3.0, RipConstants.Exact(new IsometryForm(1, [1, -2, 3, 0, -1])).Largest.Ratio, 1e-14);
    }

    [Fact]
    public void AnIsometryHasTheConstantZero()
    {
        // X_i = √p·(unit vector i): GᵀG/m is the identity.
        double[] rows = new double[36];
        for (int i = 0; i < 6; i++)
        {
            rows[7 * i] = Math.Sqrt(6);
        }

        Assert.All(RipConstants.LowerBounds(new IsometryForm(3, rows), 3), bound => Assert.Equal(0, bound.Delta, 1e-14));
    }

    // H = I + θwwᵀ with w = svec(I)/√d: ⟨M, I⟩² ≤ s·‖M‖² at rank s, so δ_s = |θ|·s/d, on the upper side or on the lower.
    [Theory]
    [InlineData(4, 2.0)]
    [InlineData(7, 0.5)]
    [InlineData(7, -0.5)]
    public void ASpikeAlongTheIdentityIsSeenInProportionToTheRank(int d, double theta)
    {
        double[] w = new double[Svec.Length(d)];
        for (int i = 0; i < d; i++)
        {
            w[Svec.IndexOf(i, i)] = 1 / Math.Sqrt(d);
        }

        IReadOnlyList<RipConstant> bounds = RipConstants.LowerBounds(Spiked(d, (theta, w, w)), d);
        Assert.All(bounds, bound => Assert.Equal(Math.Abs(theta) * bound.Rank / d, bound.Delta, 1e-9));
        Assert.All(bounds, bound => Assert.Equal(theta > 0, bound.Largest.Ratio - 1 > 1 - bound.Smallest.Ratio));
    }

    // H = I + θ(w1w2ᵀ + w2w1ᵀ) with w1, w2 of e1e1ᵀ, e2e2ᵀ: at rank 1 the form is 1 + 2θv1²v2² ≤ 1 + θ/2, and θ needs rank 2.
    [Fact]
    public void APairOfDirectionsIsSeenByHalfAtRankOne()
    {
        double[] first = new double[15], second = new double[15];
        first[Svec.IndexOf(1, 1)] = second[Svec.IndexOf(3, 3)] = 1;
        IReadOnlyList<RipConstant> bounds = RipConstants.LowerBounds(Spiked(5, (0.6, first, second), (0.6, second, first)), 3);
        Assert.Equal(0.3, bounds[0].Delta, 1e-9);
        Assert.Equal(0.6, bounds[1].Delta, 1e-9);
        Assert.Equal(0.6, bounds[2].Delta, 1e-9);
    }

    [Theory]
    [InlineData(4, 1, 12)]
    [InlineData(6, 1, 200)]
    [InlineData(6, 2, 40)]
    [InlineData(8, 3, 60)]
    [InlineData(12, 2, 150)]
    public void NoRandomMatrixIsMoreExtreme(int d, int rank, int samples)
    {
        IsometryForm form = IsometryForm.Of(new StoredMeasurements<double>(d, samples, 11));
        RipConstant bound = RipConstants.LowerBound(form, rank, 2);
        int p = form.SvecLength;
        double[] gram = form.Gram.Data.ToArray(), w = new double[p], vectors = new double[rank * d];
        System.Random random = new(d + rank);
        double smallest = double.MaxValue, largest = 0;
        for (int trial = 0; trial < 100_000; trial++)
        {
            Array.Clear(w);
            for (int k = 0; k < rank; k++)
            {
                double weight = (2 * random.NextDouble()) - 1;
                for (int i = 0; i < d; i++)
                {
                    vectors[i] = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
                    for (int j = 0; j <= i; j++)
                    {
                        w[Svec.IndexOf(i, j)] += weight * vectors[i] * vectors[j] * (i == j ? 1 : Math.Sqrt(2));
                    }
                }
            }

            double form2 = 0, square = 0;
            for (int i = 0; i < p; i++)
            {
                double row = 0.5 * gram[(i * p) + i] * w[i];
                for (int j = 0; j < i; j++)
                {
                    row += gram[(i * p) + j] * w[j];
                }

                form2 += 2 * row * w[i];
                square += w[i] * w[i];
            }

            smallest = Math.Min(smallest, form2 / square);
            largest = Math.Max(largest, form2 / square);
        }

        Assert.True(bound.Smallest.Ratio < smallest, $"{bound.Smallest.Ratio} against {smallest}");
        Assert.True(bound.Largest.Ratio > largest, $"{bound.Largest.Ratio} against {largest}");
    }

    // Seeds that start elsewhere must find the same extremes, or the search stops short of them.
    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(8, 4)]
    public void TheExtremesDoNotDependOnTheStarts(int d, int rank)
    {
        IsometryForm form = IsometryForm.Of(new StoredMeasurements<double>(d, 2 * Svec.Length(d), 4));
        RipConstant one = RipConstants.LowerBound(form, rank, 1), two = RipConstants.LowerBound(form, rank, 2);
        Assert.Equal(one.Largest.Ratio, two.Largest.Ratio, 1e-9);
        Assert.Equal(one.Smallest.Ratio, two.Smallest.Ratio, 1e-9);
        Assert.True(Data.SameBits(one.Largest.SvecForm, RipConstants.LowerBound(form, rank, 1).Largest.SvecForm));
    }

    // Johnstone's centre (√m + √p)²/m and scale for the largest eigenvalue, and those of the smallest: the deviation, in Tracy–Widom units, stays of
    // order 1 (below 6 but for odds of about 10⁻⁵) while the unit shrinks like p^(−2/3).
    [Fact]
    public void GaussianExtremesApproachTheMarchenkoPasturEdges()
    {
        const int Seeds = 4;
        double previous = double.MaxValue;
        foreach (int d in new[] { 4, 9, 18 })
        {
            int p = Svec.Length(d), m = 4 * p;
            double above = Math.Sqrt(m) + Math.Sqrt(p), below = Math.Sqrt(m) - Math.Sqrt(p), error = 0;
            double unitAbove = above * Math.Cbrt((1 / Math.Sqrt(m)) + (1 / Math.Sqrt(p))) / m;
            double unitBelow = below * Math.Cbrt((1 / Math.Sqrt(p)) - (1 / Math.Sqrt(m))) / m;
            for (ulong seed = 0; seed < Seeds; seed++)
            {
                RipConstant exact = RipConstants.Exact(IsometryForm.Of(new StoredMeasurements<double>(d, m, seed)));
                Assert.InRange((exact.Largest.Ratio - 2.25) / unitAbove, -6, 6);
                Assert.InRange((0.25 - exact.Smallest.Ratio) / unitBelow, -6, 6);
                error += (Math.Abs(exact.Largest.Ratio - 2.25) + Math.Abs(exact.Smallest.Ratio - 0.25)) / Seeds;
            }

            Assert.True(error < previous / 1.5, $"d = {d}: {error} after {previous}");
            previous = error;
        }
    }

    [Fact]
    public void ThresholdsAreTheFormulas()
    {
        Assert.Equal(3 / (Math.Pow(2 * Math.Log(10), 1.5) * 32 * Math.Sqrt(5)), RipThresholds.AssumedDelta(2, 10, 1, 4, 3), 1e-15);
        Assert.Equal(8, RipThresholds.AssumedRank(100, 1, 1));
        Assert.Equal(6, RipThresholds.AssumedRank(6, 1, 1));
        Assert.Equal(2.0 * 100 * 8 / 0.25, RipThresholds.RequiredSamples(100, 8, 0.5, 2));
    }

    [Fact]
    public void BadInputIsNamed()
    {
        IsometryForm form = new(2, [1, 2, 3]);
        Assert.Equal("largestRank", Assert.Throws<ArgumentOutOfRangeException>(() => RipConstants.LowerBounds(form, 3)).ParamName);
        Assert.Equal("rank", Assert.Throws<ArgumentOutOfRangeException>(() => RipConstants.LowerBound(form, 0)).ParamName);
        Assert.Equal("heterogeneity", Assert.Throws<ArgumentOutOfRangeException>(() => RipThresholds.AssumedDelta(0, 10, 1, 1)).ParamName);
        Assert.Equal("dimension", Assert.Throws<ArgumentOutOfRangeException>(() => RipThresholds.AssumedDelta(1, 1, 1, 1)).ParamName);
        Assert.Equal("delta", Assert.Throws<ArgumentOutOfRangeException>(() => RipThresholds.RequiredSamples(10, 1, 1)).ParamName);
        Assert.Equal("spuriousRank", Assert.Throws<ArgumentOutOfRangeException>(() => RipThresholds.AssumedRank(10, 1, 11)).ParamName);
        Assert.Throws<ArgumentException>(() => RipConstants.Exact(form).Largest.CopyMatrix(new MatrixSpan<double>(new double[9], 3, 3)));
    }

    /// <summary>I + Σ θ·w·vᵀ.</summary>
    private static IsometryForm Spiked(int d, params (double Theta, double[] Left, double[] Right)[] spikes)
    {
        int p = Svec.Length(d);
        double[] gram = new double[p * p];
        for (int i = 0; i < p; i++)
        {
            gram[i * (p + 1)] = 1;
            for (int j = 0; j < p; j++)
            {
                gram[(i * p) + j] += spikes.Sum(spike => spike.Theta * spike.Left[i] * spike.Right[j]);
            }
        }

        return IsometryForm.OfGram(d, new(gram, p, p));
    }

    private static int RankOf(IsometryExtreme extreme)
    {
        int d = extreme.Dimension;
        double[] matrix = new double[d * d], values = new double[d];
        extreme.CopyMatrix(new MatrixSpan<double>(matrix, d, d));
        SymmetricEigen.Decompose<double>(new(matrix, d, d), values);
        return values.Count(value => Math.Abs(value) > 1e-12);
    }

    private static double PlainRatio(StoredMeasurements<double> measurements, int samples, IsometryExtreme extreme)
    {
        double[] row = new double[measurements.SvecLength];
        double sum = 0, square = 0;
        for (int i = 0; i < samples; i++)
        {
            measurements.CopySample(i, row);
            double product = row.Zip(extreme.SvecForm.ToArray(), (x, w) => x * w).Sum();
            sum += product * product / samples;
        }

        foreach (double w in extreme.SvecForm)
        {
            square += w * w;
        }

        return sum / square;
    }
}
