using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Random;

/// <summary>Fills memory with the uniform entries of a stream. Block by block: no hot loop of the library draws uniforms.</summary>
internal static class UniformFill
{
    public static void Fill<T>(in RandomStream stream, long first, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int perBlock = 16 / Unsafe.SizeOf<T>();
        Span<T> numbers = stackalloc T[perBlock];
        (long block, long offset) = Math.DivRem(first, perBlock);
        while (!destination.IsEmpty)
        {
            (uint w0, uint w1, uint w2, uint w3) = stream.Block((ulong)block++);
            if (typeof(T) == typeof(double))
            {
                numbers[0] = T.CreateTruncating(ToDouble(w0, w1));
                numbers[1] = T.CreateTruncating(ToDouble(w2, w3));
            }
            else
            {
                numbers[0] = T.CreateTruncating(ToSingle(w0));
                numbers[1] = T.CreateTruncating(ToSingle(w1));
                numbers[2] = T.CreateTruncating(ToSingle(w2));
                numbers[3] = T.CreateTruncating(ToSingle(w3));
            }

            int taken = Math.Min(perBlock - (int)offset, destination.Length);
            numbers.Slice((int)offset, taken).CopyTo(destination);
            destination = destination[taken..];
            offset = 0;
        }
    }

    /// <summary>The top 53 of 64 bits as a number in [0, 1).</summary>
    public static double ToDouble(uint high, uint low) => ((((ulong)high << 32) | low) >> 11) * (1.0 / (1ul << 53));

    private static float ToSingle(uint word) => (word >> 8) * (1f / (1u << 24));
}
