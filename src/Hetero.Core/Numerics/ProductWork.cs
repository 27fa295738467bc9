using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// A product in blocks of the destination. A part is not a block but a share of the scratch: the thread that has it takes block after
/// block until none is left, so the scratch grows with the threads and not with the matrices.
/// </summary>
internal unsafe struct ProductWork<T, TSimd, TVector> : ITeamWork
    where T : unmanaged
    where TVector : unmanaged
    where TSimd : struct, ISimd<T, TVector>
{
    private int _nextBlock;

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

    /// <summary>Gets whether chains continue from the destination instead of +0.</summary>
    public required bool Accumulate { get; init; }

    /// <summary>Gets whether only tiles that touch the lower triangle are computed, each block then mirrored. Blocks are square.</summary>
    public required bool Symmetric { get; init; }

    /// <summary>Gets the number of blocks.</summary>
    public readonly int Blocks
    {
        get
        {
            int down = ProductBlocking.Blocks(Rows, Blocking.Rows);
            int across = ProductBlocking.Blocks(Columns, Blocking.Columns);
            return Symmetric ? down * (down + 1) / 2 : down * across;
        }
    }

    public void Execute(int part)
    {
        int blocks = Blocks;
        int block;
        while ((block = Interlocked.Increment(ref _nextBlock) - 1) < blocks)
        {
            (int down, int across) = Place(block);
            Compute(part, down * Blocking.Rows, across * Blocking.Columns);
        }
    }

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
        for (int k = 0; k < Inner; k += Blocking.Depth)
        {
            int depth = Math.Min(Blocking.Depth, Inner - k);
            T* left = Left + (firstRow * LeftRowStride) + (k * LeftColumnStride);
            LeftLayout layout = new(LeftRowStride * ProductTile.Rows, LeftRowStride, LeftColumnStride);
            if (PackLeft(rows, columns, depth))
            {
                ProductPacking.Rows(left, LeftRowStride, LeftColumnStride, rows, depth, packedLeft);
                left = packedLeft;
                layout = new LeftLayout(ProductTile.Rows * depth, 1, ProductTile.Rows);
            }

            T* right = Right + (k * RightRowStride) + (firstColumn * RightColumnStride);
            T* panel = packedRight;
            for (int j = 0; j < columns;)
            {
                int registers = PanelRegisters(columns - j);
                int width = registers * TSimd.Count;
                Panel place = new(firstRow, rows, firstColumn + j, Math.Min(width, columns - j), depth, Accumulate || k > 0);
                ProductPacking.Panel<T, TSimd, TVector>(
                    right + (j * RightColumnStride), RightRowStride, RightColumnStride, depth, place.Columns, width, panel);
                switch (registers)
                {
                    case 1:
                        Tiles<OneRegister>(left, layout, panel, place);
                        break;
                    case 2:
                        Tiles<TwoRegisters>(left, layout, panel, place);
                        break;
                    default:
                        Tiles<ThreeRegisters>(left, layout, panel, place);
                        break;
                }

                panel += (nint)width * depth;
                j += width;
            }
        }

        if (Symmetric)
        {
            Mirror(firstRow, rows, firstColumn, columns);
        }
    }

    /// <summary>
    /// Tiles read the left factor where it is while that is cheap. It is packed if, read down its columns, it outgrows the first-level
    /// cache, or if its rows are so far apart that they compete for few sets of the second-level one. A single panel reuses it too little.
    /// </summary>
    private readonly bool PackLeft(int rows, int columns, int depth)
        => columns > ProductTile.MaximumRegisters * TSimd.Count && rows > ProductTile.Rows
            && (LeftColumnStride == 1 ? LeftRowStride * sizeof(T) >= 2048 : LeftColumnStride * depth * sizeof(T) > 32 * 1024);

    /// <summary>Three registers, except that four are left: 2 + 2 keep more chains in flight than 3 + 1.</summary>
    private static int PanelRegisters(int columns)
    {
        int registers = (columns + TSimd.Count - 1) / TSimd.Count;
        return registers == ProductTile.MaximumRegisters + 1 ? 2 : Math.Min(registers, ProductTile.MaximumRegisters);
    }

    /// <summary>All tiles of one panel. Tiles that stick out over an edge go through a buffer on the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private readonly void Tiles<TWidth>(T* left, LeftLayout layout, T* panel, Panel place)
        where TWidth : struct, IPanelWidth
    {
        int width = TWidth.Registers * TSimd.Count;
        T* buffer = stackalloc T[ProductTile.Rows * ProductTile.MaximumRegisters * TSimd.Count];
        for (int i = 0; i < place.Rows; i += ProductTile.Rows, left += layout.Tile)
        {
            int row = place.FirstRow + i;
            if (Symmetric && row + ProductTile.Rows <= place.FirstColumn)
            {
                continue;
            }

            int rows = Math.Min(ProductTile.Rows, place.Rows - i);
            T* tile = Destination + (row * DestinationStride) + place.FirstColumn;
            nint a1 = rows > 1 ? layout.Row : 0;
            nint a2 = rows > 2 ? 2 * layout.Row : 0;
            nint a3 = rows > 3 ? 3 * layout.Row : 0;
            if (rows == ProductTile.Rows && place.Columns == width)
            {
                ProductTile.Run<T, TSimd, TVector, TWidth>(
                    place.Depth, left, a1, a2, a3, layout.Step, panel, tile, DestinationStride, place.Accumulate);
                continue;
            }

            if (place.Accumulate)
            {
                Copy(tile, DestinationStride, buffer, width, rows, place.Columns);
            }

            ProductTile.Run<T, TSimd, TVector, TWidth>(place.Depth, left, a1, a2, a3, layout.Step, panel, buffer, width, place.Accumulate);
            Copy(buffer, width, tile, DestinationStride, rows, place.Columns);
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

    /// <summary>
    /// Copies the block to its place above the diagonal. A diagonal block is its own mirror image; no other block touches either place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Mirror(int firstRow, int rows, int firstColumn, int columns)
    {
        T* destination = Destination;
        nint stride = DestinationStride;
        for (nint i = firstRow; i < firstRow + rows; i++)
        {
            nint end = Math.Min(firstColumn + columns, i);
            for (nint j = firstColumn; j < end; j++)
            {
                destination[(j * stride) + i] = destination[(i * stride) + j];
            }
        }
    }

    /// <summary>Elements from one tile of the left factor to the next, from one row of a tile to the next, and from one k to the
    /// next.</summary>
    private readonly record struct LeftLayout(nint Tile, nint Row, nint Step);

    /// <summary>Where a panel stands in the destination, how deep it is, and whether its tiles continue what is there.</summary>
    private readonly record struct Panel(int FirstRow, int Rows, int FirstColumn, int Columns, int Depth, bool Accumulate);
}
