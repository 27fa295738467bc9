using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class ColumnMemoryOfDoubleTests : ColumnMemoryTests<double>;

public sealed class ColumnMemoryOfFloatTests : ColumnMemoryTests<float>;

public abstract class ColumnMemoryTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Wherever scratch starts, columns start at cache lines, lie apart by no multiple of 4 KiB, and are taken from what was asked for; the end of it is enough.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 512)]
    [InlineData(3, 1000)]
    [InlineData(7, 1024)]
    [InlineData(2, 4001)]
    [InlineData(0, 9)]
    public unsafe void ColumnsStartAtCacheLines(int columns, int rows)
    {
        int length = (int)ColumnMemory.GetLength<T>(columns, rows), size = Unsafe.SizeOf<T>();
        T[] memory = GC.AllocateArray<T>(length + 32, pinned: true);
        for (int offset = 0; offset < 32; offset++)
        {
            Span<T> scratch = memory.AsSpan(offset, length);
            MatrixSpan<T> taken = ColumnMemory.Take(ref scratch, columns, rows);
            Assert.Equal(columns, taken.Rows);
            Assert.True(taken.Columns >= rows && taken.Columns % ReflectionPanel.Granule<T>() == 0 && taken.RowStride >= taken.Columns);
            Assert.True(taken.RowStride * size % 64 == 0 && taken.RowStride * size % 4096 != 0);
            if (columns > 0)
            {
                Assert.Equal(0, (long)Unsafe.AsPointer(ref taken.Data[0]) % 64);
            }
        }
    }
}
