using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// Adds K = H·L to a result, with a Gaussian matrix H of d×c that is drawn tile by tile and never whole, and sums PᵀK, what of it lies along a panel,
/// range by range.
/// </summary>
/// <remarks>Column j of H has the entries from First + j·Padded on, so that the first columns are the same numbers whatever c is.</remarks>
internal ref struct PanelNoiseWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _next;

    /// <summary>Gets the panel.</summary>
    public required PanelTiles<T> Tiles { get; init; }

    /// <summary>Gets the ranges.</summary>
    public required PanelRanges Ranges { get; init; }

    /// <summary>Gets the scratch of the parts.</summary>
    public required PanelScratch<T> Scratch { get; init; }

    /// <summary>Gets the sums of the ranges, q·c each.</summary>
    public required Span<double> Sums { get; init; }

    /// <summary>Gets where the numbers come from.</summary>
    public required RandomStream Stream { get; init; }

    /// <summary>Gets the entry of the stream that H starts at.</summary>
    public required long First { get; init; }

    /// <summary>Gets L, c×c.</summary>
    public required ReadOnlyMatrixSpan<T> Mixing { get; init; }

    /// <summary>Gets the result, d×c.</summary>
    public required MatrixSpan<T> Result { get; init; }

    /// <summary>Gets what ends the work.</summary>
    public required CancellationToken Cancellation { get; init; }

    public void Execute(int part)
    {
        PanelScratch<T>.Part scratch = Scratch.Of(part);
        int q = Tiles.Columns, c = Mixing.Rows;
        long padded = GaussianFill.PaddedLength<T>(Tiles.Dimension);
        MatrixSpan<T> inside = new(scratch.Small[..(q * c)], q, c);
        int range;
        while ((range = Interlocked.Increment(ref _next) - 1) < Ranges.Count)
        {
            Cancellation.ThrowIfCancellationRequested();
            Span<double> sum = Sums.Slice(range * q * c, q * c);
            sum.Clear();
            (int start, int end) = Ranges.Of(range);
            for (int tile = start; tile < end; tile++)
            {
                (int first, int rows) = Tiles.RowsOf(tile);
                MatrixSpan<T> drawn = new(scratch.Results[..(c * rows)], c, rows), mixed = new(scratch.Results.Slice(c * rows, rows * c), rows, c);
                for (int j = 0; j < c; j++)
                {
                    Stream.FillGaussian(First + (j * padded) + first, drawn.Row(j));
                }

                Products.Multiply(drawn.Transposed, Mixing, scratch.Products, mixed);
                Products.Multiply(Tiles.Load(tile, scratch.Panels, scratch.Products).Transposed, mixed, scratch.Products, inside);
                PanelRanges.Add<T>(inside.Data, sum);
                Add(mixed, Result.Slice(first, 0, rows, c));
            }
        }
    }

    private static void Add(MatrixSpan<T> tile, MatrixSpan<T> result)
    {
        if (result.IsContiguous)
        {
            TensorPrimitives.Add(result.Data, tile.Data, result.Data);
            return;
        }

        for (int i = 0; i < tile.Rows; i++)
        {
            TensorPrimitives.Add(result.Row(i), tile.Row(i), result.Row(i));
        }
    }
}
