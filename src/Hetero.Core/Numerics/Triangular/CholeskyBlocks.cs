using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// A = L·Lᵀ in blocks: A₁₁ = L₁₁·L₁₁ᵀ, L₂₁ = A₂₁·L₁₁⁻ᵀ, A₂₂ ← A₂₂ − L₂₁·L₂₁ᵀ, and so on down to blocks of 32 rows. Nearly all work is in products. How it is cut
/// depends on the size alone. Thread-safe as long as calls share neither memory nor team.
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
            return (2 * size * size) + size;
        }

        int first = TriangularSubstitution.Split(size, BlockSize);
        int rest = size - first;
        Int128 solve = TriangularSubstitution.GetRightScratchLength<T>(first, rest, team);
        int gram = Products.GetGramScratchLength<T>(rest, first, TriangularSubstitution.TeamFor(rest, first, rest, team));
        Int128 halves = Int128.Max(GetScratchLength<T>(first, team), rest == first ? 0 : GetScratchLength<T>(rest, team));
        return Int128.Max(Int128.Max(solve, gram), halves);
    }

    /// <summary>Factors in place; the part above the diagonal is neither read nor written.</summary>
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

    /// <summary>A block, by rows of the transposed factor: every entry is one chain of multiply-adds.</summary>
    private static int FactorBlock<T>(MatrixSpan<T> matrix, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = matrix.Rows;
        MatrixSpan<T> copy = new(scratch[..(size * size)], size, size);
        MatrixSpan<T> factor = new(scratch.Slice(size * size, size * size), size, size);
        Transposition.Copy(matrix, copy);
        if (CholeskyFactor.TryFactor(copy, T.Zero, T.Zero, scratch.Slice(2 * size * size, size), factor, out int failed))
        {
            for (int i = 0; i < size; i++)
            {
                Span<T> row = matrix.Row(i);
                for (int j = 0; j <= i; j++)
                {
                    row[j] = factor.Data[(j * size) + i];
                }
            }
        }

        return failed;
    }
}
