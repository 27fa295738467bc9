using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using static Hetero.Core.Tests.Sweep.BufferSpec;
using static Hetero.Core.Tests.Sweep.SpanCase;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>Triangular systems and the Cholesky decomposition. A triangle's diagonal is 4 or more; a definite matrix is 2·n on the diagonal.</summary>
internal static class TriangularCases
{
    // The factor of 2^2k·A is 2^k·L where 2^2k·A has the digits of A; exact tests of that stand beside the decomposition.
    private const int NoPromise = 4000;

    public static IEnumerable<SpanCase> Of<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = n == 0 ? 0 : n + 3;
        BufferSpec triangle = InMatrix<T>(n, n, 0, () => WithDiagonal(n, 4)), definite = InMatrix<T>(n, n, 2, () => WithDiagonal(n, 2 * n));
        BufferSpec scratch = Scratch<T>(Cholesky.GetScratchLength<T>(n)), solveScratch = Scratch<T>(Cholesky.GetSolveScratchLength<T>(n, m));
        foreach ((Triangle part, MatrixSide side) in new[] { (Triangle.Lower, MatrixSide.Left), (Triangle.Upper, MatrixSide.Right) })
        {
            (int rows, int columns) = side == MatrixSide.Left ? (n, m) : (m, n);
            BufferSpec room = Scratch<T>(TriangularSystem.GetScratchLength<T>(rows, columns, side));
            yield return Void(
                "TriangularSystem.Solve(triangle, part, side, scratch, sides, team)",
                [triangle, room, UpdateMatrix<T>(rows, columns)],
                s => TriangularSystem.Solve<T>(s.Matrix<T>(0), part, side, s.Vector<T>(1), s.Matrix<T>(2))) with
            { TakesAnyLength = true };
            yield return Void(
                "TriangularSystem.Solve(triangle, part, side, sides, team)",
                [triangle, UpdateMatrix<T>(rows, columns)],
                s => TriangularSystem.Solve<T>(s.Matrix<T>(0).Transposed, part, side, s.Matrix<T>(1))) with
            { TakesAnyLength = true };
        }

        yield return Promising(Void("Cholesky.Decompose(matrix, scratch, factor, team)", [definite, scratch, OutMatrix<T>(n, n)], s =>
            Cholesky.Decompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2))));
        yield return Promising(Void("Cholesky.Decompose(matrix, factor, team)", [definite, OutMatrix<T>(n, n)], s =>
            Cholesky.Decompose<T>(s.Matrix<T>(0), s.Matrix<T>(1))));
        yield return Promising(new(
            "Cholesky.TryDecompose(matrix, scratch, factor, failedPivot, team)",
            [definite, scratch, OutMatrix<T>(n, n)],
            s => [Cholesky.TryDecompose<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2), out int pivot) ? -1 : pivot]));
        yield return Void("Cholesky.Solve(factor, scratch, sides, team)", [triangle, solveScratch, UpdateMatrix<T>(n, m)], s =>
            Cholesky.Solve<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2))) with
        { TakesAnyLength = true };
        yield return Void("Cholesky.Solve(factor, sides, team)", [triangle, UpdateMatrix<T>(n, m)], s =>
            Cholesky.Solve<T>(s.Matrix<T>(0), s.Matrix<T>(1))) with
        { TakesAnyLength = true };
    }

    private static SpanCase Promising(SpanCase test) => test with { HeadRoom = NoPromise, FormsProducts = true };

    private static double[] WithDiagonal(int n, double least)
    {
        double[] a = Matrices.Mirrored(Data.Uniform<double>(n * n, 5), n);
        for (int i = 0; i < n; i++)
        {
            a[(i * n) + i] += least + 1;
        }

        return a;
    }
}
