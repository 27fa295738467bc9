using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <summary>Matrices and tensors of rank 2 are views of the same memory, or are refused.</summary>
public sealed class TensorViewTests
{
    [Fact]
    public void ADenseTensorIsAMatrix()
    {
        double[] data = Data.Uniform<double>(12);
        MatrixSpan<double> matrix = new(new TensorSpan<double>(data, [3, 4]));
        Assert.Equal((3, 4, 4), (matrix.Rows, matrix.Columns, matrix.RowStride));
        matrix[2, 1] = 7;
        Assert.Equal(7, data[9]);
        TensorSpan<double> back = matrix.AsTensorSpan();
        back[1, 3] = 8;
        Assert.Equal(8, data[7]);
        Assert.True(back.IsDense);
        Assert.Equal(8, new ReadOnlyMatrixSpan<double>(back.AsReadOnlyTensorSpan())[1, 3]);
    }

    [Fact]
    public void ASliceOfATensorIsAMatrixWithRowsApartAndBack()
    {
        double[] data = Data.Uniform<double>(48);
        TensorSpan<double> slice = new TensorSpan<double>(data, [6, 8]).Slice([1..4, 2..7]);
        MatrixSpan<double> matrix = new(slice);
        Assert.Equal((3, 5, 8), (matrix.Rows, matrix.Columns, matrix.RowStride));
        ReadOnlyTensorSpan<double> back = matrix.Slice(1, 1, 2, 3).AsReadOnly().AsTensorSpan();
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                Assert.Equal(data[((i + 1) * 8) + j + 2], matrix[i, j]);
                if (i >= 1 && j is >= 1 and < 4)
                {
                    Assert.Equal(matrix[i, j], back[i - 1, j - 1]);
                }
            }
        }
    }

    [Fact]
    public void ATransposedTensorIsATransposedMatrixToRead()
    {
        double[] data = Data.Uniform<double>(15);
        ReadOnlyTensorSpan<double> tensor = new(data, [5, 3], [1, 5]);
        ReadOnlyMatrixSpan<double> matrix = new(tensor);
        ReadOnlyTensorSpan<double> back = new ReadOnlyMatrixSpan<double>(data, 3, 5).Transposed.AsTensorSpan();
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(data[(j * 5) + i], matrix[i, j]);
                Assert.Equal(data[(j * 5) + i], back[i, j]);
            }
        }

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new MatrixSpan<double>(new TensorSpan<double>(data, [5, 3], [1, 5])));
        Assert.Equal("'tensor' is 5 by 3 with strides 1 and 5; accepted is a row's entries adjacent, in the range of a span. (Parameter 'tensor')", refusal.Message);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void ThinAndEmptyShapesSurviveTheWayThereAndBack(int rows, int columns)
    {
        double[] data = Data.Uniform<double>(rows * columns);
        TensorSpan<double> tensor = new MatrixSpan<double>(data, rows, columns).AsTensorSpan();
        MatrixSpan<double> matrix = new(tensor);
        Assert.Equal((rows, columns), (matrix.Rows, matrix.Columns));
        Assert.Equal(data, matrix.Data.ToArray());
        ReadOnlyMatrixSpan<double> transposed = new(new ReadOnlyMatrixSpan<double>(data, rows, columns).Transposed.AsTensorSpan());
        Assert.Equal((columns, rows), (transposed.Rows, transposed.Columns));
        Assert.Equal(data, transposed.Data.ToArray());
    }

    [Fact]
    public void TheEmptyDefaultSurvivesTheWayThereAndBack()
    {
        MatrixSpan<double> matrix = new(default(MatrixSpan<double>).AsTensorSpan());
        Assert.Equal((0, 0), (matrix.Rows, matrix.Columns));
        ReadOnlyMatrixSpan<double> view = new(default(ReadOnlyMatrixSpan<double>).AsTensorSpan());
        Assert.Equal((0, 0), (view.Rows, view.Columns));
    }

    [Fact]
    public void AColumnOfALargerMatrixSurvivesTheWayThereAndBack()
    {
        double[] data = Data.Uniform<double>(12);
        TensorSpan<double> tensor = new MatrixSpan<double>(data, 3, 4).Slice(0, 1, 3, 1).AsTensorSpan();
        MatrixSpan<double> column = new(tensor);
        Assert.Equal([data[1], data[5], data[9]], [column[0, 0], column[1, 0], column[2, 0]]);
    }

    [Fact]
    public void OtherTensorsAreRefusedByName()
    {
        double[] data = new double[24];
        Refused("has rank 1;", () => new MatrixSpan<double>(new TensorSpan<double>(data)));
        Refused("has rank 3;", () => new ReadOnlyMatrixSpan<double>(new ReadOnlyTensorSpan<double>(data, [2, 3, 4])));
        Refused("with strides 6 and 2;", () => new ReadOnlyMatrixSpan<double>(new ReadOnlyTensorSpan<double>(data, [4, 3], [6, 2])));
        Refused("with strides 0 and 1;", () => new ReadOnlyMatrixSpan<double>(new ReadOnlyTensorSpan<double>(data, [4, 3], [0, 1])));

        static void Refused(string what, Action view)
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(view);
            Assert.Equal("tensor", refusal.ParamName);
            Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        }
    }
}
