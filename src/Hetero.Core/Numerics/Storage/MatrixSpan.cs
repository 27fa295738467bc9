using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// A dense matrix to write to, over memory somebody else owns, row after row: entry (i, j) is at <c>i·RowStride + j</c>. Part of a larger matrix is one, too:
/// <see cref="Slice"/>.
/// </summary>
/// <remarks>
/// Methods that take a matrix neither read nor write what lies between its rows. Two parts of one matrix share memory only if they have an entry in common; two
/// views of one memory with different row strides count as shared wherever their ranges meet.
/// <example>
/// <code>
/// double[] memory = new double[6 * 4];
/// MatrixSpan&lt;double&gt; matrix = new(memory, 6, 4);
/// MatrixSpan&lt;double&gt; block = matrix.Slice(row: 2, column: 1, rows: 3, columns: 2);
/// block[0, 0] = 1; // memory[2 * 4 + 1]
/// </code>
/// </example>
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct MatrixSpan<T>
    where T : unmanaged
{
    /// <summary>Views row-major data as a matrix.</summary>
    /// <param name="data">rows·columns elements, row after row.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="data"/> is not rows·columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public MatrixSpan(Span<T> data, int rows, int columns)
    {
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(columns, 0);
        Guard.Length(data.Length, (long)rows * columns, nameof(data));
        Data = data;
        Rows = rows;
        Columns = columns;
        RowStride = columns;
    }

    /// <summary>Views row-major data as a matrix whose rows lie apart (BLAS calls the stride the leading dimension).</summary>
    /// <param name="data">The memory from the first entry on: at least (rows − 1)·rowStride + columns elements; those beyond are left alone.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <param name="rowStride">The distance between an entry and the one below it, at least <paramref name="columns"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0, or the stride below the number of columns.</exception>
    public MatrixSpan(Span<T> data, int rows, int columns, int rowStride)
    {
        Data = data[..MatrixMemory.CheckedLength(data.Length, rows, columns, rowStride, nameof(data))];
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
    }

    /// <summary>Views a tensor of rank 2 as a matrix: its first dimension counts rows, its second columns.</summary>
    /// <param name="tensor">A tensor whose entries of a row are adjacent: dense, or with rows that lie apart.</param>
    /// <exception cref="ArgumentException">The tensor has another rank, more entries than a span, or another layout.</exception>
    public MatrixSpan(TensorSpan<T> tensor)
    {
        (Rows, Columns, RowStride, int columnStride) = MatrixMemory.LayoutOf(tensor.Lengths, tensor.Strides, nameof(tensor));
        if (columnStride != 1)
        {
            throw MatrixMemory.LayoutRefusal(tensor.Lengths, tensor.Strides, "a row's entries adjacent", nameof(tensor));
        }

        Data = MatrixMemory.SpanOf(ref tensor.GetPinnableReference(), MatrixMemory.Length(Rows, Columns, RowStride, 1));
    }

    /// <summary>Gets the memory from the first entry to the last; what lies between the rows of a part of a larger matrix is not the matrix's.</summary>
    public Span<T> Data { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; }

    /// <summary>Gets the number of columns.</summary>
    public int Columns { get; }

    /// <summary>Gets the distance between an entry and the one below it: <see cref="Columns"/>, or more for a part of a larger matrix.</summary>
    public int RowStride { get; }

    /// <summary>Gets the distance between an entry and the one to its right: 1.</summary>
    public int ColumnStride => 1;

    /// <summary>Gets whether <see cref="Data"/> holds the entries and nothing else.</summary>
    public bool IsContiguous => Data.Length == (long)Rows * Columns;

    /// <summary>Gets the transposed matrix over the same memory, read-only.</summary>
    public ReadOnlyMatrixSpan<T> Transposed => AsReadOnly().Transposed;

    /// <summary>Gets a reference to entry (<paramref name="row"/>, <paramref name="column"/>).</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">The entry lies outside the matrix.</exception>
    public ref T this[int row, int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
            {
                MatrixMemory.ThrowOutside(row, column, Rows, Columns);
            }

            return ref Data[(row * RowStride) + column];
        }
    }

    /// <summary>Views the same memory read-only.</summary>
    /// <param name="matrix">The matrix.</param>
    public static implicit operator ReadOnlyMatrixSpan<T>(MatrixSpan<T> matrix)
        => new(matrix.Data, matrix.Rows, matrix.Columns, matrix.RowStride, 1);

    /// <summary>Gets one row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The <see cref="Columns"/> elements of the row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The row lies outside the matrix.</exception>
    public Span<T> Row(int row)
    {
        if ((uint)row >= (uint)Rows)
        {
            Guard.InRange(row, 0, Rows - 1);
        }

        return Columns == 0 ? default : Data.Slice(row * RowStride, Columns);
    }

    /// <summary>Views a block of the matrix, over the same memory. A column is a block of one column.</summary>
    /// <param name="row">The first row, from 0.</param>
    /// <param name="column">The first column, from 0.</param>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <returns>The block; its row stride is that of the matrix.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The block sticks out of the matrix.</exception>
    public MatrixSpan<T> Slice(int row, int column, int rows, int columns)
    {
        MatrixMemory.CheckBlock(Rows, Columns, row, column, rows, columns);
        int length = MatrixMemory.Length(rows, columns, RowStride, 1);
        Span<T> data = length == 0 ? default : Data.Slice((row * RowStride) + column, length);
        return new(data, rows, columns, RowStride);
    }

    /// <summary>Views the same memory read-only, to hand it on where no conversion is applied.</summary>
    /// <returns>The same matrix.</returns>
    public ReadOnlyMatrixSpan<T> AsReadOnly() => this;

    /// <summary>Views the same memory as a tensor of rank 2.</summary>
    /// <returns>A tensor of <see cref="Rows"/> by <see cref="Columns"/>.</returns>
    public TensorSpan<T> AsTensorSpan()
        // A tensor's memory may be empty, but not the default.
        => Data.IsEmpty ? new(Array.Empty<T>(), [Rows, Columns]) : new(Data, [Rows, Columns], [Rows == 1 ? 0 : RowStride, Columns == 1 ? 0 : 1]);
}
