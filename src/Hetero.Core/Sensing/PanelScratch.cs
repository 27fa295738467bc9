using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>The scratch of passes over a panel of d×q and a result of d×c, the same for each thread: two tiles of the panel, two of the result, a
/// matrix of q×q, and what products need.</summary>
/// <remarks>A part of it serves one thread.</remarks>
internal readonly ref struct PanelScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> _memory;
    private readonly int _part;
    private readonly int _panels;
    private readonly int _results;
    private readonly int _small;

    /// <summary>Cuts memory of the needed length.</summary>
    public PanelScratch(Span<T> memory, int dimension, int columns, int results)
    {
        _memory = memory;
        _part = (int)PartLength(dimension, columns, results);
        _panels = (int)PanelTiles<T>.ScratchLength(dimension, columns);
        _results = (int)PanelTiles<T>.ScratchLength(dimension, results);
        _small = columns * columns;
    }

    /// <summary>The number of elements for one thread.</summary>
    public static Int128 PartLength(int dimension, int columns, int results)
    {
        int rows = Math.Min(PanelTiles<T>.Rows, dimension), rest = dimension % PanelTiles<T>.Rows;
        return PanelTiles<T>.ScratchLength(dimension, columns) + PanelTiles<T>.ScratchLength(dimension, results) + ((Int128)columns * columns)
            + Math.Max(ProductLength(rows, columns, results), ProductLength(rest, columns, results));
    }

    /// <summary>Returns the scratch of one thread.</summary>
    public Part Of(int part) => new(_memory.Slice(part * _part, _part), _panels, _results, _small);

    private static int ProductLength(int rows, int columns, int results)
    {
        int length = Products.GetGramScratchLength<T>(columns, rows);
        length = Math.Max(length, Products.GetMultiplyScratchLength<T>(rows, columns, columns));
        length = Math.Max(length, Products.GetMultiplyScratchLength<T>(rows, results, results));
        length = Math.Max(length, Products.GetMultiplyScratchLength<T>(columns, rows, results));
        return Math.Max(length, Products.GetMultiplyScratchLength<T>(rows, columns, results));
    }

    /// <summary>The scratch of one thread.</summary>
    public readonly ref struct Part(Span<T> memory, int panels, int results, int small)
    {
        /// <summary>Gets two tiles of the panel.</summary>
        public Span<T> Panels { get; } = memory[..panels];

        /// <summary>Gets two tiles of the result.</summary>
        public Span<T> Results { get; } = memory.Slice(panels, results);

        /// <summary>Gets a matrix of q×q.</summary>
        public Span<T> Small { get; } = memory.Slice(panels + results, small);

        /// <summary>Gets what products need.</summary>
        public Span<T> Products { get; } = memory[(panels + results + small)..];
    }
}
