using System.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The roots of 1/ρ + Σ z_j²/(d_j − λ) = 0, which are the eigenvalues of diag(d) + ρ·z·zᵀ: root k lies between d_k and d_{k+1}, the last one up to ρ‖z‖² above the
/// last pole. By rational interpolation with the pole's own weight (Li, LAPACK Working Note 89: fixed weight, or the middle way where that is slow), kept
/// in a bracket. A part is as many neighbouring roots as 64 bytes hold.
/// </summary>
/// <remarks>A root is found as a distance τ from the closer pole, so that all d_j − λ are known to some ε of themselves: what orthogonal vectors need.</remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TGap">The distance of poles: d stands for d² where that is of squares.</typeparam>
internal unsafe struct SecularRoots<T, TGap> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TGap : struct, IPoleGap<T>
{
    /// <summary>The steps after which a root is taken as it is: its bracket is as small as rounding lets it be long before.</summary>
    private const int MaximumSteps = 80;

    /// <summary>The poles d, ascending, all different.</summary>
    public T* Poles;

    /// <summary>The weights z, none of them 0.</summary>
    public T* Weights;

    /// <summary>The number of poles.</summary>
    public int Count;

    /// <summary>ρ &gt; 0.</summary>
    public T Rho;

    /// <summary>ρ‖z‖² or a little more.</summary>
    public T Reach;

    /// <summary>Receives the roots, ascending.</summary>
    public T* Roots;

    /// <summary>The poles in the order of the differences.</summary>
    public T* Grouped;

    /// <summary>Receives d_j − λ_k of grouped pole j at place j of row k; null if they are not wanted.</summary>
    public T* Differences;

    /// <summary>The distance between two of its rows.</summary>
    public nint DifferencesStride;

    /// <summary>The number of parts for so many poles.</summary>
    public static int Parts(int count) => LinePath.Padded<T>(count) / LinePath.Count<T>();

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        int lanes = LinePath.Count<T>();
        int first = part * lanes;
        T* memory = stackalloc T[16 * 16];
        SecularEvaluation<T, TGap> evaluation = new()
        {
            Poles = Poles,
            Weights = Weights,
            Count = Count,
            First = first,
            Origins = memory,
            Shifts = memory + lanes,
            Sums = memory + (2 * lanes),
            Scratch = memory + (6 * lanes),
        };
        T* low = memory + (8 * lanes), high = low + lanes, previous = high + lanes, gaps = previous + lanes;
        int used = Math.Min(lanes, Count - first);
        T two = T.One + T.One;
        for (int lane = 0; lane < lanes; lane++)
        {
            int k = Math.Min(first + lane, Count - 1);
            gaps[lane] = k < Count - 1 ? TGap.Of(Poles[k + 1], Poles[k]) : Reach;
            evaluation.Origins[lane] = Poles[k];
            evaluation.Shifts[lane] = gaps[lane] / two;
        }

        LinePath.Run<T, SecularEvaluation<T, TGap>>(ref evaluation);
        uint above = 0;
        for (int lane = 0; lane < used; lane++)
        {
            above |= Start(ref evaluation, lane, gaps[lane], out low[lane], out high[lane], out previous[lane]) ? 1u << lane : 0;
        }

        uint open = (1u << used) - 1;
        uint middle = 0;
        for (int step = 0; open != 0 && step < MaximumSteps; step++)
        {
            LinePath.Run<T, SecularEvaluation<T, TGap>>(ref evaluation);
            for (int lane = 0; lane < used; lane++)
            {
                uint bit = 1u << lane;
                if ((open & bit) == 0)
                {
                    continue;
                }

                T value = Value(evaluation.Sums + lane, lanes, out T slope, out T negligible, evaluation.Shifts[lane]);
                if (T.Abs(value) <= negligible)
                {
                    open &= ~bit;
                    continue;
                }

                if (T.IsNegative(value) == T.IsNegative(previous[lane]) && T.Abs(value) * T.CreateChecked(10) > T.Abs(previous[lane]))
                {
                    middle ^= bit;
                }

                previous[lane] = value;
                if (!Advance(ref evaluation, lane, value, slope, gaps[lane], (above & bit) != 0, (middle & bit) != 0, ref low[lane], ref high[lane]))
                {
                    open &= ~bit;
                }
            }
        }

        for (int lane = 0; lane < used; lane++)
        {
            T origin = evaluation.Origins[lane], shift = evaluation.Shifts[lane];
            Roots[first + lane] = TGap.Root(origin, shift);
            T* row = Differences is null ? null : Differences + ((first + lane) * DifferencesStride);
            for (int j = 0; row is not null && j < Count; j++)
            {
                row[j] = TGap.Of(Grouped[j], origin) - shift;
            }
        }
    }

    /// <summary>Takes the closer pole as origin, and the root of the equation with the two neighbouring poles and a constant; returns whether it is the upper one.</summary>
    private readonly bool Start(ref SecularEvaluation<T, TGap> evaluation, int lane, T gap, out T low, out T high, out T value)
    {
        int k = evaluation.First + lane;
        int lanes = LinePath.Count<T>();
        bool isLast = k == Count - 1;
        T two = T.One + T.One;
        T half = evaluation.Shifts[lane];
        T own = Weights[k] * Weights[k];
        T next = isLast ? T.Zero : Weights[k + 1] * Weights[k + 1];
        value = Value(evaluation.Sums + lane, lanes, out _, out _, half);
        T rest = value + (own / half) - (next / half);
        bool isAbove = T.IsNegative(value);
        T shift;
        if (isAbove && !isLast)
        {
            T a = (rest * gap) - own - next;
            T b = next * gap;
            T root = T.Sqrt(T.Abs((a * a) + (two * two * b * rest)));
            shift = a < T.Zero ? two * b / (a - root) : -(a + root) / (two * rest);
            evaluation.Origins[lane] = Poles[k + 1];
            (low, high) = (-half, T.Zero);
        }
        else
        {
            T a = (rest * gap) + own + next;
            T b = own * gap;
            T root = T.Sqrt(T.Abs((a * a) - (two * two * b * rest)));
            shift = a > T.Zero ? two * b / (a + root) : (a - root) / (two * rest);
            (low, high) = isAbove ? (half, gap) : (T.Zero, half);
        }

        evaluation.Shifts[lane] = shift > low && shift < high ? shift : (low + high) / two;
        return isAbove && !isLast;
    }

    /// <summary>The equation's left side, its derivative, and what rounding leaves of it at a root.</summary>
    private readonly T Value(T* sums, int lanes, out T slope, out T negligible, T shift)
    {
        T psi = sums[0], psiSlope = sums[lanes], phi = sums[2 * lanes], phiSlope = sums[3 * lanes];
        T inverse = T.One / Rho;
        slope = psiSlope + phiSlope;
        negligible = T.CreateChecked(8) * (phi - psi) + inverse + inverse + (T.Abs(shift) * slope);
        negligible *= T.BitIncrement(T.One) - T.One;
        return inverse + psi + phi;
    }

    /// <summary>Narrows the bracket and moves τ; returns whether there is anywhere left to move it.</summary>
    private readonly bool Advance(
        ref SecularEvaluation<T, TGap> evaluation, int lane, T value, T slope, T gap, bool isAbove, bool isMiddle, ref T low, ref T high)
    {
        int k = evaluation.First + lane;
        int lanes = LinePath.Count<T>();
        T two = T.One + T.One;
        T shift = evaluation.Shifts[lane];
        (low, high) = T.IsNegative(value) ? (shift, high) : (low, shift);
        T middle = (low + high) / two;
        if (middle == low || middle == high)
        {
            return false;
        }

        T below = isAbove ? -gap - shift : -shift;
        T above = isAbove ? -shift : gap - shift;
        T c;
        if (isMiddle)
        {
            c = value - (below * evaluation.Sums[lanes + lane]) - (above * evaluation.Sums[(3 * lanes) + lane]);
        }
        else if (isAbove)
        {
            T t = Weights[k + 1] / above;
            c = value - (below * slope) - (gap * t * t);
        }
        else
        {
            T t = Weights[k] / below;
            c = value - (above * slope) + (gap * t * t);
        }

        T a = ((below + above) * value) - (below * above * slope);
        T b = below * above * value;
        T root = T.Sqrt(T.Abs((a * a) - (two * two * b * c)));
        T move = T.IsZero(c) ? b / a : a > T.Zero ? two * b / (a + root) : (a - root) / (two * c);
        if (!(value * move < T.Zero))
        {
            move = -value / slope;
        }

        T moved = shift + move;
        if (moved == shift)
        {
            return false;
        }

        evaluation.Shifts[lane] = moved > low && moved < high ? moved : middle;
        return true;
    }
}
