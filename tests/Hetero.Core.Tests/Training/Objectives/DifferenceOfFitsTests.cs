using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>The difference of two fits finds A* from A* + V*Σ^(e)V*ᵀ, with overlap and without.</summary>
public class DifferenceOfFitsTests
{
    [Fact]
    public void FindsTheInvariantPartWithAnyOverlap()
        => Properties.Check(Properties.Between(0, 10_000), seed =>
        {
            (int d, int r1, int r2) = (4 + (seed % 5), 1 + (seed % 2), 1 + (seed % 2));
            double overlap = 0.8 * ((seed / 10 % 10) / 9.0);
            double[] found = Find(d, r1, r2, (ulong)seed, overlap, signed: seed % 3 == 0, out double[] signal, out _);
            Assert.InRange(PlainMatrix.Distance(found, signal), 0, 1e-12 / (1 - overlap));
        });

    // PÂ₁P, which takes from A* what lies in V*.
    [Theory]
    [InlineData(0, 0, 1e-14)]
    [InlineData(0.3, 0.1, 0.6)]
    public void TheProjectionAloneIsExactWithoutOverlapOnly(double overlap, double least, double most)
    {
        Find(8, 1, 1, 5, overlap, signed: false, out double[] signal, out double[] projected);
        Assert.InRange(PlainMatrix.Distance(projected, signal), least, most);
    }

    [Fact]
    public void BadRanksAndShapesAreRefused()
    {
        double[] fit = Matrices.Mirrored(Data.Uniform<double>(9, 1), 3), result = new double[9];
        foreach ((int r1, int r2, string name) in new[] { (0, 1, "invariantRank"), (3, 1, "invariantRank"), (1, 0, "spuriousRank"), (1, 3, "spuriousRank") })
        {
            Assert.Contains(
                name,
                Assert.Throws<ArgumentOutOfRangeException>(() => DifferenceOfFits.Write<double>(new(fit, 3, 3), new(result, 3, 3), r1, r2, new(new double[9], 3, 3))).Message,
                StringComparison.Ordinal);
        }

        double[] bad = [.. fit];
        bad[3] = double.NaN;
        Assert.Throws<ArgumentException>(() => DifferenceOfFits.Write<double>(new(fit, 3, 3), new(bad, 3, 3), 1, 1, new(result, 3, 3)));
        Assert.Throws<ArgumentException>(() => DifferenceOfFits.Write<double>(new(fit, 3, 3), new(new double[4], 2, 2), 1, 1, new(result, 3, 3)));
    }

    private static double[] Find(int d, int r1, int r2, ulong seed, double overlap, bool signed, out double[] signal, out double[] projected)
    {
        double[] eigenvalues = [.. Enumerable.Range(0, r1).Select(i => (signed && i == 0 ? -1 : 1) * (1 + (0.5 * i)))];
        SensingProblem problem = SensingProblem.Create(d, r1, r2, seed, SubspaceLayout.PrescribedOverlap, overlap, eigenvalues);
        double[] numbers = new double[2 * r2 * r2];
        new RandomStream(seed, StreamPurpose.User).FillGaussian<double>(0, numbers);
        double[] a = signal = Weighted(problem.InvariantBasis, (i, j) => i == j ? eigenvalues[i] : 0);
        double[][] fits = [.. new[] { 0, 1 }.Select(e => (double[])[.. a.Zip(
            Weighted(problem.SpuriousBasis, (i, j) => (e == 0 ? 3 : -1) * (i == j ? 1 : 0) + (0.2 * (numbers[(e * r2 * r2) + (i * r2) + j] + numbers[(e * r2 * r2) + (j * r2) + i]))),
            (x, y) => x + y)])];
        double[] p = [.. Weighted(problem.SpuriousBasis, (i, j) => i == j ? -1 : 0).Select((value, at) => value + (at % (d + 1) == 0 ? 1 : 0))];
        projected = PlainMatrix.Times(PlainMatrix.Times(p, fits[0], d, d, d), p, d, d, d);
        double[] found = new double[d * d];
        DifferenceOfFits.Write<double>(new(fits[0], d, d), new(fits[1], d, d), r1, r2, new(found, d, d));
        return found;
    }

    private static double[] Weighted(ReadOnlyMatrixSpan<double> basis, Func<int, int, double> weight)
    {
        int d = basis.Rows;
        double[] result = new double[d * d];
        for (int row = 0; row < d; row++)
        {
            for (int column = 0; column < d; column++)
            {
                for (int i = 0; i < basis.Columns; i++)
                {
                    for (int j = 0; j < basis.Columns; j++)
                    {
                        result[(row * d) + column] += basis[row, i] * weight(i, j) * basis[column, j];
                    }
                }
            }
        }

        return result;
    }
}
