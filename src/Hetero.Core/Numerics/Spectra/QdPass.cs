using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// One step of the differential quotient-difference algorithm with shift τ (Fernando, Parlett, Numer. Math. 67, 1994): squares q of the diagonal and e of what stands
/// beside it become those of a bidiagonal matrix with the same singular values, squared, less τ. Thread-safe: no state.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal struct QdPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The least of all d, and of all but the last and the last two: each is above the least square, less τ, of the matrix up to there.</summary>
    public T Least, LeastBefore, LeastBeforeTwo;

    /// <summary>The last d, and those before it.</summary>
    public T Last, Before, BeforeTwo;

    /// <summary>The last place but two whose e is negligible, or −1.</summary>
    public int Split;

    /// <summary>Steps; returns whether τ was below the least square, as it must be: then all d are positive but for the last, which may be 0.</summary>
    /// <param name="q">At least three squares.</param>
    /// <param name="e">As many, the last unused.</param>
    /// <param name="shift">τ.</param>
    /// <param name="negligible">What an e may be beside its d for a 0: beside q, the others of the matrix could matter.</param>
    /// <param name="floor">What an e of the result may be for a 0.</param>
    /// <param name="toQ">Receives the squares; other memory.</param>
    /// <param name="toE">Receives what stands beside them; other memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Run(ReadOnlySpan<T> q, ReadOnlySpan<T> e, T shift, T negligible, T floor, Span<T> toQ, Span<T> toE)
    {
        int n = q.Length;
        int split = -1;
        T d = q[0] - shift;
        T least = d;
        e = e[..n];
        toQ = toQ[..n];
        toE = toE[..n];
        for (int i = 0; i < n - 3; i++)
        {
            // A sum, a quotient and a multiply-add are the chain; nothing else waits.
            T sum = d + e[i];
            T ratio = q[i + 1] / sum;
            toQ[i] = sum;
            T beside = e[i] * ratio;
            toE[i] = beside;
            d = T.FusedMultiplyAdd(d, ratio, -shift);
            if (beside <= floor || e[i] <= negligible * sum)
            {
                split = i;
                toE[i] = T.Zero;
            }

            least = T.MinNative(d, least);
            if (d < T.Zero)
            {
                (Least, LeastBefore) = (d, d);
                return false;
            }
        }

        BeforeTwo = d;
        LeastBeforeTwo = least;
        Before = Step(q, e, n - 3, d, shift, negligible, toQ, toE);
        LeastBefore = T.Min(least, Before);
        Last = Step(q, e, n - 2, Before, shift, negligible, toQ, toE);
        Least = T.Min(LeastBefore, Last);
        toQ[n - 1] = Last;
        Split = split;
        return Least >= T.Zero && LeastBefore > T.Zero && T.IsFinite(Last);
    }

    /// <summary>A step without a shift in which no quotient leaves the range; d may be 0.</summary>
    public void RunSafely(ReadOnlySpan<T> q, ReadOnlySpan<T> e, T negligible, T floor, Span<T> toQ, Span<T> toE)
    {
        int n = q.Length;
        T d = q[0];
        T tiny = T.ScaleB(T.One, typeof(T) == typeof(double) ? -1020 : -124);
        Least = LeastBefore = LeastBeforeTwo = d;
        Split = -1;
        BeforeTwo = Before = d;
        for (int i = 0; i < n - 1; i++)
        {
            T sum = d + e[i];
            toQ[i] = sum;
            (BeforeTwo, Before) = (Before, d);
            (LeastBeforeTwo, LeastBefore) = (LeastBefore, Least);
            if (T.IsZero(sum))
            {
                // Nothing is left of this row: what follows starts anew.
                toE[i] = T.Zero;
                d = q[i + 1];
            }
            else if (tiny * q[i + 1] < sum && tiny * sum < q[i + 1])
            {
                T ratio = q[i + 1] / sum;
                toE[i] = e[i] * ratio;
                d *= ratio;
            }
            else
            {
                toE[i] = q[i + 1] * (e[i] / sum);
                d = q[i + 1] * (d / sum);
            }

            Least = T.Min(Least, d);
            if (toE[i] <= floor || e[i] <= negligible * sum)
            {
                Split = i < n - 3 ? i : Split;
                toE[i] = T.Zero;
            }

        }

        toQ[n - 1] = Last = d;
    }

    private static T Step(ReadOnlySpan<T> q, ReadOnlySpan<T> e, int i, T d, T shift, T negligible, Span<T> toQ, Span<T> toE)
    {
        T sum = d + e[i];
        T ratio = q[i + 1] / sum;
        toQ[i] = sum;
        toE[i] = e[i] <= negligible * sum ? T.Zero : e[i] * ratio;
        return T.FusedMultiplyAdd(d, ratio, -shift);
    }
}
