using System.Numerics;
using Hetero.Core.Numerics;
using static Hetero.Core.Tests.Sweep.BufferSpec;
using static Hetero.Core.Tests.Sweep.SpanCase;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>QR with pivoting, and least squares. Of A and B times 2^k the solution is that of A and B.</summary>
internal static class PivotingCases
{
    // The documentation leaves off a factor of 4m below the largest number.
    private const int Room = 12;

    public static IEnumerable<SpanCase> Of<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = n == 0 ? 0 : n + 3, s = n == 0 ? 0 : 2;
        int[] permutation = new int[m];
        foreach ((int rows, int columns) in new[] { (m, n), (n, m) })
        {
            BufferSpec matrix = InMatrix<T>(rows, columns), q = OutMatrix<T>(rows, n, 0), r = OutMatrix<T>(n, columns), sides = InMatrix<T>(rows, s), x = OutMatrix<T>(columns, s, 0);
            T tolerance = PivotedQr.DefaultTolerance<T>(rows, columns);
            yield return new SpanCase(
                "PivotedQr.Decompose(matrix, scratch, q, r, permutation, team)",
                [matrix, Scratch<T>(PivotedQr.GetScratchLength<T>(rows, columns)), q, r],
                slots => [PivotedQr.Decompose<T>(slots.Matrix<T>(0), slots.Vector<T>(1), slots.Matrix<T>(2), slots.Matrix<T>(3), permutation.AsSpan(0, columns))])
            { HeadRoom = Room };
            yield return new SpanCase("PivotedQr.Decompose(matrix, q, r, permutation, team)", [matrix, q, r], slots =>
                [PivotedQr.Decompose<T>(slots.Matrix<T>(0), slots.Matrix<T>(1), slots.Matrix<T>(2), permutation.AsSpan(0, columns))])
            { HeadRoom = Room };
            yield return new SpanCase(
                "LeastSquares.SolveMinimumNorm(matrix, sides, tolerance, scratch, solution, residuals, team)",
                [matrix, sides, Scratch<T>(LeastSquares.GetMinimumNormScratchLength<T>(rows, columns, s)), x, Out<T>(s)],
                slots => [LeastSquares.SolveMinimumNorm(slots.Matrix<T>(0), slots.Matrix<T>(1), tolerance, slots.Vector<T>(2), slots.Matrix<T>(3), slots.Vector<T>(4))])
            { HeadRoom = Room, Tolerance = 1e5 };
            yield return new SpanCase("LeastSquares.SolveMinimumNorm(matrix, sides, tolerance, solution, residuals, team)", [matrix, sides, x, Out<T>(s)], slots =>
                [LeastSquares.SolveMinimumNorm(slots.Matrix<T>(0), slots.Matrix<T>(1), tolerance, slots.Matrix<T>(2), slots.Vector<T>(3))])
            { HeadRoom = Room, Tolerance = 1e5 };
        }

        yield return new SpanCase(
            "LeastSquares.Solve(matrix, sides, scratch, solution, residuals, team)",
            [InMatrix<T>(m, n), InMatrix<T>(m, s), Scratch<T>(LeastSquares.GetScratchLength<T>(m, n, s)), OutMatrix<T>(n, s, 0), Out<T>(s)],
            slots => [double.CreateChecked(LeastSquares.Solve(slots.Matrix<T>(0), slots.Matrix<T>(1), slots.Vector<T>(2), slots.Matrix<T>(3), slots.Vector<T>(4)))])
        { HeadRoom = Room, Tolerance = 1e5 };
        yield return new SpanCase(
            "LeastSquares.Solve(matrix, sides, solution, residuals, team)",
            [InMatrix<T>(m, n), InMatrix<T>(m, s), OutMatrix<T>(n, s, 0), Out<T>(s)],
            slots => [double.CreateChecked(LeastSquares.Solve<T>(slots.Matrix<T>(0), slots.Matrix<T>(1), slots.Matrix<T>(2), slots.Vector<T>(3)))])
        { HeadRoom = Room, Tolerance = 1e5 };
        yield return new SpanCase("PivotedQr.Rank(r, tolerance)", [InMatrix<T>(n, n, 1, () => [.. Enumerable.Repeat(1.0, n * n)])], slots =>
            [PivotedQr.Rank(slots.Matrix<T>(0), T.Zero)])
        { TakesAnyLength = true };
    }
}
