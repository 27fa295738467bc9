using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// A ← A·R⁻¹ for a tall A and an upper triangular R, by substitution: multiplying by an explicit inverse would leave a residual that
/// grows with the condition of R. Part p does the chunks p, p + parts, … of rows.
/// </summary>
/// <remarks>A chunk is transposed first: then a step of the substitution is a combination of contiguous rows.</remarks>
internal readonly ref struct TriangularSolveWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rows of a chunk: a multiple of the widest step of <see cref="RowCombination"/>; 20 columns of doubles are 20 KiB.</summary>
    public const int ChunkRows = 128;

    /// <summary>Gets the number of chunks of so many rows.</summary>
    public static int ChunksOf(int rows) => (int)(((long)rows + ChunkRows - 1) / ChunkRows);

    /// <summary>Gets the matrix.</summary>
    public required MatrixSpan<T> Matrix { get; init; }

    /// <summary>Gets Rᵀ, lower triangular.</summary>
    public required ReadOnlyMatrixSpan<T> Transposed { get; init; }

    /// <summary>Gets the number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>Gets the scratch of all parts, k·<see cref="ChunkRows"/> + k elements each.</summary>
    public required Span<T> Scratch { get; init; }

    public void Execute(int part)
    {
        int k = Transposed.Rows;
        int rows = Matrix.Rows;
        int stride = Matrix.RowStride;
        Span<T> scratch = Scratch.Slice(part * (Scratch.Length / Parts), Scratch.Length / Parts);
        Span<T> panel = scratch[..(k * ChunkRows)];
        Span<T> coefficients = scratch.Slice(k * ChunkRows, k);
        panel.Clear();
        int chunks = ChunksOf(rows);
        for (int index = part; index < chunks; index += Parts)
        {
            int start = index * ChunkRows;
            int count = Math.Min(ChunkRows, rows - start);
            Span<T> chunk = Matrix.Slice(start, 0, count, k).Data;
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<T> row = chunk.Slice(i * stride, k);
                for (int j = 0; j < row.Length; j++)
                {
                    panel[(j * ChunkRows) + i] = row[j];
                }
            }

            for (int j = 0; j < k; j++)
            {
                Span<T> column = panel.Slice(j * ChunkRows, ChunkRows);
                ReadOnlySpan<T> factor = Transposed.Data.Slice(j * k, j + 1);
                TensorPrimitives.Negate(factor[..j], coefficients);
                RowCombination.Add(coefficients[..j], panel[..(j * ChunkRows)], ChunkRows, column);
                TensorPrimitives.Divide(column, factor[j], column);
            }

            for (int i = 0; i < count; i++)
            {
                Span<T> row = chunk.Slice(i * stride, k);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] = panel[(j * ChunkRows) + i];
                }
            }
        }
    }
}
