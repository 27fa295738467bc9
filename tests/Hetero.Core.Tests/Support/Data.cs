using System.Numerics;
using System.Runtime.InteropServices;

namespace Hetero.Core.Tests.Support;

/// <summary>Deterministic inputs and comparisons of bits.</summary>
internal static class Data
{
    /// <summary>Uniform numbers in (−1, 1).</summary>
    public static T[] Uniform<T>(int length, int seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        System.Random random = new(seed);
        T[] data = new T[length];
        for (int i = 0; i < length; i++)
        {
            data[i] = T.CreateTruncating((2 * random.NextDouble()) - 1);
        }

        return data;
    }

    /// <summary>The distance from 1 to the next larger number.</summary>
    public static T Epsilon<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => T.BitIncrement(T.One) - T.One;

    public static bool SameBits<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged
        => MemoryMarshal.AsBytes(x).SequenceEqual(MemoryMarshal.AsBytes(y));

    public static bool SameBits<T>(T x, T y)
        where T : unmanaged
        => SameBits(new ReadOnlySpan<T>(in x), new ReadOnlySpan<T>(in y));
}
