using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>Heap sort of indices: allocates nothing, and equal keys keep their order on any runtime. Thread-safe: no state.</summary>
internal static class DescendingOrder
{
    /// <summary>Fills <paramref name="order"/> with 0, 1, … such that the keys descend; equal keys in ascending order of index.</summary>
    public static void Of<T>(ReadOnlySpan<T> keys, Span<int> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = keys.Length;
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }

        for (int root = (n / 2) - 1; root >= 0; root--)
        {
            Sink(keys, order[..n], root);
        }

        for (int end = n - 1; end > 0; end--)
        {
            (order[0], order[end]) = (order[end], order[0]);
            Sink(keys, order[..end], 0);
        }
    }

    private static void Sink<T>(ReadOnlySpan<T> keys, Span<int> heap, int root)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        while (true)
        {
            int child = (2 * root) + 1;
            if (child >= heap.Length)
            {
                return;
            }

            child += child + 1 < heap.Length && ComesLater(keys, heap[child + 1], heap[child]) ? 1 : 0;
            if (!ComesLater(keys, heap[child], heap[root]))
            {
                return;
            }

            (heap[root], heap[child]) = (heap[child], heap[root]);
            root = child;
        }
    }

    private static bool ComesLater<T>(ReadOnlySpan<T> keys, int a, int b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => keys[a] < keys[b] || (keys[a] == keys[b] && a > b);
}
