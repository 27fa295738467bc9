using System.Numerics;
using Hetero.Core.Numerics;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <summary>Sizes whose products no int holds: a length is right, or refused under the size's name. Sizes alone take no memory.</summary>
public sealed class ScratchLengthTests
{
    private static readonly int[] Sizes = [0, 1, 7, 40, 41, 1000, 26754, 32767, 32768, 46340, 46341, 65535, 65536, 1 << 24, int.MaxValue - 256, int.MaxValue];

    public static TheoryData<int, int> Shapes
    {
        get
        {
            TheoryData<int, int> shapes = [];
            foreach (int rows in Sizes)
            {
                foreach (int columns in Sizes)
                {
                    shapes.Add(rows, columns);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void DecompositionsCountTheirScratchOrRefuseTheShape(int rows, int columns)
    {
        BigInteger m = rows, n = columns, k = BigInteger.Min(m, n);
        if (rows >= columns)
        {
            Check(() => HouseholderQr.GetScratchLength<double>(rows, columns), m * n, (m * n) + (200 * n) + (1 << 20));
            Check(() => CholeskyQr.GetScratchLength<double>(rows, columns), (3 + ((m + 2047) / 2048)) * n * n, (n * 150) + (1 << 20));
        }

        Check(() => JacobiSvd.GetValuesScratchLength<float>(rows, columns), (m * n) + (k * k), (6 * k) + (2 * BigInteger.Max(m, n)));
        Check(() => JacobiSvd.GetScratchLength<float>(rows, columns), 2 * ((m * n) + (k * k)), (6 * k) + (2 * BigInteger.Max(m, n)));
        BigInteger first = 2 * BigInteger.Max(m, n) >= 3 * k ? m * n : 0;
        Check(() => Svd.GetValuesScratchLength<float>(rows, columns), m * n, first + (k * k) + (400 * (m + n)) + (1 << 20));
        Check(() => Svd.GetScratchLength<float>(rows, columns), (m * n) + (5 * k * k), first + (4 * k * k) + (400 * (m + n)) + (1 << 20));
        Check(() => Norms.GetGeneralNuclearScratchLength<double>(rows, columns), (m * n) + (k * k), (7 * k) + (2 * BigInteger.Max(m, n)));
        Check(() => Norms.GetSpectralScratchLength<double>(rows, columns), (m * n) + (k * k), (k * k) + (200 * k) + (1 << 20));
        Check(() => SymmetricEigen.GetScratchLength<double>(rows), 3 * m * m, (250 * m) + (1 << 20));
        Check(() => SymmetricEigen.GetValuesScratchLength<double>(rows), m * m, (200 * m) + (1 << 20));
        Check(() => SymmetricEigen.GetRangeScratchLength<double>(rows, rows / 2), (rows < 2 ? 1 : 4) * m * m, (250 * m) + (1 << 20));
        Check(() => Norms.GetSymmetricScratchLength<float>(rows), m * m, (200 * m) + (1 << 20));
    }

    /// <summary>At most 1 MiB for each thread, more than nothing for every product that is one, whatever the shape.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void ProductsOfAnyShapeTakeBoundedScratch(int rows, int columns)
    {
        using WorkerTeam team = new(3);
        foreach (int inner in Sizes)
        {
            bool isEmpty = rows == 0 || columns == 0 || inner == 0;
            Assert.InRange(Products.GetMultiplyScratchLength<double>(rows, inner, columns), isEmpty ? 0 : 1, 1 << 17);
            Assert.InRange(Products.GetMultiplyScratchLength<float>(rows, inner, columns, team), isEmpty ? 0 : 1, 3 << 18);
            Assert.InRange(Products.GetGramScratchLength<double>(rows, inner, team), rows == 0 || inner == 0 ? 0 : 1, 3 << 17);
            foreach (bool symmetric in new[] { false, true })
            {
                int across = symmetric ? rows : columns;
                ProductBlocking blocking = ProductBlocking.Of(rows, inner, across, 3, symmetric);
                BigInteger covered = (BigInteger)ProductBlocking.Blocks(rows, Math.Max(blocking.Rows, 1)) * blocking.Rows;
                Assert.InRange(covered, rows, rows + (BigInteger)blocking.Rows);
                Assert.InRange(blocking.Count(rows, across, symmetric), rows == 0 || across == 0 ? 0 : 1, long.MaxValue);
            }
        }
    }

    [Theory]
    [InlineData(50000, 50000, "2500000000")]
    [InlineData(65536, 65536, "4294967296")]
    [InlineData(int.MaxValue, int.MaxValue, "4611686014132420609")]
    public void AMatrixLargerThanAnySpanIsRefusedByItsData(int rows, int columns, string expected)
    {
        ArgumentException writable = Assert.Throws<ArgumentException>(() => new MatrixSpan<double>(new double[4], rows, columns));
        ArgumentException readable = Assert.Throws<ArgumentException>(() => new ReadOnlyMatrixSpan<float>([], rows, columns));
        Assert.Equal(("data", "data"), (writable.ParamName, readable.ParamName));
        Assert.Contains($"'data' has 4 elements; accepted is exactly {expected}", writable.Message, StringComparison.Ordinal);
    }

    /// <summary>The length lies between what the matrices take and that with the rest; it is refused only if it may be too long.</summary>
    private static void Check(Func<int> length, BigInteger matrices, BigInteger rest)
    {
        try
        {
            Assert.InRange(length(), matrices, matrices + rest);
        }
        catch (ArgumentOutOfRangeException refusal)
        {
            Assert.True(matrices + rest > int.MaxValue, refusal.Message);
            Assert.Contains(refusal.ParamName, new[] { "rows", "columns", "size" });
            Assert.StartsWith($"'{refusal.ParamName}' is {refusal.ActualValue}, which takes ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains($"at most {int.MaxValue}", refusal.Message, StringComparison.Ordinal);
        }
    }
}
