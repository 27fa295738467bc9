using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Hetero.Core.Numerics;

/// <summary>
/// Brings the next panel of the right factor into the second-level cache while tiles of the present one are computed. Its rows are a few
/// cache lines each and often a page apart, which no hardware prefetcher follows; waiting for them cost a tenth of a large product.
/// </summary>
/// <param name="source">Where the next panel starts; null if there is none.</param>
/// <param name="stride">Elements from one row of the panel to the next.</param>
/// <param name="depth">The rows of the panel.</param>
/// <param name="bytes">The bytes of one of its rows.</param>
internal unsafe ref struct PanelPrefetch<T>(T* source, nint stride, int depth, int bytes)
    where T : unmanaged
{
    private T* _source = source;
    private int _left = depth;

    /// <summary>Gets whether there is a next panel.</summary>
    public readonly bool HasRows => _source != null;

    /// <summary>Asks for the next few rows of the panel, if there are any. A hint: it changes and faults nothing.</summary>
    /// <param name="rows">The number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(int rows)
    {
        if (_source == null || !Sse.IsSupported)
        {
            return;
        }

        for (int end = Math.Max(_left - rows, 0); _left > end; _left--, _source += stride)
        {
            for (int offset = 0; offset < bytes; offset += ProductBlocking.Alignment)
            {
                Sse.Prefetch1((byte*)_source + offset);
            }

            Sse.Prefetch1((byte*)_source + bytes - 1);
        }
    }
}
