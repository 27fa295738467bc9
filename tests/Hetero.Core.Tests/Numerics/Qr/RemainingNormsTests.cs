using System.Numerics;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class RemainingNormsOfDoubleTests : RemainingNormsTests<double>;

public sealed class RemainingNormsOfFloatTests : RemainingNormsTests<float>;

public abstract class RemainingNormsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private delegate void Shorten(ReadOnlySpan<T> row, Span<T> remaining, Span<T> reference);

    /// <summary>Against the formula, a column at a time; and with the same bits on every path. All columns lose a little, or some too much, more than all, or were 0 before.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NormsAreShortenedOrMarked(bool hasLosses)
    {
        double loss = Math.Sqrt(double.CreateChecked(Data.Epsilon<T>()));
        foreach (int length in (int[])[0, 1, 2, 5, 8, 15, 16, 17, 33, 127, 128, 129, 144, 300])
        {
            T[] shares = Data.Uniform<T>(length, 1), sizes = Data.Uniform<T>(length, 2), row = new T[length], remaining = new T[length], reference = new T[length];
            T[] shorter = new T[length], marks = new T[length];
            for (int j = 0; j < length; j++)
            {
                remaining[j] = T.ScaleB(T.Abs(sizes[j]) + T.One, j % 7);
                row[j] = remaining[j] * shares[j] * T.CreateChecked(0.9);
                reference[j] = hasLosses && j % 5 == 1 ? remaining[j] * T.CreateChecked(2 / Math.Sqrt(loss)) : remaining[j] * T.CreateChecked(1.5);
                row[j] = hasLosses && j % 11 == 3 ? remaining[j] * T.CreateChecked(j % 2 == 0 ? 1 : 1.25) : row[j];
                remaining[j] = hasLosses && j % 13 == 6 ? T.Zero : remaining[j];
                double before = double.CreateChecked(remaining[j]), share = double.CreateChecked(row[j]) / before, left = 1 - (share * share);
                bool isLost = before > 0 && left * Math.Pow(before / double.CreateChecked(reference[j]), 2) <= loss;
                Assert.Equal(hasLosses && j % 13 != 6 && (j % 5 == 1 || j % 11 == 3), isLost);
                marks[j] = isLost ? T.NegativeOne : reference[j];
                shorter[j] = isLost || before == 0 ? remaining[j] : T.CreateChecked(before * Math.Sqrt(left));
            }

            T[] expected = [.. remaining];
            Check(RemainingNorms.Shorten<T, Scalar<T>, T>, expected);
            for (int j = 0; j < length; j++)
            {
                Assert.True(T.Abs(expected[j] - shorter[j]) <= T.CreateChecked(16) * Data.Epsilon<T>() * shorter[j], $"{length}: norm {j} is {expected[j]}, not {shorter[j]}");
            }

            foreach (Shorten path in (Shorten[])[RemainingNorms.Shorten, RemainingNorms.Shorten<T, Simd128<T>, Vector128<T>>, RemainingNorms.Shorten<T, Simd256<T>, Vector256<T>>,
                RemainingNorms.Shorten<T, Simd512<T>, Vector512<T>>])
            {
                T[] actual = [.. remaining];
                Check(path, actual);
                Assert.True(Data.SameBits<T>(expected, actual), $"{length}");
            }

            void Check(Shorten path, T[] norms)
            {
                T[] references = [.. reference];
                path(row, norms, references);
                Assert.Equal(marks, references);
            }
        }
    }
}
