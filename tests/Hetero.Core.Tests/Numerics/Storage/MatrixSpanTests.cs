using Hetero.Core.Numerics;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class MatrixSpanTests
{
    [Fact]
    public void EntriesAreRowMajorAndWritable()
    {
        double[] data = [1, 2, 3, 4, 5, 6];
        MatrixSpan<double> matrix = new(data, 2, 3);
        matrix[1, 0] = 40;
        Assert.Equal(40, data[3]);
        Assert.Equal([40, 5, 6], matrix.Row(1).ToArray());
        Assert.Equal((2, 3, 3, 1), (matrix.Rows, matrix.Columns, matrix.RowStride, matrix.ColumnStride));

        ReadOnlyMatrixSpan<double> view = matrix;
        Assert.Equal(40, view[1, 0]);
        Assert.Equal(40, matrix.AsReadOnly().Transposed[0, 1]);
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        Assert.Equal("data", Assert.Throws<ArgumentException>(() => new MatrixSpan<double>(new double[5], 2, 3)).ParamName);
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => new MatrixSpan<double>([], -1, 3)).ParamName);
        Assert.Equal("columns", Assert.Throws<ArgumentOutOfRangeException>(() => new MatrixSpan<double>([], 1, -3)).ParamName);
        Assert.Equal("row", Assert.Throws<ArgumentOutOfRangeException>(() => new MatrixSpan<double>(new double[6], 2, 3).Row(2).Length).ParamName);
        Assert.Throws<IndexOutOfRangeException>(() => new MatrixSpan<double>(new double[6], 2, 3)[2, 0]);
        Assert.Throws<IndexOutOfRangeException>(() => new MatrixSpan<double>(new double[6], 2, 3)[0, -1]);
        Assert.Throws<IndexOutOfRangeException>(() => new ReadOnlyMatrixSpan<double>(new double[6], 2, 3)[0, 3]);
    }

    [Fact]
    public void ABlockIsAViewOfTheSameMemory()
    {
        double[] data = [.. Enumerable.Range(0, 20)];
        MatrixSpan<double> block = new MatrixSpan<double>(data, 4, 5).Slice(1, 2, 2, 3);
        Assert.Equal((2, 3, 5, false), (block.Rows, block.Columns, block.RowStride, block.IsContiguous));
        Assert.Equal([7, 8, 9], block.Row(0).ToArray());
        Assert.Equal([12, 13, 14], block.AsReadOnly().Row(1).ToArray());
        block[1, 1] = 100;
        Assert.Equal(100, data[13]);
        Assert.Equal(100, block.Transposed[1, 1]);
        Assert.Equal(9, block.Transposed.Slice(2, 0, 1, 2)[0, 0]);
        Assert.Equal(14, block.Transposed.Slice(2, 0, 1, 2)[0, 1]);
        Assert.Equal([3, 8], new MatrixSpan<double>(data.AsSpan(3), 2, 1, 5).Transposed.Data.ToArray().Where((_, i) => i % 5 == 0));
        double[] copy = new double[6];
        block.Transposed.CopyTo(new(copy, 3, 2));
        Assert.Equal([7, 12, 8, 100, 9, 14], copy);
    }

    [Fact]
    public void BlocksAndStridesThatDoNotFitAreRefusedByName()
    {
        Refused("rowStride", () => new MatrixSpan<double>(new double[20], 2, 3, 2));
        Refused("data", () => new MatrixSpan<double>(new double[7], 2, 3, 5));
        Refused("data", () => new ReadOnlyMatrixSpan<double>(new double[7], 2, 3, 5));
        Refused("data", () => new MatrixSpan<double>(new double[7], int.MaxValue, 3, int.MaxValue));
        Refused("row", () => new MatrixSpan<double>(new double[6], 2, 3).Slice(3, 0, 0, 0));
        Refused("column", () => new MatrixSpan<double>(new double[6], 2, 3).Slice(0, -1, 0, 0));
        Refused("rows", () => new MatrixSpan<double>(new double[6], 2, 3).Slice(1, 0, 2, 1));
        Refused("columns", () => new ReadOnlyMatrixSpan<double>(new double[6], 2, 3).Slice(1, 0, 1, 4));
        Assert.Throws<InvalidOperationException>(() => new ReadOnlyMatrixSpan<double>(new double[6], 2, 3).Transposed.Row(0).Length);

        static void Refused(string name, Action view) => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(view).ParamName);
    }

    /// <summary>Against the entries one by one: two blocks of one memory share some, or none.</summary>
    [Fact]
    public void BlocksShareMemoryIfTheyShareAnEntry()
    {
        const int Rows = 5, Columns = 4;
        double[] data = new double[Rows * Columns];
        for (int code = 0; code < 40_000; code++)
        {
            // Two blocks whose corners and sizes are digits of a number that walks through all remainders.
            int rest = (int)(code * 2_654_435_761L % int.MaxValue);
            int Digit(int count)
            {
                (rest, int digit) = Math.DivRem(rest, count);
                return digit;
            }

            (int r, int c, int s, int d) = (Digit(Rows), Digit(Columns), Digit(Rows), Digit(Columns));
            (int rows, int columns, int others, int wide) = (1 + Digit(Rows - r), 1 + Digit(Columns - c), 1 + Digit(Rows - s), 1 + Digit(Columns - d));
            bool share = r < s + others && s < r + rows && c < d + wide && d < c + columns;
            bool isRefused = Record.Exception(() => MatrixMemory.NoOverlap<double>(
                new MatrixSpan<double>(data, Rows, Columns).Slice(r, c, rows, columns), new MatrixSpan<double>(data, Rows, Columns).Slice(s, d, others, wide), "x", "y")) is ArgumentException;
            Assert.True(share == isRefused, $"({r}, {c}) {rows}×{columns} and ({s}, {d}) {others}×{wide}");
        }
    }
}
