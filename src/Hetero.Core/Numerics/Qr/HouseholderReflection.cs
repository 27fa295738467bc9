using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>Householder reflections I − τ·v·vᵀ, v₀ = 1. Thread-safe: no state.</summary>
internal static class HouseholderReflection
{
    /// <summary>
    /// Replaces x by v, v₀ = 1, such that (I − τ·v·vᵀ)·x = β·e₀; returns β and τ. β has the sign opposite to x₀, so nothing cancels.
    /// </summary>
    /// <remarks>Very large or small x is scaled first: squares that underflow would give a v that does not reflect, and a Q that is not orthonormal.</remarks>
    public static (T Beta, T Tau) Create<T>(Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T alpha = x[0], inverse = T.One;
        Span<T> tail = x[1..];
        T squares = Reductions.SumOfSquares<T>(tail);

        // Between these bounds nothing that counts under- or overflows, and a scale that is a power of two would change no bit.
        T bound = T.ScaleB(T.One, typeof(T) == typeof(double) ? 600 : 60);
        if (!(T.Max(squares, alpha * alpha) < bound && squares * bound > T.One))
        {
            T largest = tail.IsEmpty ? T.Zero : T.Abs(TensorPrimitives.MaxMagnitude<T>(tail));
            if (T.IsZero(largest))
            {
                x.Clear();
                return (alpha, T.Zero);
            }

            (T scale, inverse) = PowerOfTwo.Normalizing(T.Max(largest, T.Abs(alpha)));
            alpha *= scale;
            TensorPrimitives.Multiply<T>(tail, scale, tail);
            squares = Reductions.SumOfSquares<T>(tail);
        }

        T norm = T.Sqrt(T.FusedMultiplyAdd(alpha, alpha, squares));
        T beta = T.IsNegative(alpha) ? norm : -norm;
        TensorPrimitives.Divide<T>(tail, alpha - beta, tail);
        x[0] = T.One;
        return (beta * inverse, (beta - alpha) / beta);
    }

    /// <summary>y ← y − τ·(v·y)·v.</summary>
    public static void Apply<T>(ReadOnlySpan<T> v, T tau, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsZero(tau))
        {
            TensorPrimitives.FusedMultiplyAdd(v, -tau * Reductions.Dot<T>(v, y), y, y);
        }
    }
}
