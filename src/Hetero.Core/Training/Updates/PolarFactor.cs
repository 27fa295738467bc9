using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>The polar factor PQᵀ of <see cref="Orthogonalization.Polar"/>.</summary>
internal static class PolarFactor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int ScratchLength(MatrixShape shape)
    {
        // Its own memory and the decomposition's are several times as long.
        Guard.InRange((long)shape.Rows * shape.Columns, 1, Array.MaxLength / 8, "shapes");
        int size = Math.Min(shape.Rows, shape.Columns);
        long length = ((long)size * ((long)shape.Rows + shape.Columns)) + size
            + Math.Max(JacobiSvd.GetScratchLength<T>(shape.Rows, shape.Columns), Products.GetMultiplyScratchLength<T>(shape.Rows, size, shape.Columns));
        Guard.InRange(length, 0, Array.MaxLength, "shapes");
        return (int)length;
    }

    /// <summary>Replaces a matrix of norm 1.</summary>
    public static void Replace(MatrixSpan<T> x, Span<T> scratch)
    {
        int size = Math.Min(x.Rows, x.Columns);
        MatrixSpan<T> left = new(scratch[..(x.Rows * size)], x.Rows, size);
        MatrixSpan<T> right = new(scratch.Slice(left.Data.Length, x.Columns * size), x.Columns, size);
        Span<T> values = scratch.Slice(left.Data.Length + right.Data.Length, size);
        Span<T> rest = scratch[(left.Data.Length + right.Data.Length + size)..];
        JacobiSvd.Decompose(x, rest, left, values, right);

        // A direction that is round-off of the largest one has no meaning: it gets no step.
        T least = values[0] * T.CreateTruncating(Math.Max(x.Rows, x.Columns)) * (T.BitIncrement(T.One) - T.One);
        for (int j = 0; j < size; j++)
        {
            for (int i = 0; i < x.Rows && !(values[j] > least); i++)
            {
                left[i, j] = T.Zero;
            }
        }

        Products.Multiply<T>(left, right.AsReadOnly().Transposed, rest, x);
    }
}
