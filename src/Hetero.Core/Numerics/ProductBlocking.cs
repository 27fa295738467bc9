using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// How a product is cut: blocks of the destination that one thread computes at a time, and steps along k. None of it shows in the
/// results, since every entry stays one chain along k.
/// </summary>
/// <remarks>
/// A block of the destination, its rows of the left factor and its columns of the right one take, in doubles, at most
/// 3·192·192 elements = 864 KiB: they stay in a second-level cache of 1 MiB while k runs. A panel of the right factor is at most
/// 192·24 doubles = 36 KiB, which leaves room for the rows in a first-level cache of 48 KiB (with 256-bit registers it is half that).
/// </remarks>
/// <param name="Rows">The rows of a block, a multiple of the tile's.</param>
/// <param name="Columns">The columns of a block.</param>
/// <param name="Depth">The steps along k between two visits of a block.</param>
internal readonly record struct ProductBlocking(int Rows, int Columns, int Depth)
{
    /// <summary>The widest block; a multiple of every panel width and of the tile's rows.</summary>
    public const int MaximumSide = 192;

    /// <summary>The longest step along k.</summary>
    public const int MaximumDepth = 192;

    /// <summary>One cache line, the alignment of packed panels.</summary>
    public const int Alignment = 64;

    /// <summary>Cuts a product; blocks come out nearly equal, so that threads do.</summary>
    public static ProductBlocking Of(int rows, int inner, int columns)
        => new(Side(rows), Side(columns), Math.Min(inner, MaximumDepth));

    /// <summary>Gets the elements of the packed rows of the left factor.</summary>
    public int LeftLength<T>() => RoundUp(Rows * Depth, Alignment / Unsafe.SizeOf<T>());

    /// <summary>Gets the elements of the packed columns of the right factor, whole registers of any width.</summary>
    public int RightLength<T>() => RoundUp(Columns, Alignment / Unsafe.SizeOf<T>()) * Depth;

    /// <summary>Gets the elements of scratch for a number of threads, with room to align the first.</summary>
    public int ScratchLength<T>(int threads)
        => Depth == 0 || Rows == 0 || Columns == 0
            ? 0
            : checked((threads * (LeftLength<T>() + RightLength<T>())) + (Alignment / Unsafe.SizeOf<T>()));

    /// <summary>Gets the number of blocks along a side.</summary>
    public static int Blocks(int length, int side) => length == 0 ? 0 : (length + side - 1) / side;

    private static int Side(int length)
    {
        int blocks = Blocks(length, MaximumSide);
        return blocks == 0 ? 0 : RoundUp((length + blocks - 1) / blocks, ProductTallTile.Rows);
    }

    private static int RoundUp(int value, int unit) => (value + unit - 1) / unit * unit;
}
