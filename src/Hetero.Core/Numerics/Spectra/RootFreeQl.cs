using System.Numerics;

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
            while (true)
            {
                int last = first;
                while (last < n - 1)
                {
                    T sum = T.Abs(diagonal[last]) + T.Abs(diagonal[last + 1]);
                    if (!(beside[last] > T.Max(relative * sum * sum, absolute)))
                    {
                        break;
                    }

                    last++;
                }

                if (last == first)
                {
                    break;
                }

                if (++steps > (long)maximumSteps * n)
                {
                    throw TridiagonalQl.NotConverged(n, maximumSteps);
                }

                beside[last] = T.Zero;
                Step(diagonal, beside, first, last);
            }
        }
    }

    /// <summary>
    /// One step. With squares b of what stands beside the diagonal, c and s are squares of cosine and sine: c = p/r and s = b/r with r = p + b, and p = γ²/c next.
    /// As r/p is 1/c, both divisions of a row start as soon as p is known; with γ²/c one would wait for the other.
    /// </summary>
    private static void Step<T>(Span<T> diagonal, Span<T> beside, int first, int last)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T smallest = T.CreateTruncating(typeof(T) == typeof(double) ? 1e-290 : 1e-29);
        T corner = diagonal[first];
        T root = T.Sqrt(beside[first]);
        T ratio = (diagonal[first + 1] - corner) / (root + root);
        T shift = corner - (root / (ratio + T.CopySign(TridiagonalQl.Hypotenuse(ratio, T.One), ratio)));
        T c = T.One;
        T s = T.Zero;
        T gamma = diagonal[last] - shift;
        T p = gamma * gamma;
        for (int i = last - 1; i >= first; i--)
        {
            T square = beside[i];
            T r = p + square;
            beside[i + 1] = s * r;
            T before = gamma;
            T alpha = diagonal[i];
            if (p > smallest)
            {
                T inverse = T.One / r;
                T inverseP = T.One / p;
                c = p * inverse;
                s = square * inverse;
                gamma = T.FusedMultiplyAdd(c, alpha - shift, -(s * before));
                p = gamma * gamma * (r * inverseP);
            }
            else
            {
                // 1/p would be out of range. A cosine of zero leaves the limit of γ²/c.
                T squaredCosine = c;
                c = p / r;
                s = square / r;
                gamma = T.FusedMultiplyAdd(c, alpha - shift, -(s * before));
                p = T.IsZero(c) ? squaredCosine * square : gamma * gamma / c;
            }

            diagonal[i + 1] = before + (alpha - gamma);
        }

        beside[first] = s * p;
        diagonal[first] = shift + gamma;
    }
}
