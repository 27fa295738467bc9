using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>y ← y + Σ_r c_r·row_r for a few rows, each read once. Every entry is one multiply-add chain over r. Thread-safe: no state.</summary>
internal static class RowCombination
{
    /// <summary>Adds a combination of rows.</summary>
    /// <param name="coefficients">The coefficients c_r.</param>
    /// <param name="rows">The rows, <paramref name="stride"/> elements apart.</param>
    /// <param name="stride">The distance between the starts of two rows.</param>
    /// <param name="destination">y; its length is the part of each row that counts.</param>
    /// <param name="ahead">
    /// As many rows that will be read next, or none: they are brought into the second-level cache meanwhile. The rows themselves come from there, so
    /// without it memory would be idle.
    /// </param>
    public static void Add<T>(ReadOnlySpan<T> coefficients, ReadOnlySpan<T> rows, int stride, Span<T> destination, ReadOnlySpan<T> ahead = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (coefficients.IsEmpty)
        {
            return;
        }

        Guard.MinimumLength(stride, destination.Length, nameof(stride));
        Guard.MinimumLength(rows.Length, ((coefficients.Length - 1) * stride) + destination.Length, nameof(rows));
        Guard.NoOverlap(rows, destination, nameof(rows), nameof(destination));
        if (SimdPath.Is512)
        {
            Add<T, Simd512<T>, Vector512<T>>(coefficients, rows, stride, destination, ahead);
        }
        else if (SimdPath.Is256)
        {
            Add<T, Simd256<T>, Vector256<T>>(coefficients, rows, stride, destination, ahead);
        }
        else if (SimdPath.Is128)
        {
            Add<T, Simd128<T>, Vector128<T>>(coefficients, rows, stride, destination, ahead);
        }
        else
        {
            Add<T, Scalar<T>, T>(coefficients, rows, stride, destination, ahead);
        }
    }

    // Four registers of y stay in place while the rows pass by: 4 + 1 coefficient + 1 row element, and four independent chains to cover
    // the multiply-add's latency.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add<T, TSimd, TVector>(ReadOnlySpan<T> coefficients, ReadOnlySpan<T> rows, int stride, Span<T> destination, ReadOnlySpan<T> ahead = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        ref T y = ref MemoryMarshal.GetReference(destination);
        ref T x = ref MemoryMarshal.GetReference(rows);
        ref T c = ref MemoryMarshal.GetReference(coefficients);
        int width = TSimd.Count;
        int rowsAhead = Sse.IsSupported ? ahead.Length / Math.Max(stride, 1) : 0;
        nint distance = (nint)Unsafe.ByteOffset(ref x, ref MemoryMarshal.GetReference(ahead));
        int i = 0;
        for (; i <= destination.Length - (4 * width); i += 4 * width)
        {
            ref T target = ref Unsafe.Add(ref y, i);
            TVector y0 = TSimd.Load(ref target);
            TVector y1 = TSimd.Load(ref Unsafe.Add(ref target, width));
            TVector y2 = TSimd.Load(ref Unsafe.Add(ref target, 2 * width));
            TVector y3 = TSimd.Load(ref Unsafe.Add(ref target, 3 * width));
            for (int r = 0; r < coefficients.Length; r++)
            {
                ref T row = ref Unsafe.Add(ref x, ((nint)r * stride) + i);
                if (r < rowsAhead)
                {
                    Fetch(ref row, distance, 4 * width);
                }

                TVector coefficient = TSimd.Create(Unsafe.Add(ref c, r));
                y0 = TSimd.FusedMultiplyAdd(coefficient, TSimd.Load(ref row), y0);
                y1 = TSimd.FusedMultiplyAdd(coefficient, TSimd.Load(ref Unsafe.Add(ref row, width)), y1);
                y2 = TSimd.FusedMultiplyAdd(coefficient, TSimd.Load(ref Unsafe.Add(ref row, 2 * width)), y2);
                y3 = TSimd.FusedMultiplyAdd(coefficient, TSimd.Load(ref Unsafe.Add(ref row, 3 * width)), y3);
            }

            TSimd.Store(y0, ref target);
            TSimd.Store(y1, ref Unsafe.Add(ref target, width));
            TSimd.Store(y2, ref Unsafe.Add(ref target, 2 * width));
            TSimd.Store(y3, ref Unsafe.Add(ref target, 3 * width));
        }

        for (; i <= destination.Length - width; i += width)
        {
            ref T target = ref Unsafe.Add(ref y, i);
            TVector y0 = TSimd.Load(ref target);
            for (int r = 0; r < coefficients.Length; r++)
            {
                y0 = TSimd.FusedMultiplyAdd(TSimd.Create(Unsafe.Add(ref c, r)), TSimd.Load(ref Unsafe.Add(ref x, ((nint)r * stride) + i)), y0);
            }

            TSimd.Store(y0, ref target);
        }

        for (; i < destination.Length; i++)
        {
            T sum = Unsafe.Add(ref y, i);
            for (int r = 0; r < coefficients.Length; r++)
            {
                sum = T.FusedMultiplyAdd(Unsafe.Add(ref c, r), Unsafe.Add(ref x, ((nint)r * stride) + i), sum);
            }

            Unsafe.Add(ref y, i) = sum;
        }
    }

    /// <summary>Asks for the cache lines at a distance from some elements. A hint: it changes and faults nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Fetch<T>(ref T row, nint distance, int length)
        where T : unmanaged
    {
        byte* start = (byte*)Unsafe.AsPointer(ref row) + distance;
        for (int offset = 0; offset < length * sizeof(T); offset += 64)
        {
            Sse.Prefetch1(start + offset);
        }
    }
}
