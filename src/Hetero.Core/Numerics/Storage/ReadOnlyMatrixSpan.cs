using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// A dense matrix over memory somebody else owns: entry (i, j) is at <c>i·RowStride + j·ColumnStride</c>, and one of the strides is 1. Transposing is free.
/// </summary>
/// <remarks>Methods that take a matrix do not read what lies between its rows. What shares memory is said at <see cref="MatrixSpan{T}"/>.</remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct ReadOnlyMatrixSpan<T>
    where T : unmanaged
{
    /// <summary>Views row-major data as a matrix.</summary>
    /// <param name="data">rows·columns elements, row after row.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="data"/> is not rows·columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public ReadOnlyMatrixSpan(ReadOnlySpan<T> data, int rows, int columns)
    {
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        Guard.Length(data.Length, (long)rows * columns, nameof(data));
        Data = data;
        Rows = rows;
        Columns = columns;
        RowStride = columns;
        ColumnStride = 1;
    }

    /// <summary>Views row-major data as a matrix whose rows lie apart (BLAS calls the stride the leading dimension).</summary>
    /// <param name="data">The memory from the first entry on: at least (rows − 1)·rowStride + columns elements; those beyond are not read.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <param name="rowStride">The distance between an entry and the one below it, at least <paramref name="columns"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0, or the stride below the number of columns.</exception>
    public ReadOnlyMatrixSpan(ReadOnlySpan<T> data, int rows, int columns, int rowStride)
    {
        Data = data[..MatrixMemory.CheckedLength(data.Length, rows, columns, rowStride, nameof(data))];
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = 1;
    }

    /// <summary>Views a tensor of rank 2 as a matrix: its first dimension counts rows, its second columns.</summary>
    /// <param name="tensor">A tensor whose entries of a row, or of a column, are adjacent: dense, transposed, or with rows that lie apart.</param>
    /// <exception cref="ArgumentException">The tensor has another rank, more entries than a span, or another layout.</exception>
    public ReadOnlyMatrixSpan(ReadOnlyTensorSpan<T> tensor)
    {
        (Rows, Columns, RowStride, ColumnStride) = MatrixMemory.LayoutOf(tensor.Lengths, tensor.Strides, nameof(tensor));
        Data = MatrixMemory.SpanOf(
            ref Unsafe.AsRef(in tensor.GetPinnableReference()), MatrixMemory.Length(Rows, Columns, RowStride, ColumnStride));
    }

    /// <summary>Takes what has been checked.</summary>
    internal ReadOnlyMatrixSpan(ReadOnlySpan<T> data, int rows, int columns, int rowStride, int columnStride)
    {
        Data = data;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>Gets the memory from the first entry to the last; what lies between the rows of a part of a larger matrix is not the matrix's.</summary>
    public ReadOnlySpan<T> Data { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; }

    /// <summary>Gets the number of columns.</summary>
    public int Columns { get; }

    /// <summary>Gets the distance between an entry and the one below it.</summary>
    public int RowStride { get; }

    /// <summary>Gets the distance between an entry and the one to its right.</summary>
    public int ColumnStride { get; }

    /// <summary>Gets whether <see cref="Data"/> holds the entries and nothing else, row after row or column after column.</summary>
    public bool IsContiguous => Data.Length == (long)Rows * Columns;

    /// <summary>Gets the transposed matrix over the same memory.</summary>
    public ReadOnlyMatrixSpan<T> Transposed => new(Data, Columns, Rows, ColumnStride, RowStride);

    /// <summary>Gets entry (<paramref name="row"/>, <paramref name="column"/>).</summary>
    /// <exception cref="IndexOutOfRangeException">The entry lies outside the matrix.</exception>
    public T this[int row, int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
            {
                MatrixMemory.ThrowOutside(row, column, Rows, Columns);
            }

            return Data[(row * RowStride) + (column * ColumnStride)];
        }
    }

    /// <summary>Gets one row of a matrix that is not transposed.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The <see cref="Columns"/> elements of the row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The row lies outside the matrix.</exception>
    /// <exception cref="InvalidOperationException">The matrix is transposed: the entries of its rows lie apart.</exception>
    public ReadOnlySpan<T> Row(int row)
    {
        if ((uint)row >= (uint)Rows)
        {
            Guard.InRange(row, 0, Rows - 1);
        }

        if (ColumnStride != 1)
        {
            throw new InvalidOperationException(
                "The entries of a transposed matrix's row lie apart in memory; take them one by one, as a slice of one row, or from a copy (CopyTo).");
        }

        return Columns == 0 ? default : Data.Slice(row * RowStride, Columns);
    }

    /// <summary>Views a block of the matrix, over the same memory. A column is a block of one column.</summary>
    /// <param name="row">The first row, from 0.</param>
    /// <param name="column">The first column, from 0.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <returns>The block; its strides are those of the matrix.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The block sticks out of the matrix.</exception>
    public ReadOnlyMatrixSpan<T> Slice(int row, int column, int rows, int columns)
    {
        MatrixMemory.CheckBlock(Rows, Columns, row, column, rows, columns);
        int length = MatrixMemory.Length(rows, columns, RowStride, ColumnStride);
        ReadOnlySpan<T> data = length == 0 ? default : Data.Slice((row * RowStride) + (column * ColumnStride), length);
        return new(data, rows, columns, RowStride, ColumnStride);
    }

    /// <summary>Copies the entries.</summary>
    /// <param name="destination">A matrix of the same shape; the same memory in the same layout, or none of it.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or memory is shared.</exception>
    public void CopyTo(MatrixSpan<T> destination)
    {
        Guard.Shape(destination.Rows, destination.Columns, Rows, Columns, nameof(destination));
        if (!MatrixMemory.IsSame(this, destination))
        {
            MatrixMemory.NoOverlap(this, destination, "this matrix", nameof(destination));
            MatrixMemory.Copy(this, destination);
        }
    }

    /// <summary>Views the same memory as a tensor of rank 2.</summary>
    /// <returns>A tensor of <see cref="Rows"/> by <see cref="Columns"/>.</returns>
    public ReadOnlyTensorSpan<T> AsTensorSpan()
        // A tensor's memory may be empty, but not the default.
        => Data.IsEmpty ? new(Array.Empty<T>(), [Rows, Columns]) : new(Data, [Rows, Columns], [Rows == 1 ? 0 : RowStride, Columns == 1 ? 0 : ColumnStride]);
}
