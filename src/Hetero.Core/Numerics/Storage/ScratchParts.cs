using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>Takes parts of scratch memory, one after the other. Thread-safe: no state.</summary>
internal static class ScratchParts
{
    /// <summary>Takes a matrix off the start of scratch; its entries have no particular values.</summary>
    public static MatrixSpan<T> Take<T>(scoped ref Span<T> scratch, int rows, int columns)
        where T : unmanaged
        => new(Take(ref scratch, rows * columns), rows, columns);

    /// <summary>Takes elements off the start of scratch.</summary>
    public static Span<T> Take<T>(scoped ref Span<T> scratch, int length)
        where T : unmanaged
    {
        Span<T> taken = scratch[..length];
        scratch = scratch[length..];
        return taken;
    }

    /// <summary>Takes elements off the start of scratch, and those to the next whole register of 64 bytes.</summary>
    public static Span<T> TakeLine<T>(scoped ref Span<T> scratch, int length)
        where T : unmanaged
        => Take(ref scratch, LinePath.Padded<T>(length))[..length];

    /// <summary>
    /// Leaves out what stands before the first cache line: of up to <see cref="LinePath.Count{T}"/> elements. An array of the collector's may move, which changes the speed alone.
    /// </summary>
    public static unsafe Span<T> FromLine<T>(Span<T> scratch)
        where T : unmanaged
    {
        nuint before = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(scratch)) % AlignedArray<T>.LineBytes;
        return scratch[(before == 0 ? 0 : (int)((AlignedArray<T>.LineBytes - before) / (nuint)sizeof(T)))..];
    }
}
