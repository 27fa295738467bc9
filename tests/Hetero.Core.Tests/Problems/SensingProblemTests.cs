using Hetero.Core.FsCheck;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Problems;

public class SensingProblemTests
{
    [Theory]
    [InlineData(SubspaceLayout.Random)]
    [InlineData(SubspaceLayout.Orthogonal)]
    [InlineData(SubspaceLayout.PrescribedOverlap)]
    public void BasesAreOrthonormalAndLieAsAsked(SubspaceLayout layout)
        => Properties.Check(ProblemArbitrary.Any(20), description =>
        {
            (int d, int r1, int r2, double? given, ulong seed) = description;
            double overlap = layout == SubspaceLayout.PrescribedOverlap ? given ?? 1 : 0;
            SensingProblem problem = SensingProblem.Create(d, r1, r2, seed, layout, overlap);
            AssertIdentity(problem.InvariantBasis, problem.InvariantBasis);
            AssertIdentity(problem.SpuriousBasis, problem.SpuriousBasis);
            for (int i = 0; i < r1 && layout != SubspaceLayout.Random; i++)
            {
                for (int j = 0; j < r2; j++)
                {
                    double expected = layout == SubspaceLayout.PrescribedOverlap && i == j ? overlap : 0;
                    Assert.Equal(expected, Product(problem.InvariantBasis, problem.SpuriousBasis, i, j), 1e-12);
                }
            }
        });

    [Fact]
    public void TheSameSeedGivesTheSameProblemAndSeedsDiffer()
    {
        double[] first = SensingProblem.Create(9, 2, 3, 1).InvariantBasis.Data.ToArray();
        Assert.Equal(first, SensingProblem.Create(9, 2, 3, 1).InvariantBasis.Data.ToArray());
        Assert.NotEqual(first, SensingProblem.Create(9, 2, 3, 2).InvariantBasis.Data.ToArray());
        Assert.NotEqual(first[..9], SensingProblem.Create(9, 2, 3, 1).SpuriousBasis.Data.ToArray()[..9]);
    }

    // An entry of a Haar-random unit vector has variance 1/d and mean 0; squared entries are Beta(½, (d − 1)/2). 5 standard errors.
    [Fact]
    public void FramesAreHaarRandom()
    {
        const int D = 5, Draws = 20_000;
        double mean = 0, square = 0, product = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] frame = HaarFrame.Draw(new RandomStream((ulong)draw, StreamPurpose.User), D, 2);
            mean += frame[2] / Draws;
            square += frame[2] * frame[2] / Draws;
            product += frame[0] * frame[3] / Draws;
        }

        Assert.Equal(0, mean, 5 * Math.Sqrt(1.0 / D / Draws));
        Assert.Equal(1.0 / D, square, 5 * Math.Sqrt(2.0 * (D - 1) / (D * D * (D + 2.0)) / Draws));
        Assert.Equal(0, product, 5 * Math.Sqrt(1.0 / D / D / Draws));
    }

    [Fact]
    public void SignalsAreTheirDefinitions()
        => Properties.Check(ProblemArbitrary.Any(20), description =>
        {
            (int d, int r1, int r2, _, ulong seed) = description;
            double[] eigenvalues = [.. Enumerable.Range(1, r1).Select(i => 1.0 / i)];
            SensingProblem problem = SensingProblem.Create(d, r1, r2, seed, eigenvalues: eigenvalues);
            SignalModel<double> signals = new(problem);
            double[] sigma = new SymmetricMatrixDescription(r2, r2, seed).Create();
            double[] packed = signals.Signal.ToArray();
            signals.AddSpurious(sigma, -2, packed);
            double[] square = new double[d * d];
            Svec.Unpack<double>(packed, new MatrixSpan<double>(square, d, d));
            for (int a = 0; a < d; a++)
            {
                for (int b = 0; b < d; b++)
                {
                    double expected = 0;
                    for (int i = 0; i < r1; i++)
                    {
                        expected += problem.InvariantBasis[a, i] * eigenvalues[i] * problem.InvariantBasis[b, i];
                    }

                    for (int i = 0; i < r2; i++)
                    {
                        for (int j = 0; j < r2; j++)
                        {
                            expected -= 2 * problem.SpuriousBasis[a, i] * sigma[(i * r2) + j] * problem.SpuriousBasis[b, j];
                        }
                    }

                    Assert.Equal(expected, square[(a * d) + b], 1e-13 * d);
                }
            }
        });

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Contains("3 + 2", Assert.Throws<ArgumentException>(() => SensingProblem.Create(4, 3, 2, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SensingProblem.Create(4, 0, 2, 1));
        Assert.Equal("overlap", Assert.Throws<ArgumentOutOfRangeException>(() => SensingProblem.Create(4, 1, 1, 1, SubspaceLayout.PrescribedOverlap, 1.5)).ParamName);
        Assert.Equal("overlap", Assert.Throws<ArgumentOutOfRangeException>(() => SensingProblem.Create(4, 1, 1, 1, SubspaceLayout.Orthogonal, 0.5)).ParamName);
        Assert.Equal("overlap", Assert.Throws<ArgumentOutOfRangeException>(() => SensingProblem.Create(4, 1, 1, 1, SubspaceLayout.Random, 0.5)).ParamName);
        Assert.Equal("eigenvalues", Assert.Throws<ArgumentException>(() => SensingProblem.Create(4, 2, 1, 1, eigenvalues: [1e308, 1e308])).ParamName);
        Assert.Equal("eigenvalues", Assert.Throws<ArgumentException>(() => SensingProblem.Create(4, 2, 1, 1, eigenvalues: [1])).ParamName);
        Assert.Equal("eigenvalues", Assert.Throws<ArgumentOutOfRangeException>(() => SensingProblem.Create(4, 2, 1, 1, eigenvalues: [1, 0])).ParamName);
        Assert.Equal("eigenvalues", Assert.Throws<ArgumentException>(() => SensingProblem.Create(4, 2, 1, 1, eigenvalues: [1e308, -1e308])).ParamName);
        Assert.Equal("invariantBasis", Assert.Throws<ArgumentException>(() => new SensingProblem(new([1, 1], 2, 1), new([1, 0], 2, 1))).ParamName);
        Assert.Equal("spuriousBasis", Assert.Throws<ArgumentException>(() => new SensingProblem(new([1, 0], 2, 1), new([0, double.NaN], 2, 1))).ParamName);
    }

    private static void AssertIdentity(ReadOnlyMatrixSpan<double> left, ReadOnlyMatrixSpan<double> right)
    {
        for (int i = 0; i < left.Columns; i++)
        {
            for (int j = 0; j < right.Columns; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Product(left, right, i, j), 1e-12);
            }
        }
    }

    private static double Product(ReadOnlyMatrixSpan<double> left, ReadOnlyMatrixSpan<double> right, int i, int j)
    {
        double sum = 0;
        for (int row = 0; row < left.Rows; row++)
        {
            sum += left[row, i] * right[row, j];
        }

        return sum;
    }
}
