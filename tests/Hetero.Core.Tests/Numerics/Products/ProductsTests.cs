using System.Numerics;
using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class ProductsOfDoubleTests : ProductsTests<double>;

public sealed class ProductsOfFloatTests : ProductsTests<float>;

public abstract class ProductsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Margin = 64;

    /// <summary>Sizes around the edges of a tile (4 rows) and of panels (1 to 3 registers of any width).</summary>
    private static readonly int[] _tileEdges = [0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 23, 24, 25, 31, 32, 33, 40, 47, 48, 49, 63, 64, 65];

    /// <summary>Inner sizes around the ends of chains.</summary>
    private static readonly int[] _chainEdges = [191, 192, 193, 384, 385, 600];

    /// <summary>Rows, inner size and columns around the edges of cache blocks (512, 1008) and chains (192).</summary>
    public static TheoryData<int, int, int> BlockEdges => new()
    {
        { 191, 191, 191 }, { 192, 192, 192 }, { 193, 193, 193 }, { 385, 7, 9 }, { 7, 385, 9 }, { 7, 9, 385 }, { 400, 200, 1 }, { 1, 577, 200 },
        { 3, 260, 600 }, { 600, 2, 193 }, { 511, 5, 33 }, { 513, 193, 26 }, { 21, 3, 1009 }, { 13, 384, 25 }, { 97, 385, 50 }, { 5, 2000, 3 },
    };

    public static TheoryData<int, int> GramEdges => new()
    {
        { 1, 1 }, { 2, 0 }, { 0, 3 }, { 7, 3 }, { 100, 5 }, { 191, 20 }, { 192, 193 }, { 193, 192 }, { 385, 40 }, { 600, 9 }, { 513, 194 }, { 65, 384 }, { 49, 385 }, { 9, 2000 },
    };

    [Fact]
    public void EveryPathHasTheBitsOfTheDefinitionAroundTileEdges()
    {
        foreach (int rows in _tileEdges)
        {
            foreach (int columns in _tileEdges)
            {
                bool isLong = ((3 * rows) + columns) % 8 == 0;
                int inner = isLong ? _chainEdges[(rows + columns) % _chainEdges.Length] : (rows + columns) % 11;
                CheckPaths(rows, inner, columns, everyLayout: (rows + columns) % 3 == 0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(BlockEdges))]
    public void EveryPathHasTheBitsOfTheDefinitionAroundBlockEdges(int rows, int inner, int columns) => CheckPaths(rows, inner, columns, everyLayout: true);

    /// <summary>A checksum of order n² for sizes that a plain product would be slow for: C·x against A·(B·x), in double.</summary>
    [Theory]
    [InlineData(1000, 1000, 1000)]
    [InlineData(1030, 385, 1100)]
    public void LargeProductsPassARandomizedChecksum(int rows, int inner, int columns)
    {
        T[] a = Data.Uniform<T>(rows * inner, 1);
        T[] b = Data.Uniform<T>(inner * columns, 2);
        T[] c = new T[rows * columns];
        Products.Multiply<T>(new(a, rows, inner), new(b, inner, columns), new T[Products.GetMultiplyScratchLength<T>(rows, inner, columns)], new(c, rows, columns));
        double[] x = [.. Data.Uniform<T>(columns, 3).Select(double.CreateChecked)];
        double[] bx = Times(b, inner, x);
        double[] expected = Times(a, rows, bx);
        double[] actual = Times(c, rows, x);

        // |C − A·B| ≤ k·ε·|A|·|B|, and no element exceeds 1 by much; rounding makes the sum behave like its root.
        double bound = 4 * Math.Sqrt((double)inner * inner * columns) * double.CreateChecked(Data.Epsilon<T>());
        for (int i = 0; i < rows; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= bound, $"row {i}: {Math.Abs(expected[i] - actual[i])} > {bound}");
        }

        static double[] Times(T[] matrix, int rows, double[] x)
            => [.. Enumerable.Range(0, rows).Select(i => x.Select((value, j) => value * double.CreateChecked(matrix[(i * x.Length) + j])).Sum())];
    }

    [Fact]
    public void RandomShapesHaveTheBitsOfTheDefinition()
        => Prop.ForAll(
            (from sides in Gen.Choose(0, 210).Two()
             from inner in Gen.Choose(0, 500)
             select (sides.Item1, inner, sides.Item2)).ToArbitrary(),
            shape =>
            {
                (int m, int k, int n) = shape;
                T[] a = Data.Uniform<T>(m * k, 1);
                T[] b = Data.Uniform<T>(k * n, 2);
                T[] c = new T[m * n];
                Products.Multiply<T>(new(a, m, k), new(b, k, n), new T[Products.GetMultiplyScratchLength<T>(m, k, n)], new(c, m, n));
                return Data.SameBits<T>(PlainProducts.Compute(new(a, m, k), new(b, k, n), new T[m * n], ProductUpdate<T>.Replace), c);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void ProductIsWithinTheBoundOfAPlainSum()
    {
        const int M = 37, K = 211, N = 41;
        T[] a = Data.Uniform<T>(M * K, 1);
        T[] b = Data.Uniform<T>(K * N, 2);
        T[] c = new T[M * N];
        Products.Multiply<T>(new(a, M, K), new(b, K, N), new T[Products.GetMultiplyScratchLength<T>(M, K, N)], new(c, M, N));
        for (int i = 0; i < M; i++)
        {
            for (int j = 0; j < N; j++)
            {
                double plain = 0;
                double magnitude = 0;
                for (int k = 0; k < K; k++)
                {
                    double term = double.CreateChecked(a[(i * K) + k]) * double.CreateChecked(b[(k * N) + j]);
                    plain += term;
                    magnitude += Math.Abs(term);
                }

                // Either sum is within k·ε·Σ|ab| of the exact one.
                Assert.True(Math.Abs(double.CreateChecked(c[(i * N) + j]) - plain) <= 2 * K * double.CreateChecked(Data.Epsilon<T>()) * magnitude);
            }
        }
    }

    /// <summary>In single precision one chain ends at 2²⁴; sums of 192 ones are exact up to 3·2³⁰.</summary>
    [Fact]
    public void LongSumsOfOnesAreExact()
    {
        const int K = 20_000_000;
        T[] ones = Filled(K, T.One);
        ReadOnlyMatrixSpan<T> row = new(ones, 1, K);
        T[] scratch = new T[Norms.GetSpectralScratchLength<T>(1, K)];
        T[] c = [T.NaN];
        Products.Multiply(row, row.Transposed, scratch, new(c, 1, 1));
        Assert.Equal(T.CreateChecked(K), c[0]);
        Products.MultiplyAdd(row, row.Transposed, scratch, new(c, 1, 1));
        Assert.Equal(T.CreateChecked(2 * K), c[0]);
        Products.Gram(row, scratch, new(c, 1, 1));
        Assert.Equal(T.CreateChecked(K), c[0]);
        c[0] = T.NaN;
        Products.GramLower(row, scratch, new(c, 1, 1));
        Assert.Equal(T.CreateChecked(K), c[0]);
        Assert.Equal(T.Sqrt(T.CreateChecked(K)), Norms.Spectral(row, scratch));
    }

    /// <summary>All terms are positive; the reference is a sum of decimals, of 28 digits.</summary>
    [Theory]
    [InlineData(1000)]
    [InlineData(3_000_000)]
    public void LongSumsAreWithinTheirBound(int k)
    {
        T[] a = [.. Data.Uniform<T>(k, 1).Select(T.Abs)];
        ReadOnlyMatrixSpan<T> row = new(a, 1, k);
        T[] c = new T[1];
        Products.Multiply(row, row.Transposed, new T[Products.GetMultiplyScratchLength<T>(1, k, 1)], new(c, 1, 1));
        decimal exact = a.Sum(value => (decimal)double.CreateChecked(value) * (decimal)double.CreateChecked(value));
        double error = (double)Math.Abs(((decimal)double.CreateChecked(c[0]) / exact) - 1);
        Assert.True(error <= (192 + (k / 192)) * double.CreateChecked(Data.Epsilon<T>()), $"{error}");
    }

    [Theory]
    [MemberData(nameof(BlockEdges))]
    public void BitsDoNotDependOnTheTeam(int rows, int inner, int columns)
    {
        T[] a = Data.Uniform<T>(rows * inner, 1);
        T[] b = Data.Uniform<T>(inner * columns, 2);
        T[] expected = new T[rows * columns];
        Products.Multiply<T>(new(a, rows, inner), new(b, inner, columns), new T[Products.GetMultiplyScratchLength<T>(rows, inner, columns)], new(expected, rows, columns));
        foreach (int degree in (int[])[1, 2, 3, 8])
        {
            using WorkerTeam team = new(degree);
            T[] c = new T[rows * columns];
            T[] scratch = new T[Products.GetMultiplyScratchLength<T>(rows, inner, columns, team)];
            Products.Multiply<T>(new(a, rows, inner), new(b, inner, columns), scratch, new(c, rows, columns), team);
            Assert.True(Data.SameBits<T>(expected, c), $"degree {degree}");
        }
    }

    [Theory]
    [MemberData(nameof(GramEdges))]
    public void GramIsTheProductWithTheTransposeAndSymmetric(int rows, int inner)
    {
        foreach (bool transposed in (bool[])[false, true])
        {
            T[] data = Data.Uniform<T>(rows * inner, 5);
            ReadOnlyMatrixSpan<T> factor = transposed ? new ReadOnlyMatrixSpan<T>(data, inner, rows).Transposed : new(data, rows, inner);
            T[] expected = new T[rows * rows];
            Products.Multiply(factor, factor.Transposed, new T[Products.GetMultiplyScratchLength<T>(rows, inner, rows)], new(expected, rows, rows));
            foreach (int degree in (int[])[0, 1, 2, 3, 8])
            {
                using WorkerTeam? team = degree == 0 ? null : new(degree);
                T[] g = Filled(rows * rows, T.NaN);
                Products.Gram(factor, new T[Products.GetGramScratchLength<T>(rows, inner, team)], new(g, rows, rows), team);
                Assert.True(Data.SameBits<T>(expected, g), $"degree {degree}");
                T[] lower = Data.Uniform<T>(rows * rows, 6);
                Products.GramLower(factor, new T[Products.GetGramScratchLength<T>(rows, inner, team)], new(lower, rows, rows), team);
                Assert.True(Data.SameBits<T>(LowerOf(expected, rows), lower), $"lower, degree {degree}");
                T[] tiles = new T[rows * rows];
                Products.GramLowerTiles(factor, new T[Products.GetGramScratchLength<T>(rows, inner, team)], new(tiles, rows, rows), team, default);
                CopyAbove(lower, tiles, rows);
                Assert.True(Data.SameBits<T>(lower, tiles), $"whole tiles, degree {degree}");
            }

            CheckGrams<Scalar<T>, T>(factor, expected);
            CheckGrams<Simd128<T>, Vector128<T>>(factor, expected);
            CheckGrams<Simd256<T>, Vector256<T>>(factor, expected);
            CheckGrams<Simd512<T>, Vector512<T>>(factor, expected);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    Assert.True(Data.SameBits(expected[(i * rows) + j], expected[(j * rows) + i]));
                }
            }
        }
    }

    /// <summary>Every row crosses the diagonal in another place of a tile, and the last panel of every width sticks out or is moved back.</summary>
    [Fact]
    public void EveryPathOfGramHasTheBitsOfTheDefinitionAroundTileEdges()
    {
        for (int rows = 0; rows <= 110; rows++)
        {
            int inner = rows % 7 == 0 ? _chainEdges[rows / 7 % _chainEdges.Length] : 3;
            ReadOnlyMatrixSpan<T> factor = new(Data.Uniform<T>(rows * inner, 5), rows, inner);
            T[] expected = PlainProducts.Compute(factor, factor.Transposed, new T[rows * rows], ProductUpdate<T>.Replace);
            CheckGrams<Scalar<T>, T>(factor, expected);
            CheckGrams<Simd128<T>, Vector128<T>>(factor, expected);
            CheckGrams<Simd256<T>, Vector256<T>>(factor, expected);
            CheckGrams<Simd512<T>, Vector512<T>>(factor, expected);
        }
    }

    [Fact]
    public void MultiplyDoesNotReadTheDestination()
    {
        T[] c = Filled(25 * 25, T.NaN);
        Products.Multiply<T>(new(Data.Uniform<T>(75), 25, 3), new(Data.Uniform<T>(75), 3, 25), new T[Products.GetMultiplyScratchLength<T>(25, 3, 25)], new(c, 25, 25));
        Assert.True(Reductions.AllFinite<T>(c));
    }

    [Fact]
    public void AnInnerSizeOfZeroGivesZeroOrLeavesTheDestination()
    {
        T[] c = Filled(12, T.NaN);
        Products.Multiply<T>(new([], 3, 0), new([], 0, 4), [], new(c, 3, 4));
        Assert.All(c, value => Assert.True(Data.SameBits(T.Zero, value)));

        c = Data.Uniform<T>(12);
        Products.MultiplyAdd<T>(new([], 3, 0), new([], 0, 4), [], new(c, 3, 4));
        Assert.True(Data.SameBits<T>(Data.Uniform<T>(12), c));

        Products.Multiply<T>(new([], 0, 4), new(new T[8], 4, 2), [], new([], 0, 2));
    }

    [Fact]
    public void ScratchIsBoundedWhateverTheMatrices()
    {
        using WorkerTeam team = new(3);
        int one = Products.GetMultiplyScratchLength<T>(10_000, 10_000, 10_000);
        Assert.InRange(one, 1, (512 + 48) * 192 + 64);
        Assert.InRange(Products.GetMultiplyScratchLength<T>(10_000, 10_000, 10_000, team), one, 3 * one);
        Assert.True(Products.GetMultiplyScratchLength<T>(16, 16, 16) < 600);
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        T[] memory = new T[4000];
        Refused("right", () => Products.Multiply<T>(new(new T[6], 2, 3), new(new T[8], 4, 2), memory, new(new T[4], 2, 2)));
        Refused("destination", () => Products.MultiplyAdd<T>(new(new T[6], 2, 3), new(new T[6], 3, 2), memory, new(new T[6], 2, 3)));
        Refused("scratch", () => Products.Multiply<T>(new(new T[6], 2, 3), new(new T[6], 3, 2), new T[3], new(new T[4], 2, 2)));
        Refused("destination", () => Products.Multiply<T>(new(memory.AsSpan(0, 4), 2, 2), new(new T[4], 2, 2), new T[999], new(memory.AsSpan(3, 4), 2, 2)));
        Refused("destination", () => Products.Multiply<T>(new(new T[4], 2, 2), new(memory.AsSpan(0, 4), 2, 2), new T[999], new(memory.AsSpan(3, 4), 2, 2)));
        Refused("scratch", () => Products.Multiply<T>(new(memory.AsSpan(0, 4), 2, 2), new(new T[4], 2, 2), memory, new(new T[4], 2, 2)));
        Refused("scratch", () => Products.Multiply<T>(new(new T[4], 2, 2), new(memory.AsSpan(0, 4), 2, 2), memory, new(new T[4], 2, 2)));
        Refused("scratch", () => Products.Multiply<T>(new(new T[4], 2, 2), new(new T[4], 2, 2), memory, new(memory.AsSpan(0, 4), 2, 2)));
        Refused("destination", () => Products.Gram<T>(new(new T[6], 2, 3), memory, new(new T[9], 3, 3)));
        Refused("destination", () => Products.GramLower<T>(new(new T[6], 2, 3), memory, new(new T[9], 3, 3)));
        Refused("scratch", () => Products.GramLower<T>(new(new T[6], 2, 3), new T[3], new(new T[4], 2, 2)));
        Refused("scratch", () => Products.Gram<T>(new(new T[6], 2, 3), new T[3], new(new T[4], 2, 2)));
        Refused("destination", () => Products.Gram<T>(new(memory.AsSpan(0, 6), 2, 3), new T[999], new(memory.AsSpan(5, 4), 2, 2)));
        Refused("rows", () => Products.GetMultiplyScratchLength<T>(-1, 1, 1));
        Refused("inner", () => Products.GetMultiplyScratchLength<T>(1, -1, 1));
        Refused("columns", () => Products.GetMultiplyScratchLength<T>(1, 1, -1));
    }

    private static void Refused(string name, Action call)
        => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static void CheckPaths(int rows, int inner, int columns, bool everyLayout)
    {
        T[] a = Data.Uniform<T>(rows * inner, 1);
        T[] b = Data.Uniform<T>(inner * columns, 2);
        for (int layout = 0; layout < (everyLayout ? 4 : 1); layout++)
        {
            ReadOnlyMatrixSpan<T> left = (layout & 1) == 0 ? new(a, rows, inner) : new ReadOnlyMatrixSpan<T>(a, inner, rows).Transposed;
            ReadOnlyMatrixSpan<T> right = (layout & 2) == 0 ? new(b, inner, columns) : new ReadOnlyMatrixSpan<T>(b, columns, inner).Transposed;
            foreach (ProductUpdate<T> update in everyLayout ? ProductUpdates.Of<T>() : ProductUpdates.Of<T>()[..2])
            {
                CheckPaths(left, right, update, rowGap: 0);
                CheckPaths(left, right, update, rowGap: 5);
            }
        }
    }

    private static void CheckPaths(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, ProductUpdate<T> update, int rowGap)
    {
        int size = left.Rows * right.Columns;
        T[] start = update.Accumulates ? Data.Uniform<T>(size, 3) : Filled(size, T.NaN);
        T[] expected = PlainProducts.Compute(left, right, [.. start], update);
        CheckPath<Scalar<T>, T>(left, right, start, expected, update, rowGap);
        CheckPath<Simd128<T>, Vector128<T>>(left, right, start, expected, update, rowGap);
        CheckPath<Simd256<T>, Vector256<T>>(left, right, start, expected, update, rowGap);
        CheckPath<Simd512<T>, Vector512<T>>(left, right, start, expected, update, rowGap);
    }

    /// <summary>Runs one path between sentinels: destination and scratch are pieces of larger arrays, and there may be some between the rows.</summary>
    private static void CheckPath<TSimd, TVector>(
        ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, T[] start, T[] expected, ProductUpdate<T> update, int rowGap)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        string what = $"{typeof(TSimd).Name}, {left.Rows}x{left.Columns}x{right.Columns}, {update.Alpha}·AB + {update.Beta}·C, gap {rowGap}";
        T sentinel = T.CreateChecked(-77);
        (int rows, int columns) = (left.Rows, right.Columns);
        int stride = columns + rowGap;
        int scratchLength = Products.GetMultiplyScratchLength<T>(rows, left.Columns, columns);
        T[] scratch = Filled(scratchLength + (2 * Margin), sentinel);
        T[] c = Filled((rows * stride) + (2 * Margin), sentinel), all = [.. c];
        for (int i = 0; i < rows; i++)
        {
            start.AsSpan(i * columns, columns).CopyTo(c.AsSpan(Margin + (i * stride)));
            expected.AsSpan(i * columns, columns).CopyTo(all.AsSpan(Margin + (i * stride)));
        }

        MatrixSpan<T> destination = new(c.AsSpan(Margin, rows * stride), rows, columns, stride);
        Products.Run<T, TSimd, TVector>(left, right, scratch.AsSpan(Margin, scratchLength), destination, null, update, ProductShape.Full);
        Assert.True(Data.SameBits<T>(all, c), what);
        Assert.True(!scratch.AsSpan(0, Margin).ContainsAnyExcept(sentinel), what);
        Assert.True(!scratch.AsSpan(scratch.Length - Margin).ContainsAnyExcept(sentinel), what);
    }

    private static void CheckGrams<TSimd, TVector>(ReadOnlyMatrixSpan<T> factor, T[] expected)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int rows = factor.Rows;
        CheckGram<TSimd, TVector>(factor, Filled(rows * rows, T.NaN), expected, ProductShape.Mirrored);
        CheckGram<TSimd, TVector>(factor, Data.Uniform<T>(rows * rows, 6), LowerOf(expected, rows), ProductShape.Lower);

        // Tiles written whole stay inside the matrix; what they leave above the diagonal is nobody's.
        int margin = 32, length = rows * rows;
        T[] memory = Data.Uniform<T>(length + (2 * margin), 7), before = [.. memory];
        T[] scratch = new T[Products.GetGramScratchLength<T>(rows, factor.Columns)];
        MatrixSpan<T> destination = new(memory.AsSpan(margin, length), rows, rows);
        Products.Run<T, TSimd, TVector>(factor, factor.Transposed, scratch, destination, null, ProductUpdate<T>.Replace, ProductShape.LowerTiles);
        LowerOf(expected, rows).CopyTo(before, margin);
        CopyAbove(before.AsSpan(margin, length), memory.AsSpan(margin, length), rows);
        Assert.True(Data.SameBits<T>(before, memory), $"{typeof(TSimd).Name}, whole tiles, {rows} rows");
    }

    private static void CopyAbove(ReadOnlySpan<T> source, Span<T> destination, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            source.Slice((i * rows) + i + 1, rows - i - 1).CopyTo(destination[((i * rows) + i + 1)..]);
        }
    }

    private static void CheckGram<TSimd, TVector>(ReadOnlyMatrixSpan<T> factor, T[] start, T[] expected, ProductShape shape)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T[] scratch = new T[Products.GetGramScratchLength<T>(factor.Rows, factor.Columns)];
        Products.Run<T, TSimd, TVector>(factor, factor.Transposed, scratch, new(start, factor.Rows, factor.Rows), null, ProductUpdate<T>.Replace, shape);
        Assert.True(Data.SameBits<T>(expected, start), $"{typeof(TSimd).Name}, {shape}, {factor.Rows} rows");
    }

    /// <summary>What GramLower leaves of <c>Data.Uniform(rows², 6)</c>: the given matrix up to the diagonal, the old numbers above.</summary>
    private static T[] LowerOf(T[] gram, int rows)
    {
        T[] result = Data.Uniform<T>(rows * rows, 6);
        for (int i = 0; i < rows; i++)
        {
            gram.AsSpan(i * rows, i + 1).CopyTo(result.AsSpan(i * rows));
        }

        return result;
    }

    private static T[] Filled(int length, T value)
    {
        T[] data = new T[length];
        data.AsSpan().Fill(value);
        return data;
    }
}
