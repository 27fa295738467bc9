namespace Hetero.Core.Numerics;

/// <summary>
/// A dense matrix over memory somebody else owns: entry (i, j) is at <c>i·RowStride + j·ColumnStride</c>. Transposing is free.
/// </summary>
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

    private ReadOnlyMatrixSpan(ReadOnlySpan<T> data, int rows, int columns, int rowStride, int columnStride)
    {
        Data = data;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>Gets the memory behind the matrix.</summary>
    public ReadOnlySpan<T> Data { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; }

    /// <summary>Gets the number of columns.</summary>
    public int Columns { get; }

    /// <summary>Gets the distance between an entry and the one below it.</summary>
    public int RowStride { get; }

    /// <summary>Gets the distance between an entry and the one to its right.</summary>
    public int ColumnStride { get; }

    /// <summary>Gets the transposed matrix over the same memory.</summary>
    public ReadOnlyMatrixSpan<T> Transposed => new(Data, Columns, Rows, ColumnStride, RowStride);

    /// <summary>Gets entry (<paramref name="row"/>, <paramref name="column"/>).</summary>
    /// <exception cref="IndexOutOfRangeException">The entry lies outside the matrix.</exception>
    public T this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
            {
                throw new IndexOutOfRangeException($"Entry ({row}, {column}) lies outside a matrix of {Rows} by {Columns}.");
            }

            return Data[(row * RowStride) + (column * ColumnStride)];
        }
    }
}
