using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class SvdOfDoubleTests : SvdTests<double>;

public sealed class SvdOfFloatTests : SvdTests<float>;

public abstract class SvdTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>On both sides of each threshold: a QR decomposition first from 1.5 on, reflections in blocks beyond 96 and 128 columns.</summary>
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 3 }, { 3, 0 }, { 1, 1 }, { 1, 7 }, { 7, 1 }, { 2, 2 }, { 2, 3 }, { 3, 2 }, { 5, 3 }, { 3, 5 }, { 5, 4 }, { 16, 16 }, { 17, 17 }, { 33, 16 }, { 16, 33 }, { 40, 33 },
        { 64, 40 }, { 96, 96 }, { 97, 97 }, { 90, 110 }, { 128, 120 }, { 129, 129 }, { 120, 150 }, { 220, 130 }, { 300, 7 }, { 7, 300 }, { 25_000, 5 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void RandomAndZeroMatrices(int m, int n)
    {
        Check(Data.Uniform<T>(m * n, m + n), m, n);
        Check(new T[m * n], m, n);
        Assert.All(Decompose(new T[m * n], m, n).Values, value => Assert.Equal(T.Zero, value));
    }

    [Fact]
    public void AnyShapeAndRank()
        => Properties.Check(
            (from m in Gen.Choose(1, 40) from n in Gen.Choose(1, 40) from rank in Gen.Choose(0, 40) from seed in Gen.Choose(0, 1000) select (m, n, rank, seed)).ToArbitrary(),
            shape =>
            {
                double[] spectrum = [.. Enumerable.Range(1, Math.Min(shape.rank, Math.Min(shape.m, shape.n))).Select(i => 1.0 / i)];
                Check(Matrices.WithSingularValues<T>(spectrum, shape.m, shape.n, shape.seed), shape.m, shape.n);
            });

    [Theory]
    [InlineData(20, 20)]
    [InlineData(25, 20)]
    [InlineData(50, 20)]
    [InlineData(20, 50)]
    [InlineData(140, 140)]
    public void KnownSpectraComeBack(int m, int n)
    {
        int k = Math.Min(m, n);
        CheckSpectrum([.. Enumerable.Range(0, k).Select(_ => 3.0)], m, n);
        CheckSpectrum([.. Enumerable.Range(0, k).Select(i => i < k / 2 ? 2.0 : 1.0)], m, n);
        CheckSpectrum([.. Enumerable.Range(0, k).Select(i => Math.Pow(10, -12.0 * i / (k - 1)))], m, n);
        CheckSpectrum([.. Enumerable.Range(0, k).Select(i => i < 3 ? 3.0 - i : 0.0)], m, n);
    }

    [Fact]
    public void ExactRankDeficiencyKeepsOrthonormalVectors()
    {
        const int M = 30, N = 22;
        for (int rank = 0; rank < N; rank++)
        {
            T[] a = Data.Uniform<T>(M * N, rank);
            for (int i = 0; i < a.Length; i++)
            {
                a[i] = i % N < rank ? a[i] : rank == 0 || i % 3 == 0 ? T.Zero : a[(i / N * N) + (i % rank)];
            }

            Check(a, M, N);
            Check(Matrices.Transposed(a, M, N), N, M);
        }

        T[] diagonal = new T[36];
        (diagonal[7], diagonal[21]) = (T.CreateChecked(-5), T.CreateChecked(2));
        Check(diagonal, 6, 6);
        Assert.Equal([T.CreateChecked(5), T.CreateChecked(2), T.Zero, T.Zero, T.Zero, T.Zero], Decompose(diagonal, 6, 6).Values);
    }

    /// <summary>The bidiagonal matrix of ones has σ_k = 2·cos(kπ/(2n + 1)). Shuffled, so that there is something to reduce.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(131)]
    public void BidiagonalOnesHaveTheirClosedForm(int n)
    {
        int[] shuffle = [.. Enumerable.Range(0, n).OrderBy(i => i * 7919 % 104729 % 31).ThenBy(i => i)];
        T[] a = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[(i * n) + j] = shuffle[i] - j is 0 or -1 ? T.One : T.Zero;
            }
        }

        Check(a, n, n);
        T[] values = Decompose(a, n, n).Values;
        for (int i = 0; i < n; i++)
        {
            double expected = 2 * Math.Cos((i + 1) * Math.PI / ((2 * n) + 1));
            Assert.True(Math.Abs(double.CreateChecked(values[i]) - expected) <= 2 * Matrices.Bound<T>(1), $"n = {n}, i = {i}");
        }
    }

    /// <summary>Jacobi rotations are the independent implementation.</summary>
    [Theory]
    [InlineData(30, 30)]
    [InlineData(80, 50)]
    [InlineData(60, 50)]
    [InlineData(50, 140)]
    public void SingularValuesAgreeWithJacobiRotations(int m, int n)
    {
        T[] a = Data.Uniform<T>(m * n, 8), expected = new T[Math.Min(m, n)], alone = new T[Math.Min(m, n)];
        JacobiSvd.Decompose<T>(new(a, m, n), expected);
        Svd.Decompose<T>(new ReadOnlyMatrixSpan<T>(a, m, n), alone);
        double slack = Matrices.Bound<T>(1) * Matrices.Norm(a);
        Assert.All(expected.Zip(Decompose(a, m, n).Values), pair => Assert.True(double.CreateChecked(T.Abs(pair.First - pair.Second)) <= slack, $"{pair}"));
        Assert.All(expected.Zip(alone), pair => Assert.True(double.CreateChecked(T.Abs(pair.First - pair.Second)) <= slack, $"alone: {pair}"));
    }

    [Theory]
    [InlineData(12, 12)]
    [InlineData(12, 9)]
    [InlineData(40, 9)]
    [InlineData(9, 40)]
    public void HugeAndTinyMatricesAreScaled(int m, int n)
    {
        int exponent = typeof(T) == typeof(double) ? 1000 : 100;
        T[] a = Data.Uniform<T>(m * n, 4);
        (T[] u, T[] values, T[] v) = Decompose(a, m, n);
        foreach (int e in (int[])[exponent, -exponent])
        {
            (T[] scaledU, T[] scaledValues, T[] scaledV) = Decompose([.. a.Select(value => T.ScaleB(value, e))], m, n);
            Assert.Equal([.. values.Select(value => T.ScaleB(value, e))], scaledValues);
            Assert.True(Data.SameBits<T>(u, scaledU) && Data.SameBits<T>(v, scaledV));
        }
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(12, 3)]
    public void TheLargestNumbersHaveVectors(int m, int n)
    {
        T largest = T.CreateSaturating(double.MaxValue);
        T[] a = [.. Enumerable.Repeat(typeof(T) == typeof(double) ? largest : T.CreateChecked(float.MaxValue), m * n)];
        (T[] u, T[] values, T[] v) = Decompose(a, m, n);
        Assert.True(T.IsPositiveInfinity(values[0]));
        Assert.True(Matrices.Defect(u, m, n) <= Matrices.Bound<T>(m));
        Assert.True(Matrices.Defect(v, n, n) <= Matrices.Bound<T>(n));
    }

    /// <summary>Rows or columns, or both, whose squares underflow beside others that do not.</summary>
    [Fact]
    public void TinyRowsAndColumnsBesideOthers()
    {
        const int N = 24;
        int exponent = typeof(T) == typeof(double) ? -500 : -60;
        for (int count = 1; count < N; count += 2)
        {
            for (int kind = 0; kind < 6; kind++)
            {
                bool rows = kind % 3 != 1, columns = kind % 3 != 0, first = kind < 3;
                T[] a = Data.Uniform<T>(N * N, count);
                for (int i = 0; i < a.Length; i++)
                {
                    int row = first ? i / N : N - 1 - (i / N), column = first ? i % N : N - 1 - (i % N);
                    a[i] = (rows && row < count) || (columns && column < count) ? T.ScaleB(a[i], exponent) : a[i];
                }

                Check(a, N, N);
            }
        }
    }

    [Fact]
    public void OneKindOfVectorsViewsSharedMemoryAndTeamsGiveTheSameBits()
    {
        foreach ((int m, int n) in ((int, int)[])[(13, 9), (9, 14), (13, 13), (60, 20), (20, 60), (150, 130), (130, 150), (230, 110), (410, 400)])
        {
            int k = Math.Min(m, n);
            T[] a = Data.Uniform<T>(m * n, 9), left = new T[m * k], right = new T[n * k], alone = new T[k], expected = new T[k];
            (T[] u, T[] values, T[] v) = Decompose(a, m, n);
            Svd.Decompose<T>(new ReadOnlyMatrixSpan<T>(a, m, n), expected);
            foreach (int degree in (int[])[1, 2, 3, 8])
            {
                using WorkerTeam team = new(degree);
                T[] scratch = new T[Svd.GetScratchLength<T>(m, n, team)];
                scratch.AsSpan().Fill(T.NaN);
                Svd.Decompose<T>(new(a, m, n), scratch, new(left, m, k), alone, default, team);
                Assert.True(Data.SameBits<T>(values, alone) && Data.SameBits<T>(u, left), $"{m}x{n}, degree {degree}");
                scratch.AsSpan().Fill(T.NaN);
                Svd.Decompose<T>(new(a, m, n), scratch, default, alone, new(right, n, k), team);
                Assert.True(Data.SameBits<T>(values, alone) && Data.SameBits<T>(v, right), $"{m}x{n}, degree {degree}");

                T[] transposed = Matrices.Transposed(a, m, n);
                scratch.AsSpan().Fill(T.NaN);
                Svd.Decompose(new ReadOnlyMatrixSpan<T>(transposed, n, m).Transposed, scratch, new(left, m, k), alone, new(transposed.AsSpan(0, n * k), n, k), team);
                Assert.True(
                    Data.SameBits<T>(values, alone) && Data.SameBits<T>(u, left) && Data.SameBits<T>(v, transposed.AsSpan(0, n * k)), $"{m}x{n}, degree {degree}");
                T[] memory = new T[Svd.GetValuesScratchLength<T>(m, n, team)];
                memory.AsSpan().Fill(T.NaN);
                Svd.Decompose<T>(new(a, m, n), memory, alone, team);
                Assert.True(Data.SameBits<T>(expected, alone), $"{m}x{n}, degree {degree}, values alone");
            }
        }
    }

    [Fact]
    public void ATransposeExchangesTheVectors()
    {
        foreach ((int m, int n) in ((int, int)[])[(13, 9), (30, 9), (140, 120)])
        {
            T[] a = Data.Uniform<T>(m * n, 9);
            (T[] u, T[] values, T[] v) = Decompose(a, m, n);
            (T[] otherU, T[] otherValues, T[] otherV) = Decompose(Matrices.Transposed(a, m, n), n, m);
            Assert.True(Data.SameBits<T>(values, otherValues) && Data.SameBits<T>(u, otherV) && Data.SameBits<T>(v, otherU));
        }
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        T[] memory = new T[10_000];
        Refused("matrix", () => Svd.Decompose<T>(new([T.NaN], 1, 1), memory, new T[1]));
        Refused("matrix", () => Svd.Decompose<T>(new([T.NegativeInfinity], 1, 1), memory, default, new T[1], default));
        Refused("values", () => Svd.Decompose<T>(new(new T[6], 2, 3), memory, new T[3]));
        Refused("left", () => Svd.Decompose<T>(new(new T[6], 2, 3), memory, new(new T[6], 2, 3), new T[2], default));
        Refused("right", () => Svd.Decompose<T>(new(new T[6], 2, 3), memory, default, new T[2], new(new T[6], 2, 3)));
        int needed = Svd.GetScratchLength<T>(2, 3);
        Refused("scratch", () => Svd.Decompose<T>(new(new T[6], 2, 3), new T[needed - 1], default, new T[2], default));
        Refused("scratch", () => Svd.Decompose<T>(new(new T[6], 2, 3), new T[Svd.GetValuesScratchLength<T>(2, 3) - 1], new T[2]));
        Refused("scratch", () => Svd.Decompose<T>(new(memory.AsSpan(0, 6), 2, 3), memory, new T[2]));
        Refused("scratch", () => Svd.Decompose<T>(new(new T[6], 2, 3), memory, new(memory.AsSpan(0, 4), 2, 2), new T[2], default));
        Refused("right", () => Svd.Decompose<T>(new(new T[4], 2, 2), new T[9000], new(memory.AsSpan(0, 4), 2, 2), new T[2], new(memory.AsSpan(3, 4), 2, 2)));
        Refused("left", () => Svd.Decompose<T>(new(new T[4], 2, 2), new T[9000], new(memory.AsSpan(0, 4), 2, 2), memory.AsSpan(3, 2), default));
        Refused("rows", () => Svd.GetScratchLength<T>(-1, 2));
        Refused("columns", () => Svd.GetValuesScratchLength<T>(1, -2));
        Refused("rows", () => Svd.GetScratchLength<T>(int.MaxValue, 2));
    }

    private static void Refused(string name, Action call)
        => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static (T[] U, T[] Values, T[] V) Decompose(T[] a, int m, int n)
    {
        int k = Math.Min(m, n);
        T[] u = new T[m * k], values = new T[k], v = new T[n * k], scratch = new T[Svd.GetScratchLength<T>(m, n)];
        scratch.AsSpan().Fill(T.NaN);
        Svd.Decompose<T>(new(a, m, n), scratch, new(u, m, k), values, new(v, n, k));
        return (u, values, v);
    }

    private static void CheckSpectrum(double[] spectrum, int m, int n)
    {
        T[] a = Matrices.WithSingularValues<T>(spectrum, m, n);
        Check(a, m, n);
        T[] values = Decompose(a, m, n).Values;
        double slack = Matrices.Bound<T>(Math.Max(m, n)) * Math.Sqrt(spectrum.Sum(value => value * value));
        foreach ((double expected, T actual) in spectrum.Zip(values))
        {
            Assert.True(Math.Abs(expected - double.CreateChecked(actual)) <= slack, $"{m}x{n}: {expected} came back as {actual}");
        }
    }

    private static void Check(T[] a, int m, int n)
    {
        int k = Math.Min(m, n);
        (T[] u, T[] values, T[] v) = Decompose(a, m, n);
        Assert.Equal(values.OrderDescending(), values);
        Assert.All(values, value => Assert.True(value >= T.Zero));
        double bound = Matrices.Bound<T>(Math.Max(m, n));
        double residual = Matrices.Residual(a, u, values, Matrices.Transposed(v, n, k), m, k, n);
        Assert.True(residual <= bound * Matrices.Norm(a), $"{m}x{n}: the residual is {residual / Matrices.Norm(a)} of the norm");
        Assert.True(Matrices.Defect(u, m, k) <= bound, $"{m}x{n}: UᵀU is off by {Matrices.Defect(u, m, k)}");
        Assert.True(Matrices.Defect(v, n, k) <= bound, $"{m}x{n}: VᵀV is off by {Matrices.Defect(v, n, k)}");
        T[] alone = new T[k];
        Svd.Decompose<T>(new ReadOnlyMatrixSpan<T>(a, m, n), alone);
        Assert.Equal(alone.OrderDescending(), alone);
        Assert.All(values.Zip(alone), pair => Assert.True(double.CreateChecked(T.Abs(pair.First - pair.Second)) <= bound * Matrices.Norm(a), $"{m}x{n}: {pair}"));
    }
}
