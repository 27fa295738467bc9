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
        Assert.False(CheckAlone([.. Enumerable.Repeat(T.One, n)], new T[n], "identity"), "values alone of the identity");
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

    /// <summary>
    /// Entries of a few magnitudes: clusters, in which minors underflow and an iteration may settle at a neighbour's value. What is accepted without vectors is within 12·√n·ε of what bisection by
    /// quotients finds, in double with twice as many digits as float has; for double that is no more than itself.
    /// </summary>
    [Fact]
    public void ValuesAloneAreRightOrRefused()
    {
        T[][] known =
        [
            Numbers(1, 1, 1, 0, 0, -1, 1, 0, 0, -1, 1), Numbers(1e-3, .1, 1e-4, 1, .01, 1e-3, 1e-4, 1e-3, 1e-4, .01),
            Numbers(-1, -1, -1, 0, 1, 0, -1, 1, 1, -1, -1, 1, 0), Numbers(1, .001, .01, 1e-4, 1, .001, .1, .1, 1e-4, 1, .1, .001),
        ];
        CheckAlone(known[0], known[1], "11 rows");
        CheckAlone(known[2], known[3], "13 rows");
        int accepted = 0;
        for (int seed = 0; seed < 3000; seed++)
        {
            int n = 4 + (seed % 60);
            T[] random = Data.Uniform<T>(2 * n, seed);
            T[] d = [.. random.Take(n).Select(x => seed % 3 == 0 ? T.Zero : T.Round(x * T.CreateChecked(1.4)) + T.Zero)];
            T[] e = [.. random.Skip(n).Take(n - 1).Select(x => T.CreateChecked(Math.Pow(10, -Math.Round(4.4 * Math.Abs(double.CreateChecked(x))))))];
            accepted += CheckAlone(d, e, $"seed {seed}") ? 1 : 0;
        }

        Assert.InRange(accepted, 100, 3000);
    }

    /// <summary>
    /// One large eigenvalue, and n − 1 that are g·ε of it apart: by four reflections from the diagonal. Values alone and those with vectors, which come another way, agree within 12·√n·ε of the
    /// norm, where both are right to less.
    /// </summary>
    [Fact]
    public void ValuesAloneAgreeWithThoseWithVectorsWhereTheyAreClose()
    {
        foreach (int n in (int[])[4, 8, 13, 20, 32])
        {
            for (int seed = 0; seed < 150; seed++)
            {
                double gap = new[] { 60.0, 200, 1000, 3000 }[seed % 4] * double.CreateChecked(Data.Epsilon<T>());
                T[] a = Matrices.Mirrored(Reflected(n, gap, seed), n), values = new T[n], alone = new T[n];
                SymmetricEigen.Decompose<T>(new(a, n, n), values, new MatrixSpan<T>(new T[n * n], n, n));
                SymmetricEigen.Decompose<T>(new ReadOnlyMatrixSpan<T>(a, n, n), alone.AsSpan());
                double bound = 12 * Math.Sqrt(n) * double.CreateChecked(Data.Epsilon<T>());
                for (int i = 0; i < n; i++)
                {
                    IsSmall(Math.Abs(double.CreateChecked(values[i] - alone[i])), bound, $"n = {n}, seed {seed}: value {i}");
                }
            }
        }
    }

    private static T[] Reflected(int n, double gap, int seed)
    {
        double[] a = new double[n * n], v = [.. Data.Uniform<double>(4 * n, seed)];
        for (int i = 0; i < n; i++)
        {
            a[i * (n + 1)] = i == n - 1 ? 1 : gap * (i + 1);
        }

        for (int start = 0; start < 4 * n; start += n)
        {
            ReadOnlySpan<double> x = v.AsSpan(start, n);
            double square = 0, inner = 0;
            double[] y = new double[n];
            for (int i = 0; i < n; i++)
            {
                square += x[i] * x[i];
                for (int j = 0; j < n; j++)
                {
                    y[i] += a[(i * n) + j] * x[j];
                }

                inner += x[i] * y[i];
            }

            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    a[(i * n) + j] += ((4 * inner / square * x[i] * x[j]) - (2 * ((x[i] * y[j]) + (y[i] * x[j])))) / square;
                }
            }
        }

        return Array.ConvertAll(a, T.CreateChecked);
    }

    private static T[] Numbers(params double[] numbers) => Array.ConvertAll(numbers, T.CreateChecked);

    private static bool CheckAlone(T[] d, T[] e, string what)
    {
        int n = d.Length, padded = LinePath.Padded<T>(n);
        T[] values = new T[padded];
        if (!TwistedEigen.TryFindValues<T>(d, e, values, new T[6 * padded], proves: true))
        {
            return false;
        }

        double[] expected = Bisected(Array.ConvertAll(d, double.CreateChecked), Array.ConvertAll(e, double.CreateChecked));
        double norm = Math.Max(Math.Abs(expected[0]), Math.Abs(expected[^1])), bound = 12 * Math.Sqrt(n) * double.CreateChecked(Data.Epsilon<T>()) * norm;
        for (int i = 0; i < n; i++)
        {
            IsSmall(Math.Abs(double.CreateChecked(values[i]) - expected[i]), bound, $"{what}: value {i} of {n}");
        }

        return true;
    }

    /// <summary>Bisection between Gershgorin's bounds, by how many of the quotients of minors are negative.</summary>
    private static double[] Bisected(double[] d, double[] e)
    {
        int n = d.Length;
        double[] radii = [.. Enumerable.Range(0, n).Select(i => (i > 0 ? Math.Abs(e[i - 1]) : 0) + (i < n - 1 ? Math.Abs(e[i]) : 0))];
        double lower = d.Zip(radii, (x, r) => x - r).Min(), upper = d.Zip(radii, (x, r) => x + r).Max();
        return [.. Enumerable.Range(0, n).Select(k =>
        {
            (double low, double high) = (lower, upper);
            for (int step = 0; step < 80; step++)
            {
                double middle = low + ((high - low) / 2), q = 1;
                int below = 0;
                for (int i = 0; i < n; i++)
                {
                    q = d[i] - middle - (i > 0 ? e[i - 1] * e[i - 1] / q : 0);
                    below += q < 0 ? 1 : 0;
                }

                (low, high) = below > k ? (low, middle) : (middle, high);
            }

            return low + ((high - low) / 2);
        })];
    }

    /// <summary>Second differences and paths have values at which minors are exactly zero.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(63)]
    public void ValuesWithoutMinorsAreAccepted(int n)
    {
        Assert.True(CheckAlone([.. Enumerable.Repeat(T.One + T.One, n)], [.. Enumerable.Repeat(-T.One, n - 1)], "second differences"), "second differences");
        Assert.True(CheckAlone(new T[n], [.. Enumerable.Repeat(T.One, n - 1)], "path"), "path");
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
