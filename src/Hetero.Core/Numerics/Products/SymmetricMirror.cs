using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>Copies the part of a square matrix below the diagonal to its place above. Pure copying: no arithmetic. Thread-safe: no state.</summary>
internal static unsafe class SymmetricMirror
{
    /// <summary>The rows that go best together: squares of 8 by 8 are transposed in registers, and a column of them is a cache line of doubles.</summary>
    public const int Rows = 8;

    /// <summary>Matrices of so many bytes are beyond the share of the caches that a core may count on.</summary>
    private const int StreamedBytes = 8 * 1024 * 1024;

    /// <summary>Says whether the copies of a square matrix better go past the caches, and can.</summary>
    public static bool Streams<T>(T* matrix, int size, nint stride)
        where T : unmanaged
        => Streaming512<T>.IsSupported && (long)size * size * sizeof(T) >= StreamedBytes
            && stride * sizeof(T) % Streaming512<T>.Bytes == 0 && (nuint)matrix % (nuint)sizeof(T) == 0;

    /// <summary>Copies what some rows have below the diagonal.</summary>
    /// <param name="matrix">A square matrix.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rows">The number of rows.</param>
    public static void Copy<T>(MatrixSpan<T> matrix, int firstRow, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* start = matrix.Data)
        {
            int columns = firstRow + rows;
            if (SimdPath.Is512)
            {
                Copy<T, Simd512<T>, Vector512<T>>(start, matrix.RowStride, firstRow, rows, 0, columns);
            }
            else if (SimdPath.Is256)
            {
                Copy<T, Simd256<T>, Vector256<T>>(start, matrix.RowStride, firstRow, rows, 0, columns);
            }
            else if (SimdPath.Is128)
            {
                Copy<T, Simd128<T>, Vector128<T>>(start, matrix.RowStride, firstRow, rows, 0, columns);
            }
            else
            {
                Copy<T, Scalar<T>, T>(start, matrix.RowStride, firstRow, rows, 0, columns);
            }
        }
    }

    /// <summary>Copies what some rows have below the diagonal in some columns. Long runs of a few rows are written.</summary>
    /// <param name="matrix">The first entry.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="firstColumn">The first column.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="streams">Whether the copies go past the caches; they may if <see cref="Streams"/> says so, and <see cref="Streaming512{T}.End"/> has to come then.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T, TSimd, TVector>(T* matrix, nint stride, int firstRow, int rows, int firstColumn, int columns, bool streams = false)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int end = firstRow + rows;
        int row = firstRow;
        for (; row < end && row < firstColumn + columns; row += Rows)
        {
            // Some of the eight rows cross the diagonal: what is left of their square on it, then what is below it in the square.
            int lines = Math.Min(Rows, end - row);
            Transpose<T, TSimd, TVector>(matrix, stride, row, lines, firstColumn, Math.Clamp(row - firstColumn, 0, columns));
            for (nint i = row + 1; i < row + lines; i++)
            {
                for (nint j = Math.Max(row, firstColumn); j < Math.Min(i, firstColumn + columns); j++)
                {
                    matrix[(j * stride) + i] = matrix[(i * stride) + j];
                }
            }
        }

        if (streams && columns >= Streaming512<T>.Count)
        {
            // Rows are whole lines apart: what is before the first line of one is so of all. Runs of lines are streamed, their ends and a panel's last columns are not.
            int line = Streaming512<T>.Count, squares = columns / line * line;
            int lead = (int)((nuint)(-(nint)(matrix + (firstColumn * stride) + row)) % Streaming512<T>.Bytes) / sizeof(T);
            lead = Math.Min(lead, Math.Max(end - row, 0));
            Transpose<T, TSimd, TVector>(matrix, stride, row, lead, firstColumn, columns);
            row += lead;
            int lines = Math.Max(end - row, 0) / line * line;
            Transpose<T, Streaming512<T>, Vector512<T>>(matrix, stride, row, lines, firstColumn, squares);
            Transpose<T, TSimd, TVector>(matrix, stride, row, lines, firstColumn + squares, columns - squares);
            row += lines;
        }

        Transpose<T, TSimd, TVector>(matrix, stride, row, Math.Max(end - row, 0), firstColumn, columns);
    }

    private static void Transpose<T, TSimd, TVector>(T* matrix, nint stride, nint firstRow, int rows, nint firstColumn, int columns)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        => ProductPacking.Lines<T, TSimd, TVector>(
            matrix + (firstRow * stride) + firstColumn, stride, 1, rows, columns, matrix + (firstColumn * stride) + firstRow, stride);
}
