using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>Heap sort: allocates nothing, and depends on no runtime. Thread-safe: no state.</summary>
internal static class AscendingSort
{
    /// <summary>Sorts finite values, ascending. Zeros lose their sign, which no order tells apart.</summary>
    public static void Run<T>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += T.Zero;
        }

        for (int root = (values.Length / 2) - 1; root >= 0; root--)
        {
            Sink(values, root);
        }

        for (int end = values.Length - 1; end > 0; end--)
        {
            (values[0], values[end]) = (values[end], values[0]);
            Sink(values[..end], 0);
        }
    }

    private static void Sink<T>(Span<T> heap, int root)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T value = heap[root];
        while (true)
        {
            int child = (2 * root) + 1;
            if (child >= heap.Length)
            {
                break;
            }

            child += child + 1 < heap.Length && heap[child + 1] > heap[child] ? 1 : 0;
            if (heap[child] <= value)
            {
                break;
            }

            heap[root] = heap[child];
            root = child;
        }

        heap[root] = value;
    }
}
