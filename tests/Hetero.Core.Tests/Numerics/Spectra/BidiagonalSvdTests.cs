using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class BidiagonalSvdOfDoubleTests : BidiagonalSvdTests<double>;

public sealed class BidiagonalSvdOfFloatTests : BidiagonalSvdTests<float>;

/// <summary>Singular values and vectors of bidiagonal matrices, with leaves of any size, so that small matrices are joined from many.</summary>
public abstract class BidiagonalSvdTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Epsilon = double.CreateChecked(Data.Epsilon<T>());

    public static TheoryData<string, int> Kinds
    {
        get
        {
            TheoryData<string, int> kinds = [];
            foreach (string kind in (string[])[
                "random", "reduced", "graded down", "graded up", "graded to the middle", "identity", "noise beside one value", "noise beside two values", "a cluster",
                "wilkinson", "glued wilkinson", "zeros on the diagonal", "zeros beside it", "only zeros on it", "zero", "ones", "second differences", "low rank",
                "first is zero", "last is zero"])
            {
                foreach (int n in (int[])[1, 2, 3, 7, 20, 33, 42, 67, 130])
                {
                    kinds.Add(kind, n);
                }
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void VectorsAreOrthonormalAndFit(string kind, int n)
    {
        (T[] d, T[] e) = Create(kind, n);
        foreach (int leafRows in (int[])[2, 5, 32])
        {
            Check(d, e, leafRows, kind);
        }
    }

    /// <summary>Small whole numbers: zeros and equal entries everywhere.</summary>
    [Fact]
    public void AnyWholeNumbers()
    {
        Gen<int[]> entries = Gen.Choose(0, 40).SelectMany(n => Gen.Choose(-2, 2).ArrayOf((2 * n) + 1));
        Arbitrary<int[]> cases = Arb.From(entries, Smaller);
        foreach (int leafRows in (int[])[2, 7])
        {
            Properties.Check(cases, values => Check(Half(values, 0), Half(values, 1), leafRows, "whole numbers"));
        }

        static T[] Half(int[] values, int parity) => [.. values.Where((_, i) => i % 2 == parity).Select(T.CreateChecked)];
        static IEnumerable<int[]> Smaller(int[] values)
        {
            for (int i = 0; i + 2 < values.Length; i += 2)
            {
                yield return [.. values[..i], .. values[(i + 2)..]];
            }

            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] != 0)
                {
                    yield return [.. values[..i], 0, .. values[(i + 1)..]];
                }
            }
        }
    }

    /// <summary>The eigenvalues of [0 B; Bᵀ 0] are plus and minus the singular values: Jacobi rotations are the independent implementation.</summary>
    [Theory]
    [InlineData("random", 24)]
    [InlineData("zeros on the diagonal", 21)]
    [InlineData("glued wilkinson", 40)]
    [InlineData("reduced", 45)]
    public void ValuesAgreeWithJacobiRotations(string kind, int n)
    {
        (T[] d, T[] e) = Create(kind, n);
        double[] symmetric = new double[4 * n * n];
        for (int i = 0; i < n; i++)
        {
            Set(i, n + i, d[i]);
            if (i < n - 1)
            {
                Set(i, n + i + 1, e[i]);
            }
        }

        double[] expected = [.. JacobiRotations.Eigenvalues(symmetric, 2 * n).Reverse().Take(n)];
        T[] values = Decompose(d, e, 5).Values, alone = Values(d, e);
        double slack = Matrices.Bound<T>(1) * expected[0];
        for (int i = 0; i < n; i++)
        {
            Assert.True(Math.Abs(double.CreateChecked(values[i]) - expected[i]) <= slack, $"{kind}, n = {n}: {expected[i]} came back as {values[i]}");
            Assert.True(Math.Abs(double.CreateChecked(alone[i]) - expected[i]) <= slack, $"{kind}, n = {n}, values alone: {expected[i]} came back as {alone[i]}");
        }

        void Set(int i, int j, T value) => symmetric[(i * 2 * n) + j] = symmetric[(j * 2 * n) + i] = double.CreateChecked(value);
    }

    /// <summary>
    /// As many eigenvalues of the symmetric tridiagonal matrix with d and e in turn beside a zero diagonal lie below x as its pivots less x are negative: counted in pairs
    /// of doubles on both sides of each value.
    /// </summary>
    [Theory]
    [InlineData("random", 60)]
    [InlineData("reduced", 200)]
    [InlineData("graded down", 90)]
    [InlineData("graded up", 90)]
    [InlineData("graded to the middle", 61)]
    [InlineData("graded far down", 40)]
    [InlineData("wilkinson", 50)]
    [InlineData("glued wilkinson", 84)]
    [InlineData("a cluster", 50)]
    [InlineData("noise beside two values", 50)]
    public void ValuesAloneHaveAllTheirDigits(string kind, int n)
    {
        (T[] d, T[] e) = Create(kind, n);
        CheckDigits(d, e, Values(d, e), kind);
    }

    /// <summary>Where values are nearly one, what is dropped beside the sum of all shifts must be roundings, not many of them.</summary>
    [Fact]
    public void ClustersKeepTheirDigits()
    {
        const int N = 24;
        (double spread, double beside) = typeof(T) == typeof(double) ? (1e-10, 1e-9) : (1e-3, 1e-2);
        for (int seed = 0; seed < 100; seed++)
        {
            T[] d = [.. Data.Uniform<T>(N, seed).Select(value => T.One + (T.CreateChecked(2 * spread) * value))];
            T[] e = [.. Data.Uniform<T>(N - 1, seed + 1000).Select(value => T.CreateChecked(2 * beside) * value)];
            CheckDigits(d, e, Values(d, e), $"cluster {seed}", 5);
        }
    }

    private static void CheckDigits(T[] d, T[] e, T[] values, string kind, double? roundings = null)
    {
        int n = d.Length;
        double slack = (roundings ?? 4 * Math.Sqrt(n)) * Epsilon;
        for (int k = 0; k < values.Length; k++)
        {
            double value = double.CreateChecked(values[k]);
            int below = Below(d, e, value * (1 - slack)), notAbove = Below(d, e, value * (1 + slack));
            Assert.True(below <= n - 1 - k && n - k <= notAbove, $"{kind}, value {k} of {n}: {value}; {below} are clearly smaller, {n - notAbove} clearly larger");
        }
    }

    /// <summary>Without its first column and last row a matrix of zeros on the diagonal is triangular: one value is 0 then, and not more.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(4, 17, 29)]
    [InlineData(29)]
    [InlineData(11, 12)]
    public void ASingularMatrixHasAZeroExactly(params int[] zeros)
    {
        (T[] d, T[] e) = Create("random", 30);
        foreach (int place in zeros)
        {
            d[place] = T.Zero;
        }

        T[] values = Values(d, e);
        Assert.Equal(29, values.Count(value => value > T.Zero));
        CheckDigits(d, e, values[..^1], "singular");
    }

    [Fact]
    public void DiagonalMatricesAreSortedExactly()
    {
        T[] d = [.. Enumerable.Range(0, 40).Select(i => T.CreateChecked((i * 7919 % 41) - 20))];
        T[] expected = [.. d.Select(T.Abs).OrderDescending()];
        (T[] values, T[] left, T[] right) = Decompose(d, new T[39], 8);
        Assert.Equal(expected, values);
        Assert.Equal(40, left.Count(value => T.Abs(value) == T.One));
        Assert.Equal(40, right.Count(value => T.Abs(value) == T.One));
        Assert.Equal(2 * 40 * 39, left.Concat(right).Count(T.IsZero));
    }

    [Fact]
    public void HugeAndTinyMatricesAreScaled()
    {
        int exponent = typeof(T) == typeof(double) ? 1000 : 100;
        (T[] d, T[] e) = Create("random", 50);
        (T[] values, T[] left, T[] right) = Decompose(d, e, 10);
        T[] alone = Values(d, e);
        foreach (int power in (int[])[exponent, -exponent])
        {
            T[] scaledD = [.. d.Select(value => T.ScaleB(value, power))], scaledE = [.. e.Select(value => T.ScaleB(value, power))];
            (T[] scaledValues, T[] scaledLeft, T[] scaledRight) = Decompose(scaledD, scaledE, 10);
            Assert.Equal([.. values.Select(value => T.ScaleB(value, power))], scaledValues);
            Assert.True(Data.SameBits<T>(left, scaledLeft) && Data.SameBits<T>(right, scaledRight));
            Assert.Equal([.. alone.Select(value => T.ScaleB(value, power))], Values(scaledD, scaledE));
        }
    }

    [Fact]
    public void TeamsAndViewsGiveTheSameBits()
    {
        const int N = 300, Stride = 307;
        foreach (string kind in (string[])["reduced", "glued wilkinson"])
        {
            (T[] d, T[] e) = Create(kind, N);
            (T[] values, T[] left, T[] right) = Decompose(d, e, 32);
            T[] alone = DividedValues(d, e, 32, null);
            foreach (int degree in (int[])[1, 2, 3, 8])
            {
                using WorkerTeam team = new(degree);
                Assert.True(Data.SameBits<T>(alone, DividedValues(d, e, 32, team)), $"{kind}, degree {degree}, values alone");
                T[] teamD = [.. d], teamE = [.. e], u = new T[N * Stride], v = new T[N * Stride];
                T[] scratch = new T[BidiagonalSvd.GetScratchLength<T>(N, true, team)];
                scratch.AsSpan().Fill(T.NaN);
                u.AsSpan().Fill(T.NaN);
                v.AsSpan().Fill(T.NaN);
                BidiagonalSvd.Decompose<T>(teamD, teamE, scratch, new(u, N, N, Stride), new(v, N, N, Stride), team);
                Assert.True(Data.SameBits<T>(values, teamD), $"{kind}, degree {degree}");
                for (int i = 0; i < N; i++)
                {
                    Assert.True(Data.SameBits<T>(left.AsSpan(i * N, N), u.AsSpan(i * Stride, N)), $"{kind}, degree {degree}, left row {i}");
                    Assert.True(Data.SameBits<T>(right.AsSpan(i * N, N), v.AsSpan(i * Stride, N)), $"{kind}, degree {degree}, right row {i}");
                    Assert.All(u.AsSpan((i * Stride) + N, Stride - N).ToArray(), value => Assert.True(T.IsNaN(value)));
                    Assert.All(v.AsSpan((i * Stride) + N, Stride - N).ToArray(), value => Assert.True(T.IsNaN(value)));
                }
            }
        }
    }

    [Fact]
    public void TooFewStepsAreATypedFailure()
    {
        (T[] d, T[] e) = Create("random", 20);
        T[] scratch = new T[BidiagonalSvd.GetScratchLength<T>(20, true, null)];
        NotConvergedException exception = Assert.Throws<NotConvergedException>(() => BidiagonalSvd.Decompose<T>(
            [.. d], [.. e], scratch, new(new T[400], 20, 20), new(new T[400], 20, 20), null, maximumSteps: 1));
        Assert.Contains("20 rows", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<NotConvergedException>(() => BidiagonalSvd.Values<T>([.. d], [.. e], scratch, maximumSteps: 1));
        Assert.Contains("20 rows", exception.Message, StringComparison.Ordinal);
    }

    private static (T[] Values, T[] Left, T[] Right) Decompose(T[] d, T[] e, int leafRows)
    {
        int n = d.Length;
        T[] values = [.. d], left = new T[n * n], right = new T[n * n], scratch = new T[BidiagonalSvd.GetScratchLength<T>(n, true, null, leafRows)];
        scratch.AsSpan().Fill(T.NaN);
        left.AsSpan().Fill(T.NaN);
        right.AsSpan().Fill(T.NaN);
        BidiagonalSvd.Decompose<T>(values, [.. e], scratch, new(left, n, n), new(right, n, n), null, leafRows);
        return (values, left, right);
    }

    private static T[] Values(T[] d, T[] e)
    {
        T[] values = [.. d], scratch = new T[BidiagonalSvd.GetScratchLength<T>(d.Length, false, null)];
        scratch.AsSpan().Fill(T.NaN);
        BidiagonalSvd.Values<T>(values, [.. e], scratch);
        return values;
    }

    /// <summary>A quarter of the house's bound.</summary>
    private static void Check(T[] d, T[] e, int leafRows, string kind)
    {
        int n = d.Length;
        (T[] values, T[] left, T[] right) = Decompose(d, e, leafRows);
        T[] matrix = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = d[i];
            if (i < n - 1)
            {
                matrix[(i * n) + i + 1] = e[i];
            }
        }

        string what = $"{kind}, n = {n}, leaves of {leafRows}";
        double bound = Matrices.Bound<T>(n) / 4, norm = Matrices.Norm(matrix);
        Assert.Equal(values.OrderDescending(), values);
        Assert.All(values, value => Assert.True(value >= T.Zero, what));
        IsSmall(Matrices.Defect(left, n, n), bound, $"{what}: UᵀU − I");
        IsSmall(Matrices.Defect(right, n, n), bound, $"{what}: VᵀV − I");
        IsSmall(Matrices.Residual(matrix, left, values, Matrices.Transposed(right, n, n), n, n, n), bound * norm, $"{what}: B − UΣVᵀ");
        T[] alone = Values(d, e);
        for (int i = 0; i < n; i++)
        {
            IsSmall(double.CreateChecked(T.Abs(alone[i] - values[i])), bound * norm, $"{what}: value {i} alone");
        }

        T[] divided = DividedValues(d, e, leafRows, null);
        Assert.All(divided, value => Assert.True(value >= T.Zero, what));
        for (int i = 0; i < n; i++)
        {
            IsSmall(double.CreateChecked(T.Abs(divided[i] - values[i])), bound * norm, $"{what}: value {i} alone, by divide and conquer");
        }
    }

    private static T[] DividedValues(T[] d, T[] e, int leafRows, WorkerTeam? team)
    {
        int n = d.Length;
        if (n == 0)
        {
            return [];
        }

        (T scale, T inverse) = PowerOfTwo.Normalizing(d.Concat(e).Max(T.Abs));
        T[] values = [.. d.Select(value => value * scale)], scratch = new T[DividedBidiagonalValues<T>.GetScratchLength(n, leafRows)], inner = new T[n * (n + 3)];
        scratch.AsSpan().Fill(T.NaN);
        inner.AsSpan().Fill(T.NaN);
        DividedBidiagonalValues<T>.Solve(values, [.. e.Select(value => value * scale)], new(inner, n, n, n + 3), scratch, team, leafRows);
        return [.. values.Select(value => value * inverse).OrderDescending()];
    }

    private static void IsSmall(double error, double bound, string what) => Assert.True(error <= bound, $"{what} is {error}, above {bound}");

    private static int Below(T[] d, T[] e, double x)
    {
        DoubleDouble shift = x, pivot = -shift;
        int n = d.Length, negative = 1;
        for (int i = 1; i < 2 * n; i++)
        {
            DoubleDouble beside = double.CreateChecked(i % 2 == 1 ? d[i / 2] : e[(i / 2) - 1]);
            pivot = -shift - (pivot.High == 0 ? double.MaxValue : beside * (beside / pivot));
            negative += pivot.High < 0 ? 1 : 0;
        }

        return negative - n;
    }

    private static (T[] D, T[] E) Create(string kind, int n)
    {
        double[] u = Data.Uniform<double>(n, n), v = Data.Uniform<double>(n, n + 1);
        double tiny = 3 * Epsilon;
        int range = typeof(T) == typeof(double) ? 140 : 15;
        return kind switch
        {
            "random" => Of(i => u[i], i => v[i]),

            // What the reduction of a matrix of independent entries leaves.
            "reduced" => Of(i => Math.Sqrt(n - i) + u[i], i => Math.Sqrt(n - i - 1) + v[i]),
            "graded down" => Of(i => u[i] * Math.Pow(10, -20.0 * i / n), i => v[i] * Math.Pow(10, -20.0 * i / n)),
            "graded up" => Of(i => u[i] * Math.Pow(10, -20.0 * (n - i) / n), i => v[i] * Math.Pow(10, -20.0 * (n - i) / n)),
            "graded to the middle" => Of(i => u[i] * Math.Pow(10, -1.0 * range * Math.Min(i, n - i) / n), i => v[i] * Math.Pow(10, -1.0 * range * Math.Min(i, n - i) / n)),
            "graded far down" => Of(i => u[i] * Math.Pow(10, -1.0 * range * i / n), i => v[i] * Math.Pow(10, -1.0 * range * i / n)),
            "identity" => Of(_ => 1, _ => 0),
            "noise beside one value" => Of(i => 3 + (tiny * u[i]), i => 3 * tiny * v[i]),
            "noise beside two values" => Of(i => 1 + (i % 2) + (tiny * u[i]), i => 3 * tiny * v[i]),
            "a cluster" => Of(i => 1 + (1e3 * tiny * u[i]), i => 1e2 * tiny * v[i]),
            "wilkinson" => Of(i => Math.Abs(i - ((n - 1) / 2.0)), _ => 1),
            "glued wilkinson" => Of(i => Math.Abs((i % 21) - 10.5), i => i % 21 == 20 ? 1e-7 : 1),
            "zeros on the diagonal" => Of(i => i % 3 == 1 ? 0 : u[i], i => v[i]),
            "zeros beside it" => Of(i => u[i], i => i % 4 == 2 ? 0 : v[i]),
            "only zeros on it" => Of(_ => 0, i => v[i]),
            "zero" => Of(_ => 0, _ => 0),
            "ones" => Of(_ => 1, _ => 1),
            "second differences" => Of(_ => 2, _ => -1),
            "low rank" => Of(i => i < n / 3 ? u[i] : 1e-2 * Epsilon * u[i], i => i < n / 3 ? v[i] : 1e-2 * Epsilon * v[i]),
            "first is zero" => Of(i => i == 0 ? 0 : u[i], i => v[i]),
            "last is zero" => Of(i => i == n - 1 ? 0 : u[i], i => v[i]),
            _ => throw new ArgumentException(kind, nameof(kind)),
        };

        (T[] D, T[] E) Of(Func<int, double> diagonal, Func<int, double> beside)
            => ([.. Enumerable.Range(0, n).Select(i => T.CreateChecked(diagonal(i)))], [.. Enumerable.Range(0, n - 1).Select(i => T.CreateChecked(beside(i)))]);
    }
}
