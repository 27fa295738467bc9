using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class CholeskyOfDoubleTests : CholeskyTests<double>;

public sealed class CholeskyOfFloatTests : CholeskyTests<float>;

public abstract class CholeskyTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double _epsilon = double.CreateChecked(Data.Epsilon<T>());

    public static TheoryData<int> Sizes => [0, 1, 2, 16, 31, 32, 33, 63, 64, 65, 97, 130, 200];

    /// <summary>|A − LLᵀ| ≤ (n + 2)·ε·√(aᵢᵢ·aⱼⱼ) in every entry: twice the theorem's bound, half of it for the sums here.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void EveryEntryIsWithinTheBound(int n)
    {
        foreach ((string name, T[] a) in Cases(n))
        {
            T[] l = new T[n * n];
            Cholesky.Decompose<T>(new(a, n, n), new T[Cholesky.GetScratchLength<T>(n)], new(l, n, n));
            double[] factor = Array.ConvertAll(l, double.CreateChecked);
            for (int i = 0; i < n; i++)
            {
                Assert.True(factor[(i * n) + i] > 0, $"{name}: pivot {i}");
                Assert.True(!l.AsSpan((i * n) + i + 1, n - i - 1).ContainsAnyExcept(T.Zero), $"{name}: row {i} above the diagonal");
                for (int j = 0; j <= i; j++)
                {
                    double sum = 0;
                    for (int k = 0; k <= j; k++)
                    {
                        sum += factor[(i * n) + k] * factor[(j * n) + k];
                    }

                    double scale = Math.Sqrt(double.CreateChecked(a[(i * n) + i]) * double.CreateChecked(a[(j * n) + j]));
                    double error = Math.Abs(sum - double.CreateChecked(a[(i * n) + j]));
                    Assert.True(error <= (n + 2) * _epsilon * scale, $"{name} at ({i}, {j}) of {n}: {error / (_epsilon * scale)}·ε");
                }
            }
        }
    }

    /// <summary>Against row after row of the textbook, in double: the factors of a well-conditioned matrix agree to its condition times rounding.</summary>
    [Fact]
    public void AgreesWithAPlainDecomposition()
        => Properties.Check(Properties.Between(1, 150), n =>
        {
            T[] a = Definite(n, 7 + n);
            T[] l = [.. a];
            Cholesky.Decompose<T>(new MatrixSpan<T>(l, n, n), new MatrixSpan<T>(l, n, n));
            double[] plain = Plain(a, n);
            for (int i = 0; i < l.Length; i++)
            {
                Assert.True(Math.Abs(double.CreateChecked(l[i]) - plain[i]) <= 20 * n * _epsilon * Math.Sqrt(n), $"{n} at {i}: {l[i]}, not {plain[i]}");
            }
        });

    [Theory]
    [InlineData(3, 0)]
    [InlineData(40, 31)]
    [InlineData(40, 32)]
    [InlineData(100, 5)]
    [InlineData(100, 63)]
    [InlineData(100, 64)]
    [InlineData(100, 99)]
    public void ThePivotThatFailsIsNamed(int n, int pivot)
    {
        T[] a = Definite(n, 3);
        T[] l = new T[n * n];
        Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, n, n), new MatrixSpan<T>(l, n, n));
        T root = l[(pivot * n) + pivot];
        a[(pivot * n) + pivot] -= T.CreateChecked(1.01) * root * root;
        T[] scratch = new T[Cholesky.GetScratchLength<T>(n)];
        Assert.False(Cholesky.TryDecompose<T>(new(a, n, n), scratch, new(l, n, n), out int failed));
        Assert.Equal(pivot, failed);
        NotPositiveDefiniteException refusal = Assert.Throws<NotPositiveDefiniteException>(() => Cholesky.Decompose<T>(new(a, n, n), scratch, new(l, n, n)));
        Assert.Equal(pivot, refusal.Pivot);
        Assert.Contains($"'matrix' is not positive definite to working precision: its pivot {pivot} ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheLowerTriangleIsReadAndItsBadEntriesAreNamed()
    {
        const int N = 50;
        T[] a = Definite(N, 3), l = new T[N * N], other = new T[N * N];
        Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, N, N), new MatrixSpan<T>(l, N, N));
        for (int i = 0; i < N; i++)
        {
            a.AsSpan((i * N) + i + 1, N - i - 1).Fill(T.NaN);
        }

        Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, N, N), new MatrixSpan<T>(other, N, N));
        Assert.True(Data.SameBits<T>(l, other));
        a[(40 * N) + 7] = T.PositiveInfinity;
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, N, N), new MatrixSpan<T>(other, N, N)));
        Assert.Contains($"'matrix' holds {T.PositiveInfinity} at (40, 7)", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Powers of 4 scale the factor by powers of 2, without rounding anything.</summary>
    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public void ScalingByAPowerOfFourIsExact(int exponent)
    {
        const int N = 70;
        T[] a = Definite(N, 5), l = new T[N * N], scaled = new T[N * N];
        Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, N, N), new MatrixSpan<T>(l, N, N));
        Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(Array.ConvertAll(a, x => T.ScaleB(x, 2 * exponent)), N, N), new MatrixSpan<T>(scaled, N, N));
        Assert.True(Data.SameBits<T>(Array.ConvertAll(l, x => T.ScaleB(x, exponent)), scaled));
    }

    [Theory]
    [InlineData(40, 3)]
    [InlineData(260, 70)]
    public void TheTeamAndThePlaceChangeNoBits(int n, int columns)
    {
        T[] a = Definite(n, 3), l = new T[n * n], b = Data.Uniform<T>(n * columns, 4), x = [.. b];
        Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, n, n), new MatrixSpan<T>(l, n, n));
        Cholesky.Solve(new ReadOnlyMatrixSpan<T>(l, n, n), new MatrixSpan<T>(x, n, columns));
        foreach (int degree in (int[])[1, 2, 3])
        {
            using WorkerTeam team = new(degree);
            T[] inPlace = [.. a], solution = [.. b];
            T[] scratch = new T[Math.Max(Cholesky.GetScratchLength<T>(n, team), Cholesky.GetSolveScratchLength<T>(n, columns, team))];
            Cholesky.Decompose<T>(new MatrixSpan<T>(inPlace, n, n), scratch, new(inPlace, n, n), team);
            Assert.True(Data.SameBits<T>(l, inPlace), $"degree {degree}");
            Cholesky.Solve<T>(new(l, n, n), scratch, new(solution, n, columns), team);
            Assert.True(Data.SameBits<T>(x, solution), $"degree {degree}");
        }
    }

    /// <summary>Sizes on both sides of the cuts, tails of one row and of less than a block among them; the scratch is no longer than it has to be.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(159)]
    [InlineData(160)]
    [InlineData(192)]
    [InlineData(225)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(300)]
    [InlineData(330)]
    [InlineData(385)]
    [InlineData(512)]
    [InlineData(545)]
    [InlineData(650)]
    public void LookingAheadChangesNoBitsAndWritesNothingBetweenRows(int n)
    {
        const int Gap = 3;
        T[] a = Definite(n, 3), l = new T[n * n];
        Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, n, n), new MatrixSpan<T>(l, n, n));
        foreach (int degree in (int[])[1, 2, 3, 5])
        {
            using WorkerTeam team = new(degree);
            T[] scratch = new T[Cholesky.GetScratchLength<T>(n, team)], strided = new T[n * (n + Gap)], fromColumns = new T[n * n];
            strided.AsSpan().Fill(T.NaN);
            MatrixSpan<T> apart = new(strided, n, n, n + Gap);
            for (int i = 0; i < n; i++)
            {
                a.AsSpan(i * n, i + 1).CopyTo(apart.Row(i));
            }

            Cholesky.Decompose<T>(apart, scratch, apart, team);
            for (int i = 0; i < n; i++)
            {
                Assert.True(Data.SameBits<T>(l.AsSpan(i * n, n), apart.Row(i)), $"degree {degree}, row {i} of {n}");
                Assert.True(i == n - 1 || !strided.AsSpan((i * (n + Gap)) + n, Gap).ContainsAnyExcept(T.NaN), $"degree {degree}, after row {i} of {n}");
            }

            // The matrix by columns; what its factor replaces may be anything.
            fromColumns.AsSpan().Fill(T.NaN);
            Cholesky.Decompose<T>(new ReadOnlyMatrixSpan<T>(a, n, n).Transposed, scratch, new(fromColumns, n, n), team);
            Assert.True(Data.SameBits<T>(l, fromColumns), $"degree {degree} by columns");
        }
    }

    [Theory]
    [InlineData(193)]
    [InlineData(330)]
    public void APivotThatFailsIsTheSameOnATeam(int n)
    {
        T[] a = Definite(n, 3), l = new T[n * n], other = new T[n * n];
        Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, n, n), new MatrixSpan<T>(l, n, n));
        foreach (int degree in (int[])[1, 2, 3])
        {
            using WorkerTeam team = new(degree);
            T[] scratch = new T[Cholesky.GetScratchLength<T>(n, team)];
            for (int pivot = 0; pivot < n; pivot++)
            {
                int place = (pivot * n) + pivot;
                T entry = a[place];
                a[place] -= T.CreateChecked(1.01) * l[place] * l[place];
                Assert.False(Cholesky.TryDecompose<T>(new(a, n, n), scratch, new(other, n, n), out int failed, team));
                Assert.True(pivot == failed, $"degree {degree}: {failed}, not {pivot}");
                a[place] = entry;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TheFirstBadEntryIsNamedOnATeamAndNothingIsWritten(int degree)
    {
        const int N = 300;
        using WorkerTeam team = new(degree);
        T[] a = Definite(N, 3), l = new T[N * N];
        T[] scratch = new T[Cholesky.GetScratchLength<T>(N, team)];
        a[(17 * N) + 18] = T.NaN;
        Cholesky.Decompose<T>(new(a, N, N), scratch, new(l, N, N), team);
        l.AsSpan().Fill(T.One);
        a[(299 * N) + 2] = T.NaN;
        a[(140 * N) + 140] = T.NegativeInfinity;
        a[(140 * N) + 139] = T.NaN;
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Cholesky.Decompose<T>(new(a, N, N), scratch, new(l, N, N), team));
        Assert.Contains($"'matrix' holds {T.NaN} at (140, 139)", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ArgumentException>(() => Cholesky.Decompose<T>(new ReadOnlyMatrixSpan<T>(a, N, N).Transposed, scratch, new(l, N, N), team));
        Assert.Contains($"'matrix' holds {T.NaN} at (18, 17)", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(l, x => x != T.One);
    }

    /// <summary>|B − A·X| ≤ (3n + 2)·ε·|L|·|Lᵀ|·|X|, Higham's theorem 10.4 with the sums here.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void TheResidualOfASolutionIsWithinTheBound(int n)
    {
        const int Columns = 5;
        foreach ((string name, T[] a) in Cases(n))
        {
            T[] l = new T[n * n], b = Data.Uniform<T>(n * Columns, 9), x = [.. b];
            Cholesky.Decompose(new ReadOnlyMatrixSpan<T>(a, n, n), new MatrixSpan<T>(l, n, n));
            Cholesky.Solve(new ReadOnlyMatrixSpan<T>(l, n, n), new MatrixSpan<T>(x, n, Columns));
            for (int j = 0; j < Columns; j++)
            {
                double[] magnitudes = new double[n];
                for (int k = 0; k < n; k++)
                {
                    for (int i = 0; i <= k; i++)
                    {
                        magnitudes[i] += Magnitude(l[(k * n) + i]) * Magnitude(x[(k * Columns) + j]);
                    }
                }

                for (int i = 0; i < n; i++)
                {
                    double residual = double.CreateChecked(b[(i * Columns) + j]), bound = 0;
                    for (int k = 0; k < n; k++)
                    {
                        residual -= double.CreateChecked(a[(i * n) + k]) * double.CreateChecked(x[(k * Columns) + j]);
                        bound += k <= i ? Magnitude(l[(i * n) + k]) * magnitudes[k] : 0;
                    }

                    Assert.True(Math.Abs(residual) <= ((3 * n) + 2) * _epsilon * bound, $"{name} at ({i}, {j}) of {n}: {residual / (_epsilon * bound)}·ε");
                }
            }
        }
    }

    private static double Magnitude(T value) => Math.Abs(double.CreateChecked(value));

    private static IEnumerable<(string Name, T[] Matrix)> Cases(int n)
    {
        yield return ("random", Definite(n, 3));
        T[] graded = Definite(n, 4);
        for (int i = 0; i < graded.Length; i++)
        {
            graded[i] = T.ScaleB(graded[i], -(30 * ((i / n) + (i % n)) / Math.Max(n, 1)));
        }

        yield return ("graded", graded);
        if (n is > 1 and < 100)
        {
            double smallest = 4 * n * n * _epsilon;
            yield return ("ill-conditioned", Matrices.WithEigenvalues<T>([.. Enumerable.Range(0, n).Select(i => Math.Pow(smallest, (double)i / (n - 1)))]));
        }
    }

    /// <summary>A symmetric matrix with a diagonal near n, twice the sum of the others in a row.</summary>
    private static T[] Definite(int n, int seed)
    {
        T[] a = Matrices.Mirrored(Data.Uniform<T>(n * n, seed), n);
        for (int i = 0; i < n; i++)
        {
            a[(i * n) + i] += T.CreateChecked(n + 1);
        }

        return a;
    }

    private static double[] Plain(T[] matrix, int n)
    {
        double[] l = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = double.CreateChecked(matrix[(i * n) + j]);
                for (int k = 0; k < j; k++)
                {
                    sum -= l[(i * n) + k] * l[(j * n) + k];
                }

                l[(i * n) + j] = i == j ? Math.Sqrt(sum) : sum / l[(j * n) + j];
            }
        }

        return l;
    }
}
