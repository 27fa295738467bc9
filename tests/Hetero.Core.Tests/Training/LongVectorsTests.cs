using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Passes over long vectors on teams have the bits of a loop.</summary>
public class LongVectorsTests
{
    // About one piece of 65,536, and several with a rest.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(300_001)]
    public void AnyLengthOnAnyTeam(int length)
    {
        Check<double>(length);
        Check<float>(length);
    }

    private static void Check<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] source = [.. Enumerable.Range(0, length).Select(i => T.CreateTruncating(Math.Sin(i)))], old = [.. Enumerable.Range(0, length).Select(i => T.CreateTruncating(Math.Cos(i)))];
        T factor = T.CreateTruncating(-0.3);
        T[] expected = [.. source.Zip(old, (x, y) => T.FusedMultiplyAdd(x, factor, y))];
        foreach (int degree in new[] { 0, 1, 2, 5 })
        {
            using WorkerTeam? team = degree == 0 ? null : new WorkerTeam(degree);

            // What lies behind the end stays.
            T[] found = [.. old, T.One];
            LongVectors.MultiplyAdd(source, factor, found.AsSpan(0, length), team);
            Assert.Equal([.. expected, T.One], found);
            LongVectors.Clear(found.AsSpan(0, length), team);
            Assert.Equal([.. new T[length], T.One], found);
        }
    }
}
