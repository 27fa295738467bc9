using System.Numerics;
using System.Runtime.InteropServices;

namespace Hetero.Experiments.Arrays;

/// <summary>The bytes of numbers as they are in memory, piece by piece: those of all may be more than a span can have.</summary>
/// <param name="numbers">The numbers.</param>
internal ref struct ByteChunks<T>(ReadOnlySpan<T> numbers)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Most = 1 << 24;

    private ReadOnlySpan<T> _rest = numbers;

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly ByteChunks<T> GetEnumerator() => this;

    public bool MoveNext()
    {
        bool hasMore = !_rest.IsEmpty;
        int length = Math.Min(_rest.Length, Most);
        Current = MemoryMarshal.AsBytes(_rest[..length]);
        _rest = _rest[length..];
        return hasMore;
    }
}
