using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>Adds P·C to a result, tile by tile, P a panel of d×q. A part takes one range after another.</summary>
internal ref struct PanelProductWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _next;

    /// <summary>Gets the panel.</summary>
    public required PanelTiles<T> Tiles { get; init; }

    /// <summary>Gets the ranges.</summary>
    public required PanelRanges Ranges { get; init; }

    /// <summary>Gets the scratch of the parts.</summary>
    public required PanelScratch<T> Scratch { get; init; }

    /// <summary>Gets C, q×c.</summary>
    public required ReadOnlyMatrixSpan<T> Coefficients { get; init; }

    /// <summary>Gets the result, d×c.</summary>
    public required MatrixSpan<T> Result { get; init; }

    /// <summary>Gets what ends the work.</summary>
    public required CancellationToken Cancellation { get; init; }

    public void Execute(int part)
    {
        PanelScratch<T>.Part scratch = Scratch.Of(part);
        int range;
        while ((range = Interlocked.Increment(ref _next) - 1) < Ranges.Count)
        {
            Cancellation.ThrowIfCancellationRequested();
            (int start, int end) = Ranges.Of(range);
            for (int tile = start; tile < end; tile++)
            {
                (int first, int rows) = Tiles.RowsOf(tile);
                Products.MultiplyAdd(
                    Tiles.Load(tile, scratch.Panels, scratch.Products), Coefficients, scratch.Products, Result.Slice(first, 0, rows, Result.Columns));
            }
        }
    }
}
