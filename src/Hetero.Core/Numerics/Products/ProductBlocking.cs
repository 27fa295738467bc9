using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// How a product is cut: blocks of the destination that one thread computes at a time, and steps along k. Only <see cref="ChainLength"/> shows in the
/// results: it is the same for all.
/// </summary>
/// <remarks>
/// <para>The packed rows of the left factor are at most 512·192 doubles = 768 KiB: they stay in a second-level cache of 1 MiB while one
/// panel of the right factor after another, at most 192·24 doubles = 36 KiB, stays in a first-level cache of 48 KiB. The tile that is
/// being computed lives in registers, so a step along k need not be longer than that. Chains of 128 make products of k = 129…192 up to a tenth slower,
/// since these need a second visit then; chains of 256 make a Gram matrix of tall doubles that much slower, whose panels fill the first-level cache.</para>
/// <para>The right factor is read once for every block of rows, from the third-level cache or memory: many rows keep that rare. The left
/// one is packed once for every block of columns, so these may be many too; they take no scratch.</para>
/// </remarks>
/// <param name="Rows">The rows of a block, a multiple of the tallest tile's.</param>
/// <param name="Columns">The columns of a block.</param>
/// <param name="Depth">The steps along k between two visits of a block: a whole chain, or all of a shorter k.</param>
internal readonly record struct ProductBlocking(int Rows, int Columns, int Depth)
{
    /// <summary>The most rows of a block; of a symmetric product, whose blocks are square, also the most columns.</summary>
    public const int MaximumRows = 512;

    /// <summary>The most columns of a block.</summary>
    public const int MaximumColumns = 1008;

    /// <summary>The steps along k after which an entry's chain ends and is added. It defines a product's bits: another one is another arithmetic.</summary>
    public const int ChainLength = 192;

    /// <summary>Blocks of several are not cut below this side for the sake of more threads.</summary>
    public const int MinimumSide = 96;

    /// <summary>One cache line, the alignment of packed panels.</summary>
    public const int Alignment = 64;

    /// <summary>The widest panel, three registers of 512 bits.</summary>
    private const int MaximumPanelBytes = 192;

    /// <summary>Columns of a whole panel of floats, and of two of doubles: inner blocks have no narrow panels at their edge.</summary>
    private const int ColumnUnit = 48;

    /// <summary>Cuts a product; blocks come out nearly equal, and for several threads at least two each, so that they end together.</summary>
    public static ProductBlocking Of(int rows, int inner, int columns, int threads, bool symmetric)
    {
        int depth = Math.Min(inner, ChainLength);
        int maximumRows = MaximumRows;
        int maximumColumns = symmetric ? MaximumRows : MaximumColumns;
        while (true)
        {
            ProductBlocking blocking = symmetric
                ? new(Cut(rows, maximumRows, ColumnUnit), Cut(rows, maximumRows, ColumnUnit), depth)
                : new(Cut(rows, maximumRows, ProductTile8Rows.Rows), Cut(columns, maximumColumns, ColumnUnit), depth);
            bool tall = blocking.Rows >= blocking.Columns;
            if (threads == 1 || blocking.Count(rows, columns, symmetric) >= 2L * threads || Math.Max(blocking.Rows, blocking.Columns) <= MinimumSide)
            {
                return blocking;
            }

            // The longer side is halved.
            maximumRows = tall || symmetric ? Math.Max(blocking.Rows / 2, MinimumSide) : maximumRows;
            maximumColumns = tall && !symmetric ? maximumColumns : Math.Max(blocking.Columns / 2, MinimumSide);
        }
    }

    /// <summary>Gets the number of blocks; of a symmetric product, of those that touch the lower triangle.</summary>
    public long Count(int rows, int columns, bool symmetric)
    {
        long down = Blocks(rows, Rows);
        return symmetric ? down * (down + 1) / 2 : down * Blocks(columns, Columns);
    }

    /// <summary>Gets the elements of the packed rows of the left factor.</summary>
    public int LeftLength<T>() => RoundUp(Rows * Depth, Alignment / Unsafe.SizeOf<T>());

    /// <summary>Gets the elements of one packed panel of the right factor, whole registers of any width.</summary>
    public int RightLength<T>()
        => Math.Min(RoundUp(Columns, Alignment / Unsafe.SizeOf<T>()), MaximumPanelBytes / Unsafe.SizeOf<T>()) * Depth;

    /// <summary>Gets the elements of scratch for a number of threads, with room to align the first.</summary>
    public int ScratchLength<T>(int threads)
        => Depth == 0 || Rows == 0 || Columns == 0
            ? 0
            : checked((threads * (LeftLength<T>() + RightLength<T>())) + (Alignment / Unsafe.SizeOf<T>()));

    /// <summary>
    /// Gets scratch that is enough for each product of at most these sizes, a symmetric one too: that of a smaller one may be longer than that of the largest, whose blocks are cut otherwise.
    /// </summary>
    /// <remarks>The blocks of a symmetric product are rounded up to <see cref="ColumnUnit"/> rows where there are several.</remarks>
    public static int LargestScratchLength<T>(int rows, int inner, int columns, int threads)
    {
        int most = rows > MaximumRows ? RoundUp(MaximumRows, ColumnUnit) : RoundUp(rows, ProductTile8Rows.Rows);
        return new ProductBlocking(most, Math.Min(columns, MaximumColumns), Math.Min(inner, ChainLength)).ScratchLength<T>(threads);
    }

    /// <summary>Gets the number of blocks along a side.</summary>
    public static int Blocks(int length, int side) => length == 0 ? 0 : length <= side ? 1 : (int)(((long)length + side - 1) / side);

    /// <summary>One block is as long as need be, up to a tile; several are whole units.</summary>
    private static int Cut(int length, int maximum, int unit)
    {
        int blocks = Blocks(length, maximum);
        return blocks switch
        {
            0 => 0,
            1 => RoundUp(length, ProductTile8Rows.Rows),
            _ => RoundUp(Blocks(length, blocks), unit),
        };
    }

    public static int RoundUp(int value, int unit) => (value + unit - 1) / unit * unit;
}
