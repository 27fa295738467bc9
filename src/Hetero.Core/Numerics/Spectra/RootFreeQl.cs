using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// The eigenvalues alone of a symmetric tridiagonal matrix by the QL algorithm without square roots (Pal, Walker, Kahan; Parlett, The Symmetric Eigenvalue
/// Problem, 8-15; LAPACK: STERF). Thread-safe as long as calls share no memory.
/// </summary>
internal static class RootFreeQl
{
    /// <summary>Computes eigenvalues.</summary>
    /// <param name="diagonal">The n ≥ 1 diagonal entries of a matrix with magnitudes near 1; becomes the eigenvalues, in no order.</param>
    /// <param name="beside">n elements, the first n − 1 beside the diagonal; overwritten.</param>
    /// <param name="maximumSteps">The steps for each eigenvalue.</param>
    public static void Diagonalize<T>(Span<T> diagonal, Span<T> beside, int maximumSteps = TridiagonalQl.MaximumSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = diagonal.Length;
        (T relative, T absolute) = TridiagonalQl.Negligible<T>(diagonal, beside[..(n - 1)]);
        relative *= relative;
        absolute *= absolute;
        for (int i = 0; i < n; i++)
        {
            beside[i] *= beside[i];
        }

        long steps = 0;
        for (int first = 0; first < n; first++)
        {
            int last = first;
            while (last < n - 1 && !IsNegligible(beside[last], diagonal[last], diagonal[last + 1], relative, absolute))
            {
                last++;
            }

            // A step says where the matrix falls in two.
            while (last > first)
            {
                if (++steps > (long)maximumSteps * n)
                {
                    throw TridiagonalQl.NotConverged(n, maximumSteps);
                }

                beside[last] = T.Zero;
                last = Step(diagonal[..(last + 1)], beside[..(last + 1)], first, relative, absolute, out bool hasValue);
                first += hasValue ? 1 : 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNegligible<T>(T square, T before, T after, T relative, T absolute)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Abs(before) + T.Abs(after);
        return !(square > T.Max(relative * sum * sum, absolute));
    }

    /// <summary>
    /// One step on the rows from first on; returns the last row of those that are still joined with the one after first, or with first if that has not become a value.
    /// </summary>
    /// <remarks>
    /// With squares b of what stands beside the diagonal, c and s are squares of cosine and sine: c = p/r and s = b/r with r = p + b, γ = c·(α − σ) − s·γ' and p = γ²/c next. With
    /// g = p·(α − σ) − b·γ', γ is g/r and p is γ·(g/p): both divisions of a row start as soon as p is known, and are done together.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Step<T>(Span<T> diagonal, Span<T> beside, int first, T relative, T absolute, out bool hasValue)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T smallest = T.CreateTruncating(typeof(T) == typeof(double) ? 1e-290 : 1e-29);
        int last = diagonal.Length - 1, cut = last;
        T corner = diagonal[first];
        T half = (diagonal[first + 1] - corner) * T.CreateTruncating(0.5);
        T shift = corner - (beside[first] / (half + T.CopySign(T.Sqrt(T.FusedMultiplyAdd(half, half, beside[first])), half)));
        T c = T.One;
        T s = T.Zero;
        T gamma = diagonal[last] - shift;
        T p = gamma * gamma;
        T below = T.Zero;
        beside = beside[..diagonal.Length];
        for (int i = last - 1; i >= first; i--)
        {
            T square = beside[i];
            T r = p + square;
            T written = s * r;
            T before = gamma;
            T alpha = diagonal[i];
            T numerator = T.FusedMultiplyAdd(p, alpha - shift, -(square * before));
            if (p > smallest)
            {
                T inverse = T.One / r;
                gamma = numerator * inverse;
                c = p * inverse;
                s = square * inverse;
                p = gamma * (numerator / p);
            }
            else
            {
                // The quotient would be out of range. A cosine of zero leaves the limit of γ²/c.
                T squaredCosine = c;
                c = p / r;
                s = square / r;
                gamma = T.FusedMultiplyAdd(c, alpha - shift, -(s * before));
                p = T.IsZero(c) ? squaredCosine * square : gamma * gamma / c;
            }

            T entry = before + (alpha - gamma);
            diagonal[i + 1] = entry;
            beside[i + 1] = written;
            cut = i + 1 < last && IsNegligible(written, entry, below, relative, absolute) ? i + 1 : cut;
            below = entry;
        }

        beside[first] = s * p;
        diagonal[first] = shift + gamma;
        hasValue = IsNegligible(beside[first], diagonal[first], below, relative, absolute);
        return cut;
    }
}
