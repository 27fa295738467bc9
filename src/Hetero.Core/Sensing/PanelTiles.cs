using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// The panel F = [U, U*, V*], or F·X_1·X_2…, some rows at a time: a tile is gathered from the three matrices and multiplied while it is in the near
/// caches, so that a pass reads every number once and
/// nothing of d rows is made. Not thread-safe but in parts: each has scratch of its own.
/// </summary>
internal readonly ref struct PanelTiles<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rows of a tile. It defines the order of the sums over rows, and is a multiple of the numbers in a group of the random
    /// stream.</summary>
    public const int Rows = 512;

    /// <summary>Gets U, U* and V*.</summary>
    public required FactoredResidual<T> Residual { get; init; }

    /// <summary>Gets what the columns of F are multiplied by; empty for 1.</summary>
    public required ReadOnlySpan<T> Scales { get; init; }

    /// <summary>Gets X_1, X_2, …, q×q, row after row.</summary>
    public required ReadOnlySpan<T[]> Factors { get; init; }

    /// <summary>Gets the number of rows in all.</summary>
    public int Dimension => Residual.Factor.Rows;

    /// <summary>Gets the number q of columns.</summary>
    public int Columns => Residual.Columns;

    /// <summary>The scratch of a tile: two panels.</summary>
    public static Int128 ScratchLength(int dimension, Int128 columns) => 2 * (Int128)Math.Min(Rows, dimension) * columns;

    /// <summary>The first row of a tile and the number of its rows.</summary>
    public (int First, int Count) RowsOf(int tile) => (tile * Rows, Math.Min(Rows, Dimension - (tile * Rows)));

    /// <summary>Returns the rows of a tile, in scratch.</summary>
    public ReadOnlyMatrixSpan<T> Load(int tile, Span<T> scratch, Span<T> products)
    {
        (int first, int rows) = RowsOf(tile);
        int q = Columns, k = Residual.Factor.Columns, r1 = Residual.InvariantBasis.Columns;
        MatrixSpan<T> panel = new(scratch[..(rows * q)], rows, q), other = new(scratch.Slice(rows * q, rows * q), rows, q);
        Copy(Residual.Factor, first, panel, 0);
        Copy(Residual.InvariantBasis, first, panel, k);
        Copy(Residual.SpuriousBasis, first, panel, k + r1);
        if (!Scales.IsEmpty)
        {
            for (int i = 0; i < rows; i++)
            {
                TensorPrimitives.Multiply(panel.Row(i), Scales, panel.Row(i));
            }
        }

        foreach (T[] factor in Factors)
        {
            Products.Multiply(panel, new ReadOnlyMatrixSpan<T>(factor, q, q), products, other);
            MatrixSpan<T> last = panel;
            panel = other;
            other = last;
        }

        return panel;
    }

    private static void Copy(ReadOnlyMatrixSpan<T> source, int first, MatrixSpan<T> panel, int column)
    {
        if (source.Columns > 0 && source.ColumnStride == 1)
        {
            for (int i = 0; i < panel.Rows; i++)
            {
                source.Data.Slice((first + i) * source.RowStride, source.Columns).CopyTo(panel.Row(i).Slice(column, source.Columns));
            }

            return;
        }

        // Of bases that are stored column after column a column is read at a time.
        for (int j = 0; j < source.Columns; j++)
        {
            ReadOnlySpan<T> entries = source.Data[((first * source.RowStride) + (j * source.ColumnStride))..];
            Span<T> destination = panel.Data[(column + j)..];
            for (int i = 0, to = 0, from = 0; i < panel.Rows; i++, to += panel.RowStride, from += source.RowStride)
            {
                destination[to] = entries[from];
            }
        }
    }
}
