using System.Numerics;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Random;

public sealed class ScaledFillOfDoubleTests : ScaledFillTests<double>;

public sealed class ScaledFillOfFloatTests : ScaledFillTests<float>;

/// <summary>Fills with a mean and a deviation, and of intervals: functions of the standard entries, rounded as documented.</summary>
public abstract class ScaledFillTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly RandomStream _stream = new(42);

    [Fact]
    public void ASeedAloneNamesTheUsersStream() => Assert.Equal(new RandomStream(42, StreamPurpose.User, 0, 0), _stream);

    [Fact]
    public void FillsStartAtTheFirstEntry()
    {
        T[] plain = new T[101], first = new T[101];
        _stream.FillGaussian<T>(plain);
        _stream.FillGaussian<T>(0, first);
        Assert.True(Data.SameBits<T>(first, plain));
        _stream.FillUniform<T>(plain);
        _stream.FillUniform<T>(0, first);
        Assert.True(Data.SameBits<T>(first, plain));
    }

    [Fact]
    public void GaussianEntriesAreMultipliedAndAddedWithOneRounding()
    {
        (T mean, T deviation) = (T.CreateChecked(-0.3), T.CreateChecked(1.7));
        T[] standard = new T[203], scaled = new T[203], late = new T[100];
        _stream.FillGaussian<T>(standard);
        _stream.FillGaussian(scaled, mean, deviation);
        _stream.FillGaussian(103, late, mean, deviation);
        Assert.True(Data.SameBits<T>(Array.ConvertAll(standard, z => T.FusedMultiplyAdd(deviation, z, mean)), scaled));
        Assert.True(Data.SameBits<T>(scaled.AsSpan(103), late));
        _stream.FillGaussian(scaled, mean, T.Zero);
        Assert.True(!scaled.AsSpan().ContainsAnyExcept(mean));
    }

    [Fact]
    public void UniformEntriesFillTheIntervalAndNeverReachItsEnd()
    {
        (T low, T high) = (T.CreateChecked(-0.3), T.CreateChecked(1.7));
        T[] standard = new T[203], scaled = new T[203], late = new T[100];
        _stream.FillUniform<T>(standard);
        _stream.FillUniform(scaled, low, high);
        _stream.FillUniform(103, late, low, high);
        Assert.True(Data.SameBits<T>(Array.ConvertAll(standard, u => T.FusedMultiplyAdd(high - low, u, low)), scaled));
        Assert.True(Data.SameBits<T>(scaled.AsSpan(103), late));

        // Half of all entries round up to the end of an interval that holds one number.
        _stream.FillUniform(scaled, T.One, T.BitIncrement(T.One));
        Assert.True(!scaled.AsSpan().ContainsAnyExcept(T.One));
    }

    [Fact]
    public void EveryWidthHasTheSameBits()
    {
        (T scale, T shift) = (T.CreateChecked(1.7), T.CreateChecked(-0.3));
        foreach (int length in (int[])[0, 1, 7, 16, 33, 100])
        {
            T[] expected = Array.ConvertAll(Data.Uniform<T>(length), x => T.FusedMultiplyAdd(scale, x, shift));
            foreach (Action<T[]> path in (Action<T[]>[])[
                x => AffineMap.Apply<T, Scalar<T>, T>(x, scale, shift), x => AffineMap.Apply<T, Simd256<T>, Vector256<T>>(x, scale, shift),
                x => AffineMap.Apply<T, Simd512<T>, Vector512<T>>(x, scale, shift), x => AffineMap.Apply<T>(x, scale, shift)])
            {
                T[] x = Data.Uniform<T>(length);
                path(x);
                Assert.True(Data.SameBits<T>(expected, x), $"{length}");
            }
        }
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Refused("mean", span => _stream.FillGaussian(span, T.NaN, T.One));
        Refused("deviation", span => _stream.FillGaussian(span, T.One, T.NegativeOne));
        Refused("low", span => _stream.FillUniform(span, T.NegativeInfinity, T.One));
        Refused("high", span => _stream.FillUniform(span, T.One, T.One));
        Refused("high", span => _stream.FillUniform(span, -T.ScaleB(T.One, typeof(T) == typeof(double) ? 1023 : 127), T.ScaleB(T.One, typeof(T) == typeof(double) ? 1023 : 127)));

        static void Refused(string name, Action<T[]> fill) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => fill(new T[3])).ParamName);
    }
}
