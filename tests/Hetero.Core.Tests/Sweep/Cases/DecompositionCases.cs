using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using static Hetero.Core.Tests.Sweep.BufferSpec;
using static Hetero.Core.Tests.Sweep.SpanCase;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>Decompositions and norms.</summary>
internal static class DecompositionCases
{
    public static IEnumerable<SpanCase> Of<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = n == 0 ? 0 : n + 3;
        double[] symmetric = Matrices.Mirrored(Data.Uniform<double>(n * n, 5), n);
        BufferSpec square = InMatrix<T>(n, n, 1, () => symmetric);

        // The documentation leaves off a factor of 4m below the largest number.
        int k = n / 2;
        int room = 12;
        yield return Void(
            "HouseholderQr.Decompose(matrix, scratch, q, r, team)",
            [InMatrix<T>(m, n), Scratch<T>(HouseholderQr.GetScratchLength<T>(m, n)), OutMatrix<T>(m, n, 0), OutMatrix<T>(n, n)],
            s =>
            HouseholderQr.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2), s.Matrix<T>(3))) with
        {
            HeadRoom = room,
        };
        yield return Void(
            "HouseholderQr.Decompose(matrix, scratch, q, r, team)",
            [InMatrix<T>(n, m), Scratch<T>(HouseholderQr.GetScratchLength<T>(m, n)), OutMatrix<T>(m, n, 0), OutMatrix<T>(n, n)],
            s =>
            HouseholderQr.Decompose<T>(s.Matrix<T>(0).AsReadOnly().Transposed, s.Vector<T>(1), s.Matrix<T>(2), s.Matrix<T>(3))) with
        {
            HeadRoom = room,
        };
        yield return Void(
            "CholeskyQr.Decompose(matrix, scratch, q, r, team)",
            [InMatrix<T>(m, n), Scratch<T>(CholeskyQr.GetScratchLength<T>(m, n)), OutMatrix<T>(m, n, 0), OutMatrix<T>(n, n)],
            s =>
            CholeskyQr.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2), s.Matrix<T>(3))) with
        {
            HeadRoom = room,
        };
        yield return Void(
            "CholeskyQr.Decompose(matrix, scratch, q, r, team)",
            [InMatrix<T>(n, m), Scratch<T>(CholeskyQr.GetScratchLength<T>(m, n)), OutMatrix<T>(m, n, 0), OutMatrix<T>(n, n)],
            s =>
            CholeskyQr.Decompose<T>(s.Matrix<T>(0).AsReadOnly().Transposed, s.Vector<T>(1), s.Matrix<T>(2), s.Matrix<T>(3))) with
        {
            HeadRoom = room,
        };
        yield return Void(
            "JacobiSvd.Decompose(matrix, scratch, left, values, right)",
            [InMatrix<T>(m, n), Scratch<T>(JacobiSvd.GetScratchLength<T>(m, n)), OutMatrix<T>(m, n, 0), Out<T>(n), OutMatrix<T>(n, n, 0)],
            s => JacobiSvd.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2), s.Vector<T>(3), s.Matrix<T>(4))) with
        {
            // No left or right vectors are wanted where there is no room for them.
            HeadRoom = room,
            TakesAnyLength = true,
        };
        yield return Void(
            "JacobiSvd.Decompose(matrix, scratch, values)",
            [InMatrix<T>(n, m), Scratch<T>(JacobiSvd.GetValuesScratchLength<T>(n, m)), Out<T>(n)],
            s =>
            JacobiSvd.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Vector<T>(2))) with
        { HeadRoom = room, TakesAnyLength = true };
        yield return Void(
            "Svd.Decompose(matrix, scratch, left, values, right, team)",
            [InMatrix<T>(m, n), Scratch<T>(Svd.GetScratchLength<T>(m, n)), OutMatrix<T>(m, n, 0), Out<T>(n), OutMatrix<T>(n, n, 0)],
            s => Svd.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2), s.Vector<T>(3), s.Matrix<T>(4))) with
        { HeadRoom = room, TakesAnyLength = true };
        yield return Void(
            "Svd.Decompose(matrix, scratch, values, team)",
            [InMatrix<T>(n, m), Scratch<T>(Svd.GetValuesScratchLength<T>(n, m)), Out<T>(n)],
            s =>
            Svd.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Vector<T>(2))) with
        { HeadRoom = room, TakesAnyLength = true };
        yield return new(
            "TruncatedSvd.Decompose(matrix, sketch, powers, scratch, left, values, right, team)",
            [InMatrix<T>(m, n), InMatrix<T>(n, n), Scratch<T>(TruncatedSvd.GetScratchLength<T>(m, n, n)), OutMatrix<T>(m, k, 0), Out<T>(k), OutMatrix<T>(n, k, 0)],
            s => [Signed(s, 3, 5, TruncatedSvd.Decompose<T>(s.Matrix<T>(0), s.Matrix<T>(1), 1, s.Vector<T>(2), s.Matrix<T>(3), s.Vector<T>(4), s.Matrix<T>(5)))])
        { HeadRoom = room, ResultDegree = 1, TakesAnyLength = true };
        yield return Void(
            "SymmetricEigen.Decompose(matrix, scratch, values, vectors, team)",
            [square, Scratch<T>(SymmetricEigen.GetScratchLength<T>(n)), Out<T>(n), OutMatrix<T>(n, n, 0)],
            s => SymmetricEigen.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Vector<T>(2), s.Matrix<T>(3)));
        yield return Void(
            "SymmetricEigen.Decompose(matrix, scratch, values, team)",
            [square, Scratch<T>(SymmetricEigen.GetValuesScratchLength<T>(n)), Out<T>(n)],
            s =>
            SymmetricEigen.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Vector<T>(2)));
        yield return Void(
            "SymmetricEigen.DecomposeRange(matrix, scratch, first, values, vectors, team)",
            [square, Scratch<T>(SymmetricEigen.GetRangeScratchLength<T>(n, k)), Out<T>(k), OutMatrix<T>(n, k, 0)],
            s => SymmetricEigen.DecomposeRange<T>(s.Matrix<T>(0), s.Vector<T>(1), n - k, s.Vector<T>(2), s.Matrix<T>(3)));
        foreach (SpanCase test in Renting<T>(m, n, square))
        {
            yield return test;
        }

        yield return new(
            "Norms.Frobenius(matrix)",
            [InMatrix<T>(m, n)],
            s => [double.CreateChecked(Norms.Frobenius<T>(s.Matrix<T>(0)))])
        { ResultDegree = 1, TakesAnyLength = true };
        yield return Norm<T>("Norms.Operator(matrix, scratch)", square, Norms.GetSymmetricScratchLength<T>(n), Norms.Operator<T>);
        yield return Norm<T>("Norms.Nuclear(matrix, scratch)", square, Norms.GetSymmetricScratchLength<T>(n), Norms.Nuclear<T>);
        yield return Norm<T>("Norms.Spectral(matrix, scratch)", InMatrix<T>(m, n), Norms.GetSpectralScratchLength<T>(m, n), Norms.Spectral<T>);
        yield return Norm<T>(
            "Norms.GeneralNuclear(matrix, scratch)", InMatrix<T>(m, n), Norms.GetGeneralNuclearScratchLength<T>(m, n), Norms.GeneralNuclear<T>);
    }

    /// <summary>The decompositions with scratch of their own.</summary>
    private static IEnumerable<SpanCase> Renting<T>(int m, int n, BufferSpec square)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        yield return Void("HouseholderQr.Decompose(matrix, q, r, team)", [InMatrix<T>(m, n), OutMatrix<T>(m, n, 0), OutMatrix<T>(n, n)], s =>
            HouseholderQr.Decompose<T>(s.Matrix<T>(0), s.Matrix<T>(1), s.Matrix<T>(2))) with
        { HeadRoom = 12 };
        yield return Void("CholeskyQr.Decompose(matrix, q, r, team)", [InMatrix<T>(m, n), OutMatrix<T>(m, n, 0), OutMatrix<T>(n, n)], s =>
            CholeskyQr.Decompose<T>(s.Matrix<T>(0), s.Matrix<T>(1), s.Matrix<T>(2))) with
        { HeadRoom = 12 };
        yield return Void(
            "JacobiSvd.Decompose(matrix, left, values, right)",
            [InMatrix<T>(n, m), OutMatrix<T>(n, n, 0), Out<T>(n), OutMatrix<T>(m, n, 0)],
            s => JacobiSvd.Decompose<T>(s.Matrix<T>(0), s.Matrix<T>(1), s.Vector<T>(2), s.Matrix<T>(3))) with
        {
            HeadRoom = 12,
            TakesAnyLength = true,
        };
        yield return Void("JacobiSvd.Decompose(matrix, values)", [InMatrix<T>(n, m), Out<T>(n)], s =>
            JacobiSvd.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1))) with
        { HeadRoom = 12, TakesAnyLength = true };
        yield return Void("Svd.Decompose(matrix, left, values, right, team)", [InMatrix<T>(n, m), OutMatrix<T>(n, n, 0), Out<T>(n), OutMatrix<T>(m, n, 0)], s =>
            Svd.Decompose<T>(s.Matrix<T>(0), s.Matrix<T>(1), s.Vector<T>(2), s.Matrix<T>(3))) with
        { HeadRoom = 12, TakesAnyLength = true };
        yield return Void("Svd.Decompose(matrix, values, team)", [InMatrix<T>(n, m), Out<T>(n)], s =>
            Svd.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1))) with
        { HeadRoom = 12, TakesAnyLength = true };
        yield return new(
            "TruncatedSvd.Decompose(matrix, sketch, powers, left, values, right, team)",
            [InMatrix<T>(n, m), InMatrix<T>(m, n), OutMatrix<T>(n, n / 2, 0), Out<T>(n / 2), OutMatrix<T>(m, n / 2, 0)],
            s => [Signed(s, 2, 4, TruncatedSvd.Decompose<T>(s.Matrix<T>(0), s.Matrix<T>(1), 1, s.Matrix<T>(2), s.Vector<T>(3), s.Matrix<T>(4)))])
        { HeadRoom = 12, ResultDegree = 1, TakesAnyLength = true };
        yield return Void("SymmetricEigen.Decompose(matrix, values, vectors, team)", [square, Out<T>(n), OutMatrix<T>(n, n, 0)], s =>
            SymmetricEigen.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2)));
        yield return Void("SymmetricEigen.DecomposeRange(matrix, first, values, vectors, team)", [square, Out<T>(n / 2), OutMatrix<T>(n, n / 2, 0)], s =>
            SymmetricEigen.DecomposeRange<T>(s.Matrix<T>(0), n - (n / 2), s.Vector<T>(1), s.Matrix<T>(2)));
        yield return Void("SymmetricEigen.Decompose(matrix, values, team)", [square, Out<T>(n)], s =>
            SymmetricEigen.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1)));
        yield return Renting<T>("Norms.Operator(matrix)", square, Norms.Operator<T>);
        yield return Renting<T>("Norms.Nuclear(matrix)", square, Norms.Nuclear<T>);
        yield return Renting<T>("Norms.Spectral(matrix)", InMatrix<T>(m, n), Norms.Spectral<T>);
        yield return Renting<T>("Norms.GeneralNuclear(matrix)", InMatrix<T>(m, n), Norms.GeneralNuclear<T>);
    }

    private static SpanCase Renting<T>(string key, BufferSpec matrix, RentingNormOf<T> norm)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(key, [matrix], s => [double.CreateChecked(norm(s.Matrix<T>(0)))]) { ResultDegree = 1, TakesAnyLength = true };

    /// <summary>
    /// Gives pairs of singular vectors the sign of which a sum that is hardly ever near zero is positive: a pair of either sign is right, and the sums from which these come lose digits where numbers
    /// near 0 have none.
    /// </summary>
    private static double Signed<T>(Slots slots, int left, int right, T result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixSpan<T> u = slots.Matrix<T>(left), v = slots.Matrix<T>(right);
        for (int j = 0; j < v.Columns; j++)
        {
            T sum = T.Zero;
            for (int i = 0; i < v.Rows; i++)
            {
                sum += T.CreateChecked(i + 1) * v[i, j];
            }

            for (int i = 0; i < u.Rows && T.IsNegative(sum); i++)
            {
                u[i, j] = -u[i, j];
            }

            for (int i = 0; i < v.Rows && T.IsNegative(sum); i++)
            {
                v[i, j] = -v[i, j];
            }
        }

        return double.CreateChecked(result);
    }

    private delegate T RentingNormOf<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged;

    private delegate T NormOf<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged;

    // A smaller matrix is a matrix, too, as long as the scratch does.
    private static SpanCase Norm<T>(string key, BufferSpec matrix, int scratch, NormOf<T> norm)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(key, [matrix, Scratch<T>(scratch)], s =>
            [double.CreateChecked(norm(s.Matrix<T>(0), s.Vector<T>(1)))])
        { ResultDegree = 1, TakesAnyLength = true };
}
