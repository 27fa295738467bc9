using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Substitution in blocks: the triangle is cut in two, one half is solved, its product is taken off the other right-hand sides, and the other half is solved, and
/// so on down to blocks of 16 rows. Nearly all work is in products. How it is cut depends on the triangle's size alone. Thread-safe as long as calls share neither
/// memory nor team.
/// </summary>
internal static class TriangularSubstitution
{
    /// <summary>The rows that are substituted one by one. It defines the bits of a solution.</summary>
    public const int BlockSize = 16;

    /// <summary>The right-hand sides that are transposed together, where they are rows; their bits do not depend on it.</summary>
    public const int ChunkRows = 256;

    /// <summary>Two groups of rows that are transposed together, and about as many as a product needs across to be fast.</summary>
    private const int LeastRowsOfPart = 16;

    /// <summary>The multiply-adds from which on waking a team pays.</summary>
    private const long TeamWork = 1 << 18;

    /// <summary>The multiply-adds from which on a team pays whose workers are looking for the next call: it costs half a microsecond, and moving the operands to another core's caches.</summary>
    private const long AwakeTeamWork = 1 << 16;

    /// <summary>Returns the size of the first part of a cut: the largest power of two of blocks below the whole.</summary>
    public static int Split(int size, int blockSize)
    {
        int first = blockSize;
        while (first < size - first)
        {
            first *= 2;
        }

        return first;
    }

    /// <summary>Returns the team if a product is large enough for it.</summary>
    /// <param name="rows">The rows of the product.</param>
    /// <param name="inner">Its inner size.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="team">The team.</param>
    /// <param name="isAwake">Whether the team has just ended another call, so that its workers are looking for the next one.</param>
    public static WorkerTeam? TeamFor(int rows, int inner, int columns, WorkerTeam? team, bool isAwake = false)
        => (double)rows * inner * columns >= (isAwake ? AwakeTeamWork : TeamWork) ? team : null;

    /// <summary>Gets the scratch of <see cref="Left"/>.</summary>
    public static int GetLeftScratchLength<T>(int size, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (size <= BlockSize)
        {
            return 0;
        }

        // Either half may be the first to be solved. Halves of one size need the same.
        int first = Split(size, BlockSize);
        int rest = size - first;
        int product = Math.Max(ProductScratch<T>(rest, first, columns, team), ProductScratch<T>(first, rest, columns, team));
        int halves = Math.Max(GetLeftScratchLength<T>(first, columns, team), rest == first ? 0 : GetLeftScratchLength<T>(rest, columns, team));
        return Math.Max(product, halves);
    }

    /// <summary>Gets the scratch of <see cref="Right"/>.</summary>
    public static Int128 GetRightScratchLength<T>(int size, int rows, WorkerTeam? team, bool isAwake = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int parts = RightParts(size, rows, team, isAwake), chunk = Math.Min(rows, ChunkRows);
        return parts * (((Int128)size * chunk) + GetLeftScratchLength<T>(size, chunk, parts > 1 ? null : team));
    }

    /// <summary>B ← T⁻¹·B.</summary>
    public static void Left<T>(ReadOnlyMatrixSpan<T> triangle, bool isLower, Span<T> scratch, MatrixSpan<T> sides, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = triangle.Rows;
        if (sides.Data.IsEmpty)
        {
            return;
        }

        if (size <= BlockSize)
        {
            Substitute(triangle, isLower, sides);
            return;
        }

        int first = Split(size, BlockSize);
        int rest = size - first;
        ReadOnlyMatrixSpan<T> head = triangle.Slice(0, 0, first, first), tail = triangle.Slice(first, first, rest, rest);
        MatrixSpan<T> upper = sides.Slice(0, 0, first, sides.Columns), lower = sides.Slice(first, 0, rest, sides.Columns);
        WorkerTeam? lent = TeamFor(first, rest, sides.Columns, team);
        if (isLower)
        {
            Left(head, isLower, scratch, upper, team);
            Products.Dispatch(triangle.Slice(first, 0, rest, first), upper, scratch, lower, lent, ProductUpdate<T>.Subtract, ProductShape.Full);
            Left(tail, isLower, scratch, lower, team);
        }
        else
        {
            Left(tail, isLower, scratch, lower, team);
            Products.Dispatch(triangle.Slice(0, first, first, rest), lower, scratch, upper, lent, ProductUpdate<T>.Subtract, ProductShape.Full);
            Left(head, isLower, scratch, upper, team);
        }
    }

    /// <summary>B ← B·T⁻¹: Tᵀ·Xᵀ = Bᵀ, a few hundred rows of B at a time.</summary>
    public static void Right<T>(ReadOnlyMatrixSpan<T> triangle, bool isLower, Span<T> scratch, MatrixSpan<T> sides, WorkerTeam? team, bool isAwake = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (triangle.Rows == 0)
        {
            return;
        }

        int parts = RightParts(triangle.Rows, sides.Rows, team, isAwake);
        RightSubstitutionWork<T> work = new()
        {
            Triangle = triangle,
            IsLower = isLower,
            Sides = sides,
            Scratch = scratch[..(int)GetRightScratchLength<T>(triangle.Rows, sides.Rows, team, isAwake)],
            Parts = parts,
            Team = parts > 1 ? null : team,
        };
        WorkerTeam.Run(team, ref work, parts);
    }

    /// <summary>The rows to a part are at least as many as a product needs to be fast.</summary>
    private static int RightParts(int size, int rows, WorkerTeam? team, bool isAwake)
        => TeamFor(size, size, rows / 2, team, isAwake) is { } lent ? Math.Clamp(rows / LeastRowsOfPart, 1, lent.Degree) : 1;

    /// <summary>A triangle of few rows.</summary>
    [SkipLocalsInit]
    private static unsafe void Substitute<T>(ReadOnlyMatrixSpan<T> triangle, bool isLower, MatrixSpan<T> sides)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = triangle.Rows;
        T* factors = stackalloc T[BlockSize * BlockSize];
        T* rest = stackalloc T[BlockSize * LinePath.Count<T>()];
        for (int i = 0; i < size; i++)
        {
            for (int j = isLower ? 0 : i; j < (isLower ? i + 1 : size); j++)
            {
                T entry = triangle.Data[(i * triangle.RowStride) + (j * triangle.ColumnStride)];
                factors[(i * size) + j] = i == j ? entry : -entry;
            }
        }

        fixed (T* first = sides.Data)
        {
            SubstitutionLeaf<T> leaf = new()
            {
                Triangle = factors,
                IsLower = isLower,
                Size = size,
                Sides = first,
                Columns = sides.Columns,
                Stride = sides.RowStride,
                Rest = rest,
            };
            LinePath.Run<T, SubstitutionLeaf<T>>(ref leaf);
        }
    }

    private static int ProductScratch<T>(int rows, int inner, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Products.GetMultiplyScratchLength<T>(rows, inner, columns, TeamFor(rows, inner, columns, team));
}
