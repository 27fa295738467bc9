using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class ColumnwisePivotedQrOfDoubleTests : ColumnwisePivotedQrTests<double>;

public sealed class ColumnwisePivotedQrOfFloatTests : ColumnwisePivotedQrTests<float>;

public abstract class ColumnwisePivotedQrTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A column was farther from the span of those before it than any later one: r_kk² ≥ Σ r_ij² over k ≤ i ≤ j, for every j &gt; k.</summary>
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(9, 9, 0)]
    [InlineData(40, 30, 0)]
    [InlineData(12, 12, 4)]
    [InlineData(12, 12, -4)]
    public void EveryPivotIsTheColumnFarthestFromThoseBefore(int m, int n, int exponent)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            T[] a = [.. Data.Uniform<T>(m * n, seed).Select((value, i) => T.ScaleB(value, exponent * (i % n)))];
            Check(a, m, n);
        }
    }

    /// <summary>Columns that are nearly one: all but 2⁻³⁰ (float: 2⁻¹⁴) of each cancels, and an updated norm would be noise.</summary>
    [Fact]
    public void NormsOfWhatIsLeftAreTakenAnewWhereTheyCancel()
    {
        const int M = 20, N = 12;
        int exponent = typeof(T) == typeof(double) ? -30 : -14;
        for (int seed = 0; seed < 5; seed++)
        {
            T[] common = Data.Uniform<T>(M, seed);
            T[] own = Data.Uniform<T>(M * N, seed + 1);
            Check([.. own.Select((value, i) => common[i / N] + T.ScaleB(value, exponent - (i % N * 5 % N)))], M, N);
        }
    }

    /// <summary>RᵀR is the Gram matrix of the columns in their new order.</summary>
    [Fact]
    public void TheFactorBelongsToThePermutedColumns()
    {
        const int M = 17, N = 11;
        T[] a = Data.Uniform<T>(M * N, 3);
        (T[] columns, int[] permutation, T[] diagonal) = Decompose(a, M, N);
        T[] r = new T[N * N];
        T[] permuted = new T[M * N];
        for (int j = 0; j < N; j++)
        {
            r[(j * N) + j] = diagonal[j];
            for (int i = 0; i < j; i++)
            {
                r[(i * N) + j] = columns[(j * M) + i];
            }

            for (int i = 0; i < M; i++)
            {
                permuted[(i * N) + j] = a[(i * N) + permutation[j]];
            }
        }

        double bound = Matrices.Bound<T>(M) * Matrices.Norm(a) * Matrices.Norm(a);
        for (int j = 0; j < N; j++)
        {
            for (int l = 0; l < N; l++)
            {
                double expected = Enumerable.Range(0, M).Sum(i => double.CreateChecked(permuted[(i * N) + j]) * double.CreateChecked(permuted[(i * N) + l]));
                double actual = Enumerable.Range(0, N).Sum(i => double.CreateChecked(r[(i * N) + j]) * double.CreateChecked(r[(i * N) + l]));
                Assert.True(Math.Abs(expected - actual) <= bound, $"({j}, {l}): {actual} instead of {expected}");
            }
        }
    }

    private static void Check(T[] a, int m, int n)
    {
        (T[] columns, int[] permutation, T[] diagonal) = Decompose(a, m, n);
        Assert.Equal(Enumerable.Range(0, n), permutation.Order());

        // Norms are updated while at least a root of ε of their square is left, so they are right to about that root.
        double slack = 1 + (8 * Math.Sqrt(double.CreateChecked(Data.Epsilon<T>())));
        for (int k = 0; k < n; k++)
        {
            double pivot = Math.Abs(double.CreateChecked(diagonal[k]));
            for (int j = k + 1; j < n; j++)
            {
                double square = Square(diagonal[j]);
                for (int i = k; i < j; i++)
                {
                    square += Square(columns[(j * m) + i]);
                }

                Assert.True(Math.Sqrt(square) <= pivot * slack, $"|r_{k},{k}| is {pivot}, what is left of column {j} is {Math.Sqrt(square)}");
            }
        }
    }

    private static double Square(T value) => double.CreateChecked(value) * double.CreateChecked(value);

    private static (T[] Columns, int[] Permutation, T[] Diagonal) Decompose(T[] a, int m, int n)
    {
        T[] columns = Matrices.Transposed(a, m, n);
        int[] permutation = new int[n];
        T[] diagonal = new T[n];
        ColumnwisePivotedQr.Decompose<T>(new(columns, n, m), permutation, new T[2 * n], diagonal, new T[n]);
        return (columns, permutation, diagonal);
    }
}
