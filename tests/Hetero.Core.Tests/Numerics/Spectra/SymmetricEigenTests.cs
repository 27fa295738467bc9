using System.Numerics;
using Hetero.Core.FsCheck;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class SymmetricEigenOfDoubleTests : SymmetricEigenTests<double>;

public sealed class SymmetricEigenOfFloatTests : SymmetricEigenTests<float>;

public abstract class SymmetricEigenTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int> Sizes => [0, 1, 2, 3, 5, 8, 16, 17, 33, 64, 100];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void RandomMatrices(int n) => Check(Symmetric(n, n), n);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void KnownSpectraComeBack(int n)
    {
        CheckSpectrum([.. Enumerable.Range(0, n).Select(_ => 3.0)], "one value");
        CheckSpectrum([.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 1.0 : -2.0)], "two values");
        CheckSpectrum([.. Enumerable.Range(0, n).Select(i => Math.ScaleB(1, -i))], "graded");
        CheckSpectrum([.. Enumerable.Range(0, n).Select(i => i < 3 ? 1.0 + i : 0.0)], "low rank");
        CheckSpectrum(new double[n], "zero");
    }

    [Fact]
    public void RandomMatricesOfAnySize()
        => Properties.Check(
            SymmetricMatrixArbitrary.Any(30), matrix => Check(Array.ConvertAll(matrix.Create(), T.CreateTruncating), matrix.Dimension));

    [Fact]
    public void DiagonalMatricesAreSortedExactly()
    {
        T[] diagonal = [T.CreateChecked(2), T.CreateChecked(-1), T.CreateChecked(7), T.Zero];
        T[] a = new T[16];
        for (int i = 0; i < 4; i++)
        {
            a[(i * 4) + i] = diagonal[i];
        }

        (T[] values, T[] vectors) = Decompose(a, 4);
        Assert.Equal([.. diagonal.Order()], values);
        Assert.Equal(4, vectors.Count(value => value == T.One));
        Assert.Equal(12, vectors.Count(value => value == T.Zero));
    }

    [Fact]
    public void HugeAndTinyMatricesAreScaled()
    {
        const int N = 12;
        int exponent = typeof(T) == typeof(double) ? 1000 : 100;
        T[] a = Symmetric(N, 4);
        T[] expected = Decompose(a, N).Values;
        foreach (int e in (int[])[exponent, -exponent])
        {
            T[] values = Decompose([.. a.Select(value => T.ScaleB(value, e))], N).Values;
            Assert.Equal([.. expected.Select(value => T.ScaleB(value, e))], values);
        }
    }

    [Fact]
    public void ViewsAndSharedMemoryGiveTheSameBits()
    {
        const int N = 23;
        T[] a = Symmetric(N, 9);
        (T[] values, T[] vectors) = Decompose(a, N);

        T[] alone = new T[N];
        SymmetricEigen.Decompose(new ReadOnlyMatrixSpan<T>(a, N, N).Transposed, new T[SymmetricEigen.GetScratchLength<T>(N)], alone, new(a, N, N));
        Assert.True(Data.SameBits<T>(values, alone) && Data.SameBits<T>(vectors, a));
    }

    [Fact]
    public void OnlyTheLowerTriangleIsUsed()
    {
        T[] a = Symmetric(6, 9);
        T[] expected = Decompose(a, 6).Values;
        a[1] += T.One;
        Assert.True(Data.SameBits<T>(expected, Decompose(a, 6).Values));
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        T[] memory = new T[1000];
        Refused("matrix", () => SymmetricEigen.Decompose<T>(new(new T[6], 2, 3), memory, new T[2], new(new T[4], 2, 2)));
        Refused("matrix", () => SymmetricEigen.Decompose<T>(new([T.NaN], 1, 1), memory, new T[1], new(new T[1], 1, 1)));
        Refused("matrix", () => SymmetricEigen.Decompose<T>(new([T.PositiveInfinity], 1, 1), memory, new T[1]));
        Refused("values", () => SymmetricEigen.Decompose<T>(new(new T[4], 2, 2), memory, new T[3], new(new T[4], 2, 2)));
        Refused("vectors", () => SymmetricEigen.Decompose<T>(new(new T[4], 2, 2), memory, new T[2], new(new T[6], 2, 3)));
        Refused("scratch", () => SymmetricEigen.Decompose<T>(new(new T[4], 2, 2), new T[7], new T[2], new(new T[4], 2, 2)));
        Refused("scratch", () => SymmetricEigen.Decompose<T>(new(memory.AsSpan(0, 4), 2, 2), memory, new T[2], new(new T[4], 2, 2)));
        Refused("vectors", () => SymmetricEigen.Decompose<T>(new(new T[4], 2, 2), new T[1000], memory.AsSpan(0, 2), new(memory.AsSpan(1, 4), 2, 2)));
        Refused("size", () => SymmetricEigen.GetScratchLength<T>(-1));
        Refused("count", () => SymmetricEigen.GetRangeScratchLength<T>(2, 3));
        Refused("values", () => SymmetricEigen.DecomposeRange<T>(new(new T[4], 2, 2), memory, 0, new T[3], new(new T[6], 2, 3)));
        Refused("first", () => SymmetricEigen.DecomposeRange<T>(new(new T[4], 2, 2), memory, 2, new T[1], new(new T[2], 2, 1)));
        Refused("first", () => SymmetricEigen.DecomposeRange<T>(new(new T[4], 2, 2), memory, -1, new T[1], new(new T[2], 2, 1)));
        Refused("vectors", () => SymmetricEigen.DecomposeRange<T>(new(new T[4], 2, 2), memory, 0, new T[1], new(new T[4], 2, 2)));
        Refused("scratch", () => SymmetricEigen.DecomposeRange<T>(new(new T[4], 2, 2), new T[7], 0, new T[1], new(new T[2], 2, 1)));
        Refused("matrix", () => SymmetricEigen.DecomposeRange<T>(new(new T[6], 2, 3), 0, new T[1], new(new T[2], 2, 1)));
    }

    private static void Refused(string name, Action call)
        => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static T[] Symmetric(int n, int seed)
    {
        T[] a = Data.Uniform<T>(n * n, seed);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                a[(j * n) + i] = a[(i * n) + j];
            }
        }

        return a;
    }

    private static (T[] Values, T[] Vectors) Decompose(T[] a, int n)
    {
        T[] values = new T[n];
        T[] vectors = new T[n * n];
        SymmetricEigen.Decompose<T>(new(a, n, n), new T[SymmetricEigen.GetScratchLength<T>(n)], values, new(vectors, n, n));
        return (values, vectors);
    }

    /// <summary>Q·diag·Qᵀ for a random orthonormal Q; its rounding moves the spectrum by some ε·‖A‖, within the bound.</summary>
    private static void CheckSpectrum(double[] spectrum, string what)
    {
        int n = spectrum.Length;
        T[] q = new T[n * n];
        HouseholderQr.Decompose<T>(new(Data.Uniform<T>(n * n, 3), n, n), new T[HouseholderQr.GetScratchLength<T>(n, n)], new(q, n, n), new(new T[n * n], n, n));
        T[] a = new T[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k < n; k++)
                {
                    sum += double.CreateChecked(q[(i * n) + k]) * spectrum[k] * double.CreateChecked(q[(j * n) + k]);
                }

                a[(i * n) + j] = a[(j * n) + i] = T.CreateChecked(sum);
            }
        }

        Check(a, n);
        T[] values = Decompose(a, n).Values;
        double norm = Math.Sqrt(spectrum.Sum(value => value * value));
        foreach ((double expected, T actual) in spectrum.Order().Zip(values))
        {
            Assert.True(Math.Abs(expected - double.CreateChecked(actual)) <= Bound(n) * norm, $"{what}, n = {n}: {expected} came back as {actual}");
        }
    }

    private static void Check(T[] a, int n)
    {
        (T[] values, T[] vectors) = Decompose(a, n);
        Assert.Equal(values.Order(), values);
        T[] alone = new T[n];
        SymmetricEigen.Decompose<T>(new(a, n, n), new T[SymmetricEigen.GetValuesScratchLength<T>(n)], alone);
        Assert.Equal(alone.Order(), alone);
        double largest = values.Select(value => double.CreateChecked(T.Abs(value))).DefaultIfEmpty().Max();
        Assert.All(values.Zip(alone), pair => Assert.True(double.CreateChecked(T.Abs(pair.First - pair.Second)) <= Bound(n) * largest, $"n = {n}: {pair}"));
        double residual = 0;
        double defect = 0;
        double norm = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double entry = double.CreateChecked(a[(i * n) + j]);
                double difference = -double.CreateChecked(vectors[(i * n) + j]) * double.CreateChecked(values[j]);
                double product = i == j ? -1 : 0;
                for (int k = 0; k < n; k++)
                {
                    difference += double.CreateChecked(a[(i * n) + k]) * double.CreateChecked(vectors[(k * n) + j]);
                    product += double.CreateChecked(vectors[(k * n) + i]) * double.CreateChecked(vectors[(k * n) + j]);
                }

                residual += difference * difference;
                defect += product * product;
                norm += entry * entry;
            }
        }

        Assert.True(Math.Sqrt(residual) <= Bound(n) * Math.Sqrt(norm), $"n = {n}: the residual is {Math.Sqrt(residual / norm)} of the norm");
        Assert.True(Math.Sqrt(defect) <= Bound(n), $"n = {n}: VᵀV is off by {Math.Sqrt(defect)}");
    }

    private static double Bound(int n) => 128 * double.CreateChecked(Data.Epsilon<T>()) * Math.Sqrt(n);
}
