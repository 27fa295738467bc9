using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Transposes sixteen lines whose elements are adjacent, for registers of sixteen elements: a block of 16×16 in registers at a time. Pure copying: no arithmetic.
/// </summary>
/// <remarks>
/// Four rounds of zips rotate the bits of an element's place, line·16 + k, by four: it becomes k·16 + line. Register budget: 16, a temporary or two and two permutations, of 32. Eight lines at a
/// time would leave half a register for each row of the destination, which has to pass through memory to be written.
/// </remarks>
internal static unsafe class SixteenLineTransposition
{
    /// <summary>The lines of a block.</summary>
    public const int Lines = 16;

    /// <summary>Writes line l's element k to k·stride + l; the last block overlaps the one before it, which writes the same elements once more.</summary>
    /// <param name="source">The first line.</param>
    /// <param name="lineStride">Elements from one line to the next.</param>
    /// <param name="length">The elements of a line, 16 at least.</param>
    /// <param name="destination">The first row.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    public static void Run<T, TSimd, TVector>(T* source, nint lineStride, int length, T* destination, nint stride)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint last = length - Lines;
        for (nint k = 0; k < last; k += Lines)
        {
            Block<T, TSimd, TVector>(source + k, lineStride, destination + (k * stride), stride);
        }

        Block<T, TSimd, TVector>(source + last, lineStride, destination + (last * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<T, TSimd, TVector>(T* source, nint lineStride, T* destination, nint stride)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector x0 = TSimd.Load(ref source[0]);
        TVector x1 = TSimd.Load(ref source[lineStride]);
        TVector x2 = TSimd.Load(ref source[2 * lineStride]);
        TVector x3 = TSimd.Load(ref source[3 * lineStride]);
        TVector x4 = TSimd.Load(ref source[4 * lineStride]);
        TVector x5 = TSimd.Load(ref source[5 * lineStride]);
        TVector x6 = TSimd.Load(ref source[6 * lineStride]);
        TVector x7 = TSimd.Load(ref source[7 * lineStride]);
        TVector x8 = TSimd.Load(ref source[8 * lineStride]);
        TVector x9 = TSimd.Load(ref source[9 * lineStride]);
        TVector xA = TSimd.Load(ref source[10 * lineStride]);
        TVector xB = TSimd.Load(ref source[11 * lineStride]);
        TVector xC = TSimd.Load(ref source[12 * lineStride]);
        TVector xD = TSimd.Load(ref source[13 * lineStride]);
        TVector xE = TSimd.Load(ref source[14 * lineStride]);
        TVector xF = TSimd.Load(ref source[15 * lineStride]);

        TVector y0 = TSimd.ZipLow(x0, x8), y1 = TSimd.ZipHigh(x0, x8);
        TVector y2 = TSimd.ZipLow(x1, x9), y3 = TSimd.ZipHigh(x1, x9);
        TVector y4 = TSimd.ZipLow(x2, xA), y5 = TSimd.ZipHigh(x2, xA);
        TVector y6 = TSimd.ZipLow(x3, xB), y7 = TSimd.ZipHigh(x3, xB);
        TVector y8 = TSimd.ZipLow(x4, xC), y9 = TSimd.ZipHigh(x4, xC);
        TVector yA = TSimd.ZipLow(x5, xD), yB = TSimd.ZipHigh(x5, xD);
        TVector yC = TSimd.ZipLow(x6, xE), yD = TSimd.ZipHigh(x6, xE);
        TVector yE = TSimd.ZipLow(x7, xF), yF = TSimd.ZipHigh(x7, xF);

        x0 = TSimd.ZipLow(y0, y8);
        x1 = TSimd.ZipHigh(y0, y8);
        x2 = TSimd.ZipLow(y1, y9);
        x3 = TSimd.ZipHigh(y1, y9);
        x4 = TSimd.ZipLow(y2, yA);
        x5 = TSimd.ZipHigh(y2, yA);
        x6 = TSimd.ZipLow(y3, yB);
        x7 = TSimd.ZipHigh(y3, yB);
        x8 = TSimd.ZipLow(y4, yC);
        x9 = TSimd.ZipHigh(y4, yC);
        xA = TSimd.ZipLow(y5, yD);
        xB = TSimd.ZipHigh(y5, yD);
        xC = TSimd.ZipLow(y6, yE);
        xD = TSimd.ZipHigh(y6, yE);
        xE = TSimd.ZipLow(y7, yF);
        xF = TSimd.ZipHigh(y7, yF);

        y0 = TSimd.ZipLow(x0, x8);
        y1 = TSimd.ZipHigh(x0, x8);
        y2 = TSimd.ZipLow(x1, x9);
        y3 = TSimd.ZipHigh(x1, x9);
        y4 = TSimd.ZipLow(x2, xA);
        y5 = TSimd.ZipHigh(x2, xA);
        y6 = TSimd.ZipLow(x3, xB);
        y7 = TSimd.ZipHigh(x3, xB);
        y8 = TSimd.ZipLow(x4, xC);
        y9 = TSimd.ZipHigh(x4, xC);
        yA = TSimd.ZipLow(x5, xD);
        yB = TSimd.ZipHigh(x5, xD);
        yC = TSimd.ZipLow(x6, xE);
        yD = TSimd.ZipHigh(x6, xE);
        yE = TSimd.ZipLow(x7, xF);
        yF = TSimd.ZipHigh(x7, xF);

        x0 = TSimd.ZipLow(y0, y8);
        x1 = TSimd.ZipHigh(y0, y8);
        x2 = TSimd.ZipLow(y1, y9);
        x3 = TSimd.ZipHigh(y1, y9);
        x4 = TSimd.ZipLow(y2, yA);
        x5 = TSimd.ZipHigh(y2, yA);
        x6 = TSimd.ZipLow(y3, yB);
        x7 = TSimd.ZipHigh(y3, yB);
        x8 = TSimd.ZipLow(y4, yC);
        x9 = TSimd.ZipHigh(y4, yC);
        xA = TSimd.ZipLow(y5, yD);
        xB = TSimd.ZipHigh(y5, yD);
        xC = TSimd.ZipLow(y6, yE);
        xD = TSimd.ZipHigh(y6, yE);
        xE = TSimd.ZipLow(y7, yF);
        xF = TSimd.ZipHigh(y7, yF);

        TSimd.Store(x0, ref destination[0]);
        TSimd.Store(x1, ref destination[stride]);
        TSimd.Store(x2, ref destination[2 * stride]);
        TSimd.Store(x3, ref destination[3 * stride]);
        TSimd.Store(x4, ref destination[4 * stride]);
        TSimd.Store(x5, ref destination[5 * stride]);
        TSimd.Store(x6, ref destination[6 * stride]);
        TSimd.Store(x7, ref destination[7 * stride]);
        TSimd.Store(x8, ref destination[8 * stride]);
        TSimd.Store(x9, ref destination[9 * stride]);
        TSimd.Store(xA, ref destination[10 * stride]);
        TSimd.Store(xB, ref destination[11 * stride]);
        TSimd.Store(xC, ref destination[12 * stride]);
        TSimd.Store(xD, ref destination[13 * stride]);
        TSimd.Store(xE, ref destination[14 * stride]);
        TSimd.Store(xF, ref destination[15 * stride]);
    }
}
