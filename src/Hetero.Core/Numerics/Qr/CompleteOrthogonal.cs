using System.Numerics;
using System.Runtime.InteropServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// Least squares of the least norm by a complete orthogonal decomposition: A·P = Q·(R₁; 0) to the tolerance, R₁ = Lᵀ·Zᵀ with Z of orthonormal columns and L upper triangular, x = P·Z·L⁻ᵀ·Qᵀ·b.
/// Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class CompleteOrthogonal
{
    /// <summary>Gets the scratch of <see cref="Solve"/>.</summary>
    public static Int128 GetScratchLength<T>(int rows, int columns, int sides, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = Math.Min(rows, columns), width = BlockedQr.WidthOf<T>(k), larger = Math.Max(Math.Max(rows, columns), sides);
        Int128 granule = ReflectionPanel.Granule<T>(), m = rows + granule, n = columns + granule, most = width * Int128.Max(Math.Max(k, sides), width);

        // The rank is not known before: that much is enough for any triangle and any panels.
        Int128 products = BlockedQr.GetReductionScratchLength<T>(larger, larger, width, team);
        Int128 solving = ((Int128)k * width) + (2 * most) + ((Int128)columns * sides) + ((k + sides) * n) + ((Int128)k * k) + products;
        return columns + ((columns + (Int128)sides) * m) + ((Int128)k * columns) + (3 * (Int128)k) + Int128.Max(BlockedPivotedQr.GetScratchLength<T>(rows, columns, team), solving);
    }

    /// <summary>Solves; no argument is checked, and no size is 0 but the number of right-hand sides.</summary>
    /// <param name="matrix">A, m×n.</param>
    /// <param name="sides">B, m×s.</param>
    /// <param name="tolerance">The relative tolerance of the rank.</param>
    /// <param name="scratch">At least what <see cref="GetScratchLength"/> says.</param>
    /// <param name="solution">X, n×s.</param>
    /// <param name="residuals">Lengths of what was left before; receives those of what is left in all.</param>
    /// <param name="team">The team.</param>
    /// <param name="cancellation">Ends the work between two panels.</param>
    /// <returns>The rank.</returns>
    public static int Solve<T>(
        ReadOnlyMatrixSpan<T> matrix,
        ReadOnlyMatrixSpan<T> sides,
        T tolerance,
        Span<T> scratch,
        MatrixSpan<T> solution,
        Span<T> residuals,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns, k = Math.Min(m, n), s = sides.Columns, length = BlockedQr.PaddedLength<T>(m);
        Span<int> permutation = MemoryMarshal.Cast<T, int>(ScratchParts.Take(ref scratch, n))[..n];
        MatrixSpan<T> columns = ScratchParts.Take(ref scratch, n, length), reflected = ScratchParts.Take(ref scratch, s, length), r = ScratchParts.Take(ref scratch, k, n);
        Span<T> diagonal = ScratchParts.Take(ref scratch, k), factors = ScratchParts.Take(ref scratch, k), last = ScratchParts.Take(ref scratch, k);
        ColumnsWork<T>.Copy(matrix, columns, team);
        ColumnsWork<T>.Copy(sides, reflected, team);
        BlockedPivotedQr.Reduce(columns, m, permutation, diagonal, factors, r, scratch, team, cancellation);
        int rank = 0;
        while (rank < k && T.Abs(diagonal[rank]) > tolerance * T.Abs(diagonal[0]))
        {
            r[rank, rank] = diagonal[rank];
            rank++;
        }

        // The reflections beyond the rank would only turn what is left.
        int width = BlockedQr.WidthOf<T>(rank), most = width * Math.Max(Math.Max(rank, s), width);
        MatrixSpan<T> triangles = ScratchParts.Take(ref scratch, rank, width), shuffled = ScratchParts.Take(ref scratch, n, s);
        Workspace<T> work = new(triangles, ScratchParts.Take(ref scratch, most), ScratchParts.Take(ref scratch, most));
        BlockedQr.FormTriangles(columns, factors, triangles, scratch);
        BlockedQr.ReflectAll(columns, m, triangles, isTransposed: true, reflected, work.First, work.Second, scratch, team, cancellation);
        for (int j = 0; j < s; j++)
        {
            residuals[j] = Together(residuals[j], ScaledNorm.Of<T>(reflected.Row(j)[rank..m]));
        }

        if (rank == n)
        {
            Transposition.Copy(reflected.Slice(0, 0, s, n), shuffled);
            TriangularSubstitution.Left(r, isLower: false, scratch, shuffled, team);
        }
        else
        {
            MatrixMemory.Clear(shuffled);
            SolveShortest(r.Slice(0, 0, rank, n), reflected.Slice(0, 0, s, rank), last[..rank], shuffled, scratch, work, team, cancellation);
        }

        for (int j = 0; j < n; j++)
        {
            shuffled.Row(j).CopyTo(solution.Row(permutation[j]));
        }

        return rank;
    }

    /// <summary>The shortest of the x with R₁·x = c, for each row c.</summary>
    private static void SolveShortest<T>(
        MatrixSpan<T> upper,
        MatrixSpan<T> reflected,
        Span<T> diagonal,
        MatrixSpan<T> shuffled,
        Span<T> scratch,
        Workspace<T> work,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rank = upper.Rows, n = upper.Columns, s = reflected.Rows, length = BlockedQr.PaddedLength<T>(n);
        if (rank == 0)
        {
            return;
        }

        MatrixSpan<T> lines = ScratchParts.Take(ref scratch, rank, length), solutions = ScratchParts.Take(ref scratch, s, length), triangle = ScratchParts.Take(ref scratch, rank, rank);
        for (int i = 0; i < rank; i++)
        {
            Span<T> line = lines.Row(i);
            line[..i].Clear();
            upper.Row(i)[i..].CopyTo(line[i..]);
            line[n..].Clear();
        }

        BlockedQr.Reduce(lines, n, work.Triangles, diagonal, triangle, work.First, work.Second, scratch, team, cancellation);
        for (int i = 0; i < rank; i++)
        {
            triangle[i, i] = diagonal[i];
        }

        MatrixSpan<T> head = shuffled.Slice(0, 0, rank, s);
        Transposition.Copy(reflected, head);
        TriangularSubstitution.Left(triangle.Transposed, isLower: true, scratch, head, team);
        ColumnsWork<T>.Copy(shuffled, solutions, team);
        BlockedQr.ReflectAll(lines, n, work.Triangles, isTransposed: false, solutions, work.First, work.Second, scratch, team, cancellation);
        Transposition.Copy(solutions.Slice(0, 0, s, n), shuffled);
    }

    /// <summary>√(x² + y²) of lengths.</summary>
    private static T Together<T>(T x, T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T larger = T.Max(x, y), share = T.IsZero(larger) ? T.Zero : T.Min(x, y) / larger;
        return larger * T.Sqrt(T.FusedMultiplyAdd(share, share, T.One));
    }

    /// <summary>What reflections in panels need beside the scratch of products.</summary>
    private readonly ref struct Workspace<T>(MatrixSpan<T> triangles, Span<T> first, Span<T> second)
        where T : unmanaged
    {
        public readonly MatrixSpan<T> Triangles = triangles;
        public readonly Span<T> First = first;
        public readonly Span<T> Second = second;
    }
}
