using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>The Gram matrix of a panel, PᵀP, range by range. A part takes one range after another.</summary>
internal ref struct PanelGramWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _next;

    /// <summary>Gets the panel.</summary>
    public required PanelTiles<T> Tiles { get; init; }

    /// <summary>Gets the ranges.</summary>
    public required PanelRanges Ranges { get; init; }

    /// <summary>Gets the scratch of the parts.</summary>
    public required PanelScratch<T> Scratch { get; init; }

    /// <summary>Gets the sums of the ranges, q² each.</summary>
    public required Span<double> Sums { get; init; }

    /// <summary>Gets what ends the work.</summary>
    public required CancellationToken Cancellation { get; init; }

    public void Execute(int part)
    {
        PanelScratch<T>.Part scratch = Scratch.Of(part);
        int q = Tiles.Columns;
        MatrixSpan<T> gram = new(scratch.Small[..(q * q)], q, q);
        int range;
        while ((range = Interlocked.Increment(ref _next) - 1) < Ranges.Count)
        {
            Cancellation.ThrowIfCancellationRequested();
            Span<double> sum = Sums.Slice(range * q * q, q * q);
            sum.Clear();
            (int first, int end) = Ranges.Of(range);
            for (int tile = first; tile < end; tile++)
            {
                Products.Gram(Tiles.Load(tile, scratch.Panels, scratch.Products).Transposed, scratch.Products, gram);
                PanelRanges.Add<T>(gram.Data, sum);
            }
        }
    }
}
