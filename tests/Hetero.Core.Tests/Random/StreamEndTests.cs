using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Xunit;

namespace Hetero.Core.Tests.Random;

/// <summary>The last of a stream's 2⁶³ entries: the same numbers whoever fills, and none beyond.</summary>
public sealed class StreamEndTests
{
    private static readonly RandomStream Stream = new(42, StreamPurpose.User, 3, 7);

    [Fact]
    public void TheLastEntriesAreTheSameOnATeam()
    {
        Check<double>();
        Check<float>();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50_000)]
    public void EntriesBeyondTheLastAreRefused(int length)
    {
        using WorkerTeam team = new(2);
        long largest = long.MaxValue - length + 1;
        foreach (long first in new[] { largest + 1, long.MaxValue, -1, long.MinValue })
        {
            Refuses(() => Stream.FillGaussian(first, new double[length].AsSpan()), first, largest);
            Refuses(() => Stream.FillGaussian(first, new double[length].AsSpan(), team), first, largest);
            Refuses(() => Stream.FillUniform(first, new float[length].AsSpan()), first, largest);
        }

        Stream.FillUniform(largest, new float[length].AsSpan());
        Stream.FillGaussian<double>(long.MaxValue, []);
    }

    private static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Length = 50_001;
        using WorkerTeam team = new(3);
        T[] alone = new T[Length], shared = new T[Length], last = new T[1];
        Stream.FillGaussian(long.MaxValue - Length + 1, alone.AsSpan());
        Stream.FillGaussian(long.MaxValue - Length + 1, shared.AsSpan(), team);
        Stream.FillGaussian(long.MaxValue, last.AsSpan());
        Assert.Equal(alone, shared);
        Assert.Equal(alone[^1], last[0]);
    }

    private static void Refuses(Action fill, long first, long largest)
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(fill);
        Assert.Equal("first", refusal.ParamName);
        Assert.Contains($"'first' is {first}; accepted is from 0 to {largest}.", refusal.Message, StringComparison.Ordinal);
    }
}
