using System.Numerics;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class PlaneRotationTests
{
    [Fact]
    public void TheAngleIsThatOfTheSineAndTheHalfTangent()
    {
        double[] x = [1];
        double[] y = [0];
        PlaneRotation.Apply<double>(x, y, 0.8, 0.5);
        Assert.Equal(0.6, x[0], 1e-15);
        Assert.Equal(0.8, y[0], 1e-15);
    }

    [Fact]
    public void EveryPathHasTheSameBitsInDouble() => Check<double>();

    [Fact]
    public void EveryPathHasTheSameBitsInFloat() => Check<float>();

    private static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int n = 0; n <= 256; n++)
        {
            T[] x = Data.Uniform<T>(n, 1);
            T[] y = Data.Uniform<T>(n, 2);
            T s = T.CreateChecked(0.8);
            T t = T.CreateChecked(0.5);
            T[] u = [.. x.Zip(y, (p, q) => T.FusedMultiplyAdd(-s, T.FusedMultiplyAdd(t, p, q), p))];
            T[] v = [.. x.Zip(y, (p, q) => T.FusedMultiplyAdd(s, T.FusedMultiplyAdd(-t, q, p), q))];
            CheckPath<T, Scalar<T>, T>(x, y, s, t, u, v);
            CheckPath<T, Simd128<T>, Vector128<T>>(x, y, s, t, u, v);
            CheckPath<T, Simd256<T>, Vector256<T>>(x, y, s, t, u, v);
            CheckPath<T, Simd512<T>, Vector512<T>>(x, y, s, t, u, v);
            PlaneRotation.Apply<T>(x, y, s, t);
            Assert.True(Data.SameBits<T>(u, x) && Data.SameBits<T>(v, y));
        }
    }

    private static void CheckPath<T, TSimd, TVector>(T[] x, T[] y, T s, T t, T[] u, T[] v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T[] p = [.. x];
        T[] q = [.. y];
        PlaneRotation.Apply<T, TSimd, TVector>(p, q, s, t);
        Assert.True(Data.SameBits<T>(u, p) && Data.SameBits<T>(v, q), $"{typeof(TSimd).Name}, n = {x.Length}");
    }
}
