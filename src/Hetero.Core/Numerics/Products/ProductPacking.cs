using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>Copies blocks of the factors into the order in which the tiles read them. Pure copying: no arithmetic.</summary>
internal static unsafe class ProductPacking
{
    /// <summary>Packs one panel of the right factor: for every k, <paramref name="width"/> elements, zero past the last column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel<T, TSimd, TVector>(
        T* source, nint rowStride, nint columnStride, int depth, int columns, int width, T* destination)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        if (columns < width)
        {
            // From the register that the last column is in; what is in front of it is written by the copy.
            int start = columns / TSimd.Count * TSimd.Count;
            for (nint k = 0; k < depth; k++)
            {
                for (nint j = start; j < width; j += TSimd.Count)
                {
                    TSimd.Store(TSimd.Zero, ref destination[(k * width) + j]);
                }
            }
        }

        if (columnStride == 1)
        {
            for (nint k = 0; k < depth; k++)
            {
                T* from = source + (k * rowStride);
                T* to = destination + (k * width);
                nint j = 0;
                for (; j + TSimd.Count <= columns; j += TSimd.Count)
                {
                    TSimd.Store(TSimd.Load(ref from[j]), ref to[j]);
                }

                for (; j < columns; j++)
                {
                    to[j] = from[j];
                }
            }
        }
        else
        {
            Lines<T, TSimd, TVector>(source, columnStride, rowStride, columns, depth, destination, width);
        }
    }

    /// <summary>Packs rows of the left factor in groups: for every k, the group's elements, adjacent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows<T, TSimd, TVector>(T* source, nint rowStride, nint columnStride, int rows, int depth, int group, T* destination)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        for (int i = 0; i < rows; i += group)
        {
            int lines = Math.Min(group, rows - i);
            T* from = source + (i * rowStride);
            T* to = destination + ((nint)i * depth);
            if (rowStride == 1 && lines == 8)
            {
                for (nint k = 0; k < depth; k++)
                {
                    CopyEight(from + (k * columnStride), to + (k * 8));
                }
            }
            else
            {
                Lines<T, TSimd, TVector>(from, rowStride, columnStride, lines, depth, to, group);
            }
        }
    }

    /// <summary>Writes line l's element k to k·stride + l: a transposition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lines<T, TSimd, TVector>(T* source, nint lineStride, nint step, int lines, int length, T* destination, nint stride)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int line = 0;
        if (step == 1)
        {
            if (TSimd.Count == SixteenLineTransposition.Lines && length >= TSimd.Count)
            {
                for (; line + TSimd.Count <= lines; line += TSimd.Count)
                {
                    SixteenLineTransposition.Run<T, TSimd, TVector>(source + (line * lineStride), lineStride, length, destination + line, stride);
                }
            }

            for (; line + 8 <= lines; line += 8)
            {
                EightLines<T, TSimd, TVector>(source + (line * lineStride), lineStride, length, destination + line, stride);
            }
        }

        for (; line + 4 <= lines; line += 4)
        {
            FourLines(source + (line * lineStride), lineStride, step, length, destination + line, stride);
        }

        for (; line < lines; line++)
        {
            T* from = source + (line * lineStride);
            T* to = destination + line;
            for (int k = 0; k < length; k++, from += step, to += stride)
            {
                *to = *from;
            }
        }
    }

    /// <summary>
    /// Eight lines whose elements are adjacent, a register of each at a time. Three rounds of zips rotate the bits of an element's
    /// place, line·count + k, by three: it becomes k·8 + line, whatever the width.
    /// </summary>
    /// <remarks>Register budget: 8 and a temporary or two. 24 zips for 8 registers: one a cycle is 3 cycles a register, far below what
    /// element-wise copies cost.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void EightLines<T, TSimd, TVector>(T* source, nint lineStride, int length, T* destination, nint stride)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T* buffer = stackalloc T[8 * TSimd.Count];
        nint third = 3 * lineStride;
        T* lower = source + (4 * lineStride);
        int k = 0;
        for (; k + TSimd.Count <= length; k += TSimd.Count)
        {
            TVector x0 = TSimd.Load(ref source[k]);
            TVector x1 = TSimd.Load(ref source[k + lineStride]);
            TVector x2 = TSimd.Load(ref source[k + (2 * lineStride)]);
            TVector x3 = TSimd.Load(ref source[k + third]);
            TVector x4 = TSimd.Load(ref lower[k]);
            TVector x5 = TSimd.Load(ref lower[k + lineStride]);
            TVector x6 = TSimd.Load(ref lower[k + (2 * lineStride)]);
            TVector x7 = TSimd.Load(ref lower[k + third]);

            TVector y0 = TSimd.ZipLow(x0, x4), y1 = TSimd.ZipHigh(x0, x4);
            TVector y2 = TSimd.ZipLow(x1, x5), y3 = TSimd.ZipHigh(x1, x5);
            TVector y4 = TSimd.ZipLow(x2, x6), y5 = TSimd.ZipHigh(x2, x6);
            TVector y6 = TSimd.ZipLow(x3, x7), y7 = TSimd.ZipHigh(x3, x7);

            x0 = TSimd.ZipLow(y0, y4);
            x1 = TSimd.ZipHigh(y0, y4);
            x2 = TSimd.ZipLow(y1, y5);
            x3 = TSimd.ZipHigh(y1, y5);
            x4 = TSimd.ZipLow(y2, y6);
            x5 = TSimd.ZipHigh(y2, y6);
            x6 = TSimd.ZipLow(y3, y7);
            x7 = TSimd.ZipHigh(y3, y7);

            y0 = TSimd.ZipLow(x0, x4);
            y1 = TSimd.ZipHigh(x0, x4);
            y2 = TSimd.ZipLow(x1, x5);
            y3 = TSimd.ZipHigh(x1, x5);
            y4 = TSimd.ZipLow(x2, x6);
            y5 = TSimd.ZipHigh(x2, x6);
            y6 = TSimd.ZipLow(x3, x7);
            y7 = TSimd.ZipHigh(x3, x7);

            // Registers of eight elements are rows of the destination as they are; others pass through the buffer, unless rows adjoin.
            T* to = destination + (k * stride);
            nint between = TSimd.Count == 8 ? stride : TSimd.Count;
            bool direct = TSimd.Count == 8 || stride == 8;
            T* target = direct ? to : buffer;
            TSimd.Store(y0, ref target[0]);
            TSimd.Store(y1, ref target[between]);
            TSimd.Store(y2, ref target[2 * between]);
            TSimd.Store(y3, ref target[3 * between]);
            TSimd.Store(y4, ref target[4 * between]);
            TSimd.Store(y5, ref target[5 * between]);
            TSimd.Store(y6, ref target[6 * between]);
            TSimd.Store(y7, ref target[7 * between]);
            if (!direct)
            {
                for (nint row = 0; row < TSimd.Count; row++)
                {
                    CopyEight(buffer + (row * 8), to + (row * stride));
                }
            }
        }

        FourLines(source + k, lineStride, 1, length - k, destination + (k * stride), stride);
        FourLines(lower + k, lineStride, 1, length - k, destination + (k * stride) + 4, stride);
    }

    /// <summary>Four lines go together: four streams are read and four adjacent elements written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourLines<T>(T* source, nint lineStride, nint step, int length, T* destination, nint stride)
        where T : unmanaged
    {
        T* p1 = source + lineStride;
        T* p2 = p1 + lineStride;
        T* p3 = p2 + lineStride;
        nint offset = 0;
        int first = 0;
        if (sizeof(T) == sizeof(double) && Vector256.IsHardwareAccelerated && step == 1)
        {
            for (; first + 4 <= length; first += 4, offset += 4, destination += 4 * stride)
            {
                FourSquare((double*)source + offset, (double*)p1 + offset, (double*)p2 + offset, (double*)p3 + offset, (double*)destination, stride);
            }
        }

        for (int k = first; k < length; k++, offset += step, destination += stride)
        {
            T x0 = source[offset], x1 = p1[offset], x2 = p2[offset], x3 = p3[offset];
            destination[0] = x0;
            destination[1] = x1;
            destination[2] = x2;
            destination[3] = x3;
        }
    }

    /// <summary>Four elements of each of four lines, 8 bytes each: eight shuffles in place of sixteen loads and stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourSquare(double* p0, double* p1, double* p2, double* p3, double* destination, nint stride)
    {
        Vector256<double> x0 = Vector256.Load(p0), x1 = Vector256.Load(p1), x2 = Vector256.Load(p2), x3 = Vector256.Load(p3);
        Vector256<double> y0 = Simd256<double>.ZipLow(x0, x2), y1 = Simd256<double>.ZipHigh(x0, x2);
        Vector256<double> y2 = Simd256<double>.ZipLow(x1, x3), y3 = Simd256<double>.ZipHigh(x1, x3);
        Simd256<double>.ZipLow(y0, y2).Store(destination);
        Simd256<double>.ZipHigh(y0, y2).Store(destination + stride);
        Simd256<double>.ZipLow(y1, y3).Store(destination + (2 * stride));
        Simd256<double>.ZipHigh(y1, y3).Store(destination + (3 * stride));
    }

    /// <summary>One or two moves: the size is a constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyEight<T>(T* source, T* destination)
        where T : unmanaged
        => Unsafe.CopyBlockUnaligned(destination, source, (uint)(8 * sizeof(T)));
}
