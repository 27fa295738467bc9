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
}
