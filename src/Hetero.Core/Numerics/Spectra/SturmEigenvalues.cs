using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Eigenvalues of a small symmetric tridiagonal matrix T, a register of them at once: Sturm sequences count how many lie below a point, and Laguerre's iteration goes from there to the
/// next one (Parlett, Lu, Linear Algebra Appl. 1991; Li, Zeng, SIAM J. Sci. Comput. 15, 1994).
/// </summary>
/// <remarks>
/// <para>
/// The leading minors of x − T, p ← (x − d_i)·p − e²·p', and their first two derivatives are three chains of a multiply-add for each row, with no quotient in them; the QL algorithm waits
/// for one in every rotation, and has one chain alone. Scaled to a spectrum of width 4, whose capacity is 1, the minors of a matrix without clusters stay in the range.
/// </para>
/// <para>
/// As all roots are real, Laguerre's step x ∓ n/(√((n − 1)·((n − 1)·G² − n·p''/p)) ± G), G = p'/p, never passes the next root, and its error falls with the third power.
/// Values keep to brackets that counts prove, and a point with other values before the wanted one bisects. Where that takes long there is a cluster, and it gives up.
/// </para>
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct SturmEigenvalues<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rounds of counts that all values share.</summary>
    private const int SharedRounds = 3;

    /// <summary>The iterations after which every point must be next to its value.</summary>
    private const int RoundsToSeparate = 6;

    /// <summary>The iterations after which all must have settled.</summary>
    private const int MaximumRounds = 14;

    /// <summary>The diagonal d of T; scaled in place.</summary>
    public T* Diagonal;

    /// <summary>−e² for every row, e standing between it and the one before, so that the first is 0; scaled in place.</summary>
    public T* Squares;

    /// <summary>The number of rows.</summary>
    public int Rows;

    /// <summary>How many eigenvalues are smaller than those wanted.</summary>
    public int First;

    /// <summary>The number of eigenvalues, at least 1.</summary>
    public int Count;

    /// <summary>A number not above any eigenvalue.</summary>
    public T Lower;

    /// <summary>A number not below any.</summary>
    public T Upper;

    /// <summary>A number not above the first one that is wanted.</summary>
    public T Start;

    /// <summary>Receives the eigenvalues, ascending, whole registers: the last one again in what is left.</summary>
    public T* Values;

    /// <summary>Four vectors as long as <see cref="Values"/>.</summary>
    public T* Scratch;

    /// <summary>Whether the values are to be proved: by no more of them below, and no fewer, than there should be at both ends of an interval around each.</summary>
    public bool Proves;

    /// <summary>Receives whether all were found, and proved if they are to be.</summary>
    public bool Succeeded;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int padded = LinePath.Padded<T>(Count);
        T* low = Scratch, high = low + padded, counts = high + padded, ranks = counts + padded;
        T width = Upper - Lower;
        T scale = T.CreateTruncating(4) / width;
        Succeeded = false;
        if (!T.IsFinite(scale))
        {
            return;
        }

        T center = Lower + (width * T.CreateTruncating(0.5)), half = T.CreateTruncating(0.5);
        for (int i = 0; i < Rows; i++)
        {
            Diagonal[i] = (Diagonal[i] - center) * scale;
            Squares[i] = Squares[i] * scale * scale;
        }

        T bottom = (Start - center) * scale, top = (Upper - center) * scale, share = (top - bottom) / T.CreateTruncating(Count);
        for (int k = 0; k < padded; k++)
        {
            T rank = T.CreateTruncating(Math.Min(k, Count - 1));
            (low[k], high[k], ranks[k]) = (bottom, top, T.CreateTruncating(First) + rank + half);
            Values[k] = bottom + (share * (rank + half));
        }

        for (int round = 0; round < SharedRounds; round++)
        {
            for (int column = 0; column < padded; column += TSimd.Count)
            {
                CountBelow<TSimd, TVector>(column, counts);
            }

            Share(low, high, counts, ranks);
        }

        // A step that small leaves an error of less than ε of the width.
        T settled = T.CreateTruncating(16) * (T.BitIncrement(T.One) - T.One);
        settled *= settled;
        for (int round = 0; round < MaximumRounds; round++)
        {
            T largest = T.Zero, farthest = T.Zero;
            for (int column = 0; column < padded; column += TSimd.Count)
            {
                (T step, T distance) = Iterate<TSimd, TVector>(column, low, high, ranks, counts);
                largest = T.Max(largest, step);
                farthest = T.Max(farthest, distance);
            }

            if (farthest > T.One && round >= RoundsToSeparate)
            {
                return;
            }

            if (largest <= settled)
            {
                Succeeded = !Proves || AreProved<TSimd, TVector>(ranks, counts);
                break;
            }
        }

        T inverse = width * T.CreateTruncating(0.25);
        for (int k = 0; k < padded; k++)
        {
            Values[k] = T.FusedMultiplyAdd(Values[k], inverse, center);
        }
    }

    /// <summary>Brackets from the counts at all points, and points that divide what values still share.</summary>
    private readonly void Share(T* low, T* high, T* counts, T* ranks)
    {
        int count = Count, padded = LinePath.Padded<T>(count);
        T* x = Values;
        for (int k = 0, j = 0; k < count; k++)
        {
            while (j < count && counts[j] < ranks[k])
            {
                j++;
            }

            low[k] = j > 0 ? T.Max(low[k], x[j - 1]) : low[k];
            high[k] = j < count ? T.Min(high[k], x[j]) : high[k];
        }

        for (int k = 0, end; k < count; k = end)
        {
            end = k + 1;
            while (end < count && low[end] == low[k])
            {
                end++;
            }

            T share = (high[k] - low[k]) / T.CreateTruncating(end - k);
            for (int j = k; j < end; j++)
            {
                x[j] = low[k] + (share * (T.CreateTruncating(j - k) + T.CreateTruncating(0.5)));
            }
        }

        for (int k = count; k < padded; k++)
        {
            (low[k], high[k], x[k]) = (low[count - 1], high[count - 1], x[count - 1]);
        }
    }

    /// <summary>Counts the eigenvalues below the points of a register: rows in which the minor keeps its sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void CountBelow<TSimd, TVector>(int column, T* counts)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T* d = Diagonal, f = Squares;
        TVector x = TSimd.Load(ref Values[column]), one = TSimd.Create(T.One), minus = TSimd.Create(-T.One), zero = TSimd.Zero;
        TVector p = one, last = zero, sign = one, sum = zero;
        for (int i = 0; i < Rows; i++)
        {
            TVector next = TSimd.FusedMultiplyAdd(TSimd.Subtract(x, TSimd.Create(d[i])), p, TSimd.Multiply(TSimd.Create(f[i]), last));
            TVector turn = TSimd.SelectLess(next, zero, minus, one);
            sum = TSimd.FusedMultiplyAdd(sign, turn, sum);
            last = p;
            p = next;
            sign = turn;
        }

        TVector half = TSimd.Create(T.CreateTruncating(0.5));
        TSimd.Store(TSimd.Multiply(half, TSimd.Add(sum, TSimd.Create(T.CreateTruncating(Rows)))), ref counts[column]);
    }

    /// <summary>A step of a register; returns the square of the largest, and that of the largest difference of a count from its rank, ¼ beside the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly (T Step, T Distance) Iterate<TSimd, TVector>(int column, T* lows, T* highs, T* ranks, T* lanes)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T* d = Diagonal, f = Squares;
        TVector x = TSimd.Load(ref Values[column]), one = TSimd.Create(T.One), minus = TSimd.Create(-T.One), zero = TSimd.Zero;
        TVector p = one, last = zero, sign = one, sum = zero;
        TVector first = zero, lastFirst = zero, second = zero, lastSecond = zero;
        for (int i = 0; i < Rows; i++)
        {
            TVector a = TSimd.Subtract(x, TSimd.Create(d[i])), b = TSimd.Create(f[i]);
            TVector next = TSimd.FusedMultiplyAdd(a, p, TSimd.Multiply(b, last));
            TVector nextFirst = TSimd.FusedMultiplyAdd(a, first, TSimd.FusedMultiplyAdd(b, lastFirst, p));
            TVector nextSecond = TSimd.FusedMultiplyAdd(a, second, TSimd.FusedMultiplyAdd(b, lastSecond, first));
            TVector turn = TSimd.SelectLess(next, zero, minus, one);
            sum = TSimd.FusedMultiplyAdd(sign, turn, sum);
            sign = turn;
            (last, p) = (p, next);
            (lastFirst, first) = (first, nextFirst);
            (lastSecond, second) = (second, nextSecond);
        }

        TVector half = TSimd.Create(T.CreateTruncating(0.5)), rank = TSimd.Load(ref ranks[column]);
        TVector below = TSimd.Multiply(half, TSimd.Add(sum, TSimd.Create(T.CreateTruncating(Rows))));
        TVector low = TSimd.SelectLess(below, rank, x, TSimd.Load(ref lows[column])), high = TSimd.SelectLess(below, rank, TSimd.Load(ref highs[column]), x);
        TSimd.Store(low, ref lows[column]);
        TSimd.Store(high, ref highs[column]);

        // The second derivative is twice what the chain has.
        // A point that is a value in every digit has no minor: one that is as small as a rounding leaves it where it is.
        T epsilon = T.BitIncrement(T.One) - T.One;
        p = TSimd.SelectLess(p, zero, p, TSimd.SelectLess(zero, p, p, TSimd.Multiply(TSimd.Create(epsilon * epsilon), first)));
        TVector n = TSimd.Create(T.CreateTruncating(Rows)), fewer = TSimd.Create(T.CreateTruncating(Rows - 1));
        TVector slope = TSimd.Divide(first, p), bend = TSimd.Divide(TSimd.Add(second, second), p);
        TVector radicand = TSimd.Multiply(fewer, TSimd.Subtract(TSimd.Multiply(fewer, TSimd.Multiply(slope, slope)), TSimd.Multiply(n, bend)));
        TVector root = TSimd.Sqrt(TSimd.SelectLess(radicand, zero, zero, radicand));
        TVector side = TSimd.SelectLess(below, rank, minus, one);
        TVector reached = TSimd.Subtract(x, TSimd.Divide(TSimd.Multiply(side, n), TSimd.FusedMultiplyAdd(side, slope, root)));

        // What is not a number is in no bracket; what has settled may stand at its end, far from the other.
        TVector middle = TSimd.Multiply(half, TSimd.Add(low, high)), off = TSimd.Subtract(below, rank), distance = TSimd.Multiply(off, off);
        TVector within = TSimd.Multiply(TSimd.Subtract(reached, low), TSimd.Subtract(high, reached));
        reached = TSimd.SelectLess(TSimd.Create(T.CreateTruncating(-1e-37f)), within, reached, middle);
        reached = TSimd.SelectLess(distance, one, reached, middle);
        TSimd.Store(reached, ref Values[column]);
        TVector move = TSimd.Subtract(reached, x);
        return (Largest<TSimd, TVector>(TSimd.Multiply(move, move), lanes), Largest<TSimd, TVector>(distance, lanes));
    }

    /// <summary>
    /// Says whether each value's own one lies within 8·√n·ε of it, by counts at both ends: of quotients of minors, which neither under- nor overflow. Minors do in clusters, where a step may also
    /// settle at a neighbour's value.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool AreProved<TSimd, TVector>(T* ranks, T* lanes)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T* d = Diagonal, f = Squares;
        TVector one = TSimd.Create(T.One), zero = TSimd.Zero;
        TVector slack = TSimd.Create(T.CreateTruncating(8) * T.Sqrt(T.CreateTruncating(Rows)) * (T.BitIncrement(T.One) - T.One));
        for (int column = 0, padded = LinePath.Padded<T>(Count); column < padded; column += TSimd.Count)
        {
            TVector x = TSimd.Load(ref Values[column]), rank = TSimd.Load(ref ranks[column]);
            TVector left = TSimd.Subtract(x, slack), right = TSimd.Add(x, slack), p = one, q = one, before = zero, after = zero;
            for (int i = 0; i < Rows; i++)
            {
                // A quotient of zero makes the next one infinite, and that one nothing to the one behind it.
                TVector entry = TSimd.Create(d[i]), square = TSimd.Create(f[i]);
                p = TSimd.Add(TSimd.Subtract(entry, left), TSimd.Divide(square, p));
                q = TSimd.Add(TSimd.Subtract(entry, right), TSimd.Divide(square, q));
                before = TSimd.Add(before, TSimd.SelectLess(p, zero, one, zero));
                after = TSimd.Add(after, TSimd.SelectLess(q, zero, one, zero));
            }

            TSimd.Store(TSimd.SelectLess(before, rank, TSimd.SelectLess(rank, after, one, zero), zero), ref lanes[0]);
            for (int k = 0; k < TSimd.Count; k++)
            {
                if (T.IsZero(lanes[k]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static T Largest<TSimd, TVector>(TVector values, T* lanes)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TSimd.Store(values, ref lanes[0]);
        T largest = lanes[0];
        for (int k = 1; k < TSimd.Count; k++)
        {
            largest = T.Max(largest, lanes[k]);
        }

        return largest;
    }
}
