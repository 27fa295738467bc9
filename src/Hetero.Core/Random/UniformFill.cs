using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Random.Lanes;

namespace Hetero.Core.Random;

/// <summary>Fills memory with the uniform entries of a stream, block by block: simulations of scalar recursions draw them, no step of training does.</summary>
internal static class UniformFill
{
    public static void Fill<T>(in RandomStream stream, long first, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int perBlock = 16 / Unsafe.SizeOf<T>();
        PhiloxKeys<ulong>.Create<WordsScalar>(stream.Seed, out PhiloxKeys<ulong> keys);
        (long block, long offset) = Math.DivRem(first, perBlock);
        Span<T> numbers = stackalloc T[perBlock];
        if (offset > 0)
        {
            FillBlock(in stream, in keys, block++, numbers);
            int taken = Math.Min(perBlock - (int)offset, destination.Length);
            numbers.Slice((int)offset, taken).CopyTo(destination);
            destination = destination[taken..];
        }

        for (; destination.Length >= perBlock; destination = destination[perBlock..])
        {
            FillBlock(in stream, in keys, block++, destination);
        }

        if (!destination.IsEmpty)
        {
            FillBlock(in stream, in keys, block, numbers);
            numbers[..destination.Length].CopyTo(destination);
        }
    }

    private static void FillBlock<T>(in RandomStream stream, in PhiloxKeys<ulong> keys, long block, Span<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ulong x0 = (uint)block, x1 = (uint)(block >> 32), x2 = (uint)stream.Step, x3 = stream.Name;
        PhiloxRounds.Apply<WordsScalar, ulong>(ref x0, ref x1, ref x2, ref x3, in keys);
        uint w0 = (uint)x0, w1 = (uint)x1, w2 = (uint)x2, w3 = (uint)x3;
        if (typeof(T) == typeof(double))
        {
            numbers[1] = T.CreateTruncating(ToDouble(w2, w3));
            numbers[0] = T.CreateTruncating(ToDouble(w0, w1));
            return;
        }

        numbers[3] = T.CreateTruncating(ToSingle(w3));
        numbers[2] = T.CreateTruncating(ToSingle(w2));
        numbers[1] = T.CreateTruncating(ToSingle(w1));
        numbers[0] = T.CreateTruncating(ToSingle(w0));
    }

    /// <summary>The top 53 of 64 bits as a number in [0, 1).</summary>
    public static double ToDouble(uint high, uint low) => ((((ulong)high << 32) | low) >> 11) * (1.0 / (1ul << 53));

    private static float ToSingle(uint word) => (word >> 8) * (1f / (1u << 24));
}
