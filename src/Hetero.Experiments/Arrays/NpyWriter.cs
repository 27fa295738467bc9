using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hetero.Core;

namespace Hetero.Experiments.Arrays;

/// <summary>
/// Writes a NumPy <c>.npy</c> array piece by piece: version 1.0, little-endian, the last index fastest. Nothing is kept, so that arrays larger than memory can be written.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NpyWriter<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Stream _stream;
    private readonly long _count;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="shape">The sizes, 0 or more, the outermost first; none is a single number.</param>
    /// <exception cref="ArgumentException">There are more than 64 sizes, one is negative, or the product of those that are not 0 is 2⁶⁰ or more.</exception>
    public NpyWriter(Stream stream, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (_stream, _count) = (stream, CountOf(shape));
        stream.Write(NpyHeader.Write(Unsafe.SizeOf<T>(), shape));
    }

    /// <summary>Gets how many numbers have been written.</summary>
    public long Written { get; private set; }

    /// <summary>Writes the whole of an array.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="numbers">The numbers, the last index fastest.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="ArgumentException">The numbers are more or fewer than the sizes say, or a size is not accepted; nothing has been written then.</exception>
    public static void Write(Stream stream, ReadOnlySpan<T> numbers, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Guard.Length(numbers.Length, CountOf(shape), nameof(numbers));
        NpyWriter<T> writer = new(stream, shape);
        writer.Append(numbers);
    }

    /// <summary>Returns how many numbers a shape has, if it is one that is read again.</summary>
    internal static long CountOf(ReadOnlySpan<long> shape)
    {
        if (shape.Length > NpyHeader.MostDimensions)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(shape)}' has {shape.Length} sizes; accepted are at most {NpyHeader.MostDimensions}."), nameof(shape));
        }

        Int128 count = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            Guard.AtLeast(shape[i], 0, FormattableString.Invariant($"shape[{i}]"));

            // A size of 0 does not mend the others, for a reader either.
            count *= Math.Max(1, shape[i]);
            if (count > long.MaxValue / sizeof(double))
            {
                throw new ArgumentException("'shape' has 2^60 numbers or more; accepted are sizes with a smaller product.", nameof(shape));
            }
        }

        return shape.Contains(0) ? 0 : (long)count;
    }

    /// <summary>Writes the next numbers.</summary>
    /// <param name="numbers">The numbers, the last index fastest.</param>
    /// <exception cref="ArgumentException">They are more than the shape has room for.</exception>
    public void Append(ReadOnlySpan<T> numbers)
    {
        if (numbers.Length > _count - Written)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(numbers)}' has {numbers.Length} elements; accepted are at most {_count - Written}, those that the shape has left."), nameof(numbers));
        }

        WriteNumbers(_stream, numbers);
        Written += numbers.Length;
    }

    /// <summary>Checks that the array is whole.</summary>
    /// <exception cref="InvalidOperationException">Numbers are missing.</exception>
    public void Finish()
    {
        if (Written != _count)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"{Written} numbers were written; accepted are {_count}, as the shape says."));
        }
    }

    /// <summary>The bytes of numbers as the file has them.</summary>
    internal static void WriteNumbers(Stream stream, ReadOnlySpan<T> numbers)
    {
        if (BitConverter.IsLittleEndian)
        {
            foreach (ReadOnlySpan<byte> bytes in new ByteChunks<T>(numbers))
            {
                stream.Write(bytes);
            }
        }
        else
        {
            Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<T>()];
            foreach (T number in numbers)
            {
                MemoryMarshal.Write(bytes, number);
                bytes.Reverse();
                stream.Write(bytes);
            }
        }
    }
}
