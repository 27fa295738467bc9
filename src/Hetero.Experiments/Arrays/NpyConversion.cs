using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hetero.Experiments.Arrays;

/// <summary>Numbers as they stand in a file, into numbers of this machine and of the precision wanted, a chunk at a time.</summary>
internal static class NpyConversion
{
    /// <summary>Whether the bytes of a file are the numbers, so that they can be used where they are.</summary>
    public static bool IsNone<T>(NpyHeader header)
        => header.ElementSize == Unsafe.SizeOf<T>() && header.IsBigEndian != BitConverter.IsLittleEndian && (!header.IsFortranOrder || header.Shape.Count(size => size != 1) < 2);

    /// <summary>Converts numbers in the order in which they stand.</summary>
    /// <param name="header">How they stand.</param>
    /// <param name="bytes">The bytes; overwritten.</param>
    /// <param name="destination">Receives the numbers.</param>
    /// <returns>The place of the first number that has left the range of the precision, −1 if there is none.</returns>
    public static int Convert<T>(NpyHeader header, Span<byte> bytes, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (header.IsBigEndian == BitConverter.IsLittleEndian)
        {
            Reverse(header.ElementSize, bytes);
        }

        if (header.ElementSize == Unsafe.SizeOf<T>())
        {
            MemoryMarshal.Cast<byte, T>(bytes).CopyTo(destination);
            return -1;
        }

        if (header.ElementSize == sizeof(float))
        {
            TensorPrimitives.ConvertTruncating<float, T>(MemoryMarshal.Cast<byte, float>(bytes), destination);
            return -1;
        }

        ReadOnlySpan<double> wide = MemoryMarshal.Cast<byte, double>(bytes);
        TensorPrimitives.ConvertTruncating<double, T>(wide, destination);
        for (int i = 0; i < wide.Length; i++)
        {
            if (T.IsInfinity(destination[i]) && double.IsFinite(wide[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Reverse(int elementSize, Span<byte> bytes)
    {
        if (elementSize == sizeof(float))
        {
            Span<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else
        {
            Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }
}
