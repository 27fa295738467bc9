using System.Numerics;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class TwoTermsOfDoubleTests : TwoTermsTests<double>;

public sealed class TwoTermsOfFloatTests : TwoTermsTests<float>;

public abstract class TwoTermsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void OnePassHasTheBitsOfTwo()
    {
        T alpha = T.CreateTruncating(0.7), beta = T.CreateTruncating(-1.3);
        for (int length = 0; length <= 100; length++)
        {
            T[] a = Data.Uniform<T>(length, 1), b = Data.Uniform<T>(length, 2), start = Data.Uniform<T>(length, 3);
            T[] expected = [.. start.Select((y, i) => T.FusedMultiplyAdd(b[i], beta, T.FusedMultiplyAdd(a[i], alpha, y)))];
            Check(y => TwoTerms.Add<T>(a, alpha, b, beta, y), "chosen path");
            Check(y => TwoTerms.Add<T, Scalar<T>, T>(a, alpha, b, beta, y), "scalar");
            Check(y => TwoTerms.Add<T, Simd128<T>, Vector128<T>>(a, alpha, b, beta, y), "128");
            Check(y => TwoTerms.Add<T, Simd256<T>, Vector256<T>>(a, alpha, b, beta, y), "256");
            Check(y => TwoTerms.Add<T, Simd512<T>, Vector512<T>>(a, alpha, b, beta, y), "512");

            void Check(Action<T[]> add, string path)
            {
                T[] y = [.. start];
                add(y);
                Assert.True(Data.SameBits<T>(expected, y), $"{path}, {length} entries");
            }
        }
    }
}
