namespace Hetero.Core.Numerics;

/// <summary>
/// A dense matrix to write to, over memory somebody else owns, row after row: entry (i, j) is at <c>i·RowStride + j</c>.
/// </summary>
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
    }

    /// <summary>Gets the memory behind the matrix.</summary>
    public Span<T> Data { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; }

    /// <summary>Gets the number of columns.</summary>
    public int Columns { get; }

    /// <summary>Gets the distance between an entry and the one below it: <see cref="Columns"/>.</summary>
    public int RowStride => Columns;

    /// <summary>Gets the distance between an entry and the one to its right: 1.</summary>
    public int ColumnStride => 1;

    /// <summary>Gets a reference to entry (<paramref name="row"/>, <paramref name="column"/>).</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">The entry lies outside the matrix.</exception>
    public ref T this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
            {
                throw new IndexOutOfRangeException($"Entry ({row}, {column}) lies outside a matrix of {Rows} by {Columns}.");
            }

            return ref Data[(row * RowStride) + column];
        }
    }

    /// <summary>Views the same memory read-only.</summary>
    /// <param name="matrix">The matrix.</param>
    public static implicit operator ReadOnlyMatrixSpan<T>(MatrixSpan<T> matrix) => new(matrix.Data, matrix.Rows, matrix.Columns);

    /// <summary>Gets one row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The <see cref="Columns"/> elements of the row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The row lies outside the matrix.</exception>
    public Span<T> Row(int row)
    {
        Guard.InRange(row, 0, Rows - 1);
        return Data.Slice(row * RowStride, Columns);
    }

    /// <summary>Views the same memory read-only, to transpose it or to hand it on where no conversion is applied.</summary>
    /// <returns>The same matrix.</returns>
    public ReadOnlyMatrixSpan<T> AsReadOnly() => this;
}
