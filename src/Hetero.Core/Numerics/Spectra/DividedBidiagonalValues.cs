using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// The singular values alone of an upper bidiagonal matrix by divide and conquer, see <see cref="DividedBidiagonal{T}"/>: a join needs the last entries of the right vectors of the
/// problem above its row and the first of those below, so that first and last entries are all that is made of vectors, and no left ones (LAPACK: LASDA with ICOMPQ = 0). Errors are some ε
/// of the norm, where those of <see cref="DifferentialQd{T}"/> are of each value, but that goes step by step, and this on a team. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct DividedBidiagonalValues<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rows up to which quotients and differences are as fast for the whole matrix.</summary>
    public const int QdRows = 200;

    private Span<T> _values, _beside, _scratch;
    private MatrixSpan<T> _ends, _inner;
    private Span<int> _order, _integers;
    private int _leafRows, _maximumSteps;
    private T _negligible, _tolerance;

    /// <summary>Gets the scratch for <paramref name="size"/> rows.</summary>
    public static int GetScratchLength(int size, int leafRows = DividedBidiagonal<double>.DefaultLeafRows)
    {
        int single = SerialLength(size, leafRows);
        return checked((6 * size) + 2 + (size <= leafRows ? single : Math.Max(single, SerialLength(size / 2, leafRows) + SerialLength(size - (size / 2) - 1, leafRows))));
    }

    /// <summary>Computes singular values.</summary>
    /// <param name="values">The n ≥ 1 diagonal entries of a matrix whose largest entry is in [1, 4); become the singular values, in no order.</param>
    /// <param name="beside">The n − 1 entries above the diagonal.</param>
    /// <param name="inner">n×n: scratch.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="team">The team, if any.</param>
    /// <param name="leafRows">The rows up to which a problem is not cut, 2 or more.</param>
    /// <param name="maximumSteps">The steps of QR for each value.</param>
    public static void Solve(
        Span<T> values,
        ReadOnlySpan<T> beside,
        MatrixSpan<T> inner,
        Span<T> scratch,
        WorkerTeam? team,
        int leafRows = DividedBidiagonal<double>.DefaultLeafRows,
        int maximumSteps = BidiagonalQr.MaximumSteps)
    {
        int n = values.Length;
        Span<T> all = ScratchParts.Take(ref scratch, n);
        beside.CopyTo(all);
        all[n - 1] = T.Zero;
        DividedBidiagonalValues<T> work = new()
        {
            _values = values,
            _beside = all,
            _ends = ScratchParts.Take(ref scratch, n + 1, 2),
            _inner = inner,
            _order = MemoryMarshal.Cast<T, int>(ScratchParts.Take(ref scratch, n))[..n],
            _integers = MemoryMarshal.Cast<T, int>(ScratchParts.Take(ref scratch, 2 * n))[..(2 * n)],
            _scratch = scratch,
            _leafRows = leafRows,
            _maximumSteps = maximumSteps,
            _negligible = BidiagonalQr.Negligible<T>(values, all),
            _tolerance = RankOneDeflation.Tolerance<T>(values, all),
        };
        if (n <= leafRows)
        {
            work.SolveLeaf(0, n, scratch);
            return;
        }

        WorkerTeam.Run(team, ref work, 2);
        work.Join(0, n, scratch, team, isLast: true);
    }

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        int n = _values.Length, half = n / 2;
        if (part == 0)
        {
            Solve(0, half, _scratch[..SerialLength(half, _leafRows)]);
        }
        else
        {
            Solve(half + 1, n - half - 1, _scratch[SerialLength(half, _leafRows)..]);
        }
    }

    private static int JoinLength(int size) => checked(6 * size);

    private static int SerialLength(int size, int leafRows)
    {
        int rows = Math.Min(size, leafRows);
        int leaf = (rows * rows) + ((rows + 1) * (rows + 1)) + BidiagonalLeaf.GetScratchLength<T>(rows);
        return size <= leafRows ? leaf : Math.Max(leaf, JoinLength(size));
    }

    private readonly void Solve(int first, int n, Span<T> scratch)
    {
        if (n <= _leafRows)
        {
            SolveLeaf(first, n, scratch);
            return;
        }

        int half = n / 2;
        Solve(first, half, scratch);
        Solve(first + half + 1, n - half - 1, scratch);
        Join(first, n, scratch, null, isLast: false);
    }

    private readonly void SolveLeaf(int first, int n, Span<T> scratch)
    {
        MatrixSpan<T> left = ScratchParts.Take(ref scratch, n, n), right = ScratchParts.Take(ref scratch, n + 1, n + 1);
        Span<T> values = _values.Slice(first, n);
        BidiagonalLeaf.Decompose(values, _beside.Slice(first, n), left, right, scratch, _negligible, _maximumSteps);
        for (int i = 0; i <= n; i++)
        {
            (_ends[first + i, 0], _ends[first + i, 1]) = (right[i, 0], right[i, n]);
        }

        AscendingOrder.Find<T>(values, _order.Slice(first, n));
    }

    /// <summary>Joins the problems above and below a row; the last join needs no vectors.</summary>
    private readonly void Join(int first, int n, Span<T> scratch, WorkerTeam? team, bool isLast)
    {
        int half = n / 2;
        MatrixSpan<T> ends = _ends.Slice(first, 0, n + 1, 2);
        Span<T> values = _values.Slice(first, n);
        Span<int> order = _order.Slice(first, n), kinds = _integers.Slice(2 * first, n), spare = _integers.Slice((2 * first) + n, n);
        Span<T> weights = scratch[..n], poles = scratch.Slice(n, n), joined = scratch.Slice(2 * n, n), exact = scratch.Slice(3 * n, n);
        Span<T> firsts = scratch.Slice(4 * n, n), lasts = scratch.Slice(5 * n, n);
        (T above, T below) = (values[half], _beside[first + half]);
        values[half] = T.Zero;
        for (int i = 0; i < n; i++)
        {
            kinds[i] = i < half ? RankOneDeflation.Upper : i == half ? RankOneDeflation.Both : RankOneDeflation.Lower;
            weights[i] = i <= half ? above * ends[i, 1] : below * ends[i, 0];
            ends[i, i <= half ? 1 : 0] = T.Zero;
        }

        T beyond = below * ends[n, 0];
        ends[n, 0] = T.Zero;
        weights[half] = DividedBidiagonal<T>.JoinNullSpaces(ends, half, weights[half], beyond);
        DividedBidiagonal<T>.Merge(values, order, half, spare);
        int vanishing = DividedBidiagonal<T>.DeflateZeros(values, weights, order, half, ends, _tolerance);
        int count = 1 + RankOneDeflation.Run(values, weights, T.One, _tolerance, order.Slice(1, n - 1 - vanishing), kinds, spare, ends);
        if (count == 1)
        {
            values[half] = T.Abs(weights[half]);
            TensorPrimitives.Multiply(ends.Row(half), T.CopySign(T.One, weights[half]), ends.Row(half));
            AscendingOrder.Find<T>(values, order);
            return;
        }

        weights[half] = T.CopySign(T.Max(T.Abs(weights[half]), _tolerance), weights[half]);
        for (int j = 0; j < n; j++)
        {
            int row = order[j];
            (poles[j], joined[j], firsts[j], lasts[j]) = (values[row], weights[row], ends[row, 0], ends[row, 1]);
        }

        joined[..count].CopyTo(weights);
        if (isLast)
        {
            RankOneVectors.Roots<T, SingularValueGap<T>>(poles[..count], weights[..count], T.One, joined[..count], team);
        }
        else
        {
            MatrixSpan<T> inner = _inner.Slice(first, first, count, count);
            RankOneVectors.Solve<T, SingularValueGap<T>>(
                poles[..count], weights[..count], T.One, joined[..count], poles[..count], [], weights[..count], exact[..count], inner, team);
            for (int k = 0; k < count; k++)
            {
                (ends[k, 0], ends[k, 1]) = RankOneVectors.Ends(exact[..count], inner.Row(k), firsts[..count], lasts[..count]);
            }
        }

        joined[..count].CopyTo(values);
        for (int j = count; j < n; j++)
        {
            (values[j], ends[j, 0], ends[j, 1]) = (poles[j], firsts[j], lasts[j]);
        }

        AscendingOrder.Find<T>(values, order);
    }
}
