using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// A = L·Lᵀ in blocks: A₁₁ = L₁₁·L₁₁ᵀ, L₂₁ = A₂₁·L₁₁⁻ᵀ, A₂₂ ← A₂₂ − L₂₁·L₂₁ᵀ, and so on down to blocks of 32 rows. Nearly all work is in products.
/// How it is cut depends on the size alone. Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class CholeskyBlocks
{
    /// <summary>The rows that are factored one by one. It defines the factor's bits.</summary>
    private const int BlockSize = 32;

    /// <summary>Gets the scratch of <see cref="Factor"/>.</summary>
    public static Int128 GetScratchLength<T>(int size, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (size <= BlockSize)
        {
            return 2 * size * LinePath.Padded<T>(size);
        }

        int first = TriangularSubstitution.Split(size, BlockSize);
        int rest = size - first;
        Int128 solve = TriangularSubstitution.GetRightScratchLength<T>(first, rest, team);
        int gram = Products.GetGramScratchLength<T>(rest, first, TriangularSubstitution.TeamFor(rest, first, rest, team));
        Int128 halves = Int128.Max(GetScratchLength<T>(first, team), rest == first ? 0 : GetScratchLength<T>(rest, team));
        return Int128.Max(Int128.Max(solve, gram), halves);
    }

    /// <summary>Factors in place. Of the part above the diagonal nothing counts, and in blocks of 32 rows on the diagonal it is overwritten.</summary>
    /// <returns>The first pivot that is not above 0; −1 if all are.</returns>
    public static int Factor<T>(MatrixSpan<T> matrix, Span<T> scratch, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = matrix.Rows;
        if (size <= BlockSize)
        {
            return FactorBlock(matrix, scratch);
        }

        int first = TriangularSubstitution.Split(size, BlockSize);
        int rest = size - first;
        MatrixSpan<T> head = matrix.Slice(0, 0, first, first), below = matrix.Slice(first, 0, rest, first), tail = matrix.Slice(first, first, rest, rest);
        int failed = Factor(head, scratch, team);
        if (failed >= 0)
        {
            return failed;
        }

        TriangularSubstitution.Right(head.Transposed, isLower: false, scratch, below, team);
        WorkerTeam? lent = TriangularSubstitution.TeamFor(rest, first, rest, team);
        Products.Dispatch(below, below.Transposed, scratch, tail, lent, ProductUpdate<T>.Subtract, ProductShape.Lower);
        failed = Factor(tail, scratch, team);
        return failed < 0 ? -1 : first + failed;
    }

    /// <summary>A block, by rows of the transposed factor.</summary>
    private static unsafe int FactorBlock<T>(MatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = matrix.Rows, stride = LinePath.Padded<T>(size);
        Span<T> memory = scratch[..(2 * size * stride)];
        MatrixSpan<T> rows = new(memory[..(size * stride)], size, size, stride);

        // The registers' ends beyond the last column are computed and divided as well, and nobody reads them.
        Transposition.Copy(matrix, rows);
        fixed (T* first = memory)
        {
            CholeskyLeaf<T> leaf = new() { Rows = first, Negated = first + (size * stride), Size = size, Stride = stride };
            LinePath.Run<T, CholeskyLeaf<T>>(ref leaf);
            if (leaf.Failed < 0)
            {
                Transposition.Copy(rows, matrix);
            }

            return leaf.Failed;
        }
    }
}
