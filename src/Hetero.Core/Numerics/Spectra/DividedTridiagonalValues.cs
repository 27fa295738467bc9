using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The eigenvalues alone of a symmetric tridiagonal matrix by divide and conquer, see <see cref="DividedTridiagonal{T}"/>: two problems are joined by the last entries of the
/// eigenvectors of one and the first of the other, so that first and last entries are all that is made of vectors. A join takes some n², all of it on a team, where QL goes step by step.
/// Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct DividedTridiagonalValues<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rows up to which QL is as fast for the whole matrix.</summary>
    public const int QlRows = 200;

    private const int LeafRows = DividedTridiagonal<T>.LeafRows;

    private Span<T> _values, _beside, _scratch;
    private MatrixSpan<T> _ends, _inner;
    private Span<int> _order, _integers;
    private int _maximumSteps;
    private (T Relative, T Absolute) _negligible;

    /// <summary>Gets the scratch for <paramref name="size"/> rows.</summary>
    public static int GetScratchLength(int size)
        => checked((5 * size) + (size <= LeafRows ? SerialLength(size) : Math.Max(JoinLength(size), SerialLength(size / 2) + SerialLength(size - (size / 2)))));

    /// <summary>Computes eigenvalues.</summary>
    /// <param name="values">The n ≥ 1 diagonal entries; become the eigenvalues.</param>
    /// <param name="beside">n elements, the first n − 1 beside the diagonal; overwritten.</param>
    /// <param name="inner">n×n: scratch.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="maximumSteps">The steps of QL for each eigenvalue.</param>
    /// <param name="team">The team, if any.</param>
    /// <returns>The places of the eigenvalues, ascending: memory of the scratch.</returns>
    public static ReadOnlySpan<int> Solve(Span<T> values, Span<T> beside, MatrixSpan<T> inner, Span<T> scratch, int maximumSteps, WorkerTeam? team)
    {
        int n = values.Length;
        DividedTridiagonalValues<T> work = new()
        {
            _values = values,
            _beside = beside,
            _ends = ScratchParts.Take(ref scratch, n, 2),
            _inner = inner,
            _order = MemoryMarshal.Cast<T, int>(ScratchParts.Take(ref scratch, n))[..n],
            _integers = MemoryMarshal.Cast<T, int>(ScratchParts.Take(ref scratch, 2 * n))[..(2 * n)],
            _scratch = scratch,
            _maximumSteps = maximumSteps,
            _negligible = TridiagonalQl.Negligible<T>(values, beside[..(n - 1)]),
        };
        if (n <= LeafRows)
        {
            work.SolveLeaf(0, n, scratch);
            return work._order;
        }

        T joint = work.Tear(0, n);
        WorkerTeam.Run(team, ref work, 2);
        work.Join(0, n, joint, scratch, team, isLast: true);
        return work._order;
    }

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        int half = _values.Length / 2;
        if (part == 0)
        {
            Solve(0, half, _scratch[..SerialLength(half)]);
        }
        else
        {
            Solve(half, _values.Length - half, _scratch[SerialLength(half)..]);
        }
    }

    private static int JoinLength(int size) => checked(6 * size);

    private static int SerialLength(int size)
    {
        int leaf = Math.Min(size, LeafRows) * (LinePath.Count<T>() + 2);
        return size <= LeafRows ? leaf : Math.Max(leaf, JoinLength(size));
    }

    private readonly void Solve(int first, int n, Span<T> scratch)
    {
        if (n <= LeafRows)
        {
            SolveLeaf(first, n, scratch);
            return;
        }

        T joint = Tear(first, n);
        Solve(first, n / 2, scratch);
        Solve(first + (n / 2), n - (n / 2), scratch);
        Join(first, n, joint, scratch, null, isLast: false);
    }

    private readonly T Tear(int first, int n) => DividedTridiagonal<T>.Tear(_values.Slice(first, n), _beside.Slice(first, n));

    /// <summary>QL turns the first and the last column of the identity along.</summary>
    private readonly void SolveLeaf(int first, int n, Span<T> scratch)
    {
        int columns = LinePath.Count<T>();
        MatrixSpan<T> rows = new(scratch[..(n * columns)], n, columns);
        rows.Data.Clear();
        rows[0, 0] = T.One;
        rows[n - 1, 1] = T.One;
        Span<T> values = _values.Slice(first, n);
        TridiagonalQl.Diagonalize(values, _beside.Slice(first, n), rows, scratch.Slice(n * columns, 2 * n), _negligible, _maximumSteps);
        for (int i = 0; i < n; i++)
        {
            rows.Row(i)[..2].CopyTo(_ends.Row(first + i));
        }

        AscendingOrder.Find<T>(values, _order.Slice(first, n));
    }

    /// <summary>Joins two neighbouring halves; the last join needs no vectors.</summary>
    private readonly void Join(int first, int n, T joint, Span<T> scratch, WorkerTeam? team, bool isLast)
    {
        int half = n / 2;
        MatrixSpan<T> ends = _ends.Slice(first, 0, n, 2);
        Span<T> values = _values.Slice(first, n);
        Span<int> order = _order.Slice(first, n), kinds = _integers.Slice(2 * first, n), spare = _integers.Slice((2 * first) + n, n);
        Span<T> weights = scratch[..n], poles = scratch.Slice(n, n), joined = scratch.Slice(2 * n, n), exact = scratch.Slice(3 * n, n);
        Span<T> firsts = scratch.Slice(4 * n, n), lasts = scratch.Slice(5 * n, n);
        T scale = T.One / T.Sqrt(T.One + T.One);
        for (int i = 0; i < n; i++)
        {
            kinds[i] = i < half ? RankOneDeflation.Upper : RankOneDeflation.Lower;
            weights[i] = scale * (i < half ? ends[i, 1] : T.CopySign(T.One, joint) * ends[i, 0]);
            ends[i, i < half ? 1 : 0] = T.Zero;
        }

        DividedTridiagonal<T>.Merge(values, order, half, spare);
        T rho = T.Abs(joint) + T.Abs(joint);
        int count = RankOneDeflation.Run(values, weights, rho, RankOneDeflation.Tolerance<T>(values, weights), order, kinds, spare, ends);
        for (int j = 0; j < n; j++)
        {
            int row = order[j];
            (poles[j], joined[j], firsts[j], lasts[j]) = (values[row], weights[row], ends[row, 0], ends[row, 1]);
        }

        joined[..count].CopyTo(weights);
        MatrixSpan<T> inner = _inner.Slice(first, first, count, count);
        if (isLast)
        {
            RankOneVectors.Roots<T, EigenvalueGap<T>>(poles[..count], weights[..count], rho, joined[..count], team);
        }
        else if (count > 0)
        {
            RankOneVectors.Solve<T, EigenvalueGap<T>>(
                poles[..count], weights[..count], rho, joined[..count], poles[..count], [], weights[..count], exact[..count], inner, team);
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
