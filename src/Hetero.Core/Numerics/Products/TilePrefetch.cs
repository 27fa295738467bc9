using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Hetero.Core.Numerics;

/// <summary>
/// Brings the place of the next tile into the first-level cache while the present one is computed: in a destination beyond the caches its rows are often a page apart, which no hardware
/// prefetcher follows, and of few steps along k a fifth of the time was the wait for them.
/// </summary>
internal static unsafe class TilePrefetch
{
    /// <summary>Destinations of fewer bytes are in a cache near enough.</summary>
    private const int LeastBytes = 1024 * 1024;

    /// <summary>Says whether a destination is so large that it pays.</summary>
    public static bool Pays<T>(int rows, int columns)
        where T : unmanaged
        => Sse.IsSupported && (long)rows * columns * sizeof(T) >= LeastBytes;

    /// <summary>Asks for a tile's lines. A hint: it changes and faults nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows<T>(T* tile, nint stride, int rows, int columns)
        where T : unmanaged
    {
        for (; rows > 0; rows--, tile += stride)
        {
            for (int offset = 0; offset < columns * sizeof(T); offset += ProductBlocking.Alignment)
            {
                Sse.Prefetch0((byte*)tile + offset);
            }

            Sse.Prefetch0(tile + columns - 1);
        }
    }
}
