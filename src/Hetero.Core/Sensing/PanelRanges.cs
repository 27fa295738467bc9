using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// The ranges of consecutive tiles that a sum over the rows of a panel is made in: one after the other inside a range, then range after range. They
/// depend on the shape alone, and so do the sums' bits.
/// An immutable value; thread-safe.
/// </summary>
internal readonly struct PanelRanges
{
    private const int Most = 32;
    private readonly int _tiles;
    private readonly int _length;

    /// <summary>Cuts a panel; its sums, a number for two columns each, need no more memory than the panel itself.</summary>
    public PanelRanges(int dimension, Int128 columns)
    {
        _tiles = (int)(((long)dimension + PanelTiles<double>.Rows - 1) / PanelTiles<double>.Rows);
        int most = (int)Int128.Clamp(dimension / columns, 1, Most);
        _length = (_tiles + most - 1) / most;
        Count = (_tiles + _length - 1) / _length;
    }

    /// <summary>Gets the number of ranges.</summary>
    public int Count { get; }

    /// <summary>The first tile of a range and the one after its last.</summary>
    public (int First, int End) Of(int range) => (range * _length, Math.Min(_tiles, (range + 1) * _length));

    /// <summary>Adds numbers to a range's sum.</summary>
    public static void Add<T>(ReadOnlySpan<T> numbers, Span<double> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            sum[i] += double.CreateTruncating(numbers[i]);
        }
    }

    /// <summary>Adds the ranges' sums up.</summary>
    public void Total(ReadOnlySpan<double> sums, Span<double> total)
    {
        sums[..total.Length].CopyTo(total);
        for (int range = 1; range < Count; range++)
        {
            Add(sums.Slice(range * total.Length, total.Length), total);
        }
    }
}
