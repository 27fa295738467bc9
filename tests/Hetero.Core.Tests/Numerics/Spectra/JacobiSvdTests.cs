using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class JacobiSvdOfDoubleTests : JacobiSvdTests<double>;

public sealed class JacobiSvdOfFloatTests : JacobiSvdTests<float>;

public abstract class JacobiSvdTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 3 }, { 3, 0 }, { 1, 1 }, { 1, 7 }, { 7, 1 }, { 2, 2 }, { 5, 3 }, { 3, 5 }, { 17, 17 }, { 33, 16 }, { 16, 33 }, { 64, 40 },
        { 90, 90 }, { 300, 7 }, { 7, 300 },
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
            (from m in Gen.Choose(1, 30) from n in Gen.Choose(1, 30) from rank in Gen.Choose(0, 30) from seed in Gen.Choose(0, 1000) select (m, n, rank, seed)).ToArbitrary(),
            shape =>
            {
                double[] spectrum = [.. Enumerable.Range(1, Math.Min(shape.rank, Math.Min(shape.m, shape.n))).Select(i => 1.0 / i)];
                Check(Matrices.WithSingularValues<T>(spectrum, shape.m, shape.n, shape.seed), shape.m, shape.n);
            });

    [Theory]
    [InlineData(20, 20)]
    [InlineData(50, 20)]
    [InlineData(20, 50)]
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
        const int M = 30, N = 12;
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

        // Diagonal with zeros: rows of R vanish altogether, and have to be completed.
        T[] diagonal = new T[36];
        (diagonal[7], diagonal[21]) = (T.CreateChecked(-5), T.CreateChecked(2));
        Check(diagonal, 6, 6);
        Assert.Equal([T.CreateChecked(5), T.CreateChecked(2), T.Zero, T.Zero, T.Zero, T.Zero], Decompose(diagonal, 6, 6).Values);
    }

    /// <summary>The bidiagonal matrix of ones has σ_k = 2·cos(kπ/(2n + 1)).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(60)]
    public void BidiagonalOnesHaveTheirClosedForm(int n)
    {
        T[] a = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            a[(i * n) + i] = T.One;
            if (i + 1 < n)
            {
                a[(i * n) + i + 1] = T.One;
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

    /// <summary>
    /// D₁·B·D₂ with B well-conditioned (κ of some hundred at most): the error allowed is 128·n·ε of each singular value, not of the largest.
    /// The reference works with 31 digits on the same entries.
    /// </summary>
    [Theory]
    [InlineData(0, -12)]
    [InlineData(-12, 0)]
    [InlineData(12, 0)]
    [InlineData(0, 12)]
    [InlineData(-6, -6)]
    public void SmallSingularValuesOfGradedMatricesHaveAllTheirDigits(int rowDecades, int columnDecades)
    {
        const int N = 14;
        foreach (bool triangular in (bool[])[true, false])
        {
            T[] a = Data.Uniform<T>(N * N, 5);
            for (int i = 0; i < N; i++)
            {
                for (int j = 0; j < N; j++)
                {
                    T entry = i == j ? T.CreateChecked(3) : triangular && j < i ? T.Zero : a[(i * N) + j];
                    a[(i * N) + j] = entry * T.CreateChecked(Math.Pow(10, ((rowDecades * i) + (columnDecades * j)) / (double)(N - 1)));
                }
            }

            Check(a, N, N);
            double[] expected = DoubleDouble.SingularValues([.. a.Select(double.CreateChecked)], N, N);
            Assert.True(expected[0] / expected[^1] > 1e10);
            T[] actual = Decompose(a, N, N).Values;
            for (int i = 0; i < N; i++)
            {
                double error = Math.Abs(double.CreateChecked(actual[i]) - expected[i]) / expected[i];
                Assert.True(error <= Math.Sqrt(N) * Matrices.Bound<T>(N), $"triangular {triangular}, σ_{i} = {expected[i]} is off by {error}");
            }
        }
    }

    [Fact]
    public void HugeAndTinyMatricesAreScaled()
    {
        const int M = 12, N = 9;
        int exponent = typeof(T) == typeof(double) ? 1000 : 100;
        T[] a = Data.Uniform<T>(M * N, 4);
        (T[] u, T[] values, T[] v) = Decompose(a, M, N);
        foreach (int e in (int[])[exponent, -exponent])
        {
            (T[] scaledU, T[] scaledValues, T[] scaledV) = Decompose([.. a.Select(value => T.ScaleB(value, e))], M, N);
            Assert.Equal([.. values.Select(value => T.ScaleB(value, e))], scaledValues);
            Assert.True(Data.SameBits<T>(u, scaledU) && Data.SameBits<T>(v, scaledV));
        }
    }

    [Fact]
    public void ColumnsFarApartDoNotLoseEachOther()
    {
        int exponent = typeof(T) == typeof(double) ? -700 : -80;
        T[] a = Data.Uniform<T>(40, 7);
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = i % 4 == 1 ? T.ScaleB(a[i], exponent) : a[i];
        }

        (T[] u, T[] values, T[] v) = Decompose(a, 10, 4);
        Assert.True(values[3] > T.Zero && values[3] < T.ScaleB(T.One, exponent + 4));
        Assert.True(Matrices.Defect(u, 10, 4) <= Matrices.Bound<T>(4));
        Assert.True(Matrices.Defect(v, 4, 4) <= Matrices.Bound<T>(4));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(80, 50)]
    public void SquaresAreTheEigenvaluesOfTheGramMatrix(int m, int n)
    {
        T[] a = Data.Uniform<T>(m * n, 8);
        T[] gram = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                gram[(i * n) + j] = T.CreateChecked(Enumerable.Range(0, m).Sum(k => double.CreateChecked(a[(k * n) + i]) * double.CreateChecked(a[(k * n) + j])));
            }
        }

        T[] eigenvalues = new T[n];
        SymmetricEigen.Decompose<T>(new(gram, n, n), new T[SymmetricEigen.GetValuesScratchLength<T>(n)], eigenvalues);
        T[] values = Decompose(a, m, n).Values;
        double slack = Matrices.Bound<T>(n) * Matrices.Norm(gram);
        for (int i = 0; i < n; i++)
        {
            double square = double.CreateChecked(values[i]) * double.CreateChecked(values[i]);
            Assert.True(Math.Abs(square - double.CreateChecked(eigenvalues[n - 1 - i])) <= slack, $"σ_{i}");
        }
    }

    [Fact]
    public void OneKindOfVectorsValuesAloneViewsAndSharedMemoryGiveTheSameBits()
    {
        foreach ((int m, int n) in ((int, int)[])[(13, 9), (9, 13)])
        {
            int k = Math.Min(m, n);
            T[] a = Data.Uniform<T>(m * n, 9);
            (T[] u, T[] values, T[] v) = Decompose(a, m, n);
            T[] scratch = new T[JacobiSvd.GetScratchLength<T>(m, n)];
            T[] alone = new T[k];
            JacobiSvd.Decompose<T>(new(a, m, n), new T[JacobiSvd.GetValuesScratchLength<T>(m, n)], alone);
            Assert.True(Data.SameBits<T>(values, alone));

            T[] left = new T[m * k];
            JacobiSvd.Decompose<T>(new(a, m, n), scratch, new(left, m, k), alone, default);
            Assert.True(Data.SameBits<T>(values, alone) && Data.SameBits<T>(u, left));

            T[] right = new T[n * k];
            JacobiSvd.Decompose<T>(new(a, m, n), scratch, default, alone, new(right, n, k));
            Assert.True(Data.SameBits<T>(values, alone) && Data.SameBits<T>(v, right));

            T[] transposed = Matrices.Transposed(a, m, n);
            JacobiSvd.Decompose(new ReadOnlyMatrixSpan<T>(transposed, n, m).Transposed, scratch, new(left, m, k), alone, new(transposed.AsSpan(0, n * k), n, k));
            Assert.True(Data.SameBits<T>(values, alone) && Data.SameBits<T>(u, left) && Data.SameBits<T>(v, transposed.AsSpan(0, n * k)));
        }
    }

    [Fact]
    public void TooFewSweepsAreATypedFailure()
    {
        NotConvergedException exception = Assert.Throws<NotConvergedException>(
            () => OneSidedJacobi.Orthogonalize<T>(new(Data.Uniform<T>(400), 20, 20), default, new T[20], 1));
        Assert.Contains("20 rows", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EqualKeysKeepTheirOrder()
    {
        for (int n = 0; n < 40; n++)
        {
            T[] keys = [.. Data.Uniform<T>(n, n).Select(value => T.Round(value * T.CreateChecked(3)))];
            int[] order = new int[n];
            DescendingOrder.Of<T>(keys, order);
            Assert.Equal(Enumerable.Range(0, n).OrderByDescending(i => keys[i]), order);
        }
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        T[] memory = new T[200];
        Refused("matrix", () => JacobiSvd.Decompose<T>(new([T.NaN], 1, 1), memory, new T[1]));
        Refused("matrix", () => JacobiSvd.Decompose<T>(new([T.NegativeInfinity], 1, 1), memory, default, new T[1], default));
        Refused("values", () => JacobiSvd.Decompose<T>(new(new T[6], 2, 3), memory, new T[3]));
        Refused("left", () => JacobiSvd.Decompose<T>(new(new T[6], 2, 3), memory, new(new T[6], 2, 3), new T[2], default));
        Refused("right", () => JacobiSvd.Decompose<T>(new(new T[6], 2, 3), memory, default, new T[2], new(new T[6], 2, 3)));
        int needed = JacobiSvd.GetScratchLength<T>(2, 3);
        Refused("scratch", () => JacobiSvd.Decompose<T>(new(new T[6], 2, 3), new T[needed - 1], default, new T[2], default));
        Refused("scratch", () => JacobiSvd.Decompose<T>(new(new T[6], 2, 3), new T[JacobiSvd.GetValuesScratchLength<T>(2, 3) - 1], new T[2]));
        Refused("scratch", () => JacobiSvd.Decompose<T>(new(memory.AsSpan(0, 6), 2, 3), memory, new T[2]));
        Refused("scratch", () => JacobiSvd.Decompose<T>(new(new T[6], 2, 3), memory, new(memory.AsSpan(0, 4), 2, 2), new T[2], default));
        Refused("right", () => JacobiSvd.Decompose<T>(new(new T[4], 2, 2), new T[100], new(memory.AsSpan(0, 4), 2, 2), new T[2], new(memory.AsSpan(3, 4), 2, 2)));
        Refused("left", () => JacobiSvd.Decompose<T>(new(new T[4], 2, 2), new T[100], new(memory.AsSpan(0, 4), 2, 2), memory.AsSpan(3, 2), default));
        Refused("rows", () => JacobiSvd.GetScratchLength<T>(-1, 2));
        Refused("columns", () => JacobiSvd.GetValuesScratchLength<T>(1, -2));
    }

    private static void Refused(string name, Action call)
        => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static (T[] U, T[] Values, T[] V) Decompose(T[] a, int m, int n)
    {
        int k = Math.Min(m, n);
        T[] u = new T[m * k];
        T[] values = new T[k];
        T[] v = new T[n * k];
        JacobiSvd.Decompose<T>(new(a, m, n), new T[JacobiSvd.GetScratchLength<T>(m, n)], new(u, m, k), values, new(v, n, k));
        return (u, values, v);
    }

    private static void CheckSpectrum(double[] spectrum, int m, int n)
    {
        T[] a = Matrices.WithSingularValues<T>(spectrum, m, n);
        Check(a, m, n);
        T[] values = Decompose(a, m, n).Values;
        double slack = Matrices.Bound<T>(m) * Math.Sqrt(spectrum.Sum(value => value * value));
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
    }
}
