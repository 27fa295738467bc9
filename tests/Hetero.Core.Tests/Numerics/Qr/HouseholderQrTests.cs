using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class HouseholderQrOfDoubleTests : HouseholderQrTests<double>;

public sealed class HouseholderQrOfFloatTests : HouseholderQrTests<float>;

public abstract class HouseholderQrTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 3, 0 }, { 1, 1 }, { 2, 1 }, { 2, 2 }, { 5, 3 }, { 17, 17 }, { 33, 16 }, { 64, 40 }, { 100, 100 }, { 200, 7 },
        { 9, 9 }, { 300, 48 }, { 130, 25 }, { 700, 77 }, { 63, 63 }, { 65, 64 }, { 3000, 48 }, { 4000, 49 }, { 40_000, 6 }, { 33_333, 7 }, { 100_000, 2 }, { 410, 400 },
    };

    [Theory]
    [InlineData(150, 120)]
    [InlineData(430, 400)]
    [InlineData(40_000, 6)]
    [InlineData(9000, 40)]
    public void TeamsGiveTheSameBits(int m, int n)
    {
        T[] a = Data.Uniform<T>(m * n, 8), q = new T[m * n], r = new T[n * n];
        (T[] expectedQ, T[] expectedR) = Decompose(a, m, n);
        foreach (int degree in (int[])[1, 2, 3, 8])
        {
            using WorkerTeam team = new(degree);
            q.AsSpan().Clear();
            HouseholderQr.Decompose<T>(new(a, m, n), new T[HouseholderQr.GetScratchLength<T>(m, n, team)], new(q, m, n), new(r, n, n), team);
            Assert.True(Data.SameBits<T>(expectedQ, q) && Data.SameBits<T>(expectedR, r), $"{degree} threads");
        }

        // Q may share A's memory, and both may be parts of larger matrices, whose other entries stay.
        int stride = n + 3;
        T[] wide = new T[m * stride];
        wide.AsSpan().Fill(T.NaN);
        MatrixSpan<T> part = new(wide, m, n, stride);
        for (int i = 0; i < m; i++)
        {
            a.AsSpan(i * n, n).CopyTo(part.Row(i));
        }

        HouseholderQr.Decompose<T>(part, new T[HouseholderQr.GetScratchLength<T>(m, n)], part, new(r, n, n));
        for (int i = 0; i < m; i++)
        {
            Assert.True(Data.SameBits<T>(expectedQ.AsSpan(i * n, n), part.Row(i)));
            Assert.True(i == m - 1 || T.IsNaN(wide[(i * stride) + n]));
        }
    }

    /// <summary>Columns of very different lengths, some of which have squares that under- or overflow, in blocks of rows and of columns.</summary>
    [Theory]
    [InlineData(80, 60)]
    [InlineData(20_000, 6)]
    public void ColumnsOfAnyLengthKeepOrthonormalFactors(int m, int n)
    {
        double span = typeof(T) == typeof(double) ? 1e250 : 1e30;
        T[] a = Data.Uniform<T>(m * n, 4), scales = [.. Enumerable.Range(0, n).Select(j => T.CreateChecked(Math.Pow(span, (2.0 * ((j * 7) % n) / (n - 1)) - 1)))];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] *= scales[i % n];
        }

        (T[] q, T[] r) = Decompose(a, m, n);
        CheckOrthonormal(q, m, n);
        for (int i = 0; i < a.Length; i++)
        {
            a[i] /= scales[i % n];
            r[i % r.Length] /= i < r.Length ? scales[i % n] : T.One;
        }

        CheckProduct(a, q, r, m, n);
    }


    [Theory]
    [MemberData(nameof(Shapes))]
    public void FactorsAreOrthonormalTriangularAndMultiplyToTheMatrix(int m, int n)
    {
        Check(Data.Uniform<T>(m * n, m + n), m, n, fullRank: true);
        Check(new T[m * n], m, n, fullRank: false);
    }

    [Fact]
    public void AnyShapeDecomposes()
        => Prop.ForAll(
            Gen.Choose(0, 40).Two().ToArbitrary(),
            pair => Check(Data.Uniform<T>((pair.Item1 + pair.Item2) * pair.Item1, pair.Item2), pair.Item1 + pair.Item2, pair.Item1, fullRank: true))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void RankDeficientMatricesKeepOrthonormalFactors()
    {
        const int M = 30, N = 12;
        for (int rank = 0; rank < N; rank++)
        {
            T[] a = Data.Uniform<T>(M * N, rank);
            for (int i = 0; i < M; i++)
            {
                for (int j = rank; j < N; j++)
                {
                    a[(i * N) + j] = rank == 0 || j % 3 == 0 ? T.Zero : a[(i * N) + (j % rank)];
                }
            }

            Check(a, M, N, fullRank: false);
        }
    }

    [Fact]
    public void EntriesWhoseSquaresUnderflowOrOverflowAreHandled()
    {
        T tiny = T.CreateChecked(typeof(T) == typeof(double) ? 1e-200 : 1e-30);
        T huge = T.CreateChecked(typeof(T) == typeof(double) ? 1e200 : 1e30);
        foreach (T scale in (T[])[tiny, huge])
        {
            T[] a = Data.Uniform<T>(20 * 6);
            for (int i = 0; i < a.Length; i++)
            {
                a[i] *= scale;
            }

            (T[] q, T[] r) = Decompose(a, 20, 6);
            CheckOrthonormal(q, 20, 6);
            Assert.True(Reductions.AllFinite<T>(r));
            for (int i = 0; i < a.Length; i++)
            {
                a[i] /= scale;
                r[i % r.Length] /= i < r.Length ? scale : T.One;
            }

            CheckProduct(a, q, r, 20, 6);
        }

        // The second column is tiny next to the first, and only below it.
        CheckOrthonormal(Decompose([T.One, T.One, T.Zero, tiny, T.Zero, tiny], 3, 2).Q, 3, 2);
    }

    [Fact]
    public void TransposedViewsAndSharedMemoryGiveTheSameBits()
    {
        const int M = 9, N = 4;
        T[] a = Data.Uniform<T>(M * N);
        T[] transposed = new T[M * N];
        for (int i = 0; i < M; i++)
        {
            for (int j = 0; j < N; j++)
            {
                transposed[(j * M) + i] = a[(i * N) + j];
            }
        }

        (T[] expectedQ, T[] expectedR) = Decompose(a, M, N);
        T[] q = new T[M * N];
        T[] r = new T[N * N];
        T[] scratch = new T[HouseholderQr.GetScratchLength<T>(M, N)];
        HouseholderQr.Decompose(new ReadOnlyMatrixSpan<T>(transposed, N, M).Transposed, scratch, new(q, M, N), new(r, N, N));
        Assert.True(Data.SameBits<T>(expectedQ, q) && Data.SameBits<T>(expectedR, r));

        HouseholderQr.Decompose(new ReadOnlyMatrixSpan<T>(a, M, N), scratch, new(a, M, N), new(r, N, N));
        Assert.True(Data.SameBits<T>(expectedQ, a) && Data.SameBits<T>(expectedR, r));
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        T[] memory = new T[100];
        Refused("matrix", () => HouseholderQr.Decompose<T>(new(new T[6], 2, 3), memory, new(new T[6], 2, 3), new(new T[9], 3, 3)));
        Refused("matrix", () => HouseholderQr.Decompose<T>(new([T.NaN], 1, 1), memory, new(new T[1], 1, 1), new(new T[1], 1, 1)));
        Refused("q", () => HouseholderQr.Decompose<T>(new(new T[6], 3, 2), memory, new(new T[6], 2, 3), new(new T[4], 2, 2)));
        Refused("r", () => HouseholderQr.Decompose<T>(new(new T[6], 3, 2), memory, new(new T[6], 3, 2), new(new T[9], 3, 3)));
        Refused("scratch", () => HouseholderQr.Decompose<T>(new(new T[6], 3, 2), new T[15], new(new T[6], 3, 2), new(new T[4], 2, 2)));
        Refused("scratch", () => HouseholderQr.Decompose<T>(new(new T[6], 3, 2), memory, new(memory.AsSpan(0, 6), 3, 2), new(new T[4], 2, 2)));
        Refused("r", () => HouseholderQr.Decompose<T>(new(new T[6], 3, 2), new T[16], new(memory.AsSpan(0, 6), 3, 2), new(memory.AsSpan(5, 4), 2, 2)));
        Refused("rows", () => HouseholderQr.GetScratchLength<T>(2, 3));
    }

    private static void Refused(string name, Action call)
        => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static (T[] Q, T[] R) Decompose(T[] a, int m, int n)
    {
        T[] q = new T[m * n];
        T[] r = new T[n * n];
        HouseholderQr.Decompose<T>(new(a, m, n), new T[HouseholderQr.GetScratchLength<T>(m, n)], new(q, m, n), new(r, n, n));
        return (q, r);
    }

    private static void Check(T[] a, int m, int n, bool fullRank)
    {
        (T[] q, T[] r) = Decompose(a, m, n);
        CheckOrthonormal(q, m, n);
        CheckProduct(a, q, r, m, n);
        for (int i = 0; i < n; i++)
        {
            Assert.True(fullRank ? r[(i * n) + i] > T.Zero : r[(i * n) + i] >= T.Zero);
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(T.Zero, r[(i * n) + j]);
            }
        }
    }

    private static void CheckOrthonormal(T[] q, int m, int n)
    {
        double square = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = i == j ? -1 : 0;
                for (int k = 0; k < m; k++)
                {
                    sum += double.CreateChecked(q[(k * n) + i]) * double.CreateChecked(q[(k * n) + j]);
                }

                square += sum * sum;
            }
        }

        Assert.True(Math.Sqrt(square) <= Bound(n), $"{m}x{n}: QᵀQ is off by {Math.Sqrt(square)}");
    }

    private static void CheckProduct(T[] a, T[] q, T[] r, int m, int n)
    {
        double square = 0;
        double norm = 0;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double entry = double.CreateChecked(a[(i * n) + j]);
                double sum = -entry;
                for (int k = 0; k < n; k++)
                {
                    sum += double.CreateChecked(q[(i * n) + k]) * double.CreateChecked(r[(k * n) + j]);
                }

                square += sum * sum;
                norm += entry * entry;
            }
        }

        Assert.True(Math.Sqrt(square) <= Bound(n) * Math.Sqrt(norm), $"{m}x{n}: QR is off by {Math.Sqrt(square / norm)}");
    }

    private static double Bound(int n) => 128 * double.CreateChecked(Data.Epsilon<T>()) * Math.Sqrt(n);
}
