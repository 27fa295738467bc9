using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// The singular values of a bidiagonal matrix by the implicit QR algorithm (Golub, Kahan, SIAM J. Numer. Anal. 2, 1965), with shift zero where a value is
/// negligible (Demmel, Kahan, SIAM J. Sci. Stat. Comput. 11, 1990). Thread-safe as long as calls share no memory.
/// </summary>
/// <remarks>
/// Entries come in reverse: d_0 is the last row's, e_0 stands in the row before it, so that rotations, which go from the first row of the matrix to the last, go from
/// the last pair of rows of the transposed vectors to the first, see <see cref="RotationSweep"/>.
/// </remarks>
internal static class BidiagonalQr
{
    /// <summary>The steps for each singular value after which the iteration is given up; two are usual.</summary>
    public const int MaximumSteps = 30;

    /// <summary>Diagonalizes.</summary>
    /// <param name="diagonal">The n ≥ 1 diagonal entries of a matrix with magnitudes near 1, last row first; becomes the singular values, in no order.</param>
    /// <param name="beside">At least n − 1 elements; overwritten.</param>
    /// <param name="left">n rows (or none), last row first: turned as the matrix's rows are.</param>
    /// <param name="right">n rows (or none), last row first: turned as the matrix's columns are.</param>
    /// <param name="rotations">Scratch of 4·n elements.</param>
    /// <param name="negligible">
    /// What an entry may be for a 0, see <see cref="Negligible"/>: that of the whole matrix if this is a part. Beside the diagonal also 8·ε of its neighbours: where
    /// these are equal, steps leave a few ε of rounding.
    /// </param>
    /// <param name="maximumSteps">The steps for each value.</param>
    public static void Diagonalize<T>(
        Span<T> diagonal, Span<T> beside, MatrixSpan<T> left, MatrixSpan<T> right, Span<T> rotations, T negligible, int maximumSteps = MaximumSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = diagonal.Length;
        Span<T> rightTurns = rotations[..(2 * n)], leftTurns = rotations.Slice(2 * n, 2 * n);
        T relative = T.CreateChecked(8) * (T.BitIncrement(T.One) - T.One);
        long steps = 0;
        for (int first = 0; first < n; first++)
        {
            while (true)
            {
                int last = first;
                bool hasZero = T.Abs(diagonal[first]) <= negligible;
                while (last < n - 1 && T.Abs(beside[last]) > T.Max(negligible, relative * (T.Abs(diagonal[last]) + T.Abs(diagonal[last + 1]))))
                {
                    last++;
                    hasZero |= T.Abs(diagonal[last]) <= negligible;
                }

                if (last == first)
                {
                    break;
                }

                if (++steps > (long)maximumSteps * n)
                {
                    throw NotConverged(n, maximumSteps);
                }

                T shift = hasZero ? T.Zero : Shift(diagonal, beside, first, last);
                if (T.IsZero(shift))
                {
                    StepWithoutShift(diagonal, beside, first, last, rightTurns, leftTurns);
                }
                else
                {
                    Step(diagonal, beside, first, last, shift, rightTurns, leftTurns);
                }

                if (right.Rows != 0)
                {
                    RotationSweep.Apply(right, first, last, rightTurns);
                    RotationSweep.Apply(left, first, last, leftTurns);
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            if (T.IsNegative(diagonal[i]))
            {
                diagonal[i] = -diagonal[i];
                if (right.Rows != 0)
                {
                    System.Numerics.Tensors.TensorPrimitives.Negate(right.Row(i), right.Row(i));
                }
            }
        }
    }

    /// <summary>ε·‖B‖/√n: n of these have a norm of ε·‖B‖.</summary>
    internal static T Negligible<T>(ReadOnlySpan<T> diagonal, ReadOnlySpan<T> beside)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T epsilon = T.BitIncrement(T.One) - T.One;
        return epsilon * T.Sqrt((Reductions.SumOfSquares(diagonal) + Reductions.SumOfSquares(beside)) / T.CreateChecked(diagonal.Length));
    }

    /// <summary>The refusal to go on.</summary>
    internal static NotConvergedException NotConverged(int n, int maximumSteps)
        => new($"The singular values of a matrix of {n} rows did not converge in {maximumSteps} steps for each of them.");

    /// <summary>The smaller singular value of the last 2×2 block, or 0 if its square is nothing beside the first entry's.</summary>
    private static T Shift<T>(ReadOnlySpan<T> diagonal, ReadOnlySpan<T> beside, int first, int last)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T a = T.Abs(diagonal[first + 1]), b = beside[first], c = T.Abs(diagonal[first]);
        T sum = a + c, difference = a - c, square = b * b;
        T larger = T.Sqrt(T.FusedMultiplyAdd(sum, sum, square)) + T.Sqrt(T.FusedMultiplyAdd(difference, difference, square));
        T shift = a * c / larger;
        shift += shift;
        T ratio = shift / diagonal[last];
        return ratio * ratio < T.BitIncrement(T.One) - T.One ? T.Zero : shift;
    }

    /// <summary>One step with a shift, from row last to row first.</summary>
    private static void Step<T>(Span<T> diagonal, Span<T> beside, int first, int last, T shift, Span<T> rightTurns, Span<T> leftTurns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T d = diagonal[last], e = beside[last - 1];
        T f = (T.Abs(d) - shift) * (T.CopySign(T.One, d) + (shift / d));
        T g = e;
        for (int i = last - 1; i >= first; i--)
        {
            T next = diagonal[i];
            T length = Turn(f, g, out T c, out T s, ref rightTurns[2 * i]);
            if (i < last - 1)
            {
                beside[i + 1] = length;
            }

            f = T.FusedMultiplyAdd(c, d, s * e);
            e = T.FusedMultiplyAdd(c, e, -(s * d));
            g = s * next;
            next = c * next;
            diagonal[i + 1] = Turn(f, g, out c, out s, ref leftTurns[2 * i]);
            f = T.FusedMultiplyAdd(c, e, s * next);
            d = T.FusedMultiplyAdd(c, next, -(s * e));
            if (i > first)
            {
                g = s * beside[i - 1];
                e = c * beside[i - 1];
            }
        }

        beside[first] = f;
        diagonal[first] = d;
    }

    /// <summary>One step with shift zero: no entry is a difference, so that small values keep their digits, and a zero on the diagonal ends at row first.</summary>
    private static void StepWithoutShift<T>(Span<T> diagonal, Span<T> beside, int first, int last, Span<T> rightTurns, Span<T> leftTurns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T c = T.One, s = T.Zero, leftC = T.One, leftS = T.Zero;
        for (int i = last - 1; i >= first; i--)
        {
            T length = Turn(diagonal[i + 1] * c, beside[i], out c, out s, ref rightTurns[2 * i]);
            if (i < last - 1)
            {
                beside[i + 1] = leftS * length;
            }

            diagonal[i + 1] = Turn(leftC * length, diagonal[i] * s, out leftC, out leftS, ref leftTurns[2 * i]);
        }

        T rest = diagonal[first] * c;
        diagonal[first] = rest * leftC;
        beside[first] = rest * leftS;
    }

    /// <summary>
    /// The rotation by at most 90° that takes (f, g) to (r, 0). Sines for the rows follow from the rounded half-angle tangent, so that the two agree; the recurrence
    /// does not wait for them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Turn<T>(T f, T g, out T cosine, out T sine, ref T turn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Signs wait for nothing, and f/(f² + g²)·√(f² + g²) for a root only, where f/√(f² + g²) would wait for a root and a quotient.
        T limit = T.ScaleB(T.One, typeof(T) == typeof(double) ? 900 : 90);
        T squares = T.FusedMultiplyAdd(f, f, g * g);
        T positive = T.Abs(f);
        T other = g * T.CopySign(T.One, f);
        T length;
        if (squares * limit > T.One)
        {
            length = T.Sqrt(squares);
            cosine = positive / squares * length;
            sine = other / squares * length;
        }
        else
        {
            length = TridiagonalQl.Hypotenuse(f, g);
            if (T.IsZero(length))
            {
                turn = Unsafe.Add(ref turn, 1) = T.Zero;
                (cosine, sine) = (T.One, T.Zero);
                return T.Zero;
            }

            cosine = positive / length;
            sine = other / length;
        }

        T halfTangent = other / (positive + length);
        turn = (halfTangent + halfTangent) / T.FusedMultiplyAdd(halfTangent, halfTangent, T.One);
        Unsafe.Add(ref turn, 1) = halfTangent;
        return T.CopySign(length, f);
    }
}
