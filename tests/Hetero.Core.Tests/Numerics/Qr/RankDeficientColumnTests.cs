using System.Numerics;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <summary>The column that a refusal names is the first that depends on those before it, wherever the decomposition failed.</summary>
public sealed class RankDeficientColumnTests
{
    [Theory]
    [InlineData(50, 5)]
    [InlineData(5, 5)]
    [InlineData(5000, 9)]
    public void OfEqualColumnsItIsTheSecond(int rows, int columns)
    {
        Assert.Equal(1, Column(Enumerable.Repeat(1.0, rows * columns).ToArray(), rows, columns));
        Assert.Equal(1, Column(Enumerable.Repeat(0.1f, rows * columns).ToArray(), rows, columns));
    }

    [Fact]
    public void OfZerosItIsTheFirst() => Assert.Equal(0, Column(new double[30], 10, 3));

    /// <summary>A zero column, which fails at once, after a copy, which fails late.</summary>
    [Fact]
    public void ACopyBeforeAZeroColumnComesFirst()
    {
        double[] a = Data.Uniform<double>(80, 1);
        for (int i = 0; i < 20; i++)
        {
            (a[(4 * i) + 2], a[(4 * i) + 3]) = (a[(4 * i) + 1], 0);
        }

        Assert.Equal(2, Column(a, 20, 4));
    }

    /// <summary>Small whole numbers, whose combinations are exact: independent columns, then one that depends, then any; each of any magnitude.</summary>
    [Fact]
    public void OfAnyMatrixItIsTheFirst()
        => Properties.Check(
            Properties.Between(1, 9).Generator.Zip(Properties.Between(0, 8).Generator).Zip(Properties.Between(0, 1000).Generator).ToArbitrary(),
            drawn =>
            {
                ((int columns, int first), int seed) = drawn;
                first = Math.Min(first, columns - 1);
                Check<double>(columns, first, seed, 450);
                Check<float>(columns, first, seed, 50);
            },
            trials: 200);

    private static void Check<T>(int columns, int first, int seed, int exponents)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Rows = 40;
        System.Random random = new(seed);
        int[,] a = new int[Rows, columns];
        for (int j = 0; j < columns; j++)
        {
            bool depends = j == first || (j > first && random.Next(2) == 0);
            for (int i = 0; i < Rows; i++)
            {
                a[i, j] = depends ? 0 : random.Next(-50, 51);
            }

            for (int c = 0; depends && c < j; c++)
            {
                int weight = random.Next(-2, 3);
                for (int i = 0; i < Rows; i++)
                {
                    a[i, j] += weight * a[i, c];
                }
            }
        }

        int[] shift = [.. Enumerable.Range(0, columns).Select(_ => random.Next(-exponents, exponents))];
        T[] scaled = new T[Rows * columns];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = T.ScaleB(T.CreateChecked(a[i / columns, i % columns]), shift[i % columns]);
        }

        Assert.Equal(first, Column(scaled, Rows, columns));
    }

    private static int Column<T>(T[] matrix, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Assert.Throws<RankDeficientException>(() => CholeskyQr.Decompose<T>(
            new(matrix, rows, columns),
            new T[CholeskyQr.GetScratchLength<T>(rows, columns)],
            new(new T[matrix.Length], rows, columns),
            new(new T[columns * columns], columns, columns))).Column;
}
