using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// The singular values of an upper bidiagonal matrix, each to some ε of itself, by the differential quotient-difference algorithm with shifts (Parlett, Marques, Linear
/// Algebra Appl. 309, 2000; LAPACK: LASQ1). Thread-safe as long as calls share no memory.
/// </summary>
/// <remarks>
/// In a step nothing is subtracted but the shift, and that from numbers which stay positive: so the shift must not exceed the least square. A shift that did is
/// seen by a negative number and tried again smaller. Values below 2⁻⁵⁰⁰ (float: 2⁻⁶⁰) of the largest may lose digits: beside a large q, an e counts that is out of range.
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct DifferentialQd<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The steps for each value after which the iteration is given up.</summary>
    public const int MaximumSteps = 30;

    private Span<T> _q, _e, _nextQ, _nextE, _squares, _sums, _rests;
    private QdPass<T> _pass;
    private T _negligible;
    private T _sum, _rest;
    private T _guess;
    private int _deflated;
    private bool _guessed;
    private long _steps;

    /// <summary>Computes singular values.</summary>
    /// <param name="d">The n ≥ 1 diagonal entries of a matrix whose largest entry is in [1, 4); become the values, in no order.</param>
    /// <param name="e">The n − 1 entries above the diagonal.</param>
    /// <param name="scratch">7·n elements.</param>
    /// <param name="maximumSteps">The steps for each value.</param>
    /// <exception cref="NotConvergedException">The steps did not suffice.</exception>
    public static void Run(Span<T> d, ReadOnlySpan<T> e, Span<T> scratch, int maximumSteps = MaximumSteps)
    {
        int n = d.Length;
        T epsilon = T.BitIncrement(T.One) - T.One;
        DifferentialQd<T> work = new()
        {
            _q = scratch[..n],
            _e = scratch.Slice(n, n),
            _nextQ = scratch.Slice(2 * n, n),
            _nextE = scratch.Slice(3 * n, n),
            _squares = scratch.Slice(4 * n, n),
            _sums = scratch.Slice(5 * n, n),
            _rests = scratch.Slice(6 * n, n),
            _negligible = T.CreateChecked(100) * epsilon * epsilon,
        };

        // Squares use the whole range of exponents.
        int exponent = typeof(T) == typeof(double) ? 490 : 58;
        T scale = T.ScaleB(T.One, exponent);
        for (int i = 0; i < n; i++)
        {
            work._q[i] = d[i] * scale * (d[i] * scale);
            T beside = i < n - 1 ? e[i] * scale : T.Zero;
            work._e[i] = beside * beside;
        }

        work.Solve(maximumSteps);
        T inverse = T.ScaleB(T.One, -exponent);
        for (int i = 0; i < n; i++)
        {
            d[i] = T.Sqrt(work._squares[i]) * inverse;
        }
    }

    private void Solve(int maximumSteps)
    {
        int n = _q.Length;
        int end = n;
        _q.CopyTo(_nextQ);
        _e.CopyTo(_nextE);
        Split(n - 1);
        while (end > 0)
        {
            (_sum, _rest) = (_sums[end - 1], _rests[end - 1]);
            int first = end - 1;
            while (first > 0 && _e[first - 1] >= T.Zero && !IsNegligible(first - 1))
            {
                first--;
            }

            if (first > 0 && _e[first - 1] >= T.Zero)
            {
                Split(first - 1);
            }

            end = SolvePart(first, end, maximumSteps);
        }
    }

    /// <summary>Finds values of the part until it is done or falls in two; returns where what is left ends.</summary>
    private int SolvePart(int first, int end, int maximumSteps)
    {
        _deflated = -1;
        _guessed = false;
        while (true)
        {
            end = Deflate(first, end);
            if (end == first)
            {
                return end;
            }

            if (_deflated != 0)
            {
                Reverse(first, end);
            }

            if (++_steps > (long)maximumSteps * _q.Length)
            {
                throw BidiagonalQr.NotConverged(_q.Length, maximumSteps);
            }

            Step(first, end);
            if (_pass.Split >= 0)
            {
                // Steps of what is left exchange the two memories: what is before goes to both.
                int cut = first + _pass.Split;
                _q[first..(cut + 1)].CopyTo(_nextQ[first..]);
                _e[first..cut].CopyTo(_nextE[first..]);
                Split(cut);
                first = cut + 1;
                _deflated = -1;
            }
        }
    }

    /// <summary>Whether the squares, to which the sum is to be added, do not feel e.</summary>
    private readonly bool IsNegligible(int i) => _e[i] <= _negligible * _sum;

    /// <summary>Cuts behind i: what is before goes on later, from what was shifted until now.</summary>
    private readonly void Split(int i)
    {
        _e[i] = _nextE[i] = -T.One;
        (_sums[i], _rests[i]) = (_sum, _rest);
    }

    /// <summary>Takes off single values and pairs at the end.</summary>
    private int Deflate(int first, int end)
    {
        int before = end;
        while (end > first)
        {
            if (end - first == 1 || _e[end - 2] <= _negligible * (_sum + _q[end - 1]))
            {
                _squares[end - 1] = _sum + (_rest + _q[end - 1]);
                end--;
            }
            else if (end - first == 2 || IsNegligible(end - 3))
            {
                (T larger, T smaller) = Pair(_q[end - 2], _q[end - 1], _e[end - 2]);
                _squares[end - 2] = _sum + (_rest + larger);
                _squares[end - 1] = _sum + (_rest + smaller);
                end -= 2;
            }
            else
            {
                break;
            }
        }

        _deflated = _deflated < 0 ? 3 : before - end;
        return end;
    }

    /// <summary>Those of two rows: by sums of positive numbers the larger one, by their product the other.</summary>
    private static (T Larger, T Smaller) Pair(T a, T b, T beside)
    {
        T two = T.One + T.One;
        (a, b) = a < b ? (b, a) : (a, b);
        T half = (a - b + beside) / two;
        T larger = ((a + b + beside) / two) + TridiagonalQl.Hypotenuse(half, T.Sqrt(b) * T.Sqrt(beside));
        return (larger, T.IsZero(larger) ? T.Zero : b * (a / larger));
    }

    /// <summary>The larger end goes first, so that small values come out at the other.</summary>
    private void Reverse(int first, int end)
    {
        if (T.CreateChecked(1.5) * _q[first] < _q[end - 1])
        {
            _deflated = 3;
            _q[first..end].Reverse();
            _e[first..(end - 1)].Reverse();
        }
    }

    private void Step(int first, int end)
    {
        int length = end - first;
        T epsilon = T.BitIncrement(T.One) - T.One;
        T shift = Shift(first, end);
        for (int attempt = 0; ; attempt++)
        {
            Span<T> q = _q.Slice(first, length), e = _e.Slice(first, length), toQ = _nextQ.Slice(first, length), toE = _nextE.Slice(first, length);
            if (_pass.Run(q, e, shift, _negligible, _negligible * _sum, toQ, toE))
            {
                break;
            }

            // A square loses that much of itself, and a value half of it: a larger tolerance, such as a hundred times it, saves no steps.
            T tolerance = (epsilon + epsilon) * _sum;
            if (_pass.LeastBefore > T.Zero && T.Abs(_pass.Last) < tolerance && toE[length - 2] < tolerance)
            {
                // Nothing beside what is shifted away.
                toQ[length - 1] = _pass.Last = _pass.Least = T.Zero;
                break;
            }

            if (T.IsZero(shift) || attempt > 3 || !(_pass.Least < T.Zero))
            {
                shift = T.Zero;
                _pass.RunSafely(q, e, _negligible, _negligible * _sum, toQ, toE);
                break;
            }

            // The last d alone below 0: the sum is close above the least square.
            shift = _pass.LeastBefore > T.Zero && attempt == 0 ? (shift + _pass.Last) * (T.One - epsilon - epsilon) : shift / T.CreateChecked(4);
            shift = T.Max(shift, T.Zero);
            _guessed = false;
        }

        Span<T> swap = _q;
        _q = _nextQ;
        _nextQ = swap;
        swap = _e;
        _e = _nextE;
        _nextE = swap;
        T sum = _sum + shift;
        _rest += _sum > shift ? shift - (sum - _sum) : _sum - (sum - shift);
        _sum = sum;
    }

    /// <summary>
    /// A shift below the least square as a rule. With q and e of a factor B whose least d is the last, B·x = √q·u for the last unit vector u and x_i² = ∏ e_j/q_j over j from
    /// i on: the Rayleigh quotient ρ of BᵀB is q/‖x‖², and a square lies within ρ·√a of it, a = ‖x‖² − 1; or within ρ²·a/g of it if the next is g away.
    /// </summary>
    private T Shift(int first, int end)
    {
        (T least, T last, T next) = _deflated switch
        {
            0 => (_pass.Least, _pass.Last, _pass.LeastBefore),
            1 => (_pass.LeastBefore, _pass.Before, _pass.LeastBeforeTwo),
            2 => (_pass.LeastBeforeTwo, _pass.BeforeTwo, _pass.LeastBeforeTwo),
            _ => (T.Zero, T.Zero, T.Zero),
        };
        if (!(least > T.Zero))
        {
            return T.Zero;
        }

        T quarter = T.CreateChecked(0.25);
        if (last > least)
        {
            // Nothing to go by but that a quarter is often enough, and more if it was.
            _guess = _guessed ? _guess + ((T.One - _guess) / T.CreateChecked(3)) : quarter;
            _guessed = true;
            return _guess * least;
        }

        _guessed = false;
        T limit = T.CreateChecked(0.56);
        T sum = T.Zero, term = T.One;
        for (int i = end - 2; i >= first; i--)
        {
            T before = term;
            term *= _e[i] / _q[i];
            sum += term;
            if (!(sum < limit))
            {
                return quarter * least;
            }

            if (T.CreateChecked(100) * T.Max(term, before) < sum)
            {
                break;
            }
        }

        sum *= T.CreateChecked(1.05);
        T quotient = _q[end - 1] / (T.One + sum);
        T gap = (next / (T.One + T.One)) - quotient;
        T error = T.Sqrt(sum);
        error = gap > quotient * error ? quotient * sum / gap : error;
        return T.Max(quotient * (T.One - (T.CreateChecked(1.01) * error)), least / T.CreateChecked(3));
    }
}
