using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class LeastSquaresRankOfDoubleTests : LeastSquaresRankTests<double>;

public sealed class LeastSquaresRankOfFloatTests : LeastSquaresRankTests<float>;

/// <summary>The rank that <see cref="LeastSquares"/> takes, of matrices whose rank is known.</summary>
public abstract class LeastSquaresRankTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Columns that stand several times, some of them doubled: the shortest solution has in a column's place what the solution without repetitions has there, times the column's factor over the sum
    /// of the factors' squares. More columns repeat within a panel than one panel measures anew, and fewer.
    /// </summary>
    [Theory]
    [InlineData(90, 90, 60, 1)]
    [InlineData(90, 90, 85, 9)]
    [InlineData(200, 200, 120, 2)]
    [InlineData(120, 150, 101, 1)]
    [InlineData(150, 170, 20, 12)]
    [InlineData(300, 90, 50, 1)]
    [InlineData(40, 40, 1, 1)]
    [InlineData(430, 440, 400, 9)]
    public void RepeatedColumnsShareTheirSolution(int m, int n, int different, int s)
    {
        T[] distinct = Data.Uniform<T>(m * different, n), a = new T[m * n], b = Data.Uniform<T>(m * s, 3);
        T[] expected = new T[different * s], x = new T[n * s], residuals = new T[s], lengths = new T[s];
        int[] original = [.. Enumerable.Range(0, n).Select(j => j * 7 % n % different)];
        T[] factors = [.. Enumerable.Range(0, n).Select(j => j % 5 == 2 ? T.One + T.One : T.One)], weights = new T[different];
        for (int j = 0; j < n; j++)
        {
            weights[original[j]] += factors[j] * factors[j];
            for (int i = 0; i < m; i++)
            {
                a[(i * n) + j] = factors[j] * distinct[(i * different) + original[j]];
            }
        }

        LeastSquares.Solve<T>(new(distinct, m, different), new(b, m, s), new(expected, different, s), lengths);
        int rank = LeastSquares.SolveMinimumNorm<T>(new(a, m, n), new(b, m, s), PivotedQr.DefaultTolerance<T>(m, n), new(x, n, s), residuals);
        Assert.Equal(different, rank);
        double size = Matrices.Norm(expected), bound = 16 * Matrices.Bound<T>(n) * size;
        for (int j = 0; j < s; j++)
        {
            Assert.True(Math.Abs(double.CreateChecked(lengths[j] - residuals[j])) <= Matrices.Bound<T>(n) * Matrices.Norm(b));
            for (int c = 0; c < n; c++)
            {
                double share = double.CreateChecked(factors[c] * expected[(original[c] * s) + j] / weights[original[c]]);
                Assert.True(Math.Abs(share - double.CreateChecked(x[(c * s) + j])) <= bound, $"({c}, {j}) is {x[(c * s) + j]}, not {share}");
            }
        }
    }

    /// <summary>With columns q·2⁻³ᵏ for orthonormal q the diagonal of R is 2⁻³ᵏ: the rank is the number of those above the tolerance, whatever the order of the columns.</summary>
    [Theory]
    [InlineData(60, 60)]
    [InlineData(45, 41)]
    [InlineData(150, 40)]
    public void TheRankOfGradedColumnsIsThatOfTheTolerance(int m, int n)
    {
        const int Step = 3;
        double[] q = Matrices.Orthonormal(m, n, 2);
        T[] a = [.. q.Select((value, i) => T.CreateChecked(Math.ScaleB(value, -Step * (i % n * 11 % n))))];
        int last = typeof(T) == typeof(double) ? 15 : 6;
        for (int rank = 1; rank <= last; rank++)
        {
            T tolerance = T.CreateChecked(Math.ScaleB(1.5, -Step * rank));
            Assert.Equal(rank, Rank(a, m, n, tolerance));
        }
    }

    /// <summary>
    /// The diagonal of Kahan's matrix is sᵏ, and that is what the rank goes by: no rank is seen at the default tolerance, though its smallest singular value is 0 to working precision.
    /// </summary>
    [Fact]
    public void TheRankOfKahansMatrixIsThatOfItsDiagonal()
    {
        const int N = 90;
        double s = Math.Sin(1.2), c = Math.Cos(1.2), epsilon = double.CreateChecked(Data.Epsilon<T>());
        T[] kahan = new T[N * N];
        for (int i = 0; i < N; i++)
        {
            for (int j = i; j < N; j++)
            {
                kahan[(i * N) + j] = T.CreateChecked((Math.Pow(s, i) * (i == j ? 1 : -c)) + (i == j ? 25 * epsilon * (N - i) : 0));
            }
        }

        Assert.Equal(N, Rank(kahan, N, N, PivotedQr.DefaultTolerance<T>(N, N)));
        foreach (int rank in (int[])[1, 7, 31, 32, 33, 64, 89])
        {
            Assert.Equal(rank, Rank(kahan, N, N, T.CreateChecked(Math.Pow(s, rank - 0.5))));
        }
    }

    [Fact]
    public void OnesZerosAndLargeTolerances()
    {
        const int M = 70, N = 67;
        T[] ones = new T[M * N], single = new T[M * N];
        ones.AsSpan().Fill(T.One);
        single[(5 * N) + 3] = T.One;
        single[(9 * N) + 66] = T.ScaleB(T.One, -60);
        T tolerance = PivotedQr.DefaultTolerance<T>(M, N);
        Assert.Equal(1, Rank(ones, M, N, tolerance));
        Assert.Equal(0, Rank(ones, M, N, T.One));
        Assert.Equal(0, Rank(new T[M * N], M, N, T.Zero));
        Assert.Equal(1, Rank(single, M, N, tolerance));
        Assert.Equal(2, Rank(single, M, N, T.Zero));
        Assert.Equal(N, Rank(Data.Uniform<T>(M * N), M, N, tolerance));
    }

    /// <summary>The rank of the solution, which is that of the decomposition at the same tolerance.</summary>
    private static int Rank(T[] a, int m, int n, T tolerance)
    {
        int k = Math.Min(m, n);
        T[] b = Data.Uniform<T>(m, 1), x = new T[n], r = new T[k * n];
        int rank = LeastSquares.SolveMinimumNorm<T>(new(a, m, n), new(b, m, 1), tolerance, new(x, n, 1), new T[1]);
        Assert.All(x, value => Assert.True(T.IsFinite(value)));
        PivotedQr.Decompose<T>(new(a, m, n), new(new T[m * k], m, k), new(r, k, n), new int[n]);
        Assert.Equal(PivotedQr.Rank(new ReadOnlyMatrixSpan<T>(r, k, n), tolerance), rank);
        return rank;
    }
}
