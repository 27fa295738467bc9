using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class NormsOfDoubleTests : NormsTests<double>;

public sealed class NormsOfFloatTests : NormsTests<float>;

public abstract class NormsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void NormsOfADiagonalMatrix()
    {
        T[] a = [T.CreateChecked(3), T.Zero, T.Zero, T.CreateChecked(-4)];
        T[] scratch = new T[Norms.GetSymmetricScratchLength<T>(2)];
        Assert.Equal(T.CreateChecked(5), Norms.Frobenius<T>(new(a, 2, 2)));
        Assert.Equal(T.CreateChecked(4), Norms.Operator<T>(new(a, 2, 2), scratch));
        Assert.Equal(T.CreateChecked(7), Norms.Nuclear<T>(new(a, 2, 2), scratch));
    }

    [Fact]
    public void NormsOfEmptyMatricesAreZero()
    {
        Assert.Equal(T.Zero, Norms.Frobenius<T>(new([], 0, 0)));
        Assert.Equal(T.Zero, Norms.Operator<T>(new([], 0, 0), []));
        Assert.Equal(T.Zero, Norms.Nuclear<T>(new([], 0, 0), []));
        Assert.Equal(T.Zero, Norms.GeneralNuclear<T>(new([], 3, 0), new T[Norms.GetGeneralNuclearScratchLength<T>(3, 0)]));
        Assert.Equal(T.Zero, Norms.Spectral<T>(new([], 0, 3), new T[Norms.GetSpectralScratchLength<T>(0, 3)]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 9)]
    [InlineData(9, 5)]
    [InlineData(40, 3)]
    [InlineData(30, 30)]
    public void NormsAreOrderedAndTransposingKeepsThem(int m, int n)
    {
        T[] data = Data.Uniform<T>(m * n, m);
        ReadOnlyMatrixSpan<T> matrix = new(data, m, n);
        T spectral = Norms.Spectral(matrix, new T[Norms.GetSpectralScratchLength<T>(m, n)]);
        T frobenius = Norms.Frobenius(matrix);
        T slack = T.One + (T.CreateChecked(128) * Data.Epsilon<T>());
        Assert.True(spectral <= frobenius * slack);
        Assert.True(frobenius <= spectral * T.Sqrt(T.CreateChecked(Math.Min(m, n))) * slack);
        T transposed = Norms.Spectral(matrix.Transposed, new T[Norms.GetSpectralScratchLength<T>(n, m)]);
        Assert.True(T.Abs(transposed - spectral) <= (slack - T.One) * spectral);
    }

    [Fact]
    public void TheSpectralNormOfARankOneMatrixIsTheProductOfTheNorms()
    {
        const int M = 13, N = 29;
        T[] u = Data.Uniform<T>(M, 1);
        T[] v = Data.Uniform<T>(N, 2);
        T[] a = new T[M * N];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = u[i / N] * v[i % N];
        }

        T expected = Reductions.Norm<T>(u) * Reductions.Norm<T>(v);
        T actual = Norms.Spectral<T>(new(a, M, N), new T[Norms.GetSpectralScratchLength<T>(M, N)]);
        Assert.True(T.Abs(actual - expected) <= T.CreateChecked(2 * N) * Data.Epsilon<T>() * expected);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(12, 20)]
    [InlineData(60, 50)]
    public void NormsOfGeneralMatricesAreThoseOfTheirSpectrum(int m, int n)
    {
        double[] spectrum = [.. Enumerable.Range(1, Math.Min(m, n)).Select(i => 3.0 / i)];
        T[] a = Matrices.WithSingularValues<T>(spectrum, m, n);
        Close(spectrum.Sum(), Norms.GeneralNuclear<T>(new(a, m, n), new T[Norms.GetGeneralNuclearScratchLength<T>(m, n)]), m + n);
        Close(3, Norms.Spectral<T>(new(a, m, n), new T[Norms.GetSpectralScratchLength<T>(m, n)]), m + n);
        Close(Math.Sqrt(spectrum.Sum(value => value * value)), Norms.Frobenius<T>(new(a, m, n)), m + n);
        Close(Matrices.Norm(a), Norms.Frobenius<T>(new(a, m, n)), 1);
        Close(spectrum.Sum(), Norms.GeneralNuclear(new ReadOnlyMatrixSpan<T>(a, m, n).Transposed, new T[Norms.GetGeneralNuclearScratchLength<T>(n, m)]), m + n);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(60)]
    public void NormsOfSymmetricMatricesAreThoseOfTheirSpectrum(int n)
    {
        double[] spectrum = [.. Enumerable.Range(1, n).Select(i => i % 2 == 0 ? 2.0 / i : -3.0 / i)];
        T[] a = Matrices.WithEigenvalues<T>(spectrum);
        T[] scratch = new T[Norms.GetSymmetricScratchLength<T>(n)];
        Close(3, Norms.Operator<T>(new(a, n, n), scratch), n);
        Close(spectrum.Sum(Math.Abs), Norms.Nuclear<T>(new(a, n, n), scratch), n);
        Close(spectrum.Sum(Math.Abs), Norms.GeneralNuclear<T>(new(a, n, n), new T[Norms.GetGeneralNuclearScratchLength<T>(n, n)]), n);
    }

    [Fact]
    public void SpectralAndNuclearNormsOfHugeAndTinyMatricesAreScaled()
    {
        const int M = 7, N = 5;
        int exponent = typeof(T) == typeof(double) ? 1000 : 100;
        T[] a = Data.Uniform<T>(M * N, 4);
        T[] spectral = new T[Norms.GetSpectralScratchLength<T>(M, N)];
        T[] nuclear = new T[Norms.GetGeneralNuclearScratchLength<T>(M, N)];
        foreach (int e in (int[])[exponent, -exponent])
        {
            T[] scaled = [.. a.Select(value => T.ScaleB(value, e))];
            Assert.Equal(T.ScaleB(Norms.Spectral<T>(new(a, M, N), spectral), e), Norms.Spectral<T>(new(scaled, M, N), spectral));
            Assert.Equal(T.ScaleB(Norms.GeneralNuclear<T>(new(a, M, N), nuclear), e), Norms.GeneralNuclear<T>(new(scaled, M, N), nuclear));
        }
    }

    private static void Close(double expected, T actual, int size)
        => Assert.True(
            Math.Abs(double.CreateChecked(actual) - expected) <= Matrices.Bound<T>(1) * Math.Sqrt(size) * expected, $"{actual} instead of {expected}");

    [Fact]
    public void ErrorsNameTheArgument()
    {
        Assert.Equal("scratch", Assert.Throws<ArgumentException>(() => Norms.GeneralNuclear<T>(new(new T[6], 2, 3), new T[19])).ParamName);
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => Norms.GeneralNuclear<T>(new([T.NaN], 1, 1), new T[99])).ParamName);
        Assert.Equal("scratch", Assert.Throws<ArgumentException>(() => Norms.Operator<T>(new(new T[4], 2, 2), new T[5])).ParamName);
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => Norms.Nuclear<T>(new(new T[6], 2, 3), new T[999])).ParamName);
        Assert.Equal("scratch", Assert.Throws<ArgumentException>(() => Norms.Spectral<T>(new(new T[6], 2, 3), new T[9])).ParamName);
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => Norms.Spectral<T>(new([T.NaN], 1, 1), new T[999])).ParamName);
        foreach (Func<int, int, int> length in (Func<int, int, int>[])[Norms.GetSpectralScratchLength<T>, Norms.GetGeneralNuclearScratchLength<T>])
        {
            Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => length(-1, 2)).ParamName);
            Assert.Equal("columns", Assert.Throws<ArgumentOutOfRangeException>(() => length(2, -1)).ParamName);
        }

        T[] memory = new T[99];
        Assert.Equal("scratch", Assert.Throws<ArgumentException>(() => Norms.Spectral<T>(new(memory.AsSpan(0, 4), 2, 2), memory)).ParamName);
    }
}
