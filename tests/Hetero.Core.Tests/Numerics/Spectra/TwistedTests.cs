using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class TwistedOfDoubleTests : TwistedTests<double>;

public sealed class TwistedOfFloatTests : TwistedTests<float>;

/// <summary>Small tridiagonal and bidiagonal matrices, whose vectors come from twisted factorizations: what is accepted is right, and what is refused is what must be.</summary>
public abstract class TwistedTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int> Sizes => [4, 5, 6, 7, 8, 9, 13, 16, 17, 20, 24, 31, 40, 47, 64, 81, 96];

    /// <summary>What the reduction of random matrices leaves: entries beside the diagonal that grow like √i.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void SeparateEigenvaluesAreAccepted(int n)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            T[] d = Data.Uniform<T>(n, seed), e = [.. Data.Uniform<T>(n, seed + 100).Select((value, i) => (value / T.CreateChecked(4)) + T.CreateChecked(Math.Sqrt((i + 1.0) / n)))];
            (bool accepted, T[] values, T[] vectors) = Decompose(d, e);
            string what = $"n = {n}, seed {seed}";
            Assert.True(accepted, what);
            T[] matrix = Tridiagonal(d, e);
            double bound = Matrices.Bound<T>(n) / 32;
            Assert.Equal(values.Order(), values);
            IsSmall(Matrices.Defect(vectors, n, n), bound, $"{what}: VᵀV − I");
            IsSmall(Matrices.Residual(matrix, vectors, values, Matrices.Transposed(vectors, n, n), n, n, n), bound * Matrices.Norm(matrix), $"{what}: T − VΛVᵀ");
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SeparateSingularValuesAreAccepted(int n)
    {
        if (n > TwistedSvd.MaximumRows<T>())
        {
            return;
        }

        for (int seed = 0; seed < 5; seed++)
        {
            T[] d = [.. Data.Uniform<T>(n, seed).Select((value, i) => (value / T.CreateChecked(2)) + T.CreateChecked(Math.Sqrt((n - i) / (double)n) + 0.5))];
            T[] e = [.. Data.Uniform<T>(n, seed + 100).Select((value, i) => (value / T.CreateChecked(2)) - T.CreateChecked(Math.Sqrt((n - i - 1) / (double)n)))];
            (bool accepted, T[] values, T[] left, T[] right) = DecomposeBidiagonal(d, e);
            string what = $"n = {n}, seed {seed}";
            Assert.True(accepted, what);
            T[] matrix = Bidiagonal(d, e);
            double bound = Matrices.Bound<T>(n) / 32;
            Assert.Equal(values.OrderDescending(), values);
            IsSmall(Matrices.Defect(left, n, n), bound, $"{what}: UᵀU − I");
            IsSmall(Matrices.Defect(right, n, n), bound, $"{what}: VᵀV − I");
            IsSmall(Matrices.Residual(matrix, left, values, Matrices.Transposed(right, n, n), n, n, n), bound * Matrices.Norm(matrix), $"{what}: B − UΣVᵀ");
        }
    }

    /// <summary>Jacobi rotations are the independent implementation. Pairs of values at a distance of 10⁻² … 10⁻⁹ of the norm: accepted or not, what is accepted is right.</summary>
    [Fact]
    public void NearPairsAreRightOrRefused()
    {
        int accepted = 0;
        for (int power = 2; power <= 9; power++)
        {
            // Two copies of one matrix that hardly know of each other.
            const int Half = 8, N = 2 * Half;
            T[] d = Data.Uniform<T>(N, 5), e = [.. Data.Uniform<T>(N, 6).Select(value => value + T.One)];
            d.AsSpan(0, Half).CopyTo(d.AsSpan(Half));
            e.AsSpan(0, Half).CopyTo(e.AsSpan(Half));
            d.AsSpan(Half).Reverse();
            e.AsSpan(Half, Half - 1).Reverse();
            e[Half - 1] = T.CreateChecked(Math.Pow(10, -power));
            (bool isAccepted, T[] values, T[] vectors) = Decompose(d, e);
            accepted += isAccepted ? 1 : 0;
            if (isAccepted)
            {
                T[] matrix = Tridiagonal(d, e);
                double[] expected = JacobiRotations.Eigenvalues(Array.ConvertAll(matrix, double.CreateChecked), N);
                IsSmall(Matrices.Defect(vectors, N, N), Matrices.Bound<T>(N) / 32, $"10^−{power}: VᵀV − I");
                for (int i = 0; i < N; i++)
                {
                    IsSmall(Math.Abs(double.CreateChecked(values[i]) - expected[i]), Matrices.Bound<T>(1) / 8 * Matrices.Norm(matrix), $"10^−{power}: value {i}");
                }
            }
        }

        Assert.InRange(accepted, 1, typeof(T) == typeof(double) ? 8 : 5);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(50)]
    public void ClustersAreRefused(int n)
    {
        Assert.False(Decompose(new T[n], new T[n]).Accepted, "zero");
        Assert.False(Decompose([.. Enumerable.Repeat(T.One, n)], new T[n]).Accepted, "identity");
        T[] e = [.. Enumerable.Range(0, n).Select(i => i == (n / 2) - 1 ? T.Zero : T.One)];
        Assert.False(Decompose([.. Enumerable.Repeat(T.One, n)], e).Accepted, "two equal blocks");
        Assert.False(DecomposeBidiagonal(new T[n], new T[n]).Accepted, "zero");
        Assert.False(DecomposeBidiagonal([.. Enumerable.Repeat(T.One, n)], new T[n]).Accepted, "identity");
        T[] d = Data.Uniform<T>(n, 3);
        d[n / 2] = T.Zero;
        Assert.False(DecomposeBidiagonal(d, Data.Uniform<T>(n, 4)).Accepted, "singular");
        Assert.False(FindAll([.. Enumerable.Repeat(T.One, n)], new T[n]), "values alone of the identity");
    }

    private static (bool Accepted, T[] Values, T[] Vectors) Decompose(T[] d, T[] e)
    {
        int n = d.Length, padded = LinePath.Padded<T>(n);
        T[] values = new T[padded], vectors = new T[n * padded], scratch = new T[TwistedEigen.GetScratchLength<T>(n)];
        scratch.AsSpan().Fill(T.NaN);
        bool accepted = TwistedEigen.TryDecompose<T>(d, e, values, vectors, padded, scratch);
        return (accepted, values[..n], Columns(vectors, n, padded));
    }

    private static (bool Accepted, T[] Values, T[] Left, T[] Right) DecomposeBidiagonal(T[] d, T[] e)
    {
        int n = d.Length, padded = LinePath.Padded<T>(n);
        T[] values = new T[n], left = new T[n * padded], right = new T[n * padded], scratch = new T[TwistedSvd.GetScratchLength<T>(n)];
        scratch.AsSpan().Fill(T.NaN);
        bool accepted = TwistedSvd.TryDecompose<T>(d, e.AsSpan(0, n - 1), values, left, right, padded, scratch);
        return (accepted, values, Columns(left, n, padded), Columns(right, n, padded));
    }

    private static bool FindAll(T[] d, T[] e)
    {
        int padded = LinePath.Padded<T>(d.Length);
        return TwistedEigen.TryFindAllValues<T>(d, e, new T[padded], new T[6 * padded]);
    }

    private static T[] Columns(T[] rows, int n, int stride) => [.. Enumerable.Range(0, n * n).Select(i => rows[(i / n * stride) + (i % n)])];

    private static T[] Tridiagonal(T[] d, T[] e)
    {
        T[] matrix = Bidiagonal(d, e);
        for (int i = 0; i < d.Length - 1; i++)
        {
            matrix[((i + 1) * d.Length) + i] = e[i];
        }

        return matrix;
    }

    private static T[] Bidiagonal(T[] d, T[] e)
    {
        int n = d.Length;
        T[] matrix = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = d[i];
            if (i < n - 1)
            {
                matrix[(i * n) + i + 1] = e[i];
            }
        }

        return matrix;
    }

    private static void IsSmall(double error, double bound, string what) => Assert.True(error <= bound, $"{what} is {error}, above {bound}");
}
