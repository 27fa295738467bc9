using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// Triangular systems of linear equations with many right-hand sides, T·X = B and X·T = B (BLAS: TRSM), solved in place. A transposed triangle is one of
/// the other kind: hand over <see cref="ReadOnlyMatrixSpan{T}.Transposed"/>. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// <para>
/// Backward stable: X solves (T + E)·X = B with |E| ≤ about n·ε·|T| entry by entry, for each right-hand side another E (Higham, Accuracy and Stability, §8.1); so the
/// residual of an entry is at most about n·ε·Σ|tᵢₖ·xₖⱼ|, however ill-conditioned T is. About n² operations for a right-hand side, nearly all of them in products. The
/// bits depend neither on the register width, nor on the number of threads, nor on how the matrices are stored.
/// </para>
/// <para>What overflows on the way is infinite or NaN, as the arithmetic makes it: a solution as large as the largest number has no digits to lose.</para>
/// </remarks>
public static class TriangularSystem
{
    /// <summary>Gets the scratch that <c>Solve</c> needs: that of products, and on the right 256·n elements more.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">The rows of B.</param>
    /// <param name="columns">The columns of B.</param>
    /// <param name="side">The side of X on which the triangle stands.</param>
    /// <param name="team">The team that the solution will run on, if any: each of its threads takes a share, so that without it the length may be too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0, or needs more than a span holds; or the side has no name.</exception>
    public static int GetScratchLength<T>(int rows, int columns, MatrixSide side, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        Guard.Defined(side);
        return side == MatrixSide.Left
            ? TriangularSubstitution.GetLeftScratchLength<T>(rows, columns, team)
            : ScratchLength.Of(TriangularSubstitution.GetRightScratchLength<T>(columns, rows, team), rows, columns);
    }

    /// <summary>Solves T·X = B or X·T = B.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="triangle">T, n×n; may be transposed. The other triangle is not read. Finite, without zeros on the diagonal.</param>
    /// <param name="part">Which triangle of it is T.</param>
    /// <param name="side">The side of X on which T stands.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="sides">B, n×m on the left and m×n on the right, finite; becomes X. Shares no memory with T.</param>
    /// <param name="team">The team for large products; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, an entry is not finite, one on the diagonal is 0, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Solve<T>(
        ReadOnlyMatrixSpan<T> triangle, Triangle part, MatrixSide side, Span<T> scratch, MatrixSpan<T> sides, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.Defined(part);
        Guard.Defined(side);
        Guard.Square(triangle.Rows, triangle.Columns, nameof(triangle));
        bool isLeft = side == MatrixSide.Left;
        Guard.Shape(sides.Rows, sides.Columns, isLeft ? triangle.Rows : sides.Rows, isLeft ? sides.Columns : triangle.Rows, nameof(sides));
        ScratchLength.Check(scratch.Length, GetScratchLength<T>(sides.Rows, sides.Columns, side, team), team, nameof(scratch));
        Guard.NoOverlap(triangle.Data, scratch, nameof(triangle), nameof(scratch));
        Guard.NoOverlap(sides.Data, scratch, nameof(sides), nameof(scratch));
        MatrixMemory.NoOverlap(triangle, sides, nameof(triangle), nameof(sides));
        MatrixMemory.AllFinite<T>(sides, nameof(sides));
        CheckTriangle(triangle, part == Triangle.Lower, nameof(triangle));
        if (isLeft)
        {
            TriangularSubstitution.Left(triangle, part == Triangle.Lower, scratch, sides, team);
        }
        else
        {
            TriangularSubstitution.Right(triangle, part == Triangle.Lower, scratch, sides, team);
        }
    }

    /// <summary>Solves T·X = B or X·T = B with scratch of its own: it may allocate. The same bits as with scratch.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="triangle">T, n×n; may be transposed. The other triangle is not read. Finite, without zeros on the diagonal.</param>
    /// <param name="part">Which triangle of it is T.</param>
    /// <param name="side">The side of X on which T stands.</param>
    /// <param name="sides">B, n×m on the left and m×n on the right, finite; becomes X. Shares no memory with T.</param>
    /// <param name="team">The team for large products; null runs on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">A shape does not fit, an entry is not finite, one on the diagonal is 0, or memory is shared; the message names the
    /// argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    public static void Solve<T>(ReadOnlyMatrixSpan<T> triangle, Triangle part, MatrixSide side, MatrixSpan<T> sides, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RentedScratch<T> scratch = new(GetScratchLength<T>(sides.Rows, sides.Columns, side, team));
        Solve(triangle, part, side, scratch.Span, sides, team);
    }

    /// <summary>Accepts a square triangle of finite entries that can be divided by.</summary>
    internal static void CheckTriangle<T>(ReadOnlyMatrixSpan<T> triangle, bool isLower, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixMemory.TriangleFinite(triangle, isLower, name);
        for (int i = 0; i < triangle.Rows; i++)
        {
            if (T.IsZero(triangle[i, i]))
            {
                MatrixMemory.ThrowEntry(triangle[i, i], i, i, "triangles without zeros on the diagonal", name);
            }
        }
    }
}
