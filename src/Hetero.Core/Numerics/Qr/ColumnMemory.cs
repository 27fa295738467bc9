using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// Scratch for columns that are stored as rows. Every column starts at a cache line, or each register of it that is read would be two lines; and columns whose padded length is a multiple of
/// 4 KiB lie further apart than that, or the eight that a product reads and writes at once would share the few places of one set of the first-level cache. Thread-safe: no state.
/// </summary>
internal static class ColumnMemory
{
    /// <summary>The lines between two columns.</summary>
    private const int SpareLines = 2;

    /// <summary>Gets the elements that <see cref="Take"/> takes at most.</summary>
    /// <param name="columns">The number of columns.</param>
    /// <param name="rows">Their length.</param>
    public static Int128 GetLength<T>(Int128 columns, Int128 rows)
        where T : unmanaged
        => Line<T>() + (columns * (rows + ReflectionPanel.Granule<T>() + (SpareLines * Line<T>())));

    /// <summary>Takes columns as rows of <see cref="BlockedQr.PaddedLength"/> elements off the start of scratch; their entries have no particular values.</summary>
    /// <param name="scratch">The scratch.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="rows">Their length.</param>
    /// <remarks>Scratch that the runtime moves afterwards is as good, but slower.</remarks>
    public static MatrixSpan<T> Take<T>(scoped ref Span<T> scratch, int columns, int rows)
        where T : unmanaged
    {
        int length = BlockedQr.PaddedLength<T>(rows), stride = length + (SpareLines * Line<T>());
        scratch = ScratchParts.FromLine(scratch);
        return new(ScratchParts.Take(ref scratch, columns * stride), columns, length, stride);
    }

    /// <summary>Gets the elements of a cache line.</summary>
    public static int Line<T>()
        where T : unmanaged
        => AlignedArray<T>.LineBytes / Unsafe.SizeOf<T>();
}
