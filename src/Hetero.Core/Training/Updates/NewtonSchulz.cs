using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>The iteration of <see cref="Orthogonalization.NewtonSchulz"/>, with the smaller of the two Gram matrices.</summary>
internal static class NewtonSchulz<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Steps = 5;
    private static readonly T A = T.CreateTruncating(3.4445), B = T.CreateTruncating(-4.7750), C = T.CreateTruncating(2.0315);

    public static int ScratchLength(MatrixShape shape)
    {
        int size = Math.Min(shape.Rows, shape.Columns);
        long length = (2L * size * size) + shape.Length
            + Math.Max(Products.GetGramScratchLength<T>(size, Math.Max(shape.Rows, shape.Columns)), ProductScratch(shape, size));
        Guard.InRange(length, 0, Array.MaxLength, "shapes");
        return (int)length;
    }

    /// <summary>Replaces a matrix of norm 1.</summary>
    public static void Replace(MatrixSpan<T> x, Span<T> scratch)
    {
        int size = Math.Min(x.Rows, x.Columns), square = size * size;
        bool tall = x.Rows > x.Columns;
        MatrixSpan<T> gram = new(scratch[..square], size, size), polynomial = new(scratch.Slice(square, square), size, size);
        MatrixSpan<T> product = new(scratch.Slice(2 * square, x.Data.Length), x.Rows, x.Columns);
        Span<T> rest = scratch[((2 * square) + x.Data.Length)..];
        ReadOnlyMatrixSpan<T> matrix = x;
        for (int step = 0; step < Steps; step++)
        {
            Products.Gram(tall ? matrix.Transposed : matrix, rest, gram);
            Products.Multiply<T>(gram, gram, rest, polynomial);
            TensorPrimitives.Multiply(polynomial.Data, C, polynomial.Data);
            TensorPrimitives.FusedMultiplyAdd(gram.Data, B, polynomial.Data, polynomial.Data);
            if (tall)
            {
                Products.Multiply<T>(matrix, polynomial, rest, product);
            }
            else
            {
                Products.Multiply<T>(polynomial, matrix, rest, product);
            }

            TensorPrimitives.FusedMultiplyAdd(x.Data, A, product.Data, x.Data);
        }
    }

    private static int ProductScratch(MatrixShape shape, int size)
        => Math.Max(
            Products.GetMultiplyScratchLength<T>(size, size, size),
            shape.Rows > shape.Columns
                ? Products.GetMultiplyScratchLength<T>(shape.Rows, size, size)
                : Products.GetMultiplyScratchLength<T>(size, size, shape.Columns));
}
