using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests;

/// <summary>Every vector kernel at all lengths 0…256, with each operand against a page without access, at its end and at its start.</summary>
public class GuardedMemoryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void KernelsStayInTheirMemory(bool guardBelow)
    {
        Check<double>(guardBelow);
        Check<float>(guardBelow);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ProductsStayInTheirMemory(bool guardBelow)
    {
        CheckProducts<double>(guardBelow);
        CheckProducts<float>(guardBelow);
    }

    private static void Check<T>(bool guardBelow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RandomStream stream = new(1, StreamPurpose.User);
        for (int length = 0; length <= 256; length++)
        {
            using GuardedMemory<T> x = new(length, guardBelow), y = new(length, guardBelow), z = new(length, guardBelow);
            stream.FillGaussian(length % 37, x.Span);
            stream.FillGaussian(5, y.Span);
            stream.FillUniform(length % 5, z.Span);
            T[] xs = x.Span.ToArray(), ys = y.Span.ToArray(), zs = z.Span.ToArray();
            Assert.Equal(Reductions.Dot<T>(xs, ys), Reductions.Dot<T>(x.Span, y.Span));
            Assert.Equal(Reductions.SumOfSquares<T>(xs), Reductions.SumOfSquares<T>(x.Span));
            Assert.True(Reductions.AllFinite<T>(x.Span));
            using GuardedMemory<T> six = new(6 * length, guardBelow);
            stream.FillGaussian(3, six.Span);
            T[] products = new T[6];
            RowProducts.Compute(six.Span, length, y.Span, products);
            RowProducts.Six(six.Span, length, y.Span, products);
            Assert.Equal(Reductions.Dot<T>(six.Span[(5 * length)..], ys), products[5]);
            T coefficient = T.CreateTruncating(0.5);
            RowCombination.Add(new ReadOnlySpan<T>(in coefficient), x.Span, length, z.Span, six.Span);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(T.FusedMultiplyAdd(coefficient, xs[i], zs[i]), z.Span[i]);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DecompositionsStayInTheirMemory(bool guardBelow)
    {
        CheckDecompositions<double>(guardBelow);
        CheckDecompositions<float>(guardBelow);
    }

    private static void CheckDecompositions<T>(bool guardBelow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int n in (int[])[1, 5, 41, 45, 70])
        {
            using GuardedMemory<T> matrix = new(n * n, guardBelow), left = new(n * n, guardBelow), right = new(n * n, guardBelow);
            using GuardedMemory<T> values = new(n, guardBelow);
            using GuardedMemory<T> eigen = new(SymmetricEigen.GetScratchLength<T>(n), guardBelow);
            using GuardedMemory<T> eigenvalues = new(SymmetricEigen.GetValuesScratchLength<T>(n), guardBelow);
            using GuardedMemory<T> svd = new(JacobiSvd.GetScratchLength<T>(n, n), guardBelow);
            using GuardedMemory<T> reduced = new(Svd.GetScratchLength<T>(n, n), guardBelow);
            using GuardedMemory<T> reducedValues = new(Svd.GetValuesScratchLength<T>(n, n), guardBelow);
            using GuardedMemory<T> qr = new(CholeskyQr.GetScratchLength<T>(n, n), guardBelow);
            Data.Uniform<T>(n * n, n).CopyTo(matrix.Span);
            SymmetricEigen.Decompose(new(matrix.Span, n, n), eigen.Span, values.Span, new MatrixSpan<T>(left.Span, n, n));
            SymmetricEigen.Decompose<T>(new(matrix.Span, n, n), eigenvalues.Span, values.Span);
            using GuardedMemory<T> range = new(SymmetricEigen.GetRangeScratchLength<T>(n, n / 2), guardBelow);
            SymmetricEigen.DecomposeRange(new(matrix.Span, n, n), range.Span, 1, values.Span[..(n / 2)], new MatrixSpan<T>(left.Span[..(n * (n / 2))], n, n / 2));
            JacobiSvd.Decompose(new(matrix.Span, n, n), svd.Span, new MatrixSpan<T>(left.Span, n, n), values.Span, new MatrixSpan<T>(right.Span, n, n));
            Svd.Decompose(new(matrix.Span, n, n), reduced.Span, new MatrixSpan<T>(left.Span, n, n), values.Span, new MatrixSpan<T>(right.Span, n, n));
            Svd.Decompose<T>(new(matrix.Span, n, n), reducedValues.Span, values.Span);
            CholeskyQr.Decompose(new(matrix.Span, n, n), qr.Span, new MatrixSpan<T>(left.Span, n, n), new MatrixSpan<T>(right.Span, n, n));
            Assert.True(Reductions.AllFinite<T>(left.Span));
            using GuardedMemory<T> pivoted = new(PivotedQr.GetScratchLength<T>(n, n), guardBelow), solve = new(LeastSquares.GetScratchLength<T>(n, n, n), guardBelow);
            using GuardedMemory<T> shortest = new(LeastSquares.GetMinimumNormScratchLength<T>(n, n, n), guardBelow);
            using GuardedMemory<int> permutation = new(n, guardBelow);
            PivotedQr.Decompose(new(matrix.Span, n, n), pivoted.Span, new MatrixSpan<T>(left.Span, n, n), new MatrixSpan<T>(right.Span, n, n), permutation.Span);
            LeastSquares.Solve(new(matrix.Span, n, n), new(left.Span, n, n), solve.Span, new MatrixSpan<T>(right.Span, n, n), values.Span);
            LeastSquares.SolveMinimumNorm(new(matrix.Span, n, n), new(left.Span, n, n), T.CreateChecked(0.01), shortest.Span, new MatrixSpan<T>(right.Span, n, n), values.Span);
            Assert.True(Reductions.AllFinite<T>(right.Span));
        }

        // A sweep of rotations over rows of any length.
        for (int columns = 1; columns <= 140; columns++)
        {
            using GuardedMemory<T> rows = new(5 * columns, guardBelow), angles = new(8, guardBelow);
            Data.Uniform<T>(5 * columns).CopyTo(rows.Span);
            RotationSweep.Apply(new MatrixSpan<T>(rows.Span, 5, columns), 0, 4, angles.Span);
            Assert.True(Data.SameBits<T>(Data.Uniform<T>(5 * columns), rows.Span), "Rotations by nothing.");
        }
    }

    /// <summary>Sizes at which the parts of a team differ, with scratch of exactly the length that is asked for.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public void LargeDecompositionsOnATeamStayInTheirMemory(bool guardBelow, int degree)
    {
        using WorkerTeam team = new(degree);
        CheckLarge<double>(guardBelow, 270, team);
        CheckLarge<float>(guardBelow, 390, team);
    }

    private static void CheckLarge<T>(bool guardBelow, int n, WorkerTeam team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using GuardedMemory<T> matrix = new(n * n, guardBelow), left = new(n * n, guardBelow), right = new(n * n, guardBelow), values = new(n, guardBelow);
        using GuardedMemory<T> eigen = new(SymmetricEigen.GetScratchLength<T>(n, team), guardBelow), eigenvalues = new(SymmetricEigen.GetValuesScratchLength<T>(n, team), guardBelow);
        using GuardedMemory<T> svd = new(Svd.GetScratchLength<T>(n, n, team), guardBelow), singular = new(Svd.GetValuesScratchLength<T>(n, n, team), guardBelow);
        using GuardedMemory<T> qr = new(HouseholderQr.GetScratchLength<T>(n, n, team), guardBelow), pivoted = new(PivotedQr.GetScratchLength<T>(n, n, team), guardBelow);
        using GuardedMemory<T> solve = new(LeastSquares.GetScratchLength<T>(n, n, 9, team), guardBelow), shortest = new(LeastSquares.GetMinimumNormScratchLength<T>(n, n, 9, team), guardBelow);
        using GuardedMemory<T> cholesky = new(Cholesky.GetScratchLength<T>(n, team), guardBelow), sides = new(9 * n, guardBelow), solution = new(9 * n, guardBelow);
        using GuardedMemory<int> permutation = new(n, guardBelow);
        Data.Uniform<T>(n * n, n).CopyTo(matrix.Span);
        Data.Uniform<T>(9 * n, 2).CopyTo(sides.Span);
        ReadOnlyMatrixSpan<T> a = new(matrix.Span, n, n);
        MatrixSpan<T> q = new(left.Span, n, n), r = new(right.Span, n, n);
        SymmetricEigen.Decompose(a, eigen.Span, values.Span, q, team);
        SymmetricEigen.Decompose(a, eigenvalues.Span, values.Span, team);
        Svd.Decompose(a, svd.Span, q, values.Span, r, team);
        Svd.Decompose(a, singular.Span, values.Span, team);
        PivotedQr.Decompose(a, pivoted.Span, q, r, permutation.Span, team);
        LeastSquares.Solve(a, new(sides.Span, n, 9), solve.Span, new MatrixSpan<T>(solution.Span, n, 9), values.Span[..9], team);
        LeastSquares.SolveMinimumNorm(a, new(sides.Span, n, 9), T.CreateChecked(0.01), shortest.Span, new MatrixSpan<T>(solution.Span, n, 9), values.Span[..9], team);
        HouseholderQr.Decompose(a, qr.Span, q, r, team);
        Assert.True(Reductions.AllFinite<T>(left.Span) && Reductions.AllFinite<T>(right.Span) && Reductions.AllFinite<T>(solution.Span));
        for (int i = 0; i < n; i++)
        {
            matrix.Span[i * (n + 1)] += T.CreateChecked(n);
        }

        Cholesky.Decompose(a, cholesky.Span, r, team);
        Assert.True(Reductions.AllFinite<T>(right.Span));
    }

    private static void CheckProducts<T>(bool guardBelow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RandomStream stream = new(1, StreamPurpose.User);
        foreach (int size in new[] { 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 47, 49, 63, 65, 100, 193 })
        {
            int inner = (size * 5 % 23) + 1, columns = (size * 7 % 41) + 1;
            using GuardedMemory<T> a = new(size * inner, guardBelow), b = new(inner * columns, guardBelow), c = new(size * columns, guardBelow);
            using GuardedMemory<T> gram = new(size * size, guardBelow), svec = new(Svec.Length(size), guardBelow);
            using GuardedMemory<T> scratch = new(Products.GetMultiplyScratchLength<T>(size, inner, columns), guardBelow);
            using GuardedMemory<T> gramScratch = new(Products.GetGramScratchLength<T>(size, inner), guardBelow);
            stream.FillGaussian(0, a.Span);
            stream.FillGaussian(0, b.Span);
            ReadOnlyMatrixSpan<T> left = new(a.Span, size, inner), right = new(b.Span, inner, columns);
            Products.Multiply(left, right, scratch.Span, new MatrixSpan<T>(c.Span, size, columns));
            Products.MultiplyAdd(left, right, scratch.Span, new MatrixSpan<T>(c.Span, size, columns));
            Products.Gram(left, gramScratch.Span, new MatrixSpan<T>(gram.Span, size, size));
            Products.GramLower(left, gramScratch.Span, new MatrixSpan<T>(gram.Span, size, size));
            Svec.Pack(new ReadOnlyMatrixSpan<T>(gram.Span, size, size), svec.Span);
            Svec.Unpack<T>(svec.Span, new MatrixSpan<T>(gram.Span, size, size));
            T expected = T.Zero;
            for (int k = 0; k < inner; k++)
            {
                expected = T.FusedMultiplyAdd(left[size - 1, k], right[k, columns - 1], expected);
            }

            Assert.Equal(expected + expected, c.Span[^1]);
        }
    }
}
