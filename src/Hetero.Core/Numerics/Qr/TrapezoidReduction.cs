using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The shortest solution of R₁·x = c for an upper trapezoid of full row rank, R₁ = (U V) with U r×r and V r×t: R₁ᵀ = Z·L with Z of orthonormal columns and L upper triangular, x = Z·L⁻ᵀ·c
/// (LAPACK: TZRZF). Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <remarks>
/// From the last row up: with rows and columns of U in reverse order, Uᵀ is upper triangular, and so a reflection is 1 at its own place, 0 at the other r − 1, and anything in the t of V. A panel of
/// w rows has nothing outside w places and V: these w are moved beside V, and back. Then the work is 2·r²·(t + w) operations instead of the 2·r²·(n − r/3) of a QR decomposition that does not
/// know what is zero.
/// </remarks>
internal static class TrapezoidReduction
{
    /// <summary>Gets the memory that <see cref="Solve"/> takes before it needs scratch of products.</summary>
    /// <param name="rank">The most rows r.</param>
    /// <param name="columns">n = r + t.</param>
    /// <param name="sides">The number of right-hand sides.</param>
    public static Int128 GetMemoryLength<T>(int rank, int columns, int sides)
        where T : unmanaged
    {
        Int128 length = columns + (Int128)BlockedQr.WidthOf<T>(rank);
        return ColumnMemory.GetLength<T>(rank, length) + ColumnMemory.GetLength<T>(sides, length) + ((Int128)rank * rank);
    }

    /// <summary>Solves.</summary>
    /// <param name="trapezoid">R₁, r×n, r &gt; 0; what it has below the diagonal is not read.</param>
    /// <param name="sides">The c as s rows.</param>
    /// <param name="solution">Receives X, n×s.</param>
    /// <param name="work">The memory of panels.</param>
    /// <param name="scratch">At least what <see cref="GetMemoryLength"/> says, and that of panels and products.</param>
    /// <param name="team">The team.</param>
    /// <param name="cancellation">Ends the work between two panels.</param>
    public static void Solve<T>(
        MatrixSpan<T> trapezoid, MatrixSpan<T> sides, MatrixSpan<T> solution, Workspace<T> work, Span<T> scratch, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rank = trapezoid.Rows, n = trapezoid.Columns, t = n - rank, s = sides.Rows, width = work.Triangles.Columns;
        MatrixSpan<T> lines = ColumnMemory.Take(ref scratch, rank, width + t), solutions = ColumnMemory.Take(ref scratch, s, width + t), triangle = ScratchParts.Take(ref scratch, rank, rank);
        for (int line = 0; line < rank; line++)
        {
            trapezoid.Row(rank - 1 - line)[rank..].CopyTo(lines.Row(line)[width..]);
            lines.Row(line)[(width + t)..].Clear();
        }

        for (int start = 0; start < rank; start += width)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(width, rank - start), offset = width - count, end = start + count, rest = rank - end;
            MoveBeside(trapezoid, start, count, lines, width);
            MatrixSpan<T> own = work.Triangles.Slice(start, 0, count, count);
            ReflectionPanel.Factor(
                lines.Slice(start, 0, count, lines.Columns), offset, work.Diagonal.Slice(start, count), triangle.Slice(start, start, count, count), own, scratch);
            for (int i = start; i < end; i++)
            {
                triangle[i, i] = work.Diagonal[i];
            }

            if (rest > 0)
            {
                BlockedQr.Reflect(
                    lines.Slice(start, offset, count, count + t), own, lines.Slice(end, offset, rest, count + t), work.First, work.Second, scratch, team, cancellation);
                Transposition.Copy(lines.Slice(end, offset, rest, count), triangle.Slice(start, end, count, rest));
            }
        }

        MatrixSpan<T> head = solution.Slice(0, 0, rank, s);
        Transposition.Copy(sides, head);
        Reverse(head);
        TriangularSubstitution.Left(triangle.Transposed, isLower: true, scratch, head, team);
        MatrixMemory.Clear(solutions);
        for (int start = (rank - 1) / width * width; start >= 0; start -= width)
        {
            int count = Math.Min(width, rank - start), offset = width - count;
            MatrixSpan<T> places = solutions.Slice(0, offset, s, count);
            Transposition.Copy(head.Slice(start, 0, count, s), places);
            ReadOnlyMatrixSpan<T> own = work.Triangles.Slice(start, 0, count, count).Transposed;
            BlockedQr.Reflect(
                lines.Slice(start, offset, count, count + t), own, solutions.Slice(0, offset, s, count + t), work.First, work.Second, scratch, team, cancellation);
            Transposition.Copy(places, head.Slice(start, 0, count, s));
        }

        Reverse(head);
        Transposition.Copy(solutions.Slice(0, width, s, t), solution.Slice(rank, 0, t, s));
    }

    /// <summary>The entries of U in a panel's places, of the panel's lines and those behind them, in reverse order beside those of V.</summary>
    private static void MoveBeside<T>(MatrixSpan<T> trapezoid, int start, int count, MatrixSpan<T> lines, int width)
        where T : unmanaged
    {
        int rank = trapezoid.Rows;
        for (int line = start; line < rank; line++)
        {
            Span<T> places = lines.Row(line)[..width];
            int known = Math.Min(line - start + 1, count);
            places.Clear();
            places = places.Slice(width - count, known);
            trapezoid.Row(rank - 1 - line).Slice(rank - start - known, known).CopyTo(places);
            places.Reverse();
        }
    }

    /// <summary>Turns the order of rows around.</summary>
    private static void Reverse<T>(MatrixSpan<T> matrix)
        where T : unmanaged
    {
        for (int i = 0; i < matrix.Rows / 2; i++)
        {
            ColumnwisePivotedQr.Swap(matrix.Row(i), matrix.Row(matrix.Rows - 1 - i));
        }
    }

    /// <summary>The memory of panels.</summary>
    public readonly ref struct Workspace<T>(MatrixSpan<T> triangles, Span<T> diagonal, Span<T> first, Span<T> second)
        where T : unmanaged
    {
        /// <summary>The panels' triangles N, one below the other: r rows, <see cref="BlockedQr.WidthOf"/> r columns.</summary>
        public readonly MatrixSpan<T> Triangles = triangles;

        /// <summary>r elements: the diagonal of L.</summary>
        public readonly Span<T> Diagonal = diagonal;

        /// <summary>A panel's width times the largest of r, s and the width.</summary>
        public readonly Span<T> First = first;

        /// <summary>As much again.</summary>
        public readonly Span<T> Second = second;
    }
}
