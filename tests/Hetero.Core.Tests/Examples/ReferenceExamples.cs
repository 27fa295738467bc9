using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Xunit;

namespace Hetero.Core.Tests.Examples;

/// <summary>The examples of the reference: compiled and run here, with what they promise.</summary>
public sealed class ReferenceExamples
{
    [Fact]
    public void Blocks()
    {
        double[] memory = new double[6 * 4];
        MatrixSpan<double> matrix = new(memory, 6, 4);
        MatrixSpan<double> block = matrix.Slice(row: 2, column: 1, rows: 3, columns: 2);
        block[0, 0] = 1; // memory[2 * 4 + 1]

        Assert.Equal(1, memory[9]);
    }

    [Fact]
    public void Schur()
    {
        const int n = 2, k = 1;
        double[] memory = [1, 2, 3, 10], scratch = new double[100];
        MatrixSpan<double> matrix = new(memory, n, n);

        MatrixSpan<double> corner = matrix.Slice(k, k, n - k, n - k);
        Products.Multiply(-1.0, matrix.Slice(k, 0, n - k, k), matrix.Slice(0, k, k, n - k), 1.0, scratch, corner);

        Assert.Equal(4, memory[3]);
    }

    [Fact]
    public void Definite()
    {
        double[] a = [4, 2, 2, 3], x = [6, 5];
        MatrixSpan<double> factor = new(a, 2, 2);
        Cholesky.Decompose(factor, factor);                      // L over A
        Cholesky.Solve(factor, new MatrixSpan<double>(x, 2, 1)); // x = (1, 1)

        Assert.Equal(1, x[0], 1e-14);
        Assert.Equal(1, x[1], 1e-14);
    }

    [Fact]
    public void Qr()
    {
        double[] a = [3, 1, 4, 2], q = new double[4], r = new double[4];
        HouseholderQr.Decompose(new ReadOnlyMatrixSpan<double>(a, 2, 2), new MatrixSpan<double>(q, 2, 2), new MatrixSpan<double>(r, 2, 2)); // r[0] is 5

        Assert.Equal(5, r[0], 1e-14);
    }

    [Fact]
    public void PivotedQrOfADependentColumn()
    {
        double[] a = [1, 2, 2, 4], q = new double[4], r = new double[4];
        int[] permutation = new int[2];
        int rank = PivotedQr.Decompose(new ReadOnlyMatrixSpan<double>(a, 2, 2), new MatrixSpan<double>(q, 2, 2), new MatrixSpan<double>(r, 2, 2), permutation); // 1

        Assert.Equal(1, rank);
        Assert.Equal([1, 0], permutation);
    }

    [Fact]
    public void LineThroughPoints()
    {
        double[] a = [1, 0, 1, 1, 1, 2], b = [1, 2, 4], x = new double[2], residual = new double[1]; // a line through (0, 1), (1, 2), (2, 4)
        LeastSquares.Solve(new ReadOnlyMatrixSpan<double>(a, 3, 2), new ReadOnlyMatrixSpan<double>(b, 3, 1), new MatrixSpan<double>(x, 2, 1), residual); // 5/6 + 3/2·t, off by 1/√6

        Assert.Equal(5.0 / 6, x[0], 1e-14);
        Assert.Equal(1.5, x[1], 1e-14);
        Assert.Equal(1 / Math.Sqrt(6), residual[0], 1e-14);
    }

    [Fact]
    public void SingularValuesAndVectors()
    {
        double[] a = [3, 0, 4, 5], u = new double[4], values = new double[2], v = new double[4];
        Svd.Decompose(new ReadOnlyMatrixSpan<double>(a, 2, 2), new MatrixSpan<double>(u, 2, 2), values, new MatrixSpan<double>(v, 2, 2)); // 3·√5 and √5

        Assert.Equal(3 * Math.Sqrt(5), values[0], 1e-14);
        Assert.Equal(Math.Sqrt(5), values[1], 1e-14);
    }

    [Fact]
    public void LargestSingularValues()
    {
        double[] a = [4, 0, 0, 0, 3, 0, 0, 0, 0.5], u = new double[6], values = new double[2], v = new double[6], sketch = new double[9];
        new RandomStream(seed: 1).FillGaussian(sketch);
        double error = TruncatedSvd.Decompose(
            new ReadOnlyMatrixSpan<double>(a, 3, 3), new MatrixSpan<double>(sketch, 3, 3), 1,
            new MatrixSpan<double>(u, 3, 2), values, new MatrixSpan<double>(v, 3, 2)); // 0.5: 4 and 3

        Assert.Equal(4, values[0], 1e-14);
        Assert.Equal(3, values[1], 1e-14);
        Assert.Equal(0.5, error, 1e-14);
    }

    [Fact]
    public void SmallSingularValues()
    {
        double[] a = [3, 0, 4, 5], values = new double[2];
        JacobiSvd.Decompose(new ReadOnlyMatrixSpan<double>(a, 2, 2), values); // 3·√5 and √5

        Assert.Equal(3 * Math.Sqrt(5), values[0], 1e-14);
        Assert.Equal(Math.Sqrt(5), values[1], 1e-14);
    }

    [Fact]
    public void Eigenvalues()
    {
        double[] a = [2, 1, 1, 2], values = new double[2], vectors = new double[4];
        SymmetricEigen.Decompose(new ReadOnlyMatrixSpan<double>(a, 2, 2), values, new MatrixSpan<double>(vectors, 2, 2)); // 1 and 3

        Assert.Equal(1, values[0], 1e-14);
        Assert.Equal(3, values[1], 1e-14);
    }

    [Fact]
    public void Gaussians()
    {
        double[] z = new double[1000];
        RandomStream stream = new(seed: 42);
        stream.FillGaussian(z);                            // N(0, 1)
        stream.FillGaussian(z, mean: 3.0, deviation: 0.5); // the same entries, as 3 + z/2

        Assert.InRange(z.Average(), 2.9, 3.1);
    }
}
