using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class LeastSquaresOfDoubleTests : LeastSquaresTests<double>;

public sealed class LeastSquaresOfFloatTests : LeastSquaresTests<float>;

public abstract class LeastSquaresTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 5, 5, 2 }, { 40, 40, 1 }, { 130, 130, 40 }, { 90, 30, 3 }, { 300, 100, 1 }, { 3000, 40, 3 }, { 9000, 5, 60 }, { 20_000, 6, 1 }, { 33_333, 3, 4 }, { 700, 77, 0 },
    };

    /// <summary>Against U·diag(s)·Vᵀ: x = V·diag(1/s)·Uᵀ·b, and the residual is what U leaves of b.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void TheLeastResidualIsFound(int m, int n, int s)
    {
        T[] a = Data.Uniform<T>(m * n, m + n), b = Data.Uniform<T>(m * s, n);
        (T[] x, T[] residuals, T reciprocal) = Solve(a, b, m, n, s);
        CheckOptimal(a, b, x, residuals, m, n, s);
        Assert.True(reciprocal > T.Zero && reciprocal <= T.One);
        (T[] shortest, T[] others, int rank) = SolveMinimumNorm(a, b, m, n, s);
        Assert.Equal(n, rank);
        CheckOptimal(a, b, shortest, others, m, n, s);
    }

    [Fact]
    public void AnyShapeHasALeastResidual()
        => Prop.ForAll(
            (from m in Gen.Choose(0, 70) from n in Gen.Choose(0, 70) from s in Gen.Choose(0, 9) select (m, n, s)).ToArbitrary(),
            shape =>
            {
                (int m, int n, int s) = shape;
                T[] a = Data.Uniform<T>(m * n, m), b = Data.Uniform<T>(m * s, n);
                (T[] x, T[] residuals, int rank) = SolveMinimumNorm(a, b, m, n, s);
                Assert.Equal(Math.Min(m, n), rank);
                CheckOptimal(a, b, x, residuals, m, n, s);
                CheckShortest(a, x, m, n, s);
                if (m > n)
                {
                    (x, residuals, _) = Solve(a, b, m, n, s);
                    CheckOptimal(a, b, x, residuals, m, n, s);
                }
            }).QuickCheckThrowOnFailure();

    /// <summary>A plain solution by the known factors U, s and V of A, in double.</summary>
    [Theory]
    [InlineData(60, 40, 40)]
    [InlineData(60, 40, 7)]
    [InlineData(47, 53, 1)]
    [InlineData(110, 101, 100)]
    [InlineData(40, 60, 33)]
    [InlineData(200, 60, 25)]
    [InlineData(50, 50, 0)]
    [InlineData(90, 90, 64)]
    public void TheShortestSolutionIsThatOfThePseudoInverse(int m, int n, int rank)
    {
        const int S = 3;
        double[] spectrum = [.. Enumerable.Range(0, rank).Select(i => 1 + (i / (double)n))], u = Matrices.Orthonormal(m, rank, 4), v = Matrices.Orthonormal(n, rank, 5);
        T[] a = Matrices.WithSingularValues<T>(spectrum, m, n, 4), b = Data.Uniform<T>(m * S, 6);
        (T[] x, T[] residuals, int found) = SolveMinimumNorm(a, b, m, n, S);
        Assert.Equal(rank, found);
        for (int j = 0; j < S; j++)
        {
            double[] inside = [.. Enumerable.Range(0, rank).Select(c => Enumerable.Range(0, m).Sum(i => u[(i * rank) + c] * double.CreateChecked(b[(i * S) + j])))];
            double length = Enumerable.Range(0, m).Sum(i => Math.Pow(double.CreateChecked(b[(i * S) + j]), 2)), rest = Math.Sqrt(Math.Max(length - inside.Sum(c => c * c), 0));
            double bound = 4 * Matrices.Bound<T>(n) * Math.Sqrt(length);
            Assert.True(Math.Abs(rest - double.CreateChecked(residuals[j])) <= bound, $"the residual is {residuals[j]}, not {rest}");
            for (int i = 0; i < n; i++)
            {
                double expected = Enumerable.Range(0, rank).Sum(c => v[(i * rank) + c] * inside[c] / spectrum[c]);
                Assert.True(Math.Abs(expected - double.CreateChecked(x[(i * S) + j])) <= bound, $"({i}, {j}) is {x[(i * S) + j]}, not {expected}");
            }
        }
    }

    /// <summary>Scaling a column by a power of two divides its solution by it, bit for bit, however far apart columns are; nothing is said of the rank then.</summary>
    [Fact]
    public void UnitsOfColumnsDoNotMatter()
    {
        const int M = 50, N = 33;
        T[] a = Data.Uniform<T>(M * N, 9), b = Data.Uniform<T>(M, 3);
        (T[] x, _, T reciprocal) = Solve(a, b, M, N, 1);
        int span = typeof(T) == typeof(double) ? 600 : 60;
        int[] exponents = [.. Enumerable.Range(0, N).Select(j => span * ((j * 5 % N) - (N / 2)) / N)];
        T[] scaled = [.. a.Select((value, i) => T.ScaleB(value, exponents[i % N]))];
        (T[] other, _, T otherReciprocal) = Solve(scaled, b, M, N, 1);
        double largest = x.Max(value => Math.Abs(double.CreateChecked(value)));
        for (int j = 0; j < N; j++)
        {
            Assert.True(Math.Abs(double.CreateChecked(T.ScaleB(other[j], exponents[j]) - x[j])) <= Matrices.Bound<T>(N) * largest / double.CreateChecked(reciprocal));
        }

        Assert.True(T.Abs(reciprocal - otherReciprocal) <= T.CreateChecked(Matrices.Bound<T>(N)));
    }

    [Fact]
    public void AColumnOfSubnormalNumbersIsAColumn()
    {
        T least = T.Epsilon * T.CreateChecked(1000);
        (T[] x, _, T reciprocal) = Solve([least], [T.CreateChecked(3) * least], 1, 1, 1);
        Assert.Equal(T.CreateChecked(3), x[0]);
        Assert.True(reciprocal > T.Zero && T.IsFinite(reciprocal));
    }

    /// <summary>
    /// Against R by Gram–Schmidt and its inverse by substitution, in double: the estimate of ‖R⁻¹‖₁ is no larger than the norm, within a factor of 3 of it, and most often exact.
    /// </summary>
    [Fact]
    public void TheConditionIsEstimated()
    {
        const int Count = 24;
        int exact = 0;
        for (int seed = 0; seed < Count; seed++)
        {
            int n = 5 + (4 * seed), m = n + (seed % 3 * 11);
            double least = typeof(T) == typeof(double) ? 1e-7 : 1e-2;
            double[] spectrum = [.. Enumerable.Range(0, n).Select(i => Math.Pow(least, i / (n - 1.0)))];
            T[] a = seed % 2 == 0 ? Data.Uniform<T>(m * n, seed) : Matrices.WithSingularValues<T>(spectrum, m, n, seed), b = Data.Uniform<T>(m, 1);
            a = [.. a.Select((value, i) => value * T.CreateChecked(Math.Pow(7, (i % n * 5 % n % 9) - 4)))];
            double product = double.CreateChecked(Solve(a, b, m, n, 1).Reciprocal) * Condition(a, m, n);
            Assert.True(product is > 0.98 and < 3, $"{m}x{n}: the condition is {product} times what is said");
            exact += product < 1.02 ? 1 : 0;
        }

        Assert.True(exact >= Count / 2, $"{exact} of {Count} are exact");
    }

    [Fact]
    public void DependentColumnsAreNamed()
    {
        T[] a = Data.Uniform<T>(30 * 8, 2);
        for (int i = 0; i < 30; i++)
        {
            a[(i * 8) + 5] = a[i * 8] + a[(i * 8) + 2];
        }

        RankDeficientException refusal = Assert.Throws<RankDeficientException>(() => Solve(a, new T[30], 30, 8, 1));
        Assert.Equal(5, refusal.Column);
        Assert.Contains("column 5", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, Assert.Throws<RankDeficientException>(() => Solve(new T[4], new T[2], 2, 2, 1)).Column);

        // A triangle of which no diagonal element is small, yet singular to working precision: 2^(n−2) is its condition.
        const int N = 70;
        T[] triangle = new T[N * N];
        for (int i = 0; i < N; i++)
        {
            triangle[i * (N + 1)] = T.One;
            triangle.AsSpan((i * N) + i + 1, N - i - 1).Fill(-T.One);
        }

        refusal = Assert.Throws<RankDeficientException>(() => Solve(triangle, new T[N], N, N, 1));
        Assert.Equal(-1, refusal.Column);
        Assert.Contains("have condition", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, 120, 5)]
    [InlineData(200, 200, 150)]
    [InlineData(20_000, 6, 2)]
    [InlineData(200, 300, 70)]
    public void TeamsGiveTheSameBits(int m, int n, int s)
    {
        T[] a = Data.Uniform<T>(m * n, 8), b = Data.Uniform<T>(m * s, 9), x = new T[n * s], residuals = new T[s];
        (T[] expected, T[] lengths, _) = SolveMinimumNorm(a, b, m, n, s);
        (T[] full, T[] fullLengths, _) = m >= n ? Solve(a, b, m, n, s) : default;
        foreach (int degree in (int[])[1, 2, 3, 8])
        {
            using WorkerTeam team = new(degree);
            T tolerance = PivotedQr.DefaultTolerance<T>(m, n);
            LeastSquares.SolveMinimumNorm<T>(
                new(a, m, n), new(b, m, s), tolerance, new T[LeastSquares.GetMinimumNormScratchLength<T>(m, n, s, team)], new(x, n, s), residuals, team);
            Assert.True(Data.SameBits<T>(expected, x) && Data.SameBits<T>(lengths, residuals), $"{degree} threads");
            if (m >= n)
            {
                LeastSquares.Solve<T>(new(a, m, n), new(b, m, s), new T[LeastSquares.GetScratchLength<T>(m, n, s, team)], new(x, n, s), residuals, team);
                Assert.True(Data.SameBits<T>(full, x) && Data.SameBits<T>(fullLengths, residuals), $"{degree} threads");
            }
        }
    }

    [Fact]
    public void TheSolutionMayStandWhereTheSidesDid()
    {
        const int N = 45, S = 4;
        T[] a = Data.Uniform<T>(N * N, 4), b = Data.Uniform<T>(N * S, 5), residuals = new T[S];
        (T[] expected, _, _) = Solve(a, b, N, N, S);
        LeastSquares.Solve(new ReadOnlyMatrixSpan<T>(Matrices.Transposed(a, N, N), N, N).Transposed, new ReadOnlyMatrixSpan<T>(b, N, S), new MatrixSpan<T>(b, N, S), residuals);
        Assert.True(Data.SameBits<T>(expected, b));
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        T[] scratch = new T[LeastSquares.GetScratchLength<T>(3, 2, 1)], a = new T[6], b = new T[3], x = new T[2], one = new T[1];
        Refused("matrix", () => LeastSquares.Solve<T>(new(a, 2, 3), new(b, 3, 1), scratch, new(x, 2, 1), one));
        Refused("matrix", () => LeastSquares.Solve<T>(new([T.NaN], 1, 1), new(one, 1, 1), scratch, new(x.AsSpan(1), 1, 1), new T[1]));
        Refused("sides", () => LeastSquares.Solve<T>(new(a, 3, 2), new(x, 2, 1), scratch, new(x, 2, 1), one));
        Refused("solution", () => LeastSquares.Solve<T>(new(a, 3, 2), new(b, 3, 1), scratch, new(b, 3, 1), one));
        Refused("residuals", () => LeastSquares.Solve<T>(new(a, 3, 2), new(b, 3, 1), scratch, new(x, 2, 1), new T[2]));
        Refused("scratch", () => LeastSquares.Solve<T>(new(a, 3, 2), new(b, 3, 1), scratch.AsSpan(1), new(x, 2, 1), one));
        Refused("tolerance", () => LeastSquares.SolveMinimumNorm<T>(new(a, 3, 2), new(b, 3, 1), -T.One, new(x, 2, 1), one));
        Refused("rows", () => LeastSquares.GetScratchLength<T>(2, 3, 1));
    }

    private static void Refused(string name, Action call) => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static (T[] X, T[] Residuals, T Reciprocal) Solve(T[] a, T[] b, int m, int n, int s)
    {
        T[] x = new T[n * s], residuals = new T[s], scratch = new T[LeastSquares.GetScratchLength<T>(m, n, s)];
        scratch.AsSpan().Fill(T.NaN);
        return (x, residuals, LeastSquares.Solve<T>(new(a, m, n), new(b, m, s), scratch, new(x, n, s), residuals));
    }

    private static (T[] X, T[] Residuals, int Rank) SolveMinimumNorm(T[] a, T[] b, int m, int n, int s)
    {
        T[] x = new T[n * s], residuals = new T[s], scratch = new T[LeastSquares.GetMinimumNormScratchLength<T>(m, n, s)];
        scratch.AsSpan().Fill(T.NaN);
        return (x, residuals, LeastSquares.SolveMinimumNorm(new(a, m, n), new(b, m, s), PivotedQr.DefaultTolerance<T>(m, n), scratch, new(x, n, s), residuals));
    }

    /// <summary>‖R‖₁·‖R⁻¹‖₁ of the triangle of Gram–Schmidt, twice, with its columns scaled by powers of two to lengths from 1 to 2.</summary>
    private static double Condition(T[] a, int m, int n)
    {
        double[] q = Array.ConvertAll(Matrices.Transposed(a, m, n), double.CreateChecked), r = new double[n * n], inverse = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            Span<double> column = q.AsSpan(j * m, m);
            double scale = Math.ScaleB(1, -Math.ILogB(Length(column)));
            for (int i = 0; i < m; i++)
            {
                column[i] *= scale;
            }

            for (int l = 0; l < 2 * j; l++)
            {
                double dot = 0;
                for (int i = 0; i < m; i++)
                {
                    dot += q[(l % j * m) + i] * column[i];
                }

                for (int i = 0; i < m; i++)
                {
                    column[i] -= dot * q[(l % j * m) + i];
                }

                r[(l % j * n) + j] += dot;
            }

            r[j * (n + 1)] = Length(column);
            for (int i = 0; i < m; i++)
            {
                column[i] /= r[j * (n + 1)];
            }

            // Column j of the inverse.
            for (int i = j; i >= 0; i--)
            {
                double rest = i == j ? 1 : 0;
                for (int l = i + 1; l <= j; l++)
                {
                    rest -= r[(i * n) + l] * inverse[(l * n) + j];
                }

                inverse[(i * n) + j] = rest / r[i * (n + 1)];
            }
        }

        return LargestSum(r, n) * LargestSum(inverse, n);
    }

    private static double Length(ReadOnlySpan<double> x) => Math.Sqrt(x.ToArray().Sum(value => value * value));

    private static double LargestSum(double[] matrix, int n) => Enumerable.Range(0, n).Max(j => Enumerable.Range(0, n).Sum(i => Math.Abs(matrix[(i * n) + j])));

    /// <summary>What is left is orthogonal to every column of A, as far as a change of A and b by some ε can make it so, and its length is what is said.</summary>
    private static void CheckOptimal(T[] a, T[] b, T[] x, T[] residuals, int m, int n, int s)
    {
        double norm = Matrices.Norm(a), bound = Matrices.Bound<T>(Math.Max(n, 1));
        for (int j = 0; j < s; j++)
        {
            double[] rest = new double[m];
            double sides = 0, solution = 0;
            for (int i = 0; i < m; i++)
            {
                double entry = double.CreateChecked(b[(i * s) + j]);
                sides += entry * entry;
                rest[i] = entry - Enumerable.Range(0, n).Sum(c => double.CreateChecked(a[(i * n) + c]) * double.CreateChecked(x[(c * s) + j]));
            }

            for (int c = 0; c < n; c++)
            {
                solution += double.CreateChecked(x[(c * s) + j]) * double.CreateChecked(x[(c * s) + j]);
            }

            double size = Math.Sqrt(sides) + (norm * Math.Sqrt(solution)), length = Math.Sqrt(rest.Sum(value => value * value));
            Assert.True(Math.Abs(length - double.CreateChecked(residuals[j])) <= bound * size, $"{m}x{n}: the residual is {length}, not {residuals[j]}");
            double slope = Math.Sqrt(Enumerable.Range(0, n).Sum(c => Math.Pow(Enumerable.Range(0, m).Sum(i => double.CreateChecked(a[(i * n) + c]) * rest[i]), 2)));
            Assert.True(slope <= bound * norm * size, $"{m}x{n}: what is left has the products {slope} with A");
        }
    }

    /// <summary>The solution lies in the span of A's rows, which is what makes it the shortest: by Gram–Schmidt.</summary>
    private static void CheckShortest(T[] a, T[] x, int m, int n, int s)
    {
        if (m >= n)
        {
            return;
        }

        double[] rows = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            Span<double> row = rows.AsSpan(i * n, n);
            for (int c = 0; c < n; c++)
            {
                row[c] = double.CreateChecked(a[(i * n) + c]);
            }

            TakeOff(rows, i, row, n);
            double length = Math.Sqrt(row.ToArray().Sum(value => value * value));
            for (int c = 0; c < n; c++)
            {
                row[c] /= length;
            }
        }

        for (int j = 0; j < s; j++)
        {
            double[] column = [.. Enumerable.Range(0, n).Select(c => double.CreateChecked(x[(c * s) + j]))];
            double length = Math.Sqrt(column.Sum(value => value * value));
            TakeOff(rows, m, column, n);
            double outside = Math.Sqrt(column.Sum(value => value * value));
            Assert.True(outside <= 8 * Matrices.Bound<T>(n) * length, $"{m}x{n}: {outside} of {length} lies outside the span of the rows");
        }
    }

    private static void TakeOff(double[] rows, int count, Span<double> x, int n)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < count; i++)
            {
                double product = 0;
                for (int c = 0; c < n; c++)
                {
                    product += rows[(i * n) + c] * x[c];
                }

                for (int c = 0; c < n; c++)
                {
                    x[c] -= product * rows[(i * n) + c];
                }
            }
        }
    }
}
