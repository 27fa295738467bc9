using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// A product in blocks of the destination. A part is not a block but a share of the scratch: the thread that has it takes block after
/// block until none is left, so the scratch grows with the threads and not with the matrices.
/// </summary>
internal unsafe struct ProductWork<T, TSimd, TVector> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TSimd : struct, ISimd<T, TVector>
{
    // A right factor of this size passes through the first-level cache of 48 KiB at most once for a panel: 100×100 doubles are 80 KB.
    private const int NearBytes = 96 * 1024;

    // From some such k on a tile takes longer than what its edge costs, and fewer registers across load more for each multiply-add.
    private const int NarrowDepth = 128;

    private int _nextBlock;

    /// <summary>Gets the rows of a whole tile, also the group in which the left factor is packed.</summary>
    private static int Group => TSimd.Registers >= 32 ? ProductTile8Rows.Rows : ProductTile4Rows.Rows;

    public required T* Left { get; init; }

    public required nint LeftRowStride { get; init; }

    public required nint LeftColumnStride { get; init; }

    public required T* Right { get; init; }

    public required nint RightRowStride { get; init; }

    public required nint RightColumnStride { get; init; }

    public required T* Destination { get; init; }

    public required nint DestinationStride { get; init; }

    public required int Rows { get; init; }

    public required int Inner { get; init; }

    public required int Columns { get; init; }

    public required ProductBlocking Blocking { get; init; }

    /// <summary>Gets the scratch, aligned to a cache line.</summary>
    public required T* Scratch { get; init; }

    /// <summary>Gets where α is; null for 1.</summary>
    public required T* Alpha { get; init; }

    /// <summary>Gets what becomes of the sums.</summary>
    public required ProductUpdate<T> Update { get; init; }

    /// <summary>Gets which entries are written.</summary>
    public required ProductShape Shape { get; init; }

    /// <summary>Gets what ends the work between two blocks.</summary>
    public required CancellationToken Cancellation { get; init; }

    /// <summary>Gets whether only tiles that touch the lower triangle are computed. Blocks are square.</summary>
    private readonly bool Symmetric => Shape != ProductShape.Full;

    /// <summary>Gets the number of blocks.</summary>
    public readonly long Blocks => Blocking.Count(Rows, Columns, Symmetric);

    public void Execute(int part)
    {
        long blocks = Blocks;
        long block;
        while ((block = Interlocked.Increment(ref _nextBlock) - 1) < blocks)
        {
            Cancellation.ThrowIfCancellationRequested();
            (int down, int across) = Place((int)block);
            Compute(part, down * Blocking.Rows, across * Blocking.Columns);
        }
    }

    /// <summary>The whole product, where it is one block: nothing is shared out.</summary>
    public readonly void ComputeOnlyBlock() => Compute(0, 0, 0);

    /// <summary>Row by row; symmetric, only up to the diagonal.</summary>
    private readonly (int Down, int Across) Place(int block)
    {
        if (!Symmetric)
        {
            return Math.DivRem(block, ProductBlocking.Blocks(Columns, Blocking.Columns));
        }

        int down = 0;
        while (block > down)
        {
            block -= ++down;
        }

        return (down, block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Compute(int part, int firstRow, int firstColumn)
    {
        int rows = Math.Min(Blocking.Rows, Rows - firstRow);
        int columns = Math.Min(Blocking.Columns, Columns - firstColumn);
        int leftLength = Blocking.LeftLength<T>();
        T* packedLeft = Scratch + (part * (nint)(leftLength + Blocking.RightLength<T>()));
        T* packedRight = packedLeft + leftLength;

        // Tiles that cross the diagonal write above it: only to the rows of their own panel, where panels are whole groups of rows across; otherwise a block on the diagonal has to wait for its
        // last tile. In caches it waits too: its copies are a little faster when they are made together.
        bool streams = Shape == ProductShape.Mirrored && SymmetricMirror.Streams(Destination, Columns, DestinationStride);
        bool mirrorsPanels = Shape == ProductShape.Mirrored && (firstRow != firstColumn || (streams && TSimd.Count % Group == 0));

        // Steps of what is left, not of the whole depth: k may not pass the largest number.
        for (int k = 0, depth; k < Inner; k += depth)
        {
            depth = Math.Min(Blocking.Depth, Inner - k);
            T* left = Left + (firstRow * LeftRowStride) + (k * LeftColumnStride);
            LeftLayout layout = new(LeftRowStride, LeftColumnStride, LeftRowStride * Group);
            if (PackLeft(rows, columns, depth))
            {
                ProductPacking.Rows<T, TSimd, TVector>(left, LeftRowStride, LeftColumnStride, rows, depth, Group, packedLeft);
                left = packedLeft;
                layout = new LeftLayout(1, Group, Group * depth);
            }

            // A right factor of several hundred KiB is not in the near caches when a block starts with it.
            bool far = RightColumnStride == 1 && (long)Inner * Columns * sizeof(T) > 256 * 1024;
            T* right = Right + (k * RightRowStride) + (firstColumn * RightColumnStride);
            for (int j = 0; j < columns;)
            {
                int registers = PanelRegisters(columns - j);
                if (MovesNarrowPanel(rows, columns - j, depth))
                {
                    registers--;
                }

                int width = registers * TSimd.Count;

                // Where nothing is added, the last panel is moved back to be whole: some entries are computed twice, none goes through a buffer.
                if (width > columns - j && width <= columns && !Update.Accumulates && depth == Inner)
                {
                    j = columns - width;
                }

                Panel place = new(firstRow, rows, firstColumn + j, Math.Min(width, columns - j), depth, Update.Accumulates || k > 0);
                if (k == 0 && Update.ScalesOld)
                {
                    ScaleOld(place);
                }

                T* source = right + (j * RightColumnStride);
                nint step = RightRowStride;
                bool another = far && j + width < columns;
                int ahead = Math.Min(width, columns - j - width) * sizeof(T);
                PanelPrefetch<T> next = new(another ? source + width : null, RightRowStride, depth, ahead);
                if (PackRight(rows, depth, columns) || place.Columns < width)
                {
                    ProductPacking.Panel<T, TSimd, TVector>(source, RightRowStride, RightColumnStride, depth, place.Columns, width, packedRight);
                    source = packedRight;
                    step = width;
                }

                switch (registers)
                {
                    case 1:
                        Tiles<OneRegister>(left, layout, source, step, place, next);
                        break;
                    case 2:
                        Tiles<TwoRegisters>(left, layout, source, step, place, next);
                        break;
                    default:
                        Tiles<ThreeRegisters>(left, layout, source, step, place, next);
                        break;
                }

                if (mirrorsPanels && k + depth == Inner)
                {
                    int skipped = Math.Max(place.FirstColumn - firstRow, 0) / Group * Group;
                    SymmetricMirror.Copy<T, TSimd, TVector>(Destination, DestinationStride, firstRow + skipped, rows - skipped, place.FirstColumn, place.Columns, streams);
                }

                j += width;
            }
        }

        if (Shape == ProductShape.Mirrored && !mirrorsPanels)
        {
            SymmetricMirror.Copy<T, TSimd, TVector>(Destination, DestinationStride, firstRow, rows, firstColumn, columns);
        }

        if (streams)
        {
            Streaming512<T>.End();
        }
    }

    /// <summary>β·C in the place of a panel; of a symmetric product, up to the diagonal.</summary>
    private readonly void ScaleOld(Panel place)
    {
        for (int i = 0; i < place.Rows; i++)
        {
            int row = place.FirstRow + i;
            int columns = Symmetric ? Math.Min(place.Columns, row + 1 - place.FirstColumn) : place.Columns;
            Span<T> old = new(Destination + (row * DestinationStride) + place.FirstColumn, Math.Max(columns, 0));
            TensorPrimitives.Multiply(old, Update.Beta, old);
        }
    }

    /// <summary>
    /// Tiles read the left factor where it is while that is cheap. It is packed if, read down its columns, it outgrows the first-level
    /// cache, or if its rows are so far apart that they compete for few sets of the second-level one. A single panel reuses it too little.
    /// </summary>
    private readonly bool PackLeft(int rows, int columns, int depth)
        => columns > ProductTile4Rows.MaximumRegisters * TSimd.Count && rows > ProductTile4Rows.Rows
            && (LeftColumnStride == 1 ? LeftRowStride * sizeof(T) >= 2048 : LeftColumnStride * depth * sizeof(T) > 32 * 1024);

    /// <summary>Three registers, except that four are left: 2 + 2 keep more chains in flight than 3 + 1.</summary>
    private static int PanelRegisters(int columns)
    {
        int registers = (columns + TSimd.Count - 1) / TSimd.Count;
        return registers == ProductTile4Rows.MaximumRegisters + 1 ? 2 : Math.Min(registers, ProductTile4Rows.MaximumRegisters);
    }

    /// <summary>
    /// Whether a last panel of two or three registers that sticks out over the edge is better two panels, whole registers and one that is moved back: of a short product, packing the panel and copying
    /// its tiles through a buffer take as long as a fifth of the work, and the moved panel is as many registers.
    /// </summary>
    private readonly bool MovesNarrowPanel(int rows, int columns, int depth)
        => columns > TSimd.Count && columns < ProductTile4Rows.MaximumRegisters * TSimd.Count && columns % TSimd.Count != 0
            && columns == Columns && depth == Inner && depth <= NarrowDepth && !Symmetric && !Update.Accumulates && !PackRight(rows, depth, columns);

    /// <summary>
    /// A panel is read where it is, if its rows are there, as long as few tiles read it or all panels stay near: then packing costs more than loads that cross
    /// a cache line.
    /// </summary>
    private readonly bool PackRight(int rows, int depth, int columns)
        => RightColumnStride != 1 || (rows > 2 * Group && (long)depth * columns * sizeof(T) > NearBytes);

    /// <summary>All tiles of one panel. Of those that cross the diagonal of a symmetric product, only the registers up to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Tiles<TWidth>(T* left, LeftLayout layout, T* panel, nint panelStep, Panel place, PanelPrefetch<T> next)
        where TWidth : struct, IPanelRegisters
    {
        bool prefetches = TilePrefetch.Pays<T>(Rows, Columns);
        int share = next.HasRows ? ProductBlocking.Blocks(place.Depth * Group, place.Rows) : 0;
        for (int i = 0; i < place.Rows; i += Group, left += layout.Group)
        {
            int row = place.FirstRow + i;
            int rows = Math.Min(Group, place.Rows - i);
            int columns = Symmetric ? Math.Min(place.Columns, row + rows - place.FirstColumn) : place.Columns;
            if (columns <= 0)
            {
                continue;
            }

            next.Next(share);
            if (prefetches)
            {
                TilePrefetch.Rows(Destination + ((row + Group) * DestinationStride) + place.FirstColumn, DestinationStride, Math.Min(Group, place.Rows - i - Group), place.Columns);
            }

            if (TWidth.Registers > 2 && columns > 2 * TSimd.Count)
            {
                Tile<ThreeRegisters>(left, layout, row, rows, panel, panelStep, place);
            }
            else if (TWidth.Registers > 1 && columns > TSimd.Count)
            {
                Tile<TwoRegisters>(left, layout, row, rows, panel, panelStep, place);
            }
            else
            {
                Tile<OneRegister>(left, layout, row, rows, panel, panelStep, place);
            }
        }
    }

    /// <summary>One tile, which starts at the panel's first column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Tile<TWidth>(T* left, LeftLayout layout, int row, int rows, T* panel, nint panelStep, Panel place)
        where TWidth : struct, IPanelRegisters
    {
        int width = TWidth.Registers * TSimd.Count;
        T* tile = Destination + (row * DestinationStride) + place.FirstColumn;
        bool isBelow = Shape != ProductShape.Lower || place.FirstColumn + width <= row + 1;
        if (isBelow && width <= place.Columns && (rows == Group || rows == ProductTile4Rows.Rows))
        {
            TileRows<TWidth>(left, layout, rows, panel, panelStep, place.Depth, tile, DestinationStride, Alpha, place.Accumulate);
        }
        else
        {
            Edge<TWidth>(left, layout, row, rows, panel, panelStep, place);
        }
    }

    /// <summary>All or some rows of a tile. Rows past the edge repeat the first, and are written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TileRows<TWidth>(
        T* left, LeftLayout layout, int rows, T* panel, nint panelStep, int depth, T* tile, nint stride, T* alpha, bool accumulate)
        where TWidth : struct, IPanelRegisters
    {
        if (Group == ProductTile8Rows.Rows && rows > ProductTile4Rows.Rows)
        {
            ProductTile8Rows.Run<T, TSimd, TVector, TWidth>(depth, left, layout.Row, layout.Step, panel, panelStep, tile, stride, alpha, accumulate);
            return;
        }

        nint a1 = rows > 1 ? layout.Row : 0;
        nint a2 = rows > 2 ? 2 * layout.Row : 0;
        nint a3 = rows > 3 ? 3 * layout.Row : 0;
        ProductTile4Rows.Run<T, TSimd, TVector, TWidth>(depth, left, a1, a2, a3, layout.Step, panel, panelStep, tile, stride, alpha, accumulate);
    }

    /// <summary>A tile that sticks out over an edge, or over a diagonal above which nothing may be written, goes through a buffer on the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private readonly void Edge<TWidth>(T* left, LeftLayout layout, int row, int rows, T* panel, nint panelStep, Panel place)
        where TWidth : struct, IPanelRegisters
    {
        int width = TWidth.Registers * TSimd.Count;
        int columns = Math.Min(width, place.Columns);
        T* tile = Destination + (row * DestinationStride) + place.FirstColumn;
        T* buffer = stackalloc T[ProductTile8Rows.Rows * ProductTile4Rows.MaximumRegisters * TSimd.Count];
        while (rows > 0)
        {
            // Five to seven rows are a tile of four and one of one to three.
            int taken = rows == Group ? rows : Math.Min(rows, ProductTile4Rows.Rows);
            if (place.Accumulate)
            {
                Copy(tile, DestinationStride, buffer, width, taken, columns);
            }

            TileRows<TWidth>(left, layout, taken, panel, panelStep, place.Depth, buffer, width, Alpha, place.Accumulate);
            if (Shape == ProductShape.Lower)
            {
                for (int i = 0; i < taken; i++)
                {
                    int below = Math.Clamp(row + i + 1 - place.FirstColumn, 0, columns);
                    Copy(buffer + (i * width), width, tile + (i * DestinationStride), DestinationStride, 1, below);
                }
            }
            else
            {
                Copy(buffer, width, tile, DestinationStride, taken, columns);
            }

            row += taken;
            rows -= taken;
            left += taken * layout.Row;
            tile += taken * DestinationStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(T* source, nint sourceStride, T* destination, nint destinationStride, int rows, int columns)
    {
        for (; rows > 0; rows--, source += sourceStride, destination += destinationStride)
        {
            int j = 0;
            for (; j + TSimd.Count <= columns; j += TSimd.Count)
            {
                TSimd.Store(TSimd.Load(ref source[j]), ref destination[j]);
            }

            for (; j < columns; j++)
            {
                destination[j] = source[j];
            }
        }
    }

    /// <summary>Elements from one row of the left factor to the next, from one k to the next, and from one group of rows to the
    /// next.</summary>
    private readonly record struct LeftLayout(nint Row, nint Step, nint Group);

    /// <summary>Where a panel stands in the destination, how deep it is, and whether its tiles are added to what is there.</summary>
    private readonly record struct Panel(int FirstRow, int Rows, int FirstColumn, int Columns, int Depth, bool Accumulate);
}
