using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// A sequence of plane rotations of neighbouring rows, from the last pair up to the first. An element is rotated by the same operations as
/// in <see cref="PlaneRotation"/>. Thread-safe: no state.
/// </summary>
internal static class RotationSweep
{
    /// <summary>Rotates rows i and i + 1 for i = last − 1, …, first, by sine 2·i and half-angle tangent 2·i + 1 of the rotations.</summary>
    public static void Apply<T>(MatrixSpan<T> matrix, int first, int last, ReadOnlySpan<T> rotations)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.InRange(first, 0, last);
        Guard.InRange(last, first, matrix.Rows - 1);
        Guard.MinimumLength(rotations.Length, 2 * last, nameof(rotations));
        if (SimdPath.Is512)
        {
            Apply<T, Simd512<T>, Vector512<T>>(matrix, first, last, rotations);
        }
        else if (SimdPath.Is256)
        {
            Apply<T, Simd256<T>, Vector256<T>>(matrix, first, last, rotations);
        }
        else if (SimdPath.Is128)
        {
            Apply<T, Simd128<T>, Vector128<T>>(matrix, first, last, rotations);
        }
        else
        {
            Apply<T, Scalar<T>, T>(matrix, first, last, rotations);
        }
    }

    // The row that two neighbouring rotations share stays in registers: 4 of it, 4 of the next row, 4 coefficients, 4 temporaries. Four
    // columns of registers are independent chains, enough to cover the latency of the multiply-adds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply<T, TSimd, TVector>(MatrixSpan<T> matrix, int first, int last, ReadOnlySpan<T> rotations)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int width = TSimd.Count;
        nint stride = matrix.RowStride;
        ref T origin = ref MemoryMarshal.GetReference(matrix.Data);
        ref T r = ref MemoryMarshal.GetReference(rotations);
        int column = 0;
        for (; column <= matrix.Columns - (4 * width); column += 4 * width)
        {
            ref T row = ref Unsafe.Add(ref origin, (last * stride) + column);
            TVector y0 = TSimd.Load(ref row);
            TVector y1 = TSimd.Load(ref Unsafe.Add(ref row, width));
            TVector y2 = TSimd.Load(ref Unsafe.Add(ref row, 2 * width));
            TVector y3 = TSimd.Load(ref Unsafe.Add(ref row, 3 * width));
            for (int i = last - 1; i >= first; i--)
            {
                T sine = Unsafe.Add(ref r, 2 * i);
                T halfTangent = Unsafe.Add(ref r, (2 * i) + 1);
                TVector s = TSimd.Create(sine);
                TVector minusS = TSimd.Create(-sine);
                TVector t = TSimd.Create(halfTangent);
                TVector minusT = TSimd.Create(-halfTangent);
                ref T above = ref Unsafe.Subtract(ref row, stride);
                TVector x0 = TSimd.Load(ref above);
                TVector x1 = TSimd.Load(ref Unsafe.Add(ref above, width));
                TVector x2 = TSimd.Load(ref Unsafe.Add(ref above, 2 * width));
                TVector x3 = TSimd.Load(ref Unsafe.Add(ref above, 3 * width));
                TSimd.Store(TSimd.FusedMultiplyAdd(s, TSimd.FusedMultiplyAdd(minusT, y0, x0), y0), ref row);
                TSimd.Store(TSimd.FusedMultiplyAdd(s, TSimd.FusedMultiplyAdd(minusT, y1, x1), y1), ref Unsafe.Add(ref row, width));
                TSimd.Store(TSimd.FusedMultiplyAdd(s, TSimd.FusedMultiplyAdd(minusT, y2, x2), y2), ref Unsafe.Add(ref row, 2 * width));
                TSimd.Store(TSimd.FusedMultiplyAdd(s, TSimd.FusedMultiplyAdd(minusT, y3, x3), y3), ref Unsafe.Add(ref row, 3 * width));
                y0 = TSimd.FusedMultiplyAdd(minusS, TSimd.FusedMultiplyAdd(t, x0, y0), x0);
                y1 = TSimd.FusedMultiplyAdd(minusS, TSimd.FusedMultiplyAdd(t, x1, y1), x1);
                y2 = TSimd.FusedMultiplyAdd(minusS, TSimd.FusedMultiplyAdd(t, x2, y2), x2);
                y3 = TSimd.FusedMultiplyAdd(minusS, TSimd.FusedMultiplyAdd(t, x3, y3), x3);
                row = ref above;
            }

            TSimd.Store(y0, ref row);
            TSimd.Store(y1, ref Unsafe.Add(ref row, width));
            TSimd.Store(y2, ref Unsafe.Add(ref row, 2 * width));
            TSimd.Store(y3, ref Unsafe.Add(ref row, 3 * width));
        }

        for (; column <= matrix.Columns - (2 * width); column += 2 * width)
        {
            ref T row = ref Unsafe.Add(ref origin, (last * stride) + column);
            TVector y0 = TSimd.Load(ref row);
            TVector y1 = TSimd.Load(ref Unsafe.Add(ref row, width));
            for (int i = last - 1; i >= first; i--)
            {
                T sine = Unsafe.Add(ref r, 2 * i);
                T halfTangent = Unsafe.Add(ref r, (2 * i) + 1);
                TVector s = TSimd.Create(sine);
                TVector minusS = TSimd.Create(-sine);
                TVector t = TSimd.Create(halfTangent);
                TVector minusT = TSimd.Create(-halfTangent);
                ref T above = ref Unsafe.Subtract(ref row, stride);
                TVector x0 = TSimd.Load(ref above);
                TVector x1 = TSimd.Load(ref Unsafe.Add(ref above, width));
                TSimd.Store(TSimd.FusedMultiplyAdd(s, TSimd.FusedMultiplyAdd(minusT, y0, x0), y0), ref row);
                TSimd.Store(TSimd.FusedMultiplyAdd(s, TSimd.FusedMultiplyAdd(minusT, y1, x1), y1), ref Unsafe.Add(ref row, width));
                y0 = TSimd.FusedMultiplyAdd(minusS, TSimd.FusedMultiplyAdd(t, x0, y0), x0);
                y1 = TSimd.FusedMultiplyAdd(minusS, TSimd.FusedMultiplyAdd(t, x1, y1), x1);
                row = ref above;
            }

            TSimd.Store(y0, ref row);
            TSimd.Store(y1, ref Unsafe.Add(ref row, width));
        }

        for (; column <= matrix.Columns - width; column += width)
        {
            ref T row = ref Unsafe.Add(ref origin, (last * stride) + column);
            TVector y = TSimd.Load(ref row);
            for (int i = last - 1; i >= first; i--)
            {
                TVector s = TSimd.Create(Unsafe.Add(ref r, 2 * i));
                TVector minusS = TSimd.Create(-Unsafe.Add(ref r, 2 * i));
                TVector t = TSimd.Create(Unsafe.Add(ref r, (2 * i) + 1));
                TVector minusT = TSimd.Create(-Unsafe.Add(ref r, (2 * i) + 1));
                ref T above = ref Unsafe.Subtract(ref row, stride);
                TVector x = TSimd.Load(ref above);
                TSimd.Store(TSimd.FusedMultiplyAdd(s, TSimd.FusedMultiplyAdd(minusT, y, x), y), ref row);
                y = TSimd.FusedMultiplyAdd(minusS, TSimd.FusedMultiplyAdd(t, x, y), x);
                row = ref above;
            }

            TSimd.Store(y, ref row);
        }

        for (; column < matrix.Columns; column++)
        {
            ref T row = ref Unsafe.Add(ref origin, (last * stride) + column);
            T y = row;
            for (int i = last - 1; i >= first; i--)
            {
                T sine = Unsafe.Add(ref r, 2 * i);
                T halfTangent = Unsafe.Add(ref r, (2 * i) + 1);
                ref T above = ref Unsafe.Subtract(ref row, stride);
                T x = above;
                row = T.FusedMultiplyAdd(sine, T.FusedMultiplyAdd(-halfTangent, y, x), y);
                y = T.FusedMultiplyAdd(-sine, T.FusedMultiplyAdd(halfTangent, x, y), x);
                row = ref above;
            }

            row = y;
        }
    }
}
