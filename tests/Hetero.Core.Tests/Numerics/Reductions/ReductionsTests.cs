using System.Numerics;
using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class ReductionsOfDoubleTests : ReductionsTests<double>;

public sealed class ReductionsOfFloatTests : ReductionsTests<float>;

public abstract class ReductionsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 1 << 15;

    public static TheoryData<int> BlockEdges => [Block - 1, Block, Block + 1, (2 * Block) - 1, 2 * Block, (2 * Block) + 77, 5 * Block];

    [Fact]
    public void DotIsWithinTheBoundOfAPlainSum()
    {
        for (int n = 0; n <= 256; n++)
        {
            T[] x = Data.Uniform<T>(n, n);
            T[] y = Data.Uniform<T>(n, n + 1000);
            T plain = T.Zero;
            T magnitude = T.Zero;
            for (int i = 0; i < n; i++)
            {
                plain += x[i] * y[i];
                magnitude += T.Abs(x[i] * y[i]);
            }

            // Either sum is within n·ε·Σ|xy| of the exact one.
            T bound = T.CreateChecked(2 * n) * Data.Epsilon<T>() * magnitude;
            Assert.True(T.Abs(Reductions.Dot<T>(x, y) - plain) <= bound, $"n = {n}");
        }
    }

    [Fact]
    public void EveryPathHasTheBitsOfTheDefinition()
    {
        for (int n = 0; n <= 256; n++)
        {
            CheckPaths(Data.Uniform<T>(n, n), Data.Uniform<T>(n, n + 1000));
        }

        CheckPaths(Data.Uniform<T>(Block, 1), Data.Uniform<T>(Block, 2));
        CheckPaths(Data.Uniform<T>(Block - 13, 1), Data.Uniform<T>(Block - 13, 2));
    }

    [Fact]
    public void RandomVectorsHaveTheBitsOfTheDefinition()
        => Prop.ForAll(
            Gen.Choose(0, 3 * Block).Two().ToArbitrary(),
            pair =>
            {
                T[] x = Data.Uniform<T>(pair.Item1, pair.Item2);
                T[] y = Data.Uniform<T>(pair.Item1, pair.Item2 + 1);
                return Data.SameBits(Defined(x, y), Reductions.Dot<T>(x, y));
            }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(BlockEdges))]
    public void LongVectorsHaveTheBitsOfTheDefinitionOnAnyTeam(int n)
    {
        T[] x = Data.Uniform<T>(n, 3);
        T[] y = Data.Uniform<T>(n, 4);
        T expected = Defined(x, y), inRounds = Defined(x, y, 2);
        Assert.True(Data.SameBits(expected, Reductions.Dot<T>(x, y)));
        foreach (int degree in (int[])[1, 2, 3, 8])
        {
            using WorkerTeam team = new(degree);
            Assert.True(Data.SameBits(expected, Reductions.Dot<T>(x, y, team)), $"degree {degree}");
            Assert.True(Data.SameBits(inRounds, Reductions.DotOfBlocks<T>(x, y, team, 2)), $"degree {degree}, rounds of 2");
        }
    }

    [Fact]
    public void NormIsTheRootOfTheSumOfSquaresIsDotWithItself()
    {
        for (int n = 0; n <= 256; n++)
        {
            T[] x = Data.Uniform<T>(n, n);
            Assert.True(Data.SameBits(Reductions.Dot<T>(x, x), Reductions.SumOfSquares<T>(x)));
            Assert.True(Data.SameBits(T.Sqrt(Reductions.SumOfSquares<T>(x)), Reductions.Norm<T>(x)));
        }

        Assert.Equal(T.CreateChecked(5), Reductions.Norm<T>([T.CreateChecked(3), T.CreateChecked(-4)]));
    }

    [Fact]
    public void AllFiniteSeesEveryElement()
    {
        for (int n = 0; n <= 256; n++)
        {
            T[] x = Data.Uniform<T>(n, n);
            Assert.True(Reductions.AllFinite<T>(x));
            for (int i = 0; i < n; i++)
            {
                T kept = x[i];
                x[i] = (i % 3) switch { 0 => T.NaN, 1 => T.PositiveInfinity, _ => T.NegativeInfinity };
                Assert.False(Reductions.AllFinite<T>(x), $"n = {n}, i = {i}");
                x[i] = kept;
            }
        }
    }

    [Fact]
    public void NotANumberReachesTheResult()
    {
        for (int i = 0; i < 100; i++)
        {
            T[] x = Data.Uniform<T>(100);
            x[i] = T.NaN;
            Assert.True(T.IsNaN(Reductions.Norm<T>(x)));
        }
    }

    [Fact]
    public void UnequalLengthsAreRefused()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Reductions.Dot<T>(new T[3], new T[4]));
        Assert.Equal("y", exception.ParamName);
        Assert.Contains("4", exception.Message, StringComparison.Ordinal);
        Assert.Contains("3", exception.Message, StringComparison.Ordinal);
    }

    private static void CheckPaths(T[] x, T[] y)
    {
        T expected = Defined(x, y);
        Assert.True(Data.SameBits(expected, DotKernel.Block<T, Scalar<T>, T>(x, y)), $"scalar, n = {x.Length}");
        Assert.True(Data.SameBits(expected, DotKernel.Block<T, Simd128<T>, Vector128<T>>(x, y)), $"128, n = {x.Length}");
        Assert.True(Data.SameBits(expected, DotKernel.Block<T, Simd256<T>, Vector256<T>>(x, y)), $"256, n = {x.Length}");
        Assert.True(Data.SameBits(expected, DotKernel.Block<T, Simd512<T>, Vector512<T>>(x, y)), $"512, n = {x.Length}");
        Assert.True(Data.SameBits(expected, Reductions.Dot<T>(x, y)), $"n = {x.Length}");
    }

    /// <summary>The definition, step by step: blocks, and rounds of so many of them.</summary>
    private static T Defined(T[] x, T[] y, int blocksPerRound = 1024)
    {
        int width = typeof(T) == typeof(double) ? 32 : 64;
        T total = T.Zero, round = T.Zero;
        for (int start = 0; start < x.Length; start += Block)
        {
            T[] lanes = new T[width];
            for (int i = start; i < Math.Min(start + Block, x.Length); i++)
            {
                lanes[i % width] = T.FusedMultiplyAdd(x[i], y[i], lanes[i % width]);
            }

            while (lanes.Length > 1)
            {
                T[] lower = lanes[..(lanes.Length / 2)];
                T[] upper = lanes[(lanes.Length / 2)..];
                lanes = [.. lower.Zip(upper, (a, b) => a + b)];
            }

            bool starts = start / Block % blocksPerRound == 0;
            total += starts ? round : T.Zero;
            round = starts ? lanes[0] : round + lanes[0];
        }

        return total + round;
    }
}

public sealed class ReductionsOfOtherTypesTests
{
    [Fact]
    public void OtherElementTypesAreRefused()
        => Assert.Throws<NotSupportedException>(() => Reductions.Dot<Half>(new Half[3], new Half[3]));
}
