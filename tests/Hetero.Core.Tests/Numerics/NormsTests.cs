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

    [Fact]
    public void ErrorsNameTheArgument()
    {
        Assert.Equal("scratch", Assert.Throws<ArgumentException>(() => Norms.Operator<T>(new(new T[4], 2, 2), new T[5])).ParamName);
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => Norms.Nuclear<T>(new(new T[6], 2, 3), new T[99])).ParamName);
        Assert.Equal("scratch", Assert.Throws<ArgumentException>(() => Norms.Spectral<T>(new(new T[6], 2, 3), new T[9])).ParamName);
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => Norms.Spectral<T>(new([T.NaN], 1, 1), new T[99])).ParamName);
        T[] memory = new T[99];
        Assert.Equal("scratch", Assert.Throws<ArgumentException>(() => Norms.Spectral<T>(new(memory.AsSpan(0, 4), 2, 2), memory)).ParamName);
    }
}
