using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// The Gram matrices of the row blocks of a tall matrix, one after the other in memory; part p does the blocks p, p + parts, … Adding
/// them up afterwards shortens the chains of a Gram matrix, and lets a team share it.
/// </summary>
internal readonly ref struct GramBlocksWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the matrix.</summary>
    public required ReadOnlyMatrixSpan<T> Matrix { get; init; }

    /// <summary>Gets the rows of a block.</summary>
    public required int BlockRows { get; init; }

    /// <summary>Gets the number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>Gets the memory of the Gram matrices.</summary>
    public required Span<T> Grams { get; init; }

    /// <summary>Gets the scratch of all parts.</summary>
    public required Span<T> Scratch { get; init; }

    public void Execute(int part)
    {
        int k = Matrix.Columns;
        int rows = Matrix.Rows;
        Span<T> scratch = Scratch.Slice(part * (Scratch.Length / Parts), Scratch.Length / Parts);
        int blocks = Grams.Length / (k * k);
        for (int block = part; block < blocks; block += Parts)
        {
            int count = Math.Min(BlockRows, rows - (block * BlockRows));
            ReadOnlyMatrixSpan<T> slice = Matrix.Slice(block * BlockRows, 0, count, k);
            Products.Gram(slice.Transposed, scratch, new MatrixSpan<T>(Grams.Slice(block * k * k, k * k), k, k));
        }
    }
}
