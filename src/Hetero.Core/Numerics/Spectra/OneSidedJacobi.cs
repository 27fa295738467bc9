using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// Makes the rows of a matrix orthogonal by plane rotations (Hestenes, J. SIAM 6, 1958), largest rows first (de Rijk, SIAM J. Sci. Stat.
/// Comput. 10, 1989): J·X = diag(σ)·Wᵀ. Thread-safe as long as calls share no memory.
/// </summary>
/// <remarks>
/// Rows count as orthogonal when |x·y| ≤ c·ε·‖x‖·‖y‖, whatever their lengths: so small singular values get as many digits as large
/// ones, as far as those of a matrix with rows scaled to one length are well-conditioned (Demmel, Veselić, SIAM J. Matrix Anal. Appl.
/// 13, 1992). c is 4 for n from 16 to 256 and √n/4 beyond: √n, the usual choice, leaves so many pairs close to it that ‖WᵀW − I‖ was seen to grow as n^1.5·ε.
/// </remarks>
internal static class OneSidedJacobi
{
    /// <summary>The sweeps after which the iteration is given up; a few times what any matrix is known to need.</summary>
    public const int MaximumSweeps = 60;

    /// <summary>Makes rows orthogonal and sorts them by descending length.</summary>
    /// <param name="rows">X, n×n with magnitudes of at most about 1; becomes J·X.</param>
    /// <param name="accumulated">n×n or empty; becomes J times what it was.</param>
    /// <param name="norms">The n lengths σ, descending. Below 10⁻²⁸⁹ (float: 10⁻³⁰), they and their rows are set to 0.</param>
    /// <param name="maximumSweeps">The sweeps after which to give up.</param>
    /// <exception cref="NotConvergedException">The rotations did not converge.</exception>
    public static void Orthogonalize<T>(MatrixSpan<T> rows, MatrixSpan<T> accumulated, Span<T> norms, int maximumSweeps = MaximumSweeps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = rows.Rows;
        T tolerance = (T.BitIncrement(T.One) - T.One) * Tolerance<T>(n);
        int sweeps = 0;
        while (Sweep(rows, accumulated, norms, tolerance))
        {
            if (++sweeps == maximumSweeps)
            {
                throw new NotConvergedException($"The singular values of a matrix of {n} rows did not converge in {maximumSweeps} sweeps.");
            }
        }
    }

    /// <summary>A few times what rounding leaves of a product of orthogonal rows.</summary>
    private static T Tolerance<T>(int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T root = T.Sqrt(T.CreateChecked(rows));
        T four = T.CreateChecked(4);
        return T.Min(root, T.Max(four, root / four));
    }

    /// <summary>Rotates every pair that is not orthogonal; returns whether there was one. If there was none, the rows are sorted.</summary>
    private static bool Sweep<T>(MatrixSpan<T> rows, MatrixSpan<T> accumulated, Span<T> norms, T tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Updated norms drift, so that every sweep starts with fresh ones.
        T vanishing = T.ScaleB(T.One, typeof(T) == typeof(double) ? -960 : -100);
        for (int i = 0; i < norms.Length; i++)
        {
            norms[i] = ScaledNorm.Of<T>(rows.Row(i));
            if (norms[i] < vanishing)
            {
                norms[i] = T.Zero;
                rows.Row(i).Clear();
            }
        }

        bool rotated = false;
        for (int p = 0; p < norms.Length - 1; p++)
        {
            MoveLongest(rows, accumulated, norms, p);
            for (int q = p + 1; q < norms.Length; q++)
            {
                if (T.IsZero(norms[q]))
                {
                    continue;
                }

                T cosine = Cosine<T>(rows.Row(p), rows.Row(q), norms[p], norms[q]);
                if (T.Abs(cosine) > tolerance)
                {
                    Rotate(rows, accumulated, norms, p, q, cosine);
                    rotated = true;
                }
            }
        }

        return rotated;
    }

    /// <summary>x·y/(‖x‖·‖y‖); where products of elements would underflow, by a plain sum over scaled elements.</summary>
    private static T Cosine<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T normX, T normY)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (normX * normY > T.ScaleB(T.One, typeof(T) == typeof(double) ? -900 : -90))
        {
            return Reductions.Dot(x, y) / normX / normY;
        }

        T scaleX = PowerOfTwo.Normalizing(normX).Scale;
        T scaleY = PowerOfTwo.Normalizing(normY).Scale;
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            sum = T.FusedMultiplyAdd(x[i] * scaleX, y[i] * scaleY, sum);
        }

        return sum / (normX * scaleX) / (normY * scaleY);
    }

    private static void MoveLongest<T>(MatrixSpan<T> rows, MatrixSpan<T> accumulated, Span<T> norms, int p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int longest = p;
        for (int q = p + 1; q < norms.Length; q++)
        {
            longest = norms[q] > norms[longest] ? q : longest;
        }

        if (longest == p)
        {
            return;
        }

        (norms[p], norms[longest]) = (norms[longest], norms[p]);
        ColumnwisePivotedQr.Swap(rows.Row(p), rows.Row(longest));
        if (accumulated.Rows != 0)
        {
            ColumnwisePivotedQr.Swap(accumulated.Row(p), accumulated.Row(longest));
        }
    }

    /// <summary>
    /// Makes rows p and q orthogonal: with θ = (‖y‖² − ‖x‖²)/(2·x·y), t is the smaller root of t² + 2θt − 1 = 0, the tangent of an angle of
    /// at most 45°, without which the sweeps need not converge.
    /// </summary>
    private static void Rotate<T>(MatrixSpan<T> rows, MatrixSpan<T> accumulated, Span<T> norms, int p, int q, T cosine)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        T ratio = norms[q] / norms[p];
        T inverse = norms[p] / norms[q];
        T theta = (ratio - inverse) / (two * cosine);

        // Where θ² would overflow, t = 1/(2θ) to the last digit.
        T tangent = T.Abs(theta) > T.ScaleB(T.One, 40)
            ? T.One / (two * theta)
            : T.CopySign(T.One, theta) / (T.Abs(theta) + T.Sqrt(T.FusedMultiplyAdd(theta, theta, T.One)));

        // The sine follows from the rounded half-angle tangent, so that the two agree.
        T halfTangent = tangent / (T.One + T.Sqrt(T.FusedMultiplyAdd(tangent, tangent, T.One)));
        T sine = (halfTangent + halfTangent) / T.FusedMultiplyAdd(halfTangent, halfTangent, T.One);
        PlaneRotation.Apply(rows.Row(p), rows.Row(q), sine, halfTangent);
        if (accumulated.Rows != 0)
        {
            PlaneRotation.Apply(accumulated.Row(p), accumulated.Row(q), sine, halfTangent);
        }

        // ‖x‖² − t·x·y and ‖y‖² + t·x·y, or anew where most of it cancels.
        T turn = tangent * cosine;
        T growth = T.FusedMultiplyAdd(-turn, ratio, T.One);
        T shrinkage = T.FusedMultiplyAdd(turn, inverse, T.One);
        T fresh = T.CreateChecked(0.25);
        norms[p] = growth > fresh ? norms[p] * T.Sqrt(growth) : ScaledNorm.Of<T>(rows.Row(p));
        norms[q] = shrinkage > fresh ? norms[q] * T.Sqrt(shrinkage) : ScaledNorm.Of<T>(rows.Row(q));
    }
}
