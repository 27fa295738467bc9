using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class RowProductsOfDoubleTests : RowProductsTests<double>;

public sealed class RowProductsOfFloatTests : RowProductsTests<float>;

public abstract class RowProductsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void EveryProductHasTheBitsOfDot()
    {
        for (int length = 0; length <= 256; length++)
        {
            Check(rows: 1 + (length % 13), length, stride: length + (length % 5));
        }
    }

    [Theory]
    [InlineData(6, 5050)]
    [InlineData(13, 1 << 15)]
    [InlineData(6, (1 << 15) + 1)]
    [InlineData(7, (1 << 16) + 77)]
    public void LongRowsHaveTheBitsOfDot(int rows, int length) => Check(rows, length, length + 6);

    /// <summary>The path for wide registers, whatever registers there are.</summary>
    [Fact]
    public void SixRowsSideBySideHaveTheBitsOfDot()
    {
        for (int length = 0; length <= 256; length++)
        {
            (T[] rows, T[] x, int stride) = (Data.Uniform<T>(6 * (length + 3), length), Data.Uniform<T>(length, 999), length + 3);
            T[] products = new T[6];
            RowProducts.Six<T>(rows, stride, x, products);
            RequireDots(rows, stride, x, products);
        }
    }

    [Fact]
    public void MemoryThatIsTooShortIsRefused()
    {
        Assert.Equal("stride", Assert.Throws<ArgumentException>(() => RowProducts.Compute<T>(new T[99], 4, new T[5], new T[2])).ParamName);
        Assert.Equal("rows", Assert.Throws<ArgumentException>(() => RowProducts.Compute<T>(new T[10], 6, new T[5], new T[2])).ParamName);
        RowProducts.Compute<T>([], 0, new T[5], []);
    }

    private static void Check(int rows, int length, int stride)
    {
        T[] data = Data.Uniform<T>(((rows - 1) * stride) + length, length);
        T[] x = Data.Uniform<T>(length, 999);
        T[] products = new T[rows];
        RowProducts.Compute<T>(data, stride, x, products);
        RequireDots(data, stride, x, products);
    }

    private static void RequireDots(T[] rows, int stride, T[] x, T[] products)
    {
        for (int row = 0; row < products.Length; row++)
        {
            T expected = Reductions.Dot<T>(rows.AsSpan(row * stride, x.Length), x);
            Assert.True(Data.SameBits(expected, products[row]), $"row {row} of {products.Length}, length {x.Length}");
        }
    }
}
