using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// A = L·Lᵀ in blocks: A₁₁ = L₁₁·L₁₁ᵀ, L₂₁ = A₂₁·L₁₁⁻ᵀ, A₂₂ ← A₂₂ − L₂₁·L₂₁ᵀ, and so on down to blocks of 32 rows. Nearly all work is in products.
/// How it is cut depends on the size alone; on a team the head of A₂₂ is factored while the rest of it is updated (<see cref="CholeskyLookahead{T}"/>), the same operations in another order.
/// Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class CholeskyBlocks
{
    /// <summary>The rows that are factored one by one. It defines the factor's bits.</summary>
    private const int BlockSize = 32;

    /// <summary>The rows from which on a team makes up for moving the matrix to another core's caches.</summary>
    private const int LeastTeamRows = 160;

    /// <summary>Returns the team if a matrix is large enough for it.</summary>
    public static WorkerTeam? TeamFor(int size, WorkerTeam? team) => size >= LeastTeamRows ? team : null;

    /// <summary>Gets the scratch of <see cref="Factor"/>.</summary>
    public static Int128 GetScratchLength<T>(int size, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (size <= BlockSize)
        {
            return ((2 * size) + 1) * LinePath.Padded<T>(size);
        }

        int first = TriangularSubstitution.Split(size, BlockSize);
        int rest = size - first;
        Int128 solve = TriangularSubstitution.GetRightScratchLength<T>(first, rest, team, isAwake: true);
        int gram = Products.GetGramScratchLength<T>(rest, first, TriangularSubstitution.TeamFor(rest, first, rest, team, isAwake: true));
        Int128 halves = Int128.Max(GetScratchLength<T>(first, team), rest == first ? 0 : GetScratchLength<T>(rest, team));
        Int128 lookahead = Ahead(first, rest, team) is var ahead and > 0 ? team!.Degree * CholeskyLookahead<T>.GetPartLength(first, rest, ahead) : 0;
        return Int128.Max(Int128.Max(solve, Int128.Max(gram, lookahead)), halves);
    }

    /// <summary>Factors in place. Of the part above the diagonal nothing counts, and in blocks of 32 rows on the diagonal it becomes zero.</summary>
    /// <param name="matrix">A.</param>
    /// <param name="factored">The rows of a head that is factored already: 0, or as many as one of the heads has that the cuts lead to.</param>
    /// <param name="scratch">Of <see cref="GetScratchLength"/> or more.</param>
    /// <param name="team">The team; null runs on the calling thread.</param>
    /// <returns>The first pivot that is not above 0; −1 if all are.</returns>
    public static int Factor<T>(MatrixSpan<T> matrix, int factored, Span<T> scratch, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = matrix.Rows;
        if (size == factored)
        {
            return -1;
        }

        if (size <= BlockSize)
        {
            return FactorBlock(matrix, scratch, matrix);
        }

        int first = TriangularSubstitution.Split(size, BlockSize);
        int rest = size - first;
        MatrixSpan<T> head = matrix.Slice(0, 0, first, first), below = matrix.Slice(first, 0, rest, first), tail = matrix.Slice(first, first, rest, rest);
        int failed = Factor(head, factored, scratch, team);
        if (failed >= 0)
        {
            return failed;
        }

        TriangularSubstitution.Right(head.Transposed, isLower: false, scratch, below, team, isAwake: true);
        int ahead = Ahead(first, rest, team);
        failed = ahead > 0 ? UpdateAndLookAhead(below, tail, ahead, scratch, team!) : Update(below, tail, scratch, team);
        failed = failed >= 0 ? failed : Factor(tail, ahead, scratch, team);
        return failed < 0 ? -1 : first + failed;
    }

    /// <summary>A₂₂ ← A₂₂ − L₂₁·L₂₁ᵀ.</summary>
    /// <returns>−1: no pivot can fail.</returns>
    public static int Update<T>(ReadOnlyMatrixSpan<T> below, MatrixSpan<T> tail, Span<T> scratch, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        WorkerTeam? lent = TriangularSubstitution.TeamFor(tail.Rows, below.Columns, tail.Rows, team, isAwake: true);
        Products.Dispatch(below, below.Transposed, scratch, tail, lent, ProductUpdate<T>.Subtract, ProductShape.Lower);
        return -1;
    }

    /// <summary>The same, and factors the tail's head.</summary>
    private static int UpdateAndLookAhead<T>(ReadOnlyMatrixSpan<T> below, MatrixSpan<T> tail, int ahead, Span<T> scratch, WorkerTeam team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CholeskyLookahead<T> work = new()
        {
            Below = below,
            Tail = tail,
            Ahead = ahead,
            Scratch = scratch[..(int)(team.Degree * CholeskyLookahead<T>.GetPartLength(below.Columns, tail.Rows, ahead))],
            Parts = team.Degree,
            Failed = -1,
        };
        WorkerTeam.Run(team, ref work, team.Degree);
        return work.Failed;
    }

    /// <summary>
    /// The rows of the tail's head that one thread factors while the others update the tail: the largest one that the cuts lead to whose thread, at twice the time of products for a multiply-add of
    /// the factor, is done when the others are; 0 where no team pays.
    /// </summary>
    private static int Ahead(int first, int rest, WorkerTeam? team)
    {
        if (rest <= BlockSize || TriangularSubstitution.TeamFor(rest, first, rest, team, isAwake: true) is not { Degree: > 1 } lent)
        {
            return 0;
        }

        int ahead = TriangularSubstitution.Split(rest, BlockSize);
        while (ahead > BlockSize && (double)ahead * ahead * (first + ahead) * lent.Degree > (double)rest * rest * first)
        {
            ahead /= 2;
        }

        return ahead;
    }

    /// <summary>Says whether a matrix is one block.</summary>
    public static bool IsBlock(int size) => size <= BlockSize;

    /// <summary>A block, by rows of the transposed factor.</summary>
    /// <param name="matrix">A, of at most as many rows as a block; only its lower triangle counts.</param>
    /// <param name="scratch">Of <see cref="GetScratchLength"/> or more.</param>
    /// <param name="factor">L with zeros above; may be A. Unchanged if a pivot fails.</param>
    /// <returns>The first pivot that is not above 0; −1 if all are.</returns>
    public static unsafe int FactorBlock<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = matrix.Rows, stride = LinePath.Padded<T>(size);
        Span<T> memory = scratch[..(((2 * size) + 1) * stride)];
        MatrixSpan<T> rows = new(memory[..(size * stride)], size, size, stride);

        // The registers' ends beyond the last column are computed and divided as well, and nobody reads them.
        MatrixMemory.Copy(matrix.Transposed, rows);
        fixed (T* first = memory)
        {
            CholeskyLeaf<T> leaf = new() { Rows = first, Negated = first + (size * stride), Pivots = first + (2 * size * stride), Size = size, Stride = stride };
            LinePath.Run<T, CholeskyLeaf<T>>(ref leaf);
            if (leaf.Failed < 0)
            {
                Transposition.Copy(rows, factor);
            }

            return leaf.Failed;
        }
    }
}
