using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>Householder reflections I − τ·v·vᵀ whose vector ends with 1: they leave one entry, the last. Thread-safe: no state.</summary>
internal static class HouseholderRow
{
    /// <summary>Replaces x by v, the last entry of which is 1, such that (I − τ·v·vᵀ)·x is β in the last place and zero before; returns β and τ.</summary>
    /// <remarks>Squares that underflow would give a v that does not reflect: x is scaled by a power of two there.</remarks>
    public static (T Beta, T Tau) Create<T>(Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T alpha = x[^1];
        Span<T> head = x[..^1];
        T inverse = T.One;
        T squares = Reductions.SumOfSquares<T>(head);
        if (squares < SmallestSquares<T>())
        {
            T largest = head.IsEmpty ? T.Zero : T.Abs(TensorPrimitives.MaxMagnitude<T>(head));
            if (T.IsZero(largest))
            {
                x.Clear();
                return (alpha, T.Zero);
            }

            (T scale, inverse) = PowerOfTwo.Normalizing(T.Max(largest, T.Abs(alpha)));
            alpha *= scale;
            TensorPrimitives.Multiply<T>(head, scale, head);
            squares = Reductions.SumOfSquares<T>(head);
        }

        T norm = T.Sqrt(T.FusedMultiplyAdd(alpha, alpha, squares));
        T beta = T.IsNegative(alpha) ? norm : -norm;
        TensorPrimitives.Divide<T>(head, alpha - beta, head);
        x[^1] = T.One;
        return (beta * inverse, (beta - alpha) / beta);
    }

    /// <summary>The sum of squares from which on none that counts has lost digits.</summary>
    public static T SmallestSquares<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => typeof(T) == typeof(double) ? T.CreateTruncating(1e-280) : T.CreateTruncating(1e-27f);
}
