using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Random;
using Hetero.Core.Random.Lanes;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Random;

public class GaussianFillTests
{
    private static readonly RandomStream Stream = new(42, StreamPurpose.User, 3, 7);

    [Fact]
    public void Double_FollowsTheDocumentedLayout()
    {
        double[] numbers = new double[1000];
        Stream.FillGaussian<double>(0, numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            (int group, int rest) = Math.DivRem(i, 16);
            (uint w0, uint w1, uint w2, uint w3) = Stream.Block((ulong)((8 * group) + (rest % 8)));
            double uniform = (w0 / 4294967296.0) + ((w1 + 0.5) / 4294967296.0 / 4294967296.0);
            double angle = ((w2 - 2147483648.0) / 2147483648.0) + ((w3 & 0x3FFFFFFF) / 2147483648.0 / 1073741824.0);
            double expected = Expected(uniform, angle, (w3 & 0x80000000) != 0, (w3 & 0x40000000) != 0, rest >= 8);
            Assert.Equal(expected, numbers[i], 1e-15 * Math.Max(1, Math.Abs(expected)) * 8);
        }
    }

    [Fact]
    public void Single_FollowsTheDocumentedLayout()
    {
        float[] numbers = new float[2000];
        Stream.FillGaussian<float>(0, numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            (int group, int rest) = Math.DivRem(i, 32);
            (uint w0, uint w1, uint w2, uint w3) = Stream.Block((ulong)((8 * group) + (rest % 16 / 2)));
            (uint radius, uint direction) = rest % 2 == 0 ? (w0, w1) : (w2, w3);
            double uniform = (radius + 0.5) / 4294967296.0;
            double angle = (int)(direction << 2) / 2147483648.0;
            double expected = Expected(uniform, angle, (direction & 0x80000000) != 0, (direction & 0x40000000) != 0, rest >= 16);

            // Where u is close to 1 its rounding to 24 bits moves the radius by up to √(2·2⁻²⁵).
            double tolerance = uniform > 0.99 ? 3e-4 : 4e-6;
            Assert.Equal(expected, numbers[i], tolerance);
        }
    }

    [Fact]
    public void EntriesDoNotDependOnStartAndLength()
        => Properties.Check(
            Properties.Between(0, 200).Generator.Zip(Properties.Between(0, 300).Generator).ToArbitrary(),
            shape =>
            {
                Check<double>(shape.Item1, shape.Item2);
                Check<float>(shape.Item1, shape.Item2);
            });

    [Fact]
    public void EntriesFarOutNeedTheHighHalfOfTheBlockNumber()
    {
        const long Far = (1L << 36) + 5;
        double[] some = new double[40];
        Stream.FillGaussian<double>(Far, some);
        double[] one = new double[1];
        Stream.FillGaussian<double>(Far + 17, one);
        Assert.Equal(some[17], one[0]);
        double[] near = new double[40];
        Stream.FillGaussian<double>(Far % (1L << 33), near);
        Assert.NotEqual(near, some);
    }

    [Fact]
    public void AllWidthsGiveTheSameBits()
    {
        AllWidths<double>(3);
        AllWidths<float>(3);

        // Where the block number's high half changes on the way.
        AllWidths<double>((1L << 33) - 1000);
        AllWidths<float>((1L << 34) - 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void TeamsGiveTheSameBits(int degree)
    {
        using WorkerTeam team = new(degree);
        float[] expected = new float[100_003], actual = new float[100_003];
        Stream.FillGaussian<float>(11, expected);
        Stream.FillGaussian<float>(11, actual, team);
        Assert.Equal(expected, actual);
    }

    // The numbers of version 1 are final: a change of these hashes is a change of every run ever recorded.
    [Theory]
    [InlineData(typeof(double), 0x81F2D514FDFB3143)]
    [InlineData(typeof(float), 0xADF0723A1B24EFCD)]
    public void TheStreamIsPinned(Type type, ulong hash)
    {
        Assert.Equal(1, RandomStream.Version);
        Assert.Equal(hash, type == typeof(double) ? Hash<double>() : Hash<float>());
    }

    [Fact]
    public void NegativeStartIsRefused()
        => Assert.Equal("first", Assert.Throws<ArgumentOutOfRangeException>(() => Stream.FillGaussian<double>(-1, new double[1])).ParamName);

    [Fact]
    public void OtherElementTypesAreRefused()
        => Assert.Throws<NotSupportedException>(() => Stream.FillGaussian<Half>(0, new Half[1]));

    private static double Expected(double uniform, double angle, bool swap, bool negate, bool second)
    {
        double radius = Math.Sqrt(-2 * Math.Log(uniform));
        double cosine = Math.Cos(angle * Math.PI / 4) * (negate ? -1 : 1);
        double sine = Math.Sin(angle * Math.PI / 4);
        return radius * (swap != second ? sine : cosine);
    }

    private static void Check<T>(int first, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] whole = new T[first + length];
        Stream.FillGaussian<T>(0, whole);
        T[] part = new T[length];
        Stream.FillGaussian<T>(first, part);
        Assert.Equal(whole[first..], part);
    }

    private static void AllWidths<T>(long first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Length = 5000;
        T[] scalar = new T[Length], w128 = new T[Length], w256 = new T[Length], w512 = new T[Length], used = new T[Length];
        GaussianFill.Fill<T, Scalar<T>, GaussianLanesScalar<T>, WordsScalar, T, ulong>(Stream, first, scalar);
        GaussianFill.Fill<T, Simd128<T>, GaussianLanes128<T>, Words128, Vector128<T>, Vector128<ulong>>(Stream, first, w128);
        GaussianFill.Fill<T, Simd256<T>, GaussianLanes256<T>, Words256, Vector256<T>, Vector256<ulong>>(Stream, first, w256);
        GaussianFill.Fill<T, Simd512<T>, GaussianLanes512<T>, Words512, Vector512<T>, Vector512<ulong>>(Stream, first, w512);
        Stream.FillGaussian<T>(first, used);
        T[] one = new T[1];
        Stream.FillGaussian<T>(first + 1017, one);
        Assert.Equal(one[0], scalar[1017]);
        Assert.Equal(scalar, w128);
        Assert.Equal(scalar, w256);
        Assert.Equal(scalar, w512);
        Assert.Equal(scalar, used);
    }

    private static ulong Hash<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] numbers = new T[10_000];
        Stream.FillGaussian<T>(0, numbers);
        ulong hash = 14695981039346656037;
        foreach (byte value in MemoryMarshal.AsBytes<T>(numbers))
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }
}
