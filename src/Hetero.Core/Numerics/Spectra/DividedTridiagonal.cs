using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric tridiagonal matrix by divide and conquer (Cuppen, Numer. Math. 36, 1981; Gu, Eisenstat, SIAM J. Matrix Anal.
/// Appl. 16, 1995; LAPACK: STEDC): two halves and what joins them, a matrix of rank one. Thread-safe as long as calls share neither memory nor team.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct DividedTridiagonal<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rows up to which QL is as fast.</summary>
    public const int LeafRows = 32;

    /// <summary>The diagonal; becomes the eigenvalues, by row of <see cref="Transposed"/>.</summary>
    public Span<T> Values;

    /// <summary>What stands beside it.</summary>
    public Span<T> Beside;

    /// <summary>Eigenvectors as rows.</summary>
    public MatrixSpan<T> Transposed;

    /// <summary>As large as <see cref="Transposed"/>: the rows that a product takes.</summary>
    public MatrixSpan<T> Gathered;

    /// <summary>n×n: the eigenvectors of the joined problem.</summary>
    public MatrixSpan<T> Inner;

    /// <summary>The rows by ascending value.</summary>
    public Span<int> Order;

    /// <summary>Three times as many integers as rows.</summary>
    public Span<int> Integers;

    /// <summary>See <see cref="GetScratchLength"/>.</summary>
    public Span<T> Scratch;

    /// <summary>The steps of QL for each eigenvalue.</summary>
    public int MaximumSteps;

    /// <summary>The team for the last join, if any.</summary>
    public WorkerTeam? Team;

    /// <summary>The ranks whose vectors are wanted in the end: vectors of the other rows stay undefined.</summary>
    public Range Wanted;

    private (T Relative, T Absolute) _negligible;

    /// <summary>Gets the scratch for <paramref name="size"/> rows.</summary>
    public static int GetScratchLength(int size, WorkerTeam? team)
    {
        int single = SerialLength(size);
        return size <= LeafRows ? single
            : checked(Math.Max(
                SerialLength(size / 2) + SerialLength(size - (size / 2)),
                (5 * size) + ProductBlocking.LargestScratchLength<T>(size, size, size, team?.Degree ?? 1)));
    }

    /// <summary>Decomposes.</summary>
    public void Solve()
    {
        int n = Values.Length;
        _negligible = TridiagonalQl.Negligible<T>(Values, Beside[..(n - 1)]);
        if (n <= LeafRows)
        {
            SolveLeaf(0, n, Scratch);
            return;
        }

        T joint = Tear(Values, Beside);
        WorkerTeam.Run(Team, ref this, 2);
        Join(0, n, joint, Scratch, Team, Wanted);
    }

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        int half = Values.Length / 2;
        if (part == 0)
        {
            Solve(0, half, Scratch[..SerialLength(half)]);
        }
        else
        {
            Solve(half, Values.Length - half, Scratch[SerialLength(half)..]);
        }
    }

    private static int SerialLength(int size)
    {
        int leaf = Math.Min(size, LeafRows);
        leaf = ((leaf + 1) * LinePath.Padded<T>(leaf)) + Math.Max(2 * leaf, TwistedEigen.GetScratchLength<T>(leaf));
        return size <= LeafRows ? leaf : checked(Math.Max(leaf, (5 * size) + ProductBlocking.LargestScratchLength<T>(size, size, size, 1)));
    }

    private readonly void Solve(int first, int n, Span<T> scratch)
    {
        if (n <= LeafRows)
        {
            SolveLeaf(first, n, scratch);
            return;
        }

        T joint = Tear(Values.Slice(first, n), Beside.Slice(first, n));
        Solve(first, n / 2, scratch);
        Solve(first + (n / 2), n - (n / 2), scratch);
        Join(first, n, joint, scratch, null, 0..n);
    }

    /// <summary>Takes ρ·u·uᵀ out of the matrix, u being 1 at the two rows where it is cut (the second 1 with ρ's sign); returns ρ.</summary>
    internal static T Tear(Span<T> values, ReadOnlySpan<T> beside)
    {
        int cut = values.Length / 2;
        T joint = beside[cut - 1];
        values[cut - 1] -= T.Abs(joint);
        values[cut] -= T.Abs(joint);
        return joint;
    }

    private readonly void SolveLeaf(int first, int n, Span<T> scratch)
    {
        int padded = LinePath.Padded<T>(n);
        Span<T> values = Values.Slice(first, n);
        MatrixSpan<T> rows = new(scratch[..(n * padded)], n, padded);
        if (n >= TwistedEigen.MinimumRows)
        {
            Span<T> found = scratch.Slice(n * padded, padded);
            if (TwistedEigen.TryDecompose<T>(values, Beside.Slice(first, n), found, rows.Data, padded, scratch[((n + 1) * padded)..]))
            {
                found[..n].CopyTo(values);
                Transposition.Copy<T>(rows.Slice(0, 0, n, n), Transposed.Slice(first, first, n, n));
                AscendingOrder.Find<T>(values, Order.Slice(first, n));
                return;
            }
        }

        rows.Data.Clear();
        for (int i = 0; i < n; i++)
        {
            rows[i, i] = T.One;
        }

        TridiagonalQl.Diagonalize(values, Beside.Slice(first, n), rows, scratch.Slice(n * padded, 2 * n), _negligible, MaximumSteps);
        for (int i = 0; i < n; i++)
        {
            rows.Row(i)[..n].CopyTo(Transposed.Row(first + i)[first..]);
        }

        AscendingOrder.Find<T>(values, Order.Slice(first, n));
    }

    /// <summary>Joins two neighbouring halves.</summary>
    private readonly void Join(int first, int n, T joint, Span<T> scratch, WorkerTeam? team, Range wanted)
    {
        int half = n / 2;
        MatrixSpan<T> rows = Transposed.Slice(first, first, n, n);
        MatrixSpan<T> gathered = Gathered.Slice(first, first, n, n);
        Span<T> values = Values.Slice(first, n);
        Span<int> order = Order.Slice(first, n);
        Span<int> kinds = Integers.Slice(3 * first, n), places = Integers.Slice((3 * first) + n, n), spare = Integers.Slice((3 * first) + (2 * n), n);
        Span<T> weights = scratch[..n], poles = scratch.Slice(n, n), joined = scratch.Slice(2 * n, n), exact = scratch.Slice(3 * n, n), line = scratch.Slice(4 * n, n);
        scratch = scratch[(5 * n)..];

        // ρ·u·uᵀ between eigenvectors is 2|ρ|·z·zᵀ with ‖z‖ = 1.
        T scale = T.One / T.Sqrt(T.One + T.One);
        for (int i = 0; i < n; i++)
        {
            kinds[i] = i < half ? RankOneDeflation.Upper : RankOneDeflation.Lower;
            weights[i] = scale * (i < half ? rows[i, half - 1] : T.CopySign(T.One, joint) * rows[i, half]);
        }

        Merge(values, order, half, spare);
        T rho = T.Abs(joint) + T.Abs(joint);
        Clear(rows, half);
        int count = RankOneDeflation.Run(values, weights, rho, RankOneDeflation.Tolerance<T>(values, weights), order, kinds, spare, rows);
        if (count == 0)
        {
            AscendingOrder.Find<T>(values, order);
            return;
        }

        // Of the products' rows those of vectors that are zero in a half stand together, so that their zeros are not multiplied.
        int place = 0;
        int upper = 0, both = 0;
        for (int kind = RankOneDeflation.Upper; kind <= RankOneDeflation.Lower; kind++)
        {
            for (int j = 0; j < count; j++)
            {
                if (kinds[order[j]] == kind)
                {
                    places[j] = place++;
                }
            }

            upper = kind == RankOneDeflation.Upper ? place : upper;
            both = kind == RankOneDeflation.Both ? place : both;
        }

        for (int j = 0; j < n; j++)
        {
            int row = order[j];
            rows.Row(row).CopyTo(gathered.Row(j < count ? places[j] : j));
            (poles[j], joined[j]) = (values[row], weights[row]);
        }

        MatrixSpan<T> inner = Inner.Slice(first, first, count, count);
        joined[..count].CopyTo(weights);
        RankOneVectors.Solve<T, EigenvalueGap<T>>(poles[..count], weights[..count], rho, joined[..count], poles[..count], [], weights[..count], exact, inner, team);
        joined[..count].CopyTo(values);
        for (int j = count; j < n; j++)
        {
            values[j] = poles[j];
            gathered.Row(j).CopyTo(rows.Row(j));
        }

        AscendingOrder.Find<T>(values, order);
        (int start, int end) = WantedRoots(order, count, wanted.GetOffsetAndLength(n));
        RankOneVectors.Form(exact[..count], inner, start, end, places[..count], line[..count]);
        MatrixSpan<T> chosen = inner.Slice(start, 0, end - start, count);
        Multiply(chosen, gathered, 0, both, rows.Slice(start, 0, end - start, half), 0, scratch, team);
        Multiply(chosen, gathered, upper, count, rows.Slice(start, half, end - start, n - half), half, scratch, team);
    }

    /// <summary>Before, the off-diagonal blocks of the joined rows hold nothing.</summary>
    private static void Clear(MatrixSpan<T> rows, int half)
    {
        for (int i = 0; i < rows.Rows; i++)
        {
            (i < half ? rows.Row(i)[half..] : rows.Row(i)[..half]).Clear();
        }
    }

    private static void Multiply(
        MatrixSpan<T> inner, MatrixSpan<T> gathered, int first, int end, MatrixSpan<T> destination, int column, Span<T> scratch, WorkerTeam? team)
    {
        if (first == end)
        {
            MatrixMemory.Clear(destination);
        }
        else if (destination.Rows > 0)
        {
            Products.Multiply(
                inner.Slice(0, first, inner.Rows, end - first),
                gathered.Slice(first, column, end - first, destination.Columns),
                scratch,
                destination,
                team);
        }
    }

    /// <summary>The roots, a range, that hold all wanted ranks which are not deflated.</summary>
    private static (int Start, int End) WantedRoots(ReadOnlySpan<int> order, int count, (int Offset, int Length) wanted)
    {
        int start = count, end = 0;
        foreach (int row in order.Slice(wanted.Offset, wanted.Length))
        {
            if (row < count)
            {
                (start, end) = (Math.Min(start, row), Math.Max(end, row + 1));
            }
        }

        return start < end ? (start, end) : (0, 0);
    }

    /// <summary>Merges the orders of the two halves.</summary>
    internal static void Merge(ReadOnlySpan<T> values, Span<int> order, int half, Span<int> merged)
    {
        int a = 0, b = half;
        for (int i = 0; i < order.Length; i++)
        {
            bool takesFirst = b == order.Length || (a < half && values[order[a]] <= values[half + order[b]]);
            merged[i] = takesFirst ? order[a++] : half + order[b++];
        }

        merged.CopyTo(order);
    }
}
