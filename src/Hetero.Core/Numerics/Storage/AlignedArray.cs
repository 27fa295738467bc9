using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// Elements that start at a cache line and stay there: an array on the pinned heap with an offset. Managed arrays start 16 bytes after a line, so that
/// every access of 64 bytes would touch two lines; for a store that costs several times as much.
/// </summary>
/// <remarks>Values change nothing but speed. Thread-safe as far as its elements are.</remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class AlignedArray<T>
    where T : unmanaged
{
    /// <summary>The bytes of a cache line.</summary>
    public const int LineBytes = 64;

    private readonly T[] _array;
    private readonly int _start;

    /// <summary>Allocates elements with no particular values.</summary>
    /// <param name="length">The number of elements, 0 or more.</param>
    public AlignedArray(int length)
    {
        int spare = LineBytes / Unsafe.SizeOf<T>();
        _array = length == 0 ? [] : GC.AllocateUninitializedArray<T>(checked(length + spare), pinned: true);
        nuint address = length == 0 ? 0 : (nuint)Unsafe.AsPointer(ref _array[0]);
        _start = (int)((LineBytes - (address % LineBytes)) % LineBytes / (nuint)Unsafe.SizeOf<T>());
        Length = length;
    }

    /// <summary>Gets the number of elements.</summary>
    public int Length { get; }

    /// <summary>Gets the elements.</summary>
    public Span<T> Span => _array.AsSpan(_start, Length);
}
