using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// Eigenvalues of a symmetric tridiagonal matrix by the implicit QL algorithm with Wilkinson's shift (Bowdler, Martin, Reinsch, Wilkinson,
/// Numer. Math. 11, 1968; Dubrulle's implicit form). Thread-safe as long as calls share no memory.
/// </summary>
internal static class TridiagonalQl
{
    /// <summary>The steps for each eigenvalue after which the iteration is given up; two are usual.</summary>
    public const int MaximumSteps = 30;

    /// <summary>Diagonalizes.</summary>
    /// <param name="diagonal">The n ≥ 1 diagonal entries of a matrix with magnitudes near 1; becomes the eigenvalues, in no order.</param>
    /// <param name="beside">n elements, the first n − 1 beside the diagonal; overwritten.</param>
    /// <param name="transposed">n rows (or none): the rotations are applied to them, so that Qᵀ becomes the transposed eigenvectors.</param>
    /// <param name="rotations">Scratch of 2·n elements.</param>
    /// <param name="negligible">What an entry beside the diagonal may be for a 0, see <see cref="Negligible"/>: that of the whole matrix if this is a part.</param>
    /// <param name="maximumSteps">The steps for each eigenvalue.</param>
    public static void Diagonalize<T>(
        Span<T> diagonal, Span<T> beside, MatrixSpan<T> transposed, Span<T> rotations, (T Relative, T Absolute) negligible, int maximumSteps = MaximumSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = diagonal.Length;
        (T relative, T absolute) = negligible;
        long steps = 0;
        for (int first = 0; first < n; first++)
        {
            while (true)
            {
                int last = first;
                while (last < n - 1 && T.Abs(beside[last]) > T.Max(relative * (T.Abs(diagonal[last]) + T.Abs(diagonal[last + 1])), absolute))
                {
                    last++;
                }

                if (last == first)
                {
                    break;
                }

                if (++steps > (long)maximumSteps * n)
                {
                    throw NotConverged(n, maximumSteps);
                }

                Step(diagonal, beside, first, last, transposed.Rows == 0 ? [] : rotations);
                if (transposed.Rows != 0)
                {
                    RotationSweep.Apply(transposed, first, last, rotations);
                }
            }
        }
    }

    /// <summary>The refusal to go on.</summary>
    internal static NotConvergedException NotConverged(int n, int maximumSteps)
        => new($"The eigenvalues of a matrix of {n} rows did not converge in {maximumSteps} steps for each of them.");

    /// <summary>
    /// What an entry beside the diagonal may be for a 0, next to its neighbours and of itself: ½√n·ε, by which the reduction to this form moves entries, and
    /// ε·‖A‖/(2√n), as 2(n − 1) of these have a norm below ε·‖A‖.
    /// </summary>
    /// <remarks>
    /// For smaller entries, which are rounding errors, the same pairs of rows would be turned by angles near ε in step after step. Such a rotation rounds off
    /// half of what it adds, and always the same half: repeated eigenvalues and null spaces would lose orthogonality and residual.
    /// </remarks>
    internal static (T Relative, T Absolute) Negligible<T>(ReadOnlySpan<T> diagonal, ReadOnlySpan<T> beside)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        T epsilon = T.BitIncrement(T.One) - T.One;
        T root = T.Sqrt(T.CreateChecked(diagonal.Length));
        T norm = T.Sqrt(Reductions.SumOfSquares(diagonal) + (two * Reductions.SumOfSquares(beside)));
        return (epsilon * root / two, epsilon * norm / (two * root));
    }

    /// <summary>One step on rows first to last: the eigenvalue of the leading 2×2 block that is closer to its corner is the shift.</summary>
    private static void Step<T>(Span<T> diagonal, Span<T> beside, int first, int last, Span<T> rotations)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        T ratio = (diagonal[first + 1] - diagonal[first]) / (two * beside[first]);
        T g = diagonal[last] - diagonal[first] + (beside[first] / (ratio + T.CopySign(Hypotenuse(ratio, T.One), ratio)));
        T sine = T.One;
        T cosine = T.One;
        T p = T.Zero;
        for (int i = last - 1; i >= first; i--)
        {
            T f = sine * beside[i];
            T b = cosine * beside[i];
            T length = T.CopySign(Hypotenuse(f, g), g);
            beside[i + 1] = length;

            // The angle is at most 90°. Sines for the rows follow from the rounded half-angle tangent, so that the two agree; the recurrence
            // does not wait for them.
            bool turns = !T.IsZero(length);
            if (!rotations.IsEmpty)
            {
                T halfTangent = turns ? f / (g + length) : T.Zero;
                rotations[2 * i] = (halfTangent + halfTangent) / T.FusedMultiplyAdd(halfTangent, halfTangent, T.One);
                rotations[(2 * i) + 1] = halfTangent;
            }

            sine = turns ? f / length : T.Zero;
            cosine = turns ? g / length : T.One;

            g = diagonal[i + 1] - p;
            T r = T.FusedMultiplyAdd(diagonal[i] - g, sine, two * cosine * b);
            p = sine * r;
            diagonal[i + 1] = g + p;
            g = T.FusedMultiplyAdd(cosine, r, -b);
        }

        diagonal[first] -= p;
        beside[first] = g;
        beside[last] = T.Zero;
    }

    /// <summary>√(x² + y²); where the squares would lose digits, of scaled numbers.</summary>
    internal static T Hypotenuse<T>(T x, T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T limit = T.ScaleB(T.One, typeof(T) == typeof(double) ? 900 : 90);
        T squares = T.FusedMultiplyAdd(x, x, y * y);
        if (squares * limit > T.One && squares < limit)
        {
            return T.Sqrt(squares);
        }

        T large = T.Max(T.Abs(x), T.Abs(y));
        if (T.IsZero(large))
        {
            return large;
        }

        T ratio = T.Min(T.Abs(x), T.Abs(y)) / large;
        return large * T.Sqrt(T.FusedMultiplyAdd(ratio, ratio, T.One));
    }
}
