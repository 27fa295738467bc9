using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// Singular values and vectors of an upper bidiagonal matrix by divide and conquer (Gu, Eisenstat, SIAM J. Matrix Anal. Appl. 16, 1995; LAPACK: BDSDC): a row is left
/// out, and what stands above and below it are problems of n rows and n + 1 columns, as the whole is with a column of zeros. Thread-safe as long as calls share neither
/// memory nor team.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct DividedBidiagonal<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rows up to which QR is as fast.</summary>
    public const int DefaultLeafRows = 32;

    /// <summary>The n diagonal entries; become the singular values, by row of the vectors.</summary>
    public Span<T> Values;

    /// <summary>What stands beside them; the last one, in column n, is 0.</summary>
    public Span<T> Beside;

    /// <summary>n rows of n: left vectors.</summary>
    public MatrixSpan<T> Left;

    /// <summary>n + 1 rows of n + 1: right vectors, the last of them that of the null space.</summary>
    public MatrixSpan<T> Right;

    /// <summary>As large as <see cref="Left"/>: the rows that a product takes.</summary>
    public MatrixSpan<T> GatheredLeft;

    /// <summary>As large as <see cref="Right"/>.</summary>
    public MatrixSpan<T> GatheredRight;

    /// <summary>n×n: the left vectors of the joined problem.</summary>
    public MatrixSpan<T> InnerLeft;

    /// <summary>n×n: the right vectors of the joined problem.</summary>
    public MatrixSpan<T> InnerRight;

    /// <summary>The rows by ascending value.</summary>
    public Span<int> Order;

    /// <summary>Three times as many integers as rows.</summary>
    public Span<int> Integers;

    /// <summary>See <see cref="GetScratchLength"/>.</summary>
    public Span<T> Scratch;

    /// <summary>The rows up to which a problem is not cut, 2 or more.</summary>
    public int LeafRows;

    /// <summary>The steps of QR for each singular value.</summary>
    public int MaximumSteps;

    /// <summary>The team for the last join, if any.</summary>
    public WorkerTeam? Team;

    private T _negligible;
    private T _tolerance;

    /// <summary>Gets the scratch for <paramref name="size"/> rows.</summary>
    public static int GetScratchLength(int size, int leafRows, WorkerTeam? team)
    {
        int single = SerialLength(size, leafRows);
        return size <= leafRows ? single
            : checked(Math.Max(SerialLength(size / 2, leafRows) + SerialLength(size - (size / 2) - 1, leafRows), JoinLength(size, team?.Degree ?? 1)));
    }

    /// <summary>Decomposes.</summary>
    public void Solve()
    {
        int n = Values.Length;
        _negligible = BidiagonalQr.Negligible<T>(Values, Beside);
        _tolerance = RankOneDeflation.Tolerance<T>(Values, Beside);
        if (n <= LeafRows)
        {
            SolveLeaf(0, n, Scratch);
            return;
        }

        WorkerTeam.Run(Team, ref this, 2);
        Join(0, n, Scratch, Team);
    }

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        int n = Values.Length, half = n / 2;
        if (part == 0)
        {
            Solve(0, half, Scratch[..SerialLength(half, LeafRows)]);
        }
        else
        {
            Solve(half + 1, n - half - 1, Scratch[SerialLength(half, LeafRows)..]);
        }
    }

    private static int SerialLength(int size, int leafRows)
    {
        int leaf = BidiagonalLeaf.GetScratchLength<T>(Math.Min(size, leafRows));
        return size <= leafRows ? leaf : checked(Math.Max(leaf, JoinLength(size, 1)));
    }

    private static int JoinLength(int size, int threads)
        => checked((6 * size) + ProductBlocking.LargestScratchLength<T>(size, size, size + 1, threads));

    private readonly void Solve(int first, int n, Span<T> scratch)
    {
        if (n <= LeafRows)
        {
            SolveLeaf(first, n, scratch);
            return;
        }

        int half = n / 2;
        Solve(first, half, scratch);
        Solve(first + half + 1, n - half - 1, scratch);
        Join(first, n, scratch, null);
    }

    private readonly void SolveLeaf(int first, int n, Span<T> scratch)
    {
        Span<T> values = Values.Slice(first, n);
        BidiagonalLeaf.Decompose(
            values, Beside.Slice(first, n), Left.Slice(first, first, n, n), Right.Slice(first, first, n + 1, n + 1), scratch, _negligible, MaximumSteps);
        AscendingOrder.Find<T>(values, Order.Slice(first, n));
    }

    /// <summary>Joins the problems above and below a row.</summary>
    private readonly void Join(int first, int n, Span<T> scratch, WorkerTeam? team)
    {
        int half = n / 2;
        MatrixSpan<T> left = Left.Slice(first, first, n, n), right = Right.Slice(first, first, n + 1, n + 1);
        Span<T> values = Values.Slice(first, n);
        Span<int> order = Order.Slice(first, n);
        Span<int> kinds = Integers.Slice(3 * first, n), places = Integers.Slice((3 * first) + n, n), spare = Integers.Slice((3 * first) + (2 * n), n);
        Span<T> weights = scratch[..n], poles = scratch.Slice(n, n), joined = scratch.Slice(2 * n, n), exact = scratch.Slice(3 * n, n);
        Span<T> grouped = scratch.Slice(4 * n, n), signs = scratch.Slice(5 * n, n);
        scratch = scratch[(6 * n)..];

        // Between the vectors of both problems the matrix is diagonal but for the row, which goes first, and the column that their null spaces leave of it.
        (T above, T below) = (values[half], Beside[first + half]);
        values[half] = T.Zero;
        for (int i = 0; i < n; i++)
        {
            kinds[i] = i < half ? RankOneDeflation.Upper : i == half ? RankOneDeflation.Both : RankOneDeflation.Lower;
            weights[i] = i <= half ? above * right[i, half] : below * right[i, half + 1];
        }

        Clear(left, right, half);
        weights[half] = JoinNullSpaces(right, half, weights[half], below * right[n, half + 1]);
        Merge(values, order, half, spare);
        int vanishing = DeflateZeros(values, weights, order, half, right, _tolerance);
        int count = 1 + RankOneDeflation.Run(values, weights, T.One, _tolerance, order.Slice(1, n - 1 - vanishing), kinds, spare, left, right);
        if (count == 1)
        {
            values[half] = T.Abs(weights[half]);
            TensorPrimitives.Multiply(right.Row(half), T.CopySign(T.One, weights[half]), right.Row(half));
            AscendingOrder.Find<T>(values, order);
            return;
        }

        weights[half] = T.CopySign(T.Max(T.Abs(weights[half]), _tolerance), weights[half]);
        (int upper, int both) = Group(order[..count], kinds, places);
        for (int j = 0; j < n; j++)
        {
            int row = order[j];
            int place = j < count ? places[j] : j;
            left.Row(row).CopyTo(GatheredLeft.Row(first + place)[first..]);
            right.Row(row).CopyTo(GatheredRight.Row(first + place)[first..]);
            (poles[j], joined[j]) = (values[row], weights[row]);
            (grouped[place], signs[place]) = (values[row], weights[row]);
        }

        MatrixSpan<T> gatheredLeft = GatheredLeft.Slice(first, first, n, n), gatheredRight = GatheredRight.Slice(first, first, n, n + 1);
        joined[..count].CopyTo(weights);
        MatrixSpan<T> innerLeft = InnerLeft.Slice(first, first, count, count), innerRight = InnerRight.Slice(first, first, count, count);
        RankOneVectors.Solve<T, SingularValueGap<T>>(
            poles[..count], weights[..count], T.One, joined[..count], grouped[..count], places[..count], signs[..count], exact[..count], innerRight, team);
        BorderedVectors<T> vectors = new(grouped[..count], exact[..count], places[0], innerLeft, innerRight);
        WorkerTeam.Run(team, ref vectors, vectors.Parts);
        joined[..count].CopyTo(values);
        for (int j = count; j < n; j++)
        {
            values[j] = poles[j];
            gatheredLeft.Row(j).CopyTo(left.Row(j));
            gatheredRight.Row(j).CopyTo(right.Row(j));
        }

        AscendingOrder.Find<T>(values, order);
        Multiply(innerLeft, gatheredLeft, 0, both, left.Slice(0, 0, count, half), 0, scratch, team);
        Multiply(innerLeft, gatheredLeft, upper, count, left.Slice(0, half + 1, count, n - half - 1), half + 1, scratch, team);
        for (int k = 0; k < count; k++)
        {
            left[k, half] = innerLeft[k, places[0]];
        }

        Multiply(innerRight, gatheredRight, 0, both, right.Slice(0, 0, count, half + 1), 0, scratch, team);
        Multiply(innerRight, gatheredRight, upper, count, right.Slice(0, half + 1, count, n - half), half + 1, scratch, team);
    }

    /// <summary>Before, the blocks of the joined rows that belong to the other problem hold nothing.</summary>
    private static void Clear(MatrixSpan<T> left, MatrixSpan<T> right, int half)
    {
        for (int i = 0; i < right.Rows; i++)
        {
            (i <= half ? right.Row(i)[(half + 1)..] : right.Row(i)[..(half + 1)]).Clear();
        }

        for (int i = 0; i < left.Rows; i++)
        {
            (i < half ? left.Row(i)[half..] : i == half ? left.Row(i) : left.Row(i)[..(half + 1)]).Clear();
        }

        left[half, half] = T.One;
    }

    /// <summary>Turns the two null vectors so that the row has nothing in the second of them; returns what it has in the first.</summary>
    internal static T JoinNullSpaces(MatrixSpan<T> right, int half, T above, T below)
    {
        // Squares of less are out of range, and nothing beside a norm near 1.
        T length = T.CopySign(TridiagonalQl.Hypotenuse(above, below), above);
        if (T.Abs(length) < T.ScaleB(T.One, typeof(T) == typeof(double) ? -900 : -100))
        {
            return T.Zero;
        }

        (T c, T s) = (above / length, below / length);
        Span<T> first = right.Row(half), second = right.Row(right.Rows - 1);
        PlaneRotation.Apply(second, first, s, s / (T.One + c));
        return length;
    }

    /// <summary>A value that is negligible is as good as the zero of the row: a rotation of right vectors takes its weight away. The row goes first, these values last.</summary>
    internal static int DeflateZeros(Span<T> values, Span<T> weights, Span<int> order, int half, MatrixSpan<T> right, T tolerance)
    {
        int n = order.Length;
        int vanishing = 0;
        for (; vanishing < n - 1 && values[order[1 + vanishing]] <= tolerance; vanishing++)
        {
            int row = order[1 + vanishing];
            if (T.Abs(weights[row]) > tolerance)
            {
                T length = T.CopySign(TridiagonalQl.Hypotenuse(weights[half], weights[row]), weights[half]);
                (T c, T s) = (weights[half] / length, weights[row] / length);
                PlaneRotation.Apply(right.Row(row), right.Row(half), s, s / (T.One + c));
                (weights[half], weights[row]) = (length, T.Zero);
            }
        }

        order[1..].Slice(0, vanishing).Reverse();
        order[1..].Reverse();
        order[1..^vanishing].Reverse();
        return vanishing;
    }

    /// <summary>
    /// The rows that products take by kind, so that the zeros of vectors that are zero in a half are not multiplied; returns where those that are not zero in the second
    /// half start, and where those that are not zero in the first half end.
    /// </summary>
    private static (int Upper, int Both) Group(ReadOnlySpan<int> order, ReadOnlySpan<int> kinds, Span<int> places)
    {
        int place = 0;
        int upper = 0, both = 0;
        for (int kind = RankOneDeflation.Upper; kind <= RankOneDeflation.Lower; kind++)
        {
            for (int j = 0; j < order.Length; j++)
            {
                if (kinds[order[j]] == kind)
                {
                    places[j] = place++;
                }
            }

            upper = kind == RankOneDeflation.Upper ? place : upper;
            both = kind == RankOneDeflation.Both ? place : both;
        }

        return (upper, both);
    }

    private static void Multiply(
        MatrixSpan<T> inner, MatrixSpan<T> gathered, int first, int end, MatrixSpan<T> destination, int column, Span<T> scratch, WorkerTeam? team)
        => Products.Multiply(
            inner.Slice(0, first, inner.Rows, end - first), gathered.Slice(first, column, end - first, destination.Columns), scratch, destination, team);

    /// <summary>The row, then the rows of both problems in order.</summary>
    internal static void Merge(ReadOnlySpan<T> values, Span<int> order, int half, Span<int> merged)
    {
        int a = 0, b = half + 1;
        merged[0] = half;
        for (int i = 1; i < order.Length; i++)
        {
            bool takesFirst = b == order.Length || (a < half && values[order[a]] <= values[half + 1 + order[b]]);
            merged[i] = takesFirst ? order[a++] : half + 1 + order[b++];
        }

        merged.CopyTo(order);
    }
}
