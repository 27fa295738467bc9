using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

[Collection(Allocations.Collection)]
public sealed class TruncatedSvdOfDoubleTests : TruncatedSvdTests<double>;

[Collection(Allocations.Collection)]
public sealed class TruncatedSvdOfFloatTests : TruncatedSvdTests<float>;

public abstract class TruncatedSvdTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void AnyShapeAndRank()
        => Properties.Check(
            (from m in Gen.Choose(1, 40)
             from n in Gen.Choose(1, 40)
             from l in Gen.Choose(1, Math.Min(m, n))
             from k in Gen.Choose(0, l)
             from powers in Gen.Choose(0, 2)
             from seed in Gen.Choose(0, 1000)
             select (m, n, l, k, powers, seed)).ToArbitrary(),
            shape => Check(Data.Uniform<T>(shape.m * shape.n, shape.seed), shape.m, shape.n, shape.l, shape.k, shape.powers, shape.seed));

    [Theory]
    [InlineData(300, 200)]
    [InlineData(150, 260)]
    public void LowRankComesBackWhole(int m, int n)
    {
        double[] spectrum = [7, 5, 5, 1];
        T[] a = Matrices.WithSingularValues<T>(spectrum, m, n);
        (T[] values, double error) = Check(a, m, n, 8, 4, 0, 1);
        double slack = Matrices.Bound<T>(Math.Max(m, n)) * 10;
        Assert.True(error <= slack, $"{error}");
        Assert.All(spectrum.Zip(values), pair => Assert.Equal(pair.First, double.CreateChecked(pair.Second), slack));
        (values, error) = Check(new T[m * n], m, n, 8, 4, 1, 1);
        Assert.Equal(0, error);
        Assert.All(values, value => Assert.Equal(T.Zero, value));
    }

    /// <summary>
    /// Theorem 10.5 of Halko, Martinsson and Tropp without a cut: E‖A − QQᵀA‖_F ≤ √(1 + k/(p − 1))·√(Σ_{j&gt;k} σ_j²) for all k + p = l, p ≥ 2. The mean of 40 draws with
    /// given seeds is compared; by their theorem 10.7 a draw deviates by a tenth of the bound with a probability far below 1e-3, and the mean of 40 with less.
    /// </summary>
    [Fact]
    public void TheMeanErrorIsBelowItsBoundAndPowersBringItToTheBest()
    {
        const int M = 80, N = 60, L = 16;
        double[] spectrum = [.. Enumerable.Range(1, N).Select(j => Math.Pow(j, -0.75))];
        T[] a = Matrices.WithSingularValues<T>(spectrum, M, N);
        double mean = Enumerable.Range(1, 40).Average(seed => Run(a, M, N, L, L, 0, seed).Error);
        for (int k = 1; k <= L - 2; k++)
        {
            double bound = Math.Sqrt(1 + (k / (double)(L - k - 1))) * Math.Sqrt(spectrum.Skip(k).Sum(x => x * x));
            Assert.True(mean <= bound, $"k = {k}: {mean} is above {bound}");
        }

        double best = Math.Sqrt(spectrum.Skip(10).Sum(x => x * x));
        double[] errors = [.. Enumerable.Range(0, 4).Select(powers => Enumerable.Range(1, 10).Average(seed => Run(a, M, N, L, 10, powers, seed).Error))];
        Assert.Equal(errors.OrderDescending(), errors);
        Assert.True(errors[0] >= 1.02 * best, $"{errors[0]} beside {best}");
        Assert.InRange(errors[3], best * (1 - Matrices.Bound<T>(1)), 1.002 * best);
    }

    [Fact]
    public void TeamsViewsAndScratchGiveTheSameBits()
    {
        foreach ((int m, int n) in ((int, int)[])[(300, 170), (170, 300), (20, 12)])
        {
            const int L = 12, K = 9;
            T[] a = Data.Uniform<T>(m * n, 3), transposed = Matrices.Transposed(a, m, n);
            (T[] u, T[] values, T[] v, double error) = Run(a, m, n, L, K, 1, 5);
            foreach (int degree in (int[])[1, 2, 3, 8])
            {
                using WorkerTeam team = new(degree);
                T[] scratch = new T[TruncatedSvd.GetScratchLength<T>(m, n, L, team)], left = new T[m * K], sigma = new T[K], right = new T[n * K];
                scratch.AsSpan().Fill(T.NaN);
                T actual = TruncatedSvd.Decompose(
                    new ReadOnlyMatrixSpan<T>(transposed, n, m).Transposed, Sketch(n, L, 5), 1, scratch, new MatrixSpan<T>(left, m, K), sigma, new MatrixSpan<T>(right, n, K), team);
                Assert.True(Data.SameBits<T>(u, left) && Data.SameBits<T>(values, sigma) && Data.SameBits<T>(v, right), $"{m}x{n}, degree {degree}");
                Assert.Equal(error, double.CreateChecked(actual));
                actual = TruncatedSvd.Decompose<T>(new(a, m, n), Sketch(n, L, 5), 1, new MatrixSpan<T>(left, m, K), sigma, new MatrixSpan<T>(right, n, K), team);
                Assert.True(Data.SameBits<T>(u, left) && Data.SameBits<T>(values, sigma) && Data.SameBits<T>(v, right), $"{m}x{n}, degree {degree}, rented");
            }
        }
    }

    [Fact]
    public void NothingIsAllocated()
    {
        const int M = 90, N = 70, L = 12, K = 9;
        T[] a = Data.Uniform<T>(M * N, 3), sketch = new T[N * L], scratch = new T[TruncatedSvd.GetScratchLength<T>(M, N, L)], u = new T[M * K], sigma = new T[K], v = new T[N * K];
        Assert.Equal(0, Allocations.Of(() =>
        {
            new RandomStream(1).FillGaussian<T>(sketch);
            TruncatedSvd.Decompose<T>(new(a, M, N), new(sketch, N, L), 2, scratch, new(u, M, K), sigma, new(v, N, K));
        }));
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        T[] memory = new T[20_000], sketch = [.. Enumerable.Repeat(T.One, 12)];
        T Call(ReadOnlyMatrixSpan<T> a, MatrixSpan<T> omega, int powers, Span<T> scratch, MatrixSpan<T> u, Span<T> sigma, MatrixSpan<T> v)
            => TruncatedSvd.Decompose(a, omega, powers, scratch, u, sigma, v);
        Refused("matrix", () => Call(new([T.NaN], 1, 1), new(sketch.AsSpan(0, 1), 1, 1), 0, memory, new(new T[1], 1, 1), new T[1], new(new T[1], 1, 1)));
        Refused("sketch", () => Call(new(new T[6], 2, 3), new([T.NaN, T.One, T.One], 3, 1), 0, memory, new(new T[2], 2, 1), new T[1], new(new T[3], 3, 1)));
        Refused("sketch", () => Call(new(new T[6], 2, 3), new(sketch.AsSpan(0, 2), 2, 1), 0, memory, new(new T[2], 2, 1), new T[1], new(new T[3], 3, 1)));
        Refused("sketch", () => Call(new(new T[6], 2, 3), new(sketch.AsSpan(0, 9), 3, 3), 0, memory, new(new T[2], 2, 1), new T[1], new(new T[3], 3, 1)));
        Refused("values", () => Call(new(new T[6], 2, 3), new(sketch.AsSpan(0, 3), 3, 1), 0, memory, new(new T[4], 2, 2), new T[2], new(new T[6], 3, 2)));
        Refused("powers", () => Call(new(new T[6], 2, 3), new(sketch.AsSpan(0, 3), 3, 1), -1, memory, new(new T[2], 2, 1), new T[1], new(new T[3], 3, 1)));
        Refused("left", () => Call(new(new T[6], 2, 3), new(sketch.AsSpan(0, 3), 3, 1), 0, memory, new(new T[3], 3, 1), new T[1], new(new T[3], 3, 1)));
        Refused("right", () => Call(new(new T[6], 2, 3), new(sketch.AsSpan(0, 3), 3, 1), 0, memory, new(new T[2], 2, 1), new T[1], new(new T[2], 2, 1)));
        T[] tooShort = new T[TruncatedSvd.GetScratchLength<T>(2, 3, 1) - 1];
        Refused("scratch", () => Call(new(new T[6], 2, 3), new(sketch.AsSpan(0, 3), 3, 1), 0, tooShort, new(new T[2], 2, 1), new T[1], new(new T[3], 3, 1)));
        Refused("scratch", () => Call(new(memory.AsSpan(0, 6), 2, 3), new(sketch.AsSpan(0, 3), 3, 1), 0, memory, new(new T[2], 2, 1), new T[1], new(new T[3], 3, 1)));
        Refused("left", () => Call(new(sketch.AsSpan(0, 6), 2, 3), new(sketch.AsSpan(6, 3), 3, 1), 0, memory, new(sketch.AsSpan(4, 2), 2, 1), new T[1], new(new T[3], 3, 1)));
        Refused("sketch", () => TruncatedSvd.GetScratchLength<T>(4, 3, 4));
        Refused("rows", () => TruncatedSvd.GetScratchLength<T>(-1, 3, 0));
    }

    private static void Refused(string name, Action call)
        => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static MatrixSpan<T> Sketch(int rows, int columns, int seed)
    {
        T[] sketch = new T[rows * columns];
        new RandomStream((ulong)seed).FillGaussian<T>(sketch);
        return new(sketch, rows, columns);
    }

    private static (T[] U, T[] Values, T[] V, double Error) Run(T[] a, int m, int n, int l, int k, int powers, int seed)
    {
        T[] u = new T[m * k], values = new T[k], v = new T[n * k], scratch = new T[TruncatedSvd.GetScratchLength<T>(m, n, l)];
        T error = TruncatedSvd.Decompose(new ReadOnlyMatrixSpan<T>(a, m, n), Sketch(n, l, seed), powers, scratch, new MatrixSpan<T>(u, m, k), values, new MatrixSpan<T>(v, n, k));
        return (u, values, v, double.CreateChecked(error));
    }

    private static (T[] Values, double Error) Check(T[] a, int m, int n, int l, int k, int powers, int seed)
    {
        (T[] u, T[] values, T[] v, double error) = Run(a, m, n, l, k, powers, seed);
        double bound = Matrices.Bound<T>(Math.Max(m, n)), norm = Matrices.Norm(a), slack = bound * norm;
        Assert.True(Matrices.Defect(u, m, k) <= bound && Matrices.Defect(v, n, k) <= bound, $"{m}x{n}: the vectors are not orthonormal");
        Assert.Equal(Matrices.Residual(a, u, values, Matrices.Transposed(v, n, k), m, k, n), error, slack);
        T[] all = new T[Math.Min(m, n)];
        JacobiSvd.Decompose<T>(new(a, m, n), all);
        for (int i = 0; i < k; i++)
        {
            double expected = double.CreateChecked(all[i]), actual = double.CreateChecked(values[i]);
            Assert.InRange(actual, expected - error - slack, expected + slack);
        }

        // No rank k is nearer than the best.
        Assert.True(error >= Math.Sqrt(all.Skip(k).Sum(x => double.CreateChecked(x * x))) - slack);
        return (values, error);
    }
}
