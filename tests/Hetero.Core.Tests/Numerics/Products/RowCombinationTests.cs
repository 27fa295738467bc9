using System.Numerics;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class RowCombinationOfDoubleTests : RowCombinationTests<double>;

public sealed class RowCombinationOfFloatTests : RowCombinationTests<float>;

public abstract class RowCombinationTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void EveryEntryIsOneChainOverTheRows()
    {
        for (int length = 0; length <= 256; length++)
        {
            int rows = length % 8, stride = length + (length % 3);
            T[] coefficients = Data.Uniform<T>(rows, 1), data = Data.Uniform<T>(rows * stride, 2), start = Data.Uniform<T>(length, 3);
            T[] expected = [.. start];
            for (int i = 0; i < length; i++)
            {
                for (int r = 0; r < rows; r++)
                {
                    expected[i] = T.FusedMultiplyAdd(coefficients[r], data[(r * stride) + i], expected[i]);
                }
            }

            // Rows ahead are a hint: none, some, and more than there are rows.
            foreach (int rowsAhead in (int[])[0, 1, rows, rows + 2])
            {
                T[] ahead = new T[rowsAhead * stride];
                Check((T[] y) => RowCombination.Add<T>(coefficients, data, stride, y, ahead), "chosen path");
                Check((T[] y) => RowCombination.Add<T, Scalar<T>, T>(coefficients, data, stride, y, ahead), "scalar");
                Check((T[] y) => RowCombination.Add<T, Simd128<T>, Vector128<T>>(coefficients, data, stride, y, ahead), "128");
                Check((T[] y) => RowCombination.Add<T, Simd256<T>, Vector256<T>>(coefficients, data, stride, y, ahead), "256");
                Check((T[] y) => RowCombination.Add<T, Simd512<T>, Vector512<T>>(coefficients, data, stride, y, ahead), "512");
            }

            void Check(Action<T[]> add, string path)
            {
                T[] y = [.. start];
                add(y);
                Assert.True(Data.SameBits<T>(expected, y), $"{path}, {rows} rows of {length}");
            }
        }
    }
}
