using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class PivotedQrOfDoubleTests : PivotedQrTests<double>;

public sealed class PivotedQrOfFloatTests : PivotedQrTests<float>;

public abstract class PivotedQrTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void AnyShapeDecomposes()
        => Prop.ForAll(
            Gen.Choose(0, 90).Two().ToArbitrary(), pair => Check(Data.Uniform<T>(pair.Item1 * pair.Item2, pair.Item2), pair.Item1, pair.Item2, Math.Min(pair.Item1, pair.Item2)))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(200, 200)]
    [InlineData(150, 260)]
    [InlineData(260, 150)]
    [InlineData(700, 90)]
    [InlineData(3000, 12)]
    [InlineData(33, 3000)]
    [InlineData(100, 900)]
    [InlineData(430, 410)]
    [InlineData(800_000, 4)]
    public void SeveralPanelsDecompose(int m, int n) => Check(Data.Uniform<T>(m * n, 3), m, n, Math.Min(m, n));

    /// <summary>With one more column than the rank taken, what is left is rounding; the norms that the pivots go by cancel all at once.</summary>
    [Theory]
    [InlineData(60, 60, 0)]
    [InlineData(60, 60, 1)]
    [InlineData(120, 100, 37)]
    [InlineData(90, 150, 32)]
    [InlineData(400, 70, 33)]
    [InlineData(150, 150, 49)]
    public void TheRankOfAProductIsFound(int m, int n, int rank)
        => Check(Matrices.WithSingularValues<T>([.. Enumerable.Range(1, rank).Select(i => 1.0 / i)], m, n), m, n, rank);

    [Theory]
    [InlineData(64, 64)]
    [InlineData(257, 120)]
    [InlineData(90, 120)]
    public void OnesHaveRankOne(int m, int n)
    {
        T[] ones = new T[m * n];
        ones.AsSpan().Fill(T.One);
        Check(ones, m, n, 1);
        Check(new T[m * n], m, n, 0);
    }

    /// <summary>Columns from 1 down to ε⁴, in an order of their own: pivoting finds it, and loses no column of a matrix whose columns are independent.</summary>
    [Theory]
    [InlineData(70, 70)]
    [InlineData(300, 45)]
    public void GradedColumnsComeInTheirOrder(int m, int n)
    {
        T[] a = Data.Uniform<T>(m * n, 7);
        int span = typeof(T) == typeof(double) ? -200 : -80;
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = T.ScaleB(a[i], span * (i % n * 13 % n) / n);
        }

        int[] permutation = Check(a, m, n, null);
        int[] places = [.. permutation.Select(column => column * 13 % n)];
        Assert.True(Enumerable.Range(0, n).All(j => Math.Abs(places[j] - j) <= 2), string.Join(' ', places));
    }

    /// <summary>Columns that are nearly one: all but 2⁻³⁰ (float: 2⁻¹⁴) of each cancels, and an updated norm would be noise.</summary>
    [Fact]
    public void NormsOfWhatIsLeftAreTakenAnewWhereTheyCancel()
    {
        const int M = 60, N = 40;
        int exponent = typeof(T) == typeof(double) ? -30 : -14;
        for (int seed = 0; seed < 5; seed++)
        {
            T[] common = Data.Uniform<T>(M, seed), own = Data.Uniform<T>(M * N, seed + 1);
            Check([.. own.Select((value, i) => common[i / N] + T.ScaleB(value, exponent - (i % N * 7 % N / 8)))], M, N, null, rounding: 0);
        }
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(-0.25)]
    public void MagnitudesNearTheEndsOfTheRangeDecompose(double share)
    {
        const int M = 80, N = 70;
        int exponent = (int)(share * (typeof(T) == typeof(double) ? 3600 : 440));
        T[] a = Data.Uniform<T>(M * N, 5), scaled = [.. a.Select(value => T.ScaleB(value, exponent))];
        (T[] q, T[] r, int[] permutation, int rank) = Decompose(a, M, N);
        (T[] Q, T[] R, int[] Permutation, int Rank) other = Decompose(scaled, M, N);
        Assert.Equal(permutation, other.Permutation);
        Assert.Equal(rank, other.Rank);
        Assert.True(Matrices.Defect(other.Q, M, N) <= Matrices.Bound<T>(N));
        Assert.True(Matrices.Residual(q, [.. other.Q], null, Identity(N), M, N, N) <= Matrices.Bound<T>(N));
        T[] back = [.. other.R.Select(value => T.ScaleB(value, -exponent))];
        Assert.True(Matrices.Norm<T>([.. back.Zip(r, (x, y) => x - y)]) <= Matrices.Bound<T>(N) * Matrices.Norm(a));
    }

    /// <summary>
    /// Kahan's matrix, with the diagonal enlarged a little so that rounding changes no pivot: no diagonal element is small, and the smallest singular value is nothing. The documentation says so; the
    /// singular values know better.
    /// </summary>
    [Fact]
    public void KahansMatrixHidesItsRank()
    {
        const int N = 100;
        double s = Math.Sin(1.2), c = Math.Cos(1.2), epsilon = double.CreateChecked(Data.Epsilon<T>());
        T[] kahan = new T[N * N];
        for (int i = 0; i < N; i++)
        {
            for (int j = i; j < N; j++)
            {
                kahan[(i * N) + j] = T.CreateChecked((Math.Pow(s, i) * (i == j ? 1 : -c)) + (i == j ? 25 * epsilon * (N - i) : 0));
            }
        }

        (T[] q, T[] r, int[] permutation, int rank) = Decompose(kahan, N, N);
        Assert.Equal(N, rank);
        Assert.Equal(Enumerable.Range(0, N), permutation);
        Assert.True(r[^1] > T.CreateChecked(1e-4));
        Assert.True(Matrices.Residual(kahan, q, null, r, N, N, N) <= Matrices.Bound<T>(N) * Matrices.Norm(kahan));
        T[] values = new T[N];
        JacobiSvd.Decompose<T>(new(kahan, N, N), values);
        Assert.True(double.CreateChecked(values[^1]) < 1e-3 * double.CreateChecked(r[^1]), $"{values[^1]} beside {r[^1]}");
    }

    [Theory]
    [InlineData(150, 120)]
    [InlineData(400, 420)]
    [InlineData(40_000, 6)]
    [InlineData(700, 300)]
    [InlineData(800_000, 4)]
    public void TeamsGiveTheSameBits(int m, int n)
    {
        int k = Math.Min(m, n);
        T[] a = Data.Uniform<T>(m * n, 8), q = new T[m * k], r = new T[k * n];
        (T[] expectedQ, T[] expectedR, int[] expected, int rank) = Decompose(a, m, n);
        foreach (int degree in (int[])[1, 2, 3, 8])
        {
            using WorkerTeam team = new(degree);
            int[] permutation = new int[n];
            Assert.Equal(rank, PivotedQr.Decompose<T>(new(a, m, n), new T[PivotedQr.GetScratchLength<T>(m, n, team)], new(q, m, k), new(r, k, n), permutation, team));
            Assert.Equal(expected, permutation);
            Assert.True(Data.SameBits<T>(expectedQ, q) && Data.SameBits<T>(expectedR, r), $"{degree} threads");
        }
    }

    [Fact]
    public void TransposedViewsAndSharedMemoryGiveTheSameBits()
    {
        const int M = 47, N = 39;
        T[] a = Data.Uniform<T>(M * N), transposed = Matrices.Transposed(a, M, N), q = new T[M * N], r = new T[N * N];
        (T[] expectedQ, T[] expectedR, int[] expected, _) = Decompose(a, M, N);
        int[] permutation = new int[N];
        PivotedQr.Decompose(new ReadOnlyMatrixSpan<T>(transposed, N, M).Transposed, new MatrixSpan<T>(q, M, N), new MatrixSpan<T>(r, N, N), permutation);
        Assert.True(Data.SameBits<T>(expectedQ, q) && Data.SameBits<T>(expectedR, r) && expected.SequenceEqual(permutation));
        PivotedQr.Decompose(new ReadOnlyMatrixSpan<T>(a, M, N), new MatrixSpan<T>(a, M, N), new MatrixSpan<T>(r, N, N), permutation);
        Assert.True(Data.SameBits<T>(expectedQ, a) && Data.SameBits<T>(expectedR, r));
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        T[] memory = new T[PivotedQr.GetScratchLength<T>(3, 2)];
        int[] two = new int[2];
        Refused("matrix", () => PivotedQr.Decompose<T>(new([T.NaN], 1, 1), memory, new(new T[1], 1, 1), new(new T[1], 1, 1), new int[1]));
        Refused("q", () => PivotedQr.Decompose<T>(new(new T[6], 3, 2), memory, new(new T[6], 2, 3), new(new T[4], 2, 2), two));
        Refused("r", () => PivotedQr.Decompose<T>(new(new T[6], 3, 2), memory, new(new T[6], 3, 2), new(new T[9], 3, 3), two));
        Refused("permutation", () => PivotedQr.Decompose<T>(new(new T[6], 3, 2), memory, new(new T[6], 3, 2), new(new T[4], 2, 2), new int[3]));
        Refused("scratch", () => PivotedQr.Decompose<T>(new(new T[6], 3, 2), memory.AsSpan(1), new(new T[6], 3, 2), new(new T[4], 2, 2), two));
        Refused("scratch", () => PivotedQr.Decompose<T>(new(memory.AsSpan(0, 6), 3, 2), memory, new(new T[6], 3, 2), new(new T[4], 2, 2), two));
        Refused("tolerance", () => PivotedQr.Rank(new ReadOnlyMatrixSpan<T>(new T[4], 2, 2), -T.One));
        Refused("r", () => PivotedQr.Rank(new ReadOnlyMatrixSpan<T>([T.One, T.Zero, T.Zero, -T.One], 2, 2), T.Zero));
        Assert.Equal(1, PivotedQr.Rank(new ReadOnlyMatrixSpan<T>([T.One, T.Zero, T.Zero, T.CreateChecked(0.25)], 2, 2), T.CreateChecked(0.25)));
        Assert.Equal(2, PivotedQr.Rank(new ReadOnlyMatrixSpan<T>([T.One, T.Zero, T.Zero, T.CreateChecked(0.25)], 2, 2), T.CreateChecked(0.125)));
    }

    private static void Refused(string name, Action call) => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static T[] Identity(int n) => [.. Enumerable.Range(0, n * n).Select(i => i % (n + 1) == 0 ? T.One : T.Zero)];

    private static (T[] Q, T[] R, int[] Permutation, int Rank) Decompose(T[] a, int m, int n)
    {
        int k = Math.Min(m, n);
        T[] q = new T[m * k], r = new T[k * n], scratch = new T[PivotedQr.GetScratchLength<T>(m, n)];
        int[] permutation = new int[n];
        scratch.AsSpan().Fill(T.NaN);
        int rank = PivotedQr.Decompose<T>(new(a, m, n), scratch, new(q, m, k), new(r, k, n), permutation);
        return (q, r, permutation, rank);
    }

    /// <summary>Orthonormal, triangular, the matrix's product, and pivots that are no shorter than what is left of any later column.</summary>
    private static int[] Check(T[] a, int m, int n, int? expectedRank, int rounding = 1)
    {
        int k = Math.Min(m, n);
        (T[] q, T[] r, int[] permutation, int rank) = Decompose(a, m, n);
        Assert.Equal(Enumerable.Range(0, n), permutation.Order());
        Assert.Equal(expectedRank ?? rank, rank);
        double defect = Matrices.Defect(q, m, k) / Matrices.Bound<T>(Math.Max(k, 1));
        Assert.True(defect <= 1, $"{m}x{n}: QᵀQ is off by {defect}");
        T[] permuted = new T[m * n];
        for (int i = 0; i < permuted.Length; i++)
        {
            permuted[i] = a[(i / n * n) + permutation[i % n]];
        }

        double residual = Matrices.Residual(permuted, q, null, r, m, k, n), bound = Matrices.Bound<T>(Math.Max(k, 1)) * Matrices.Norm(a);
        Assert.True(residual <= bound, $"{m}x{n}: QR is off by {residual}, {bound} is allowed");

        // Norms are updated while at least a root of ε of their square is left, so they are right to about that root; below rounding there is no order.
        double slack = 1 + (8 * Math.Sqrt(double.CreateChecked(Data.Epsilon<T>())));
        for (int i = 0; i < k; i++)
        {
            Assert.True(r[(i * n) + i] >= T.Zero);
            Assert.True(r.AsSpan(i * n, i).IndexOfAnyExcept(T.Zero) < 0);
        }

        for (int j = 0; j < n; j++)
        {
            double square = 0;
            for (int i = Math.Min(j, k - 1); i >= 0; i--)
            {
                double entry = double.CreateChecked(r[(i * n) + j]), pivot = double.CreateChecked(r[(i * n) + i]);
                square += entry * entry;
                Assert.True(Math.Sqrt(square) <= (pivot * slack) + (rounding * bound), $"{m}x{n}: r_{i},{i} is {pivot}, of column {j} is left {Math.Sqrt(square)}");
            }
        }

        return permutation;
    }
}
