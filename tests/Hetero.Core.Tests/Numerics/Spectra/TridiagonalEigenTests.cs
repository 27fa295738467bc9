using System.Numerics;
using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class TridiagonalEigenOfDoubleTests : TridiagonalEigenTests<double>;

public sealed class TridiagonalEigenOfFloatTests : TridiagonalEigenTests<float>;

/// <summary>The path that <see cref="SymmetricEigen"/> takes for large matrices, from one row on and with panels of any width.</summary>
public abstract class TridiagonalEigenTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int, int> SizesAndWidths => new()
    {
        { 0, 1 }, { 1, 1 }, { 1, 16 }, { 2, 1 }, { 2, 4 }, { 3, 1 }, { 3, 2 }, { 5, 2 }, { 8, 3 }, { 17, 16 }, { 18, 16 }, { 33, 16 }, { 34, 5 }, { 64, 16 },
        { 65, 8 }, { 100, 16 }, { 130, 32 }, { 70, 100 },
    };

    [Theory]
    [MemberData(nameof(SizesAndWidths))]
    public void RandomMatrices(int n, int width) => Check(Symmetric(n, n), n, width);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(7, 2)]
    [InlineData(40, 7)]
    [InlineData(70, 16)]
    public void KnownSpectraComeBack(int n, int width)
    {
        CheckSpectrum([.. Enumerable.Range(0, n).Select(_ => 3.0)], width, "one value");
        CheckSpectrum([.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 1.0 : -2.0)], width, "two values");
        CheckSpectrum([.. Enumerable.Range(0, n).Select(i => Math.Pow(10, -12.0 * i / n))], width, "graded");
        CheckSpectrum([.. Enumerable.Range(0, n).Select(i => i < 3 ? 1.0 + i : 0.0)], width, "low rank");
        CheckSpectrum(new double[n], width, "zero");
    }

    [Fact]
    public void AnySizeAndWidth()
        => Properties.Check(
            (from n in Gen.Choose(1, 45) from width in Gen.Choose(1, 20) from seed in Gen.Choose(0, 1000) select (n, width, seed)).ToArbitrary(),
            shape => Check(Symmetric(shape.n, shape.seed), shape.n, shape.width));

    [Fact]
    public void GradedRowsAndColumns()
    {
        foreach (int sign in (int[])[1, -1])
        {
            const int N = 50;
            T[] a = Symmetric(N, 3);
            for (int i = 0; i < a.Length; i++)
            {
                a[i] *= T.CreateChecked(Math.Pow(10, sign * 6.0 * ((i / N) + (i % N)) / N));
            }

            Check(Matrices.Mirrored(a, N), N, 8);
        }
    }

    /// <summary>2 on the diagonal and −1 beside it: λ_k = 2 − 2·cos(kπ/(n + 1)). Shuffled, so that there is something to reduce.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(101)]
    public void TheSecondDifferenceHasItsClosedForm(int n)
    {
        int[] shuffle = [.. Enumerable.Range(0, n).OrderBy(i => i * 7919 % 104729 % 31).ThenBy(i => i)];
        T[] a = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                int distance = Math.Abs(shuffle[i] - shuffle[j]);
                a[(i * n) + j] = T.CreateChecked(distance == 0 ? 2 : distance == 1 ? -1 : 0);
            }
        }

        T[] values = Decompose(a, n, 16).Values;
        for (int k = 1; k <= n; k++)
        {
            double expected = 2 - (2 * Math.Cos(k * Math.PI / (n + 1)));
            Assert.True(Math.Abs(double.CreateChecked(values[k - 1]) - expected) <= 4 * Matrices.Bound<T>(1), $"n = {n}, k = {k}");
        }
    }

    [Fact]
    public void DiagonalMatricesAreSortedExactly()
    {
        T[] diagonal = [T.CreateChecked(2), T.CreateChecked(-1), T.CreateChecked(7), T.Zero];
        T[] a = new T[16];
        for (int i = 0; i < 4; i++)
        {
            a[(i * 4) + i] = diagonal[i];
        }

        (T[] values, T[] vectors) = Decompose(a, 4, 2);
        Assert.Equal([.. diagonal.Order()], values);
        Assert.Equal(4, vectors.Count(value => T.Abs(value) == T.One));
        Assert.Equal(12, vectors.Count(value => value == T.Zero));
    }

    [Fact]
    public void HugeAndTinyMatricesAreScaled()
    {
        const int N = 45;
        int exponent = typeof(T) == typeof(double) ? 1000 : 100;
        T[] a = Symmetric(N, 4);
        (T[] values, T[] vectors) = Decompose(a, N, 16);
        foreach (int e in (int[])[exponent, -exponent])
        {
            (T[] scaledValues, T[] scaledVectors) = Decompose([.. a.Select(value => T.ScaleB(value, e))], N, 16);
            Assert.Equal([.. values.Select(value => T.ScaleB(value, e))], scaledValues);
            Assert.True(Data.SameBits<T>(vectors, scaledVectors));
        }
    }

    /// <summary>Jacobi rotations are the independent implementation.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public void EigenvaluesAgreeWithJacobiRotations(int n)
    {
        T[] a = Symmetric(n, 11);
        double[] expected = JacobiRotations.Eigenvalues(Array.ConvertAll(a, double.CreateChecked), n);
        T[] values = Decompose(a, n, 8).Values;
        for (int i = 0; i < n; i++)
        {
            Assert.True(Math.Abs(double.CreateChecked(values[i]) - expected[i]) <= Matrices.Bound<T>(1) * Matrices.Norm(a), $"n = {n}, i = {i}");
        }
    }

    [Fact]
    public void ValuesAloneViewsSharedMemoryAndTeamsGiveTheSameBits()
    {
        const int N = 600;
        T[] a = Symmetric(N, 9);
        T[] values = new T[N], vectors = new T[N * N], expected = new T[N], alone = new T[N];
        SymmetricEigen.Decompose<T>(new(a, N, N), values, new MatrixSpan<T>(vectors, N, N));
        SymmetricEigen.Decompose<T>(new(a, N, N), expected);
        foreach (int degree in (int[])[1, 2, 3, 8])
        {
            using WorkerTeam team = new(degree);
            T[] shared = [.. a];
            T[] scratch = new T[SymmetricEigen.GetScratchLength<T>(N, team)];
            scratch.AsSpan().Fill(T.NaN);
            SymmetricEigen.Decompose(new ReadOnlyMatrixSpan<T>(shared, N, N).Transposed, scratch, alone, new(shared, N, N), team);
            Assert.True(Data.SameBits<T>(values, alone) && Data.SameBits<T>(vectors, shared), $"degree {degree}");
            scratch.AsSpan().Fill(T.NaN);
            SymmetricEigen.Decompose<T>(new(a, N, N), scratch.AsSpan(0, SymmetricEigen.GetValuesScratchLength<T>(N, team)), alone, team);
            Assert.True(Data.SameBits<T>(expected, alone), $"degree {degree}, values alone");
            foreach ((int first, int count) in ((int, int)[])[(0, 1), (N - 5, 5), (30, 20), (0, N), (7, 0)])
            {
                T[] some = new T[count], of = new T[N * count];
                T[] memory = new T[SymmetricEigen.GetRangeScratchLength<T>(N, count, team)];
                memory.AsSpan().Fill(T.NaN);
                SymmetricEigen.DecomposeRange<T>(new(a, N, N), memory, first, some, new(of, N, count), team);
                Assert.True(Data.SameBits<T>(values.AsSpan(first, count), some), $"{count} values from {first} on");
                T[] columns = [.. Enumerable.Range(0, N).SelectMany(i => vectors.AsSpan((i * N) + first, count).ToArray())];
                Assert.True(Data.SameBits<T>(columns, of), $"{count} vectors from {first} on");
            }
        }
    }

    [Fact]
    public void OnlyTheLowerTriangleIsUsed()
    {
        T[] a = Symmetric(45, 9);
        T[] expected = Decompose(a, 45, 16).Values;
        a[1] += T.One;
        Assert.True(Data.SameBits<T>(expected, Decompose(a, 45, 16).Values));
    }

    /// <summary>Values alone of many rows, and with vectors two equal blocks: every eigenvalue is there twice, which only the iteration can tell apart.</summary>
    [Fact]
    public void TooFewStepsAreATypedFailure()
    {
        T[] a = new T[400], block = Symmetric(10, 9);
        for (int i = 0; i < 10; i++)
        {
            block.AsSpan(i * 10, 10).CopyTo(a.AsSpan(i * 20));
            block.AsSpan(i * 10, 10).CopyTo(a.AsSpan(((i + 10) * 20) + 10));
        }

        NotConvergedException exception = Assert.Throws<NotConvergedException>(
            () => TridiagonalEigen.Decompose<T>(new(Symmetric(120, 9), 120, 120), new T[TridiagonalEigen.GetScratchLength<T>(120, 0)], 0, new T[120], default, maximumSteps: 1));
        Assert.Contains("120 rows", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<NotConvergedException>(() => TridiagonalEigen.Decompose<T>(
            new(a, 20, 20), new T[TridiagonalEigen.GetScratchLength<T>(20, 20)], 0, new T[20], new(new T[400], 20, 20), maximumSteps: 1));
        Assert.Contains("20 rows", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LargeMatricesAreCheckedLikeSmallOnes()
    {
        const int N = 41;
        T[] memory = new T[SymmetricEigen.GetScratchLength<T>(N)];
        T[] bad = new T[N * N];
        bad[^1] = T.NaN;
        Refused("matrix", () => SymmetricEigen.Decompose<T>(new(bad, N, N), memory, new T[N], new(new T[N * N], N, N)));
        Refused("scratch", () => SymmetricEigen.Decompose<T>(new(new T[N * N], N, N), memory.AsSpan(1), new T[N], new(new T[N * N], N, N)));
        Refused("scratch", () => SymmetricEigen.Decompose<T>(new(new T[N * N], N, N), new T[SymmetricEigen.GetValuesScratchLength<T>(N) - 1], new T[N]));
        Refused("scratch", () => SymmetricEigen.Decompose<T>(new(memory.AsSpan(0, N * N), N, N), memory, new T[N]));
        Refused("vectors", () => SymmetricEigen.Decompose<T>(new(new T[N * N], N, N), memory, new T[N], new(new T[N], N, 1)));
    }

    [Fact]
    public void EveryPathRotatesToTheSameBits()
    {
        for (int columns = 0; columns <= 140; columns++)
        {
            const int Rows = 6;
            T[] angles = [.. Data.Uniform<T>(2 * Rows, columns)];
            T[] expected = Data.Uniform<T>(Rows * columns, columns);
            T[] start = [.. expected];
            for (int i = 3; i >= 1; i--)
            {
                PlaneRotation.Apply(expected.AsSpan(i * columns, columns), expected.AsSpan((i + 1) * columns, columns), angles[2 * i], angles[(2 * i) + 1]);
            }

            CheckPath<Scalar<T>, T>(start, columns, angles, expected);
            CheckPath<Simd128<T>, Vector128<T>>(start, columns, angles, expected);
            CheckPath<Simd256<T>, Vector256<T>>(start, columns, angles, expected);
            CheckPath<Simd512<T>, Vector512<T>>(start, columns, angles, expected);
            T[] actual = [.. start];
            RotationSweep.Apply<T>(new(actual, Rows, columns), 1, 4, angles);
            Assert.True(Data.SameBits<T>(expected, actual), $"{columns} columns");
        }
    }

    private static void CheckPath<TSimd, TVector>(T[] start, int columns, T[] angles, T[] expected)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T[] actual = [.. start];
        RotationSweep.Apply<T, TSimd, TVector>(new(actual, start.Length / Math.Max(1, columns), columns), 1, 4, angles);
        Assert.True(Data.SameBits<T>(expected, actual), $"{typeof(TSimd).Name}, {columns} columns");
    }

    private static void Refused(string name, Action call)
        => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static T[] Symmetric(int n, int seed) => Matrices.Mirrored(Data.Uniform<T>(n * n, seed), n);

    private static (T[] Values, T[] Vectors) Decompose(T[] a, int n, int width)
    {
        T[] values = new T[n];
        T[] vectors = new T[n * n];
        TridiagonalBlocking blocking = new(width, width, width, width, width);
        T[] scratch = new T[TridiagonalEigen.GetScratchLength<T>(n, n, null, blocking)];
        scratch.AsSpan().Fill(T.NaN);
        TridiagonalEigen.Decompose<T>(new(a, n, n), scratch, 0, values, new(vectors, n, n), null, blocking);
        T[] alone = new T[n];
        scratch = new T[TridiagonalEigen.GetScratchLength<T>(n, 0, null, blocking)];
        scratch.AsSpan().Fill(T.NaN);
        TridiagonalEigen.Decompose<T>(new(a, n, n), scratch, 0, alone, default, null, blocking);
        double slack = Matrices.Bound<T>(n) * double.CreateChecked(values.Select(T.Abs).DefaultIfEmpty().Max());
        Assert.All(values.Zip(alone), pair => Assert.True(double.CreateChecked(T.Abs(pair.First - pair.Second)) <= slack, $"n = {n}: {pair}"));
        return (values, vectors);
    }

    private static void CheckSpectrum(double[] spectrum, int width, string what)
    {
        int n = spectrum.Length;
        T[] a = Matrices.WithEigenvalues<T>(spectrum);
        Check(a, n, width);
        T[] values = Decompose(a, n, width).Values;
        double slack = Matrices.Bound<T>(n) * Math.Sqrt(spectrum.Sum(value => value * value));
        foreach ((double expected, T actual) in spectrum.Order().Zip(values))
        {
            Assert.True(Math.Abs(expected - double.CreateChecked(actual)) <= slack, $"{what}, n = {n}: {expected} came back as {actual}");
        }
    }

    private static void Check(T[] a, int n, int width)
    {
        (T[] values, T[] vectors) = Decompose(a, n, width);
        Assert.Equal(values.Order(), values);
        double defect = Matrices.Defect(vectors, n, n);
        double residual = Matrices.Residual(a, vectors, values, Matrices.Transposed(vectors, n, n), n, n, n);
        Assert.True(defect <= Matrices.Bound<T>(n), $"n = {n}, panels of {width}: VᵀV is off by {defect}");
        Assert.True(residual <= Matrices.Bound<T>(n) * Matrices.Norm(a), $"n = {n}, panels of {width}: the residual is {residual / Matrices.Norm(a)} of the norm");
    }
}
