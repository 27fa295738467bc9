using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>The Euclidean norm of vectors of any magnitude. Thread-safe: no state.</summary>
internal static class ScaledNorm
{
    /// <summary>Returns √(Σᵢ xᵢ²): <see cref="Reductions.Norm"/>, or, where squares would lose digits, a plain sum over scaled elements.</summary>
    public static T Of<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T limit = T.ScaleB(T.One, typeof(T) == typeof(double) ? 900 : 90);
        T squares = Reductions.SumOfSquares(x);
        if (x.IsEmpty || (squares * limit > T.One && squares < limit))
        {
            return T.Sqrt(squares);
        }

        (T scale, T inverse) = PowerOfTwo.Normalizing(T.Abs(TensorPrimitives.MaxMagnitude(x)));
        T sum = T.Zero;
        foreach (T value in x)
        {
            T scaled = value * scale;
            sum = T.FusedMultiplyAdd(scaled, scaled, sum);
        }

        return T.Sqrt(sum) * inverse;
    }
}
