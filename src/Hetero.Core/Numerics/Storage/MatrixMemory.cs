using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hetero.Core.Numerics;

/// <summary>Where the entries of a matrix lie: what kernels ask and check whose matrices may have memory between their rows. Thread-safe: no state.</summary>
internal static class MatrixMemory
{
    /// <summary>Up to as many rows, one look at all entries is cheaper than one at each row's part of a triangle.</summary>
    private const int RowsAtOnce = 64;

    /// <summary>Returns the elements from the first entry to the last.</summary>
    public static int Length(int rows, int columns, int rowStride, int columnStride)
        => rows == 0 || columns == 0 ? 0 : checked((int)(((rows - 1L) * rowStride) + ((columns - 1L) * columnStride) + 1));

    /// <summary>Returns the elements from the first entry to the last, checked against what there is.</summary>
    public static int CheckedLength(int available, int rows, int columns, int rowStride, string name)
    {
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        Guard.AtLeast(rowStride, columns);
        long needed = rows == 0 || columns == 0 ? 0 : ((rows - 1L) * rowStride) + columns;
        Guard.MinimumLength(available, needed, name);
        return (int)needed;
    }

    /// <summary>Refuses an entry; out of line, so that what looks one up is inlined.</summary>
    [DoesNotReturn]
    public static void ThrowOutside(int row, int column, int rows, int columns)
        => throw new IndexOutOfRangeException($"Entry ({row}, {column}) lies outside a matrix of {rows} by {columns}.");

    /// <summary>Accepts a block that lies inside a matrix.</summary>
    public static void CheckBlock(int matrixRows, int matrixColumns, int row, int column, int rows, int columns)
    {
        Guard.InRange(row, 0, matrixRows);
        Guard.InRange(column, 0, matrixColumns);
        Guard.InRange(rows, 0, matrixRows - row);
        Guard.InRange(columns, 0, matrixColumns - column);
    }

    /// <summary>Returns sizes and strides of a tensor of rank 2 whose rows or columns are adjacent; refuses others.</summary>
    public static (int Rows, int Columns, int RowStride, int ColumnStride) LayoutOf(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, string name)
    {
        if (lengths.Length != 2)
        {
            throw new ArgumentException($"'{name}' has rank {lengths.Length}; accepted is rank 2.", name);
        }

        // The stride along a dimension of one entry is never used, and may be anything.
        bool fits = lengths[0] <= int.MaxValue && lengths[1] <= int.MaxValue && strides[0] <= int.MaxValue && strides[1] <= int.MaxValue;
        (long rows, long columns) = (lengths[0], lengths[1]);
        long columnStride = columns <= 1 ? 1 : strides[1];
        long rowStride = rows <= 1 ? Math.Max(columns * columnStride, 1) : strides[0];
        bool isEmpty = rows == 0 || columns == 0;
        bool isRows = isEmpty || (columnStride == 1 && rowStride >= columns);
        bool isColumns = !isRows && rowStride == 1 && columnStride >= rows;
        if (!fits || !(isRows || isColumns) || (!isEmpty && ((rows - 1) * rowStride) + ((columns - 1) * columnStride) >= int.MaxValue))
        {
            throw LayoutRefusal(lengths, strides, "a row's or a column's entries adjacent, the others apart", name);
        }

        return ((int)rows, (int)columns, isEmpty ? (int)columns : (int)rowStride, isEmpty ? 1 : (int)columnStride);
    }

    /// <summary>What to say about a tensor of another layout.</summary>
    public static ArgumentException LayoutRefusal(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, string accepted, string name)
        => new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' is {lengths[0]} by {lengths[1]} with strides {strides[0]} and {strides[1]}; accepted is {accepted}, in the range of a span."),
            name);

    /// <summary>A span over memory that a tensor has checked.</summary>
    public static Span<T> SpanOf<T>(ref T first, int length) => length == 0 ? default : MemoryMarshal.CreateSpan(ref first, length);

    /// <summary>Says whether two views are of the same entries in the same places.</summary>
    public static bool IsSame<T>(ReadOnlyMatrixSpan<T> x, ReadOnlyMatrixSpan<T> y)
        where T : unmanaged
        => x.Data.Length == y.Data.Length && x.RowStride == y.RowStride && x.ColumnStride == y.ColumnStride
            && Unsafe.AreSame(in MemoryMarshal.GetReference(x.Data), in MemoryMarshal.GetReference(y.Data));

    /// <summary>Copies entries to a matrix of the same shape that shares no memory.</summary>
    public static void Copy<T>(ReadOnlyMatrixSpan<T> source, MatrixSpan<T> destination)
        where T : unmanaged
    {
        if (source.ColumnStride != 1)
        {
            Transposition.Copy(source.Transposed, destination);
        }
        else if (source.IsContiguous && destination.IsContiguous)
        {
            source.Data.CopyTo(destination.Data);
        }
        else
        {
            for (int i = 0; i < source.Rows; i++)
            {
                source.Row(i).CopyTo(destination.Row(i));
            }
        }
    }

    /// <summary>Writes zeros.</summary>
    public static void Clear<T>(MatrixSpan<T> matrix)
        where T : unmanaged
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            matrix.Row(i).Clear();
        }
    }

    /// <summary>The same entries with rows that are adjacent in memory: the matrix, or its transpose.</summary>
    public static ReadOnlyMatrixSpan<T> Lines<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged
        => matrix.ColumnStride == 1 ? matrix : matrix.Transposed;

    /// <summary>Returns the largest magnitude of an entry; 0 of none.</summary>
    public static T LargestMagnitude<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (matrix.Data.IsEmpty)
        {
            return T.Zero;
        }

        if (matrix.IsContiguous)
        {
            return T.Abs(TensorPrimitives.MaxMagnitude(matrix.Data));
        }

        ReadOnlyMatrixSpan<T> lines = Lines(matrix);
        T largest = T.Zero;
        for (int i = 0; i < lines.Rows; i++)
        {
            largest = T.Max(largest, T.Abs(TensorPrimitives.MaxMagnitude(lines.Row(i))));
        }

        return largest;
    }

    /// <summary>Accepts a matrix without infinities and NaN.</summary>
    public static void AllFinite<T>(ReadOnlyMatrixSpan<T> matrix, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (matrix.IsContiguous)
        {
            Guard.AllFinite(matrix.Data, name);
            return;
        }

        Guard.Element<T>();
        ReadOnlyMatrixSpan<T> lines = Lines(matrix);
        for (int i = 0; i < lines.Rows; i++)
        {
            if (!TensorPrimitives.IsFiniteAll(lines.Row(i)))
            {
                ThrowNotFinite(matrix, name);
            }
        }
    }

    /// <summary>Accepts a square matrix without infinities and NaN on one side of the diagonal and on it.</summary>
    public static void TriangleFinite<T>(ReadOnlyMatrixSpan<T> matrix, bool isLower, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        if (matrix.Rows <= RowsAtOnce && matrix.IsContiguous && TensorPrimitives.IsFiniteAll(matrix.Data))
        {
            return;
        }

        ReadOnlyMatrixSpan<T> lines = Lines(matrix);
        bool isBefore = isLower == (matrix.ColumnStride == 1);
        for (int i = 0; i < lines.Rows; i++)
        {
            ReadOnlySpan<T> part = isBefore ? lines.Row(i)[..(i + 1)] : lines.Row(i)[i..];
            if (!TensorPrimitives.IsFiniteAll(part))
            {
                int at = 0;
                while (T.IsFinite(part[at]))
                {
                    at++;
                }

                at += isBefore ? 0 : i;
                (int row, int column) = matrix.ColumnStride == 1 ? (i, at) : (at, i);
                ThrowEntry(matrix[row, column], row, column, "finite entries", name);
            }
        }
    }

    /// <summary>Refuses an entry.</summary>
    [DoesNotReturn]
    public static void ThrowEntry<T>(T value, int row, int column, string accepted, string name)
        => throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"'{name}' holds {value} at ({row}, {column}); accepted are {accepted}."), name);

    /// <summary>Refuses two matrices that have a place in memory in common.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoOverlap<T>(ReadOnlyMatrixSpan<T> input, ReadOnlyMatrixSpan<T> destination, string inputName, string destinationName)
        where T : unmanaged
    {
        if (input.Data.Overlaps(destination.Data))
        {
            NoEntryInCommon(input, destination, inputName, destinationName);
        }
    }

    private static void NoEntryInCommon<T>(ReadOnlyMatrixSpan<T> input, ReadOnlyMatrixSpan<T> destination, string inputName, string destinationName)
        where T : unmanaged
    {
        if (!LieSideBySide(Lines(input), Lines(destination)))
        {
            Guard.NoOverlap(input.Data, destination.Data, inputName, destinationName);
        }
    }

    /// <summary>
    /// Says whether two views of rows with the same stride have no entry in common. With d = q·stride + r the distance between their first entries,
    /// entries (i, j) and (k, l) are one if j − l = r + t·stride for t = q + k − i; |j − l| below the stride leaves t = 0 and t = −1.
    /// </summary>
    private static unsafe bool LieSideBySide<T>(ReadOnlyMatrixSpan<T> x, ReadOnlyMatrixSpan<T> y)
        where T : unmanaged
    {
        (long distance, long rest) = Math.DivRem(
            (long)Unsafe.ByteOffset(in MemoryMarshal.GetReference(x.Data), in MemoryMarshal.GetReference(y.Data)), sizeof(T));
        if (rest != 0 || x.RowStride != y.RowStride || x.RowStride == 0)
        {
            return false;
        }

        (long lines, long shift) = Math.DivRem(distance, x.RowStride);
        (lines, shift) = shift < 0 ? (lines - 1, shift + x.RowStride) : (lines, shift);
        (int rows, int otherRows) = (x.Rows, y.Rows);
        return !(Meet(0) && shift < x.Columns) && !(Meet(-1) && shift + y.Columns > x.RowStride);

        bool Meet(long t) => t > lines - rows && t < lines + otherRows;
    }

    [DoesNotReturn]
    private static void ThrowNotFinite<T>(ReadOnlyMatrixSpan<T> matrix, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                if (!T.IsFinite(matrix[i, j]))
                {
                    ThrowEntry(matrix[i, j], i, j, "finite entries", name);
                }
            }
        }

        throw new InvalidOperationException($"'{name}' has changed while it was being checked.");
    }
}
