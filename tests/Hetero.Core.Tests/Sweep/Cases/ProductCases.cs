using System.Numerics;
using Hetero.Core.Numerics;
using static Hetero.Core.Tests.Sweep.BufferSpec;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>Products, reductions and views.</summary>
internal static class ProductCases
{
    public static IEnumerable<SpanCase> Of<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int k) = n == 0 ? (0, 0) : (n + 3, n + 1);
        BufferSpec scratch = Scratch<T>(Products.GetMultiplyScratchLength<T>(m, k, n));
        BufferSpec gramScratch = Scratch<T>(Products.GetGramScratchLength<T>(m, k));
        yield return Product(
            "Products.Multiply(left, right, scratch, destination, team)",
            [InMatrix<T>(m, k), InMatrix<T>(k, n), scratch, OutMatrix<T>(m, n, 2)],
            s =>
            Products.Multiply<T>(s.Matrix<T>(0), s.Matrix<T>(1), s.Vector<T>(2), s.Matrix<T>(3)));
        yield return Product(
            "Products.Multiply(left, right, scratch, destination, team)",
            [InMatrix<T>(k, m), InMatrix<T>(n, k), scratch, OutMatrix<T>(m, n, 2)],
            s =>
            Products.Multiply<T>(s.Matrix<T>(0).AsReadOnly().Transposed, s.Matrix<T>(1).AsReadOnly().Transposed,
                s.Vector<T>(2), s.Matrix<T>(3)));
        yield return Product(
            "Products.MultiplyAdd(left, right, scratch, destination, team)",
            [InMatrix<T>(m, k), InMatrix<T>(k, n), scratch, UpdateMatrix<T>(m, n, 2)],
            s =>
            Products.MultiplyAdd<T>(s.Matrix<T>(0), s.Matrix<T>(1), s.Vector<T>(2), s.Matrix<T>(3)));
        yield return Product("Products.Gram(factor, scratch, destination, team)", [InMatrix<T>(m, k), gramScratch, OutMatrix<T>(m, m, 2)], s =>
            Products.Gram<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2))) with
        { TakesAnyLength = true };
        yield return Product(
            "Products.GramLower(factor, scratch, destination, team)",
            [InMatrix<T>(m, k), gramScratch, UpdateMatrix<T>(m, m, 2)],
            s =>
            Products.GramLower<T>(s.Matrix<T>(0), s.Vector<T>(1), s.Matrix<T>(2))) with
        { TakesAnyLength = true };
        foreach (SpanCase test in Scaled<T>(m, k, n).Concat(Renting<T>(m, k, n)))
        {
            yield return test;
        }

        yield return new(
            "Reductions.Dot(x, y)",
            [In<T>(n), In<T>(n)],
            s => [double.CreateChecked(Reductions.Dot<T>(s.Vector<T>(0), s.Vector<T>(1)))])
        {
            ResultDegree = 2,
            FormsProducts = true,
        };
        yield return Vector<T>(
            "Reductions.SumOfSquares(x)",
            n, 2,
            x => double.CreateChecked(Reductions.SumOfSquares(x))) with
        { FormsProducts = true };
        yield return Vector<T>("Reductions.Norm(x)", n, 1, x => double.CreateChecked(Reductions.Norm(x)));
        yield return Vector<T>("Reductions.AllFinite(x)", n, 0, x => Reductions.AllFinite(x) ? 1 : 0);
        yield return new(
            "MatrixSpan.new(data, rows, columns)",
            [InMatrix<T>(m, k)],
            s => [double.CreateChecked(Sum<T>(new MatrixSpan<T>(s.Vector<T>(0), m, k)))])
        { ResultDegree = 1 };
        yield return new(
            "ReadOnlyMatrixSpan.new(data, rows, columns)",
            [InMatrix<T>(m, k)],
            s => [double.CreateChecked(Sum(new ReadOnlyMatrixSpan<T>(s.Vector<T>(0), m, k)))])
        {
            ResultDegree = 1,
        };
    }

    private static IEnumerable<SpanCase> Scaled<T>(int m, int k, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T alpha, T beta) = (T.CreateChecked(-0.7), T.CreateChecked(1.3));
        BufferSpec scratch = Scratch<T>(Products.GetMultiplyScratchLength<T>(m, k, n)), gramScratch = Scratch<T>(Products.GetGramScratchLength<T>(m, k));
        yield return Product(
            "Products.Multiply(alpha, left, right, beta, scratch, destination, team)",
            [InMatrix<T>(m, k), InMatrix<T>(k, n), scratch, UpdateMatrix<T>(m, n, 2)],
            s => Products.Multiply<T>(alpha, s.Matrix<T>(0), s.Matrix<T>(1), beta, s.Vector<T>(2), s.Matrix<T>(3)));
        yield return Product(
            "Products.Multiply(alpha, left, right, beta, destination, team)",
            [InMatrix<T>(m, k), InMatrix<T>(n, k), UpdateMatrix<T>(m, n, 2)],
            s => Products.Multiply<T>(alpha, s.Matrix<T>(0), s.Matrix<T>(1).Transposed, beta, s.Matrix<T>(2)));
        yield return Product(
            "Products.Gram(alpha, factor, beta, scratch, destination, team)",
            [InMatrix<T>(m, k), gramScratch, UpdateMatrix<T>(m, m, 2)],
            s => Products.Gram<T>(alpha, s.Matrix<T>(0), beta, s.Vector<T>(1), s.Matrix<T>(2))) with
        { TakesAnyLength = true };
        yield return Product(
            "Products.Gram(alpha, factor, beta, destination, team)",
            [InMatrix<T>(k, m), UpdateMatrix<T>(m, m, 2)],
            s => Products.Gram<T>(alpha, s.Matrix<T>(0).Transposed, beta, s.Matrix<T>(1))) with
        { TakesAnyLength = true };
        yield return Product(
            "Products.GramLower(alpha, factor, beta, scratch, destination, team)",
            [InMatrix<T>(m, k), gramScratch, UpdateMatrix<T>(m, m, 2)],
            s => Products.GramLower<T>(alpha, s.Matrix<T>(0), beta, s.Vector<T>(1), s.Matrix<T>(2))) with
        { TakesAnyLength = true };
        yield return Product(
            "Products.GramLower(alpha, factor, beta, destination, team)",
            [InMatrix<T>(k, m), UpdateMatrix<T>(m, m, 2)],
            s => Products.GramLower<T>(alpha, s.Matrix<T>(0).Transposed, beta, s.Matrix<T>(1))) with
        { TakesAnyLength = true };
    }

    private static IEnumerable<SpanCase> Renting<T>(int m, int k, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        yield return Product(
            "Products.Multiply(left, right, destination, team)",
            [InMatrix<T>(m, k), InMatrix<T>(k, n), OutMatrix<T>(m, n, 2)],
            s => Products.Multiply<T>(s.Matrix<T>(0), s.Matrix<T>(1), s.Matrix<T>(2)));
        yield return Product(
            "Products.MultiplyAdd(left, right, destination, team)",
            [InMatrix<T>(m, k), InMatrix<T>(k, n), UpdateMatrix<T>(m, n, 2)],
            s => Products.MultiplyAdd<T>(s.Matrix<T>(0), s.Matrix<T>(1), s.Matrix<T>(2)));
        yield return Product("Products.Gram(factor, destination, team)", [InMatrix<T>(m, k), OutMatrix<T>(m, m, 2)], s =>
            Products.Gram<T>(s.Matrix<T>(0), s.Matrix<T>(1))) with
        { TakesAnyLength = true };
        yield return Product("Products.GramLower(factor, destination, team)", [InMatrix<T>(m, k), UpdateMatrix<T>(m, m, 2)], s =>
            Products.GramLower<T>(s.Matrix<T>(0), s.Matrix<T>(1))) with
        { TakesAnyLength = true };
        yield return Product("ReadOnlyMatrixSpan.CopyTo(destination)", [InMatrix<T>(m, k), OutMatrix<T>(m, k, 1)], s =>
            s.Matrix<T>(0).AsReadOnly().CopyTo(s.Matrix<T>(1)));
        yield return Product("ReadOnlyMatrixSpan.CopyTo(destination)", [InMatrix<T>(k, m), OutMatrix<T>(m, k, 1)], s =>
            s.Matrix<T>(0).Transposed.CopyTo(s.Matrix<T>(1)));
        yield return new(
            "MatrixSpan.new(data, rows, columns, rowStride)",
            [InMatrix<T>(m, k + 1)],
            s => [double.CreateChecked(Sum<T>(new MatrixSpan<T>(s.Vector<T>(0), m, k, k + 1)))])
        { ResultDegree = 1, TakesAnyLength = true };
        yield return new(
            "ReadOnlyMatrixSpan.new(data, rows, columns, rowStride)",
            [InMatrix<T>(m, k + 1)],
            s => [double.CreateChecked(Sum(new ReadOnlyMatrixSpan<T>(s.Vector<T>(0), m, k, k + 1)))])
        { ResultDegree = 1, TakesAnyLength = true };
    }

    private static SpanCase Product(string key, BufferSpec[] buffers, Action<Slots> call)
        => SpanCase.Void(key, buffers, call) with { FormsProducts = true };

    private static SpanCase Vector<T>(string key, int n, int degree, Func<ReadOnlySpan<T>, double> function)
        where T : unmanaged
        => new(key, [In<T>(n)], s => [function(s.Vector<T>(0))]) { ResultDegree = degree, TakesAnyLength = true };

    private static T Sum<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                sum += matrix[i, j] * T.CreateChecked(0.125);
            }
        }

        return sum;
    }
}
