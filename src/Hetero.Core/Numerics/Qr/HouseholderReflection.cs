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
        (T beta, T tau, T divisor) = Measure(x, Reductions.SumOfSquares<T>(x[1..]));
        if (!T.IsZero(tau))
        {
            TensorPrimitives.Divide<T>(x[1..], divisor, x[1..]);
            x[0] = T.One;
        }

        return (beta, tau);
    }

    /// <summary>Gets β, τ, and what x is to be divided by to become v, but for v₀.</summary>
    /// <param name="x">The vector, which is scaled if its squares leave the range of numbers, and becomes 0 where nothing is to be reflected: then τ = 0.</param>
    /// <param name="squares">The sum of squares of all elements but the first.</param>
    public static (T Beta, T Tau, T Divisor) Measure<T>(Span<T> x, T squares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T alpha = x[0], inverse = T.One;

        // Between these bounds nothing that counts under- or overflows, and a scale that is a power of two would change no bit.
        T bound = T.ScaleB(T.One, typeof(T) == typeof(double) ? 600 : 60);
        if (!(T.Max(squares, alpha * alpha) < bound && squares * bound > T.One))
        {
            Span<T> tail = x[1..];
            T largest = tail.IsEmpty ? T.Zero : T.Abs(TensorPrimitives.MaxMagnitude<T>(tail));
            if (T.IsZero(largest))
            {
                x.Clear();
                return (alpha, T.Zero, T.One);
            }

            (T scale, inverse) = PowerOfTwo.Normalizing(T.Max(largest, T.Abs(alpha)));
            alpha *= scale;
            TensorPrimitives.Multiply<T>(tail, scale, tail);
            squares = Reductions.SumOfSquares<T>(tail);
        }

        T norm = T.Sqrt(T.FusedMultiplyAdd(alpha, alpha, squares));
        T beta = T.IsNegative(alpha) ? norm : -norm;
        return (beta * inverse, (beta - alpha) / beta, alpha - beta);
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
