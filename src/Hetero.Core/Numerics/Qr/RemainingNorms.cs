using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The norms of what is left of columns once a row is taken off, from those before: ‖a‖·√(1 − (r/‖a‖)²) (Drmač, Bujanović, ACM TOMS 35, 2008). Thread-safe: no state.
/// </summary>
internal static class RemainingNorms
{
    /// <summary>The columns whose results are looked at together.</summary>
    private const int Chunk = 128;

    /// <summary>Shortens norms.</summary>
    /// <param name="row">The entries of the row that is taken off.</param>
    /// <param name="remaining">The norms; those of which too much has cancelled stay what they are.</param>
    /// <param name="reference">What the norms were when they were last added up; receives −1 where so much has cancelled since that less than √ε of the square is left.</param>
    public static void Shorten<T>(ReadOnlySpan<T> row, Span<T> remaining, Span<T> reference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SimdPath.Is512)
        {
            Shorten<T, Simd512<T>, Vector512<T>>(row, remaining, reference);
        }
        else if (SimdPath.Is256)
        {
            Shorten<T, Simd256<T>, Vector256<T>>(row, remaining, reference);
        }
        else if (SimdPath.Is128)
        {
            Shorten<T, Simd128<T>, Vector128<T>>(row, remaining, reference);
        }
        else
        {
            Shorten<T, Scalar<T>, T>(row, remaining, reference);
        }
    }

    /// <summary>Shortens norms on one path.</summary>
    [SkipLocalsInit]
    internal static void Shorten<T, TSimd, TVector>(ReadOnlySpan<T> row, Span<T> remaining, Span<T> reference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        T loss = T.Sqrt(T.BitIncrement(T.One) - T.One);
        Span<T> left = stackalloc T[Chunk], shorter = stackalloc T[Chunk], rest = stackalloc T[3 * TSimd.Count];
        for (int start = 0; start < row.Length; start += Chunk)
        {
            int length = Math.Min(Chunk, row.Length - start), whole = length - (length % TSimd.Count), count = length - whole;
            for (int j = start; j < start + whole; j += TSimd.Count)
            {
                Shorten<T, TSimd, TVector>(in row[j], in remaining[j], in reference[j], ref left[j - start], ref shorter[j - start]);
            }

            if (count > 0)
            {
                // Of columns that do not fill a register, those that are missing are 1.
                rest.Fill(T.One);
                row.Slice(start + whole, count).CopyTo(rest);
                remaining.Slice(start + whole, count).CopyTo(rest[TSimd.Count..]);
                reference.Slice(start + whole, count).CopyTo(rest[(2 * TSimd.Count)..]);
                Shorten<T, TSimd, TVector>(in rest[0], in rest[TSimd.Count], in rest[2 * TSimd.Count], ref left[whole], ref shorter[whole]);
            }

            // Columns of zeros have no number there.
            if (TensorPrimitives.Min<T>(left[..length]) > loss)
            {
                shorter[..length].CopyTo(remaining[start..]);
                continue;
            }

            for (int j = 0; j < length; j++)
            {
                if (left[j] > loss)
                {
                    remaining[start + j] = shorter[j];
                }
                else if (!T.IsZero(remaining[start + j]))
                {
                    reference[start + j] = T.NegativeOne;
                }
            }
        }
    }

    /// <summary>What is left of the square, of that of the reference; and the norm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Shorten<T, TSimd, TVector>(ref readonly T row, ref readonly T remaining, ref readonly T reference, ref T left, ref T shorter)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        TVector norm = TSimd.Load(in remaining), share = TSimd.Divide(TSimd.Load(in row), norm), ratio = TSimd.Divide(norm, TSimd.Load(in reference));
        TVector square = TSimd.FusedMultiplyAdd(TSimd.Subtract(TSimd.Zero, share), share, TSimd.Create(T.One));
        TSimd.Store(TSimd.Multiply(TSimd.Multiply(square, ratio), ratio), ref left);
        TSimd.Store(TSimd.Multiply(norm, TSimd.Sqrt(square)), ref shorter);
    }
}
