using System.Numerics;
using System.Runtime.InteropServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// Least squares of the least norm by a complete orthogonal decomposition: A·P = Q·(R₁; 0) to the tolerance, R₁ᵀ = Z·L with Z of orthonormal columns, x = P·Z·L⁻ᵀ·Qᵀ·b (see
/// <see cref="TrapezoidReduction"/>). Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class CompleteOrthogonal
{
    /// <summary>The right-hand sides from which on they are reflected in panels: for fewer, the triangles of panels would take longer than they save.</summary>
    private const int FewSides = 8;

    /// <summary>Gets the scratch of <see cref="Solve"/>.</summary>
    public static Int128 GetScratchLength<T>(int rows, int columns, int sides, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = Math.Min(rows, columns), width = BlockedQr.WidthOf<T>(k), larger = Math.Max(Math.Max(rows, columns), sides);
        Int128 most = width * Int128.Max(Math.Max(k, sides), width);

        // The rank is not known before: that much is enough for any triangle and any panels.
        Int128 products = BlockedQr.GetReductionScratchLength<T>(larger, larger, width, team);
        Int128 solving = ((Int128)k * width) + (2 * most) + ((Int128)columns * sides) + TrapezoidReduction.GetMemoryLength<T>(k, columns, sides) + products;
        return columns + ColumnMemory.GetLength<T>(columns, rows) + ColumnMemory.GetLength<T>(sides, rows) + ((Int128)k * columns) + (3 * (Int128)k)
            + Int128.Max(BlockedPivotedQr.GetScratchLength<T>(rows, columns, team), solving);
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
        int m = matrix.Rows, n = matrix.Columns, k = Math.Min(m, n), s = sides.Columns;
        Span<int> permutation = MemoryMarshal.Cast<T, int>(ScratchParts.Take(ref scratch, n))[..n];
        MatrixSpan<T> columns = ColumnMemory.Take(ref scratch, n, m), reflected = ColumnMemory.Take(ref scratch, s, m), r = ScratchParts.Take(ref scratch, k, n);
        Span<T> diagonal = ScratchParts.Take(ref scratch, k), factors = ScratchParts.Take(ref scratch, k), last = ScratchParts.Take(ref scratch, k);
        ColumnsWork<T>.Copy(matrix, columns, team);
        ColumnsWork<T>.Copy(sides, reflected, team);
        (int rank, _) = BlockedPivotedQr.Reduce(columns, m, tolerance, permutation, diagonal, factors, r, default, scratch, team, cancellation);
        for (int i = 0; i < rank; i++)
        {
            r[i, i] = diagonal[i];
        }

        // The reflections beyond the rank would only turn what is left.
        int width = BlockedQr.WidthOf<T>(rank), most = width * Math.Max(Math.Max(rank, s), width);
        MatrixSpan<T> triangles = ScratchParts.Take(ref scratch, rank, width), shuffled = ScratchParts.Take(ref scratch, n, s);
        Span<T> first = ScratchParts.Take(ref scratch, most), second = ScratchParts.Take(ref scratch, most);
        if (s < FewSides)
        {
            ReflectSingly(columns, factors[..rank], reflected);
        }
        else
        {
            BlockedQr.FormTriangles(columns, factors, triangles, scratch);
            BlockedQr.ReflectAll(columns, m, triangles, isTransposed: true, reflected, first, second, scratch, team, cancellation);
        }

        for (int j = 0; j < s; j++)
        {
            residuals[j] = Together(residuals[j], ScaledNorm.Of<T>(reflected.Row(j)[rank..m]));
        }

        if (rank == n)
        {
            Transposition.Copy(reflected.Slice(0, 0, s, n), shuffled);
            TriangularSubstitution.Left(r, isLower: false, scratch, shuffled, team);
        }
        else if (rank == 0)
        {
            MatrixMemory.Clear(shuffled);
        }
        else
        {
            TrapezoidReduction.Workspace<T> work = new(triangles, last[..rank], first, second);
            TrapezoidReduction.Solve(r.Slice(0, 0, rank, n), reflected.Slice(0, 0, s, rank), shuffled, work, scratch, team, cancellation);
        }

        for (int j = 0; j < n; j++)
        {
            shuffled.Row(j).CopyTo(solution.Row(permutation[j]));
        }

        return rank;
    }

    /// <summary>Columns ← Qᵀ·columns, stored as rows, a reflection after the other.</summary>
    private static void ReflectSingly<T>(MatrixSpan<T> reflectors, ReadOnlySpan<T> factors, MatrixSpan<T> columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int granule = ReflectionPanel.Granule<T>();
        for (int i = 0; i < factors.Length; i++)
        {
            int aligned = i / granule * granule;
            for (int j = 0; j < columns.Rows; j++)
            {
                HouseholderReflection.Apply(reflectors.Row(i)[aligned..], factors[i], columns.Row(j)[aligned..]);
            }
        }
    }

    /// <summary>√(x² + y²) of lengths.</summary>
    private static T Together<T>(T x, T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T larger = T.Max(x, y), share = T.IsZero(larger) ? T.Zero : T.Min(x, y) / larger;
        return larger * T.Sqrt(T.FusedMultiplyAdd(share, share, T.One));
    }
}
