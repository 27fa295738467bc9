using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>The scalar arguments of views, scaled products, triangular systems and scaled fills.</summary>
internal static class NumericsCalls
{
    public static IReadOnlyList<(string Key, Delegate Call)> All { get; } =
    [
        ("MatrixSpan.new(data, rows, columns, rowStride)",
            (int rows, int columns, int rowStride) => new MatrixSpan<double>(new double[6], rows, columns, rowStride).Rows),
        ("ReadOnlyMatrixSpan.new(data, rows, columns, rowStride)",
            (int rows, int columns, int rowStride) => new ReadOnlyMatrixSpan<float>(new float[6], rows, columns, rowStride).Rows),
        ("MatrixSpan.Slice(row, column, rows, columns)",
            (int row, int column, int rows, int columns) => new MatrixSpan<double>(new double[6], 3, 2).Slice(row, column, rows, columns).Rows),
        ("ReadOnlyMatrixSpan.Slice(row, column, rows, columns)",
            (int row, int column, int rows, int columns) => new ReadOnlyMatrixSpan<double>(new double[6], 3, 2).Slice(row, column, rows, columns).Rows),
        ("ReadOnlyMatrixSpan.Row(row)", (int row) => new ReadOnlyMatrixSpan<double>(new double[6], 3, 2).Row(row).Length),
        ("MatrixSpan.new(tensor)", (int rank) => rank is < 1 or > 3 ? 0 : new MatrixSpan<double>(new TensorSpan<double>(new double[8], Sides(rank))).Rows),
        ("ReadOnlyMatrixSpan.new(tensor)",
            (int rank) => rank is < 1 or > 3 ? 0 : new ReadOnlyMatrixSpan<double>(new ReadOnlyTensorSpan<double>(new double[8], Sides(rank))).Rows),
        ("MatrixSpan.AsTensorSpan()", () => (double)new MatrixSpan<double>(new double[6], 3, 2).AsTensorSpan().FlattenedLength),
        ("ReadOnlyMatrixSpan.AsTensorSpan()", () => (double)new ReadOnlyMatrixSpan<double>(new double[6], 3, 2).AsTensorSpan().FlattenedLength),
        ("Products.Multiply(alpha, left, right, beta, scratch, destination, team)", (double alpha, double beta) => Filled(span =>
            Products.Multiply(alpha, Square, Square, beta, new double[100], new MatrixSpan<double>(span[..4], 2, 2)))),
        ("Products.Multiply(alpha, left, right, beta, destination, team)", (double alpha, double beta) => Filled(span =>
            Products.Multiply(alpha, Square, Square, beta, new MatrixSpan<double>(span[..4], 2, 2)))),
        ("Products.Gram(alpha, factor, beta, scratch, destination, team)", (double alpha, double beta) => Filled(span =>
            Products.Gram(alpha, Square, beta, new double[100], new MatrixSpan<double>(span[..4], 2, 2)))),
        ("Products.Gram(alpha, factor, beta, destination, team)", (double alpha, double beta) => Filled(span =>
            Products.Gram(alpha, Square, beta, new MatrixSpan<double>(span[..4], 2, 2)))),
        ("Products.GramLower(alpha, factor, beta, scratch, destination, team)", (double alpha, double beta) => Filled(span =>
            Products.GramLower(alpha, Square, beta, new double[100], new MatrixSpan<double>(span[..4], 2, 2)))),
        ("Products.GramLower(alpha, factor, beta, destination, team)", (double alpha, double beta) => Filled(span =>
            Products.GramLower(alpha, Square, beta, new MatrixSpan<double>(span[..4], 2, 2)))),
        ("TriangularSystem.Solve(triangle, part, side, scratch, sides, team)", (Triangle part, MatrixSide side) => Filled(span =>
            TriangularSystem.Solve(Square, part, side, new double[100], new MatrixSpan<double>(span[..4], 2, 2)))),
        ("TriangularSystem.Solve(triangle, part, side, sides, team)", (Triangle part, MatrixSide side) => Filled(span =>
            TriangularSystem.Solve(Square, part, side, new MatrixSpan<double>(span[..4], 2, 2)))),
        ("SymmetricEigen.DecomposeRange(matrix, scratch, first, values, vectors, team)", (int first) => Filled(span =>
            SymmetricEigen.DecomposeRange(Square, new double[1000], first, span[..1], new MatrixSpan<double>(span.Slice(1, 2), 2, 1)))),
        ("SymmetricEigen.DecomposeRange(matrix, first, values, vectors, team)", (int first) => Filled(span =>
            SymmetricEigen.DecomposeRange(Square, first, span[..1], new MatrixSpan<double>(span.Slice(1, 2), 2, 1)))),
        ("TruncatedSvd.Decompose(matrix, sketch, powers, scratch, left, values, right, team)", (int powers) => Filled(span =>
            TruncatedSvd.Decompose(
                Square, Ones, powers, new double[20_000], new MatrixSpan<double>(span[..2], 2, 1), new double[1], new MatrixSpan<double>(span.Slice(2, 2), 2, 1)))),
        ("TruncatedSvd.Decompose(matrix, sketch, powers, left, values, right, team)", (int powers) => Filled(span =>
            TruncatedSvd.Decompose(Square, Ones, powers, new MatrixSpan<double>(span[..2], 2, 1), new double[1], new MatrixSpan<double>(span.Slice(2, 2), 2, 1)))),
        ("PivotedQr.Rank(r, tolerance)", (double tolerance) => PivotedQr.Rank(new ReadOnlyMatrixSpan<double>(new double[] { 2, 1, 0, 1 }, 2, 2), tolerance)),
        ("LeastSquares.SolveMinimumNorm(matrix, sides, tolerance, scratch, solution, residuals, team)", (double tolerance) => Filled(span =>
            LeastSquares.SolveMinimumNorm(Square, Square, tolerance, new double[1000], new MatrixSpan<double>(span[..4], 2, 2), new double[2]))),
        ("LeastSquares.SolveMinimumNorm(matrix, sides, tolerance, solution, residuals, team)", (double tolerance) => Filled(span =>
            LeastSquares.SolveMinimumNorm(Square, Square, tolerance, new MatrixSpan<double>(span[..4], 2, 2), new double[2]))),
        ("RandomStream.FillGaussian(destination, mean, deviation)",
            (double mean, double deviation) => Filled(span => new RandomStream(1).FillGaussian(span, mean, deviation))),
        ("RandomStream.FillGaussian(first, destination, mean, deviation)",
            (long first, double mean, double deviation) => Filled(span => new RandomStream(1).FillGaussian(first, span, mean, deviation))),
        ("RandomStream.FillUniform(destination, low, high)",
            (double low, double high) => Filled(span => new RandomStream(1).FillUniform(span, low, high))),
        ("RandomStream.FillUniform(first, destination, low, high)",
            (long first, double low, double high) => Filled(span => new RandomStream(1).FillUniform(first, span, low, high))),
    ];

    private delegate void Fill(Span<double> span);

    private static MatrixSpan<double> Ones => new(new double[] { 1, 1 }, 2, 1);

    private static ReadOnlyMatrixSpan<double> Square => new(new double[] { 1, 2, 3, 4 }, 2, 2);

    private static ReadOnlySpan<nint> Sides(int rank) => new nint[] { 2, 2, 2 }.AsSpan(0, rank);

    private static double[] Filled(Fill fill)
    {
        double[] numbers = new double[30];
        fill(numbers);
        return numbers;
    }
}
