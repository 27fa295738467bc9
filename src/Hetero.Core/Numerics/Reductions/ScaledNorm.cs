using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>The Euclidean norm of vectors of any magnitude. Thread-safe: no state.</summary>
internal static class ScaledNorm
{
    /// <summary>The elements of a plain sum; more are several sums, or those of floats would stand still before the end.</summary>
    public const int PartLength = 1024;

    /// <summary>Returns the Frobenius norm, added up in the order of memory: the bits do not depend on what lies between rows.</summary>
    public static T Of<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => matrix.IsContiguous ? Of(matrix.Data) : StridedNorm.Of(MatrixMemory.Lines(matrix));

    /// <summary>
    /// Returns √(Σᵢ xᵢ²): the root of <see cref="Reductions.SumOfSquares"/>, or, where squares would lose digits, of a plain sum over scaled elements.
    /// </summary>
    public static T Of<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T squares = Reductions.SumOfSquares(x);
        if (x.IsEmpty || KeepsDigits(squares))
        {
            return T.Sqrt(squares);
        }

        (T scale, T inverse) = PowerOfTwo.Normalizing(T.Abs(TensorPrimitives.MaxMagnitude(x)));
        T total = T.Zero;
        while (!x.IsEmpty)
        {
            ReadOnlySpan<T> part = x[..Math.Min(PartLength, x.Length)];
            T sum = T.Zero;
            foreach (T value in part)
            {
                T scaled = value * scale;
                sum = T.FusedMultiplyAdd(scaled, scaled, sum);
            }

            total += sum;
            x = x[part.Length..];
        }

        return T.Sqrt(total) * inverse;
    }

    /// <summary>Whether squares that have this sum stay clear of the ends of the range.</summary>
    public static bool KeepsDigits<T>(T squares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T limit = T.ScaleB(T.One, typeof(T) == typeof(double) ? 900 : 90);
        return squares * limit > T.One && squares < limit;
    }
}
