using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class CholeskyQrOfDoubleTests : CholeskyQrTests<double>;

public sealed class CholeskyQrOfFloatTests : CholeskyQrTests<float>;

public abstract class CholeskyQrTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 3, 0 }, { 1, 1 }, { 2, 1 }, { 2, 2 }, { 5, 3 }, { 33, 16 }, { 64, 40 }, { 127, 5 }, { 128, 5 }, { 129, 5 }, { 300, 70 },
        { CholeskyQr.BlockRows - 1, 3 }, { CholeskyQr.BlockRows, 3 }, { CholeskyQr.BlockRows + 1, 3 }, { 5 * CholeskyQr.BlockRows, 7 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void RandomMatrices(int n, int k) => Check(Data.Uniform<T>(n * k, n + k), n, k);

    [Fact]
    public void AnyShapeDecomposes()
        => Properties.Check(
            (from k in Gen.Choose(1, 25) from more in Gen.Choose(0, 400) from seed in Gen.Choose(0, 1000) select (k, more, seed)).ToArbitrary(),
            shape =>
            {
                // Square random matrices may be as good as singular; entries of 2 on the diagonal keep these away from it.
                int n = shape.k + shape.more;
                T[] a = Data.Uniform<T>(n * shape.k, shape.seed);
                for (int j = 0; j < shape.k; j++)
                {
                    a[(j * shape.k) + j] += T.CreateChecked(5);
                }

                Check(a, n, shape.k);
            });

    /// <summary>Condition numbers from 1 up to close to 1/ε take the plain path, the shifted path, and several shifts.</summary>
    [Fact]
    public void IllConditionedMatricesStayOrthonormal()
    {
        const int N = 200, K = 12;
        double last = typeof(T) == typeof(double) ? 12 : 4;
        for (double decades = 0; decades <= last; decades++)
        {
            double[] spectrum = [.. Enumerable.Range(0, K).Select(i => Math.Pow(10, -decades * i / (K - 1)))];
            Check(Matrices.WithSingularValues<T>(spectrum, N, K), N, K);
        }
    }

    [Fact]
    public void GradedColumnsAndRowsAreHarmless()
    {
        const int N = 150, K = 9;
        int exponent = typeof(T) == typeof(double) ? 80 : 9;
        T[] columns = Data.Uniform<T>(N * K, 3);
        T[] rows = Data.Uniform<T>(N * K, 4);
        for (int i = 0; i < N * K; i++)
        {
            columns[i] = T.ScaleB(columns[i], -exponent * (i % K));
            rows[i] *= T.CreateChecked(Math.Pow(10, -4.0 * (i / K) / N));
        }

        Check(rows, N, K);

        // The residual of every column is small next to that column: exact scaling changes no digit of it.
        (T[] q, T[] r) = Decompose(columns, N, K);
        Assert.True(Matrices.Defect(q, N, K) <= Matrices.Bound<T>(K));
        for (int j = 0; j < K; j++)
        {
            T[] column = [.. Enumerable.Range(0, N).Select(i => T.ScaleB(columns[(i * K) + j], exponent * j))];
            T[] factor = [.. Enumerable.Range(0, K).Select(i => T.ScaleB(r[(i * K) + j], exponent * j))];
            Assert.True(Matrices.Residual(column, q, null, factor, N, K, 1) <= Matrices.Bound<T>(K) * Matrices.Norm(column), $"column {j}");
        }
    }

    /// <summary>The condition that counts is that of columns scaled to one length: a small column is no dependent one, whatever stands beside it.</summary>
    [Fact]
    public void ASmallColumnBesideHugeOnesKeepsItsDigits()
    {
        const int N = 60, K = 4;
        bool isDouble = typeof(T) == typeof(double);
        int[] exponents = isDouble ? [1000, -900, 0, 400] : [120, -100, 0, 40];
        T[] a = Data.Uniform<T>(N * K, 8);
        (T[] q, T[] r) = Decompose(a, N, K);
        (T[] scaledQ, T[] scaledR) = Decompose([.. a.Select((value, i) => T.ScaleB(value, exponents[i % K]))], N, K);
        Assert.True(Data.SameBits<T>(q, scaledQ));
        Assert.Equal([.. r.Select((value, i) => T.ScaleB(value, exponents[i % K]))], scaledR);
    }

    [Fact]
    public void HugeAndTinyMatricesAreScaled()
    {
        const int N = 60, K = 6;
        int exponent = typeof(T) == typeof(double) ? 1000 : 100;
        T[] a = Data.Uniform<T>(N * K, 4);
        (T[] q, T[] r) = Decompose(a, N, K);
        foreach (int e in (int[])[exponent, -exponent])
        {
            (T[] scaledQ, T[] scaledR) = Decompose([.. a.Select(value => T.ScaleB(value, e))], N, K);
            Assert.True(Data.SameBits<T>(q, scaledQ));
            Assert.Equal([.. r.Select(value => T.ScaleB(value, e))], scaledR);
        }
    }

    [Fact]
    public void TheFactorsAreThoseOfHouseholder()
    {
        const int N = 400, K = 15;
        T[] a = Data.Uniform<T>(N * K, 5);
        (T[] q, T[] r) = Decompose(a, N, K);
        T[] expectedQ = new T[N * K];
        T[] expectedR = new T[K * K];
        HouseholderQr.Decompose<T>(new(a, N, K), new T[HouseholderQr.GetScratchLength<T>(N, K)], new(expectedQ, N, K), new(expectedR, K, K));

        // κ of these is about 2: both factors are determined to some ε.
        double bound = 4 * Matrices.Bound<T>(K);
        Assert.True(Matrices.Norm([.. q.Zip(expectedQ, (x, y) => x - y)]) <= bound);
        Assert.True(Matrices.Norm([.. r.Zip(expectedR, (x, y) => x - y)]) <= bound * Matrices.Norm(r));
    }

    [Fact]
    public void RankDeficientMatricesAreRefusedByColumn()
    {
        const int N = 90, K = 8;
        foreach (int dependent in (int[])[0, 1, 4, 7])
        {
            // A zero column, a copy, and a sum of all columns before it, which is dependent up to rounding alone.
            foreach (int kind in (int[])[0, 1, 2])
            {
                T[] a = Data.Uniform<T>(N * K, dependent);
                for (int i = 0; i < N; i++)
                {
                    Span<T> row = a.AsSpan(i * K, K);
                    T sum = T.Zero;
                    for (int j = 0; j < dependent; j++)
                    {
                        sum += row[j] * T.CreateChecked(0.37 + j);
                    }

                    row[dependent] = kind == 0 || dependent == 0 ? T.Zero : kind == 1 ? row[dependent - 1] : sum;
                }

                RankDeficientException exception = Assert.Throws<RankDeficientException>(() => Decompose(a, N, K));
                Assert.Equal(dependent, exception.Column);
                Assert.Contains("'matrix'", exception.Message, StringComparison.Ordinal);
                Assert.Contains($"column {dependent} ", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.Throws<RankDeficientException>(() => Decompose(new T[4], 2, 2));
        Assert.Throws<RankDeficientException>(() => Decompose(Matrices.WithSingularValues<T>([3, 2, 1], 70, 7), 70, 7));
    }

    [Fact]
    public void TeamsViewsAndSharedMemoryGiveTheSameBits()
    {
        const int N = (3 * CholeskyQr.BlockRows) + 50, K = 11;
        T[] a = Data.Uniform<T>(N * K, 6);
        (T[] expectedQ, T[] expectedR) = Decompose(a, N, K);
        T[] r = new T[K * K];
        T[] q = new T[N * K];
        T[] transposed = Matrices.Transposed(a, N, K);
        CholeskyQr.Decompose(new ReadOnlyMatrixSpan<T>(transposed, K, N).Transposed, new T[CholeskyQr.GetScratchLength<T>(N, K)], new(q, N, K), new(r, K, K));
        Assert.True(Data.SameBits<T>(expectedQ, q) && Data.SameBits<T>(expectedR, r));
        foreach (int degree in (int[])[1, 2, 3, 8])
        {
            using WorkerTeam team = new(degree);
            T[] shared = [.. a];
            T[] scratch = new T[CholeskyQr.GetScratchLength<T>(N, K, team)];
            scratch.AsSpan().Fill(T.NaN);
            CholeskyQr.Decompose<T>(new(shared, N, K), scratch, new(shared, N, K), new(r, K, K), team);
            Assert.True(Data.SameBits<T>(expectedQ, shared) && Data.SameBits<T>(expectedR, r), $"degree {degree}");
        }
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        int needed = CholeskyQr.GetScratchLength<T>(3, 2);
        T[] memory = new T[needed + 100];
        Refused("matrix", () => CholeskyQr.Decompose<T>(new(new T[6], 2, 3), memory, new(new T[6], 2, 3), new(new T[9], 3, 3)));
        Refused("matrix", () => CholeskyQr.Decompose<T>(new([T.NaN], 1, 1), memory, new(new T[1], 1, 1), new(new T[1], 1, 1)));
        Refused("q", () => CholeskyQr.Decompose<T>(new(new T[6], 3, 2), memory, new(new T[6], 2, 3), new(new T[4], 2, 2)));
        Refused("r", () => CholeskyQr.Decompose<T>(new(new T[6], 3, 2), memory, new(new T[6], 3, 2), new(new T[9], 3, 3)));
        Refused("scratch", () => CholeskyQr.Decompose<T>(new(new T[6], 3, 2), new T[needed - 1], new(new T[6], 3, 2), new(new T[4], 2, 2)));
        Refused("scratch", () => CholeskyQr.Decompose<T>(new(new T[6], 3, 2), memory, new(memory.AsSpan(0, 6), 3, 2), new(new T[4], 2, 2)));
        Refused("r", () => CholeskyQr.Decompose<T>(new(memory.AsSpan(0, 6), 3, 2), new T[needed], new(new T[6], 3, 2), new(memory.AsSpan(5, 4), 2, 2)));
        Refused("q", () => CholeskyQr.Decompose<T>(new(memory.AsSpan(0, 6), 3, 2), new T[needed], new(memory.AsSpan(1, 6), 3, 2), new(new T[4], 2, 2)));
        Refused("q", () => CholeskyQr.Decompose(new ReadOnlyMatrixSpan<T>(memory.AsSpan(0, 6), 2, 3).Transposed, new T[needed], new(memory.AsSpan(0, 6), 3, 2), new(new T[4], 2, 2)));
        Refused("rows", () => CholeskyQr.GetScratchLength<T>(2, 3));
    }

    private static void Refused(string name, Action call)
        => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static (T[] Q, T[] R) Decompose(T[] a, int n, int k)
    {
        T[] q = new T[n * k];
        T[] r = new T[k * k];
        CholeskyQr.Decompose<T>(new(a, n, k), new T[CholeskyQr.GetScratchLength<T>(n, k)], new(q, n, k), new(r, k, k));
        return (q, r);
    }

    private static void Check(T[] a, int n, int k)
    {
        (T[] q, T[] r) = Decompose(a, n, k);
        double defect = Matrices.Defect(q, n, k);
        double residual = Matrices.Residual(a, q, null, r, n, k, k);
        Assert.True(defect <= Matrices.Bound<T>(k), $"{n}x{k}: QᵀQ is off by {defect}");
        Assert.True(residual <= Matrices.Bound<T>(k) * Matrices.Norm(a), $"{n}x{k}: QR is off by {residual / Matrices.Norm(a)}");
        for (int i = 0; i < k; i++)
        {
            Assert.True(r[(i * k) + i] > T.Zero);
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(T.Zero, r[(i * k) + j]);
            }
        }
    }
}
