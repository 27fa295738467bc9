using System.Runtime.CompilerServices;
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
            new Span<T>(destination, depth * width).Clear();
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
            Interleave(source, columnStride, rowStride, columns, depth, width, destination);
        }
    }

    /// <summary>Packs rows of the left factor in groups of a tile's rows: for every k, the group's elements, adjacent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows<T>(T* source, nint rowStride, nint columnStride, int rows, int depth, T* destination)
        where T : unmanaged
    {
        for (int i = 0; i < rows; i += ProductTile.Rows)
        {
            int group = Math.Min(ProductTile.Rows, rows - i);
            Interleave(source + (i * rowStride), rowStride, columnStride, group, depth, ProductTile.Rows, destination + ((nint)i * depth));
        }
    }

    /// <summary>
    /// Writes line l's element k to k·width + l. Four lines go together: four streams are read and four adjacent elements written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave<T>(T* source, nint lineStride, nint step, int lines, int depth, int width, T* destination)
        where T : unmanaged
    {
        int line = 0;
        for (; line + 4 <= lines; line += 4)
        {
            T* p0 = source + (line * lineStride);
            T* p1 = p0 + lineStride;
            T* p2 = p1 + lineStride;
            T* p3 = p2 + lineStride;
            T* to = destination + line;
            nint offset = 0;
            for (int k = 0; k < depth; k++, offset += step, to += width)
            {
                T x0 = p0[offset], x1 = p1[offset], x2 = p2[offset], x3 = p3[offset];
                to[0] = x0;
                to[1] = x1;
                to[2] = x2;
                to[3] = x3;
            }
        }

        for (; line < lines; line++)
        {
            T* from = source + (line * lineStride);
            T* to = destination + line;
            for (int k = 0; k < depth; k++, from += step, to += width)
            {
                *to = *from;
            }
        }
    }
}
