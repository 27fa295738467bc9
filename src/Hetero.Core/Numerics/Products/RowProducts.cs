using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>c_r ← row_r·x for a few rows: the bits of <see cref="Reductions.Dot{T}(ReadOnlySpan{T}, ReadOnlySpan{T})"/>. Thread-safe: no state.</summary>
internal static unsafe class RowProducts
{
    /// <summary>The rows that go best together.</summary>
    public const int Rows = 6;

    /// <summary>Computes the products of rows with one vector.</summary>
    /// <param name="rows">The rows, <paramref name="stride"/> elements apart.</param>
    /// <param name="stride">The distance between the starts of two rows.</param>
    /// <param name="x">The vector; its length is the part of each row that counts.</param>
    /// <param name="destination">Receives one product for each row.</param>
    public static void Compute<T>(ReadOnlySpan<T> rows, int stride, ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (destination.IsEmpty)
        {
            return;
        }

        Guard.MinimumLength(stride, x.Length, nameof(stride));
        Guard.MinimumLength(rows.Length, ((destination.Length - 1) * stride) + x.Length, nameof(rows));
        int row = 0;
        if (SimdPath.Is512 && x.Length <= DotKernel.BlockLength)
        {
            for (; row + Rows <= destination.Length; row += Rows)
            {
                Six(rows[(row * stride)..], stride, x, destination[row..]);
            }
        }

        for (; row < destination.Length; row++)
        {
            destination[row] = Reductions.Dot(rows.Slice(row * stride, x.Length), x);
        }
    }

    /// <summary>Six rows side by side, of one block at most, with the order of operations of <see cref="DotKernel"/>.</summary>
    /// <remarks>
    /// Register budget: 6×4 accumulators and one register of x: 25 of 32. A row alone leaves the memory idle while its lanes are added up, and has one
    /// stream in flight; six keep it busy, and read x once instead of six times.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    internal static void Six<T>(ReadOnlySpan<T> rows, int stride, ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = DotKernel.LaneBytes / sizeof(T);
        int width = lanes / 4;
        T* sums = stackalloc T[Rows * lanes];
        nint length = x.Length;
        nint whole = length - (length % lanes);
        fixed (T* r0 = rows, xs = x)
        {
            nint step = stride;
            T* r1 = r0 + step;
            T* r2 = r1 + step;
            T* r3 = r2 + step;
            T* r4 = r3 + step;
            T* r5 = r4 + step;
            Vector512<T> s00 = Vector512<T>.Zero, s01 = Vector512<T>.Zero, s02 = Vector512<T>.Zero, s03 = Vector512<T>.Zero;
            Vector512<T> s10 = Vector512<T>.Zero, s11 = Vector512<T>.Zero, s12 = Vector512<T>.Zero, s13 = Vector512<T>.Zero;
            Vector512<T> s20 = Vector512<T>.Zero, s21 = Vector512<T>.Zero, s22 = Vector512<T>.Zero, s23 = Vector512<T>.Zero;
            Vector512<T> s30 = Vector512<T>.Zero, s31 = Vector512<T>.Zero, s32 = Vector512<T>.Zero, s33 = Vector512<T>.Zero;
            Vector512<T> s40 = Vector512<T>.Zero, s41 = Vector512<T>.Zero, s42 = Vector512<T>.Zero, s43 = Vector512<T>.Zero;
            Vector512<T> s50 = Vector512<T>.Zero, s51 = Vector512<T>.Zero, s52 = Vector512<T>.Zero, s53 = Vector512<T>.Zero;
            for (nint i = 0; i < whole; i += lanes)
            {
                nint at = i;
                Vector512<T> y = Vector512.Load(xs + at);
                s00 = MultiplyAdd(r0 + at, y, s00);
                s10 = MultiplyAdd(r1 + at, y, s10);
                s20 = MultiplyAdd(r2 + at, y, s20);
                s30 = MultiplyAdd(r3 + at, y, s30);
                s40 = MultiplyAdd(r4 + at, y, s40);
                s50 = MultiplyAdd(r5 + at, y, s50);

                at += width;
                y = Vector512.Load(xs + at);
                s01 = MultiplyAdd(r0 + at, y, s01);
                s11 = MultiplyAdd(r1 + at, y, s11);
                s21 = MultiplyAdd(r2 + at, y, s21);
                s31 = MultiplyAdd(r3 + at, y, s31);
                s41 = MultiplyAdd(r4 + at, y, s41);
                s51 = MultiplyAdd(r5 + at, y, s51);

                at += width;
                y = Vector512.Load(xs + at);
                s02 = MultiplyAdd(r0 + at, y, s02);
                s12 = MultiplyAdd(r1 + at, y, s12);
                s22 = MultiplyAdd(r2 + at, y, s22);
                s32 = MultiplyAdd(r3 + at, y, s32);
                s42 = MultiplyAdd(r4 + at, y, s42);
                s52 = MultiplyAdd(r5 + at, y, s52);

                at += width;
                y = Vector512.Load(xs + at);
                s03 = MultiplyAdd(r0 + at, y, s03);
                s13 = MultiplyAdd(r1 + at, y, s13);
                s23 = MultiplyAdd(r2 + at, y, s23);
                s33 = MultiplyAdd(r3 + at, y, s33);
                s43 = MultiplyAdd(r4 + at, y, s43);
                s53 = MultiplyAdd(r5 + at, y, s53);
            }

            if (whole == length)
            {
                // The lanes are added up as Finish does it, without a way through memory.
                destination[0] = AddLanes<T>(s00, s01, s02, s03);
                destination[1] = AddLanes<T>(s10, s11, s12, s13);
                destination[2] = AddLanes<T>(s20, s21, s22, s23);
                destination[3] = AddLanes<T>(s30, s31, s32, s33);
                destination[4] = AddLanes<T>(s40, s41, s42, s43);
                destination[5] = AddLanes<T>(s50, s51, s52, s53);
                return;
            }

            T* d = sums;
            s00.Store(d);
            s01.Store(d + width);
            s02.Store(d + (2 * width));
            s03.Store(d + (3 * width));
            d += lanes;
            s10.Store(d);
            s11.Store(d + width);
            s12.Store(d + (2 * width));
            s13.Store(d + (3 * width));
            d += lanes;
            s20.Store(d);
            s21.Store(d + width);
            s22.Store(d + (2 * width));
            s23.Store(d + (3 * width));
            d += lanes;
            s30.Store(d);
            s31.Store(d + width);
            s32.Store(d + (2 * width));
            s33.Store(d + (3 * width));
            d += lanes;
            s40.Store(d);
            s41.Store(d + width);
            s42.Store(d + (2 * width));
            s43.Store(d + (3 * width));
            d += lanes;
            s50.Store(d);
            s51.Store(d + width);
            s52.Store(d + (2 * width));
            s53.Store(d + (3 * width));
            for (int row = 0; row < Rows; row++)
            {
                destination[row] = DotKernel.Finish<T, Simd512<T>, Vector512<T>>(r0 + (row * step), xs, whole, length, sums + (row * lanes));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AddLanes<T>(Vector512<T> s0, Vector512<T> s1, Vector512<T> s2, Vector512<T> s3)
        where T : unmanaged
        => Simd512<T>.AddHalves((s0 + s2) + (s1 + s3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> MultiplyAdd<T>(T* row, Vector512<T> y, Vector512<T> sum)
        where T : unmanaged
        => Simd512<T>.FusedMultiplyAdd(Vector512.Load(row), y, sum);
}
