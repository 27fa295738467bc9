using System.Buffers;

namespace Hetero.Core.Numerics;

/// <summary>Scratch of the shared pool for the length of a call, for those who bring none. Not thread-safe; dispose of it once.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly ref struct RentedScratch<T>
    where T : unmanaged
{
    private readonly T[] _array;

    /// <summary>Rents elements with no particular values.</summary>
    /// <param name="length">The number of elements.</param>
    public RentedScratch(int length)
    {
        _array = ArrayPool<T>.Shared.Rent(length);
        Span = _array.AsSpan(0, length);
    }

    /// <summary>Gets the elements.</summary>
    public Span<T> Span { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<T>.Shared.Return(_array);
}
