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
        Span<T> tail = x[1..];
        T squares = Reductions.SumOfSquares<T>(tail), inverse = T.One;
        if (!IsInRange(x[0], squares))
        {
            if (!TryNormalize(x, out inverse))
            {
                T alpha = x[0];
                x.Clear();
                return (alpha, T.Zero);
            }

            squares = Reductions.SumOfSquares<T>(tail);
        }

        (T beta, T tau, T divisor) = Measure(x[0], squares, inverse);
        TensorPrimitives.Divide<T>(tail, divisor, tail);
        x[0] = T.One;
        return (beta, tau);
    }

    /// <summary>Whether squares of x are in the range of numbers: between these bounds nothing that counts under- or overflows, and a scale that is a power of two would change no bit.</summary>
    /// <param name="alpha">x₀.</param>
    /// <param name="squares">The sum of squares of all others.</param>
    public static bool IsInRange<T>(T alpha, T squares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T bound = T.ScaleB(T.One, typeof(T) == typeof(double) ? 600 : 60);
        return T.Max(squares, alpha * alpha) < bound && squares * bound > T.One;
    }

    /// <summary>Scales x by a power of two to magnitudes near 1, or returns false where all elements but the first are zero.</summary>
    public static bool TryNormalize<T>(Span<T> x, out T inverse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        inverse = T.One;
        T largest = x.Length == 1 ? T.Zero : T.Abs(TensorPrimitives.MaxMagnitude<T>(x[1..]));
        if (T.IsZero(largest))
        {
            return false;
        }

        (T scale, inverse) = PowerOfTwo.Normalizing(T.Max(largest, T.Abs(x[0])));
        TensorPrimitives.Multiply<T>(x, scale, x);
        return true;
    }

    /// <summary>Gets β, τ, and what x is to be divided by to become v, but for v₀.</summary>
    /// <param name="alpha">x₀.</param>
    /// <param name="squares">The sum of squares of all other elements.</param>
    /// <param name="inverse">What undoes the scale of x.</param>
    public static (T Beta, T Tau, T Divisor) Measure<T>(T alpha, T squares, T inverse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
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
