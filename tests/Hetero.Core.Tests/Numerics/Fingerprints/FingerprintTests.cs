using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public class FingerprintTests
{
    // One number that differs is enough, whichever bit it is; so are two signs, which cancel in a hash that keeps high bits high.
    [Fact]
    public void AnyBitCounts()
        => Properties.Check(
            (from length in Gen.Choose(1, 40)
             from at in Gen.Choose(0, length - 1)
             from bit in Gen.Choose(0, 63)
             from second in Gen.Choose(0, length - 1)
             select (length, at, bit, second)).ToArbitrary(),
            c =>
            {
                double[] numbers = Data.Uniform<double>(c.length), changed = (double[])numbers.Clone();
                changed[c.at] = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(changed[c.at]) ^ (1ul << c.bit));
                Assert.NotEqual(Of<double>(numbers), Of<double>(changed));
                double[] signs = (double[])numbers.Clone();
                signs[c.at] = -signs[c.at];
                signs[c.second] = c.second == c.at ? signs[c.at] : -signs[c.second];
                Assert.NotEqual(Of<double>(numbers), Of<double>(signs));
            });

    [Fact]
    public void OrderLengthAndNameCount()
    {
        ulong[] hashes =
        [
            Of<double>([1, 2]), Of<double>([2, 1]), Of<double>([1, 2, 0]), Of<double>([]), Of<double>([0]), Of<double>([0, 0]), Of<float>([1, 2]), Of<float>([2, 1]),
            Of<float>([1, -2]), OfNames("ab"), OfNames("ba"), OfNames("a", "b"), OfNames("", "ab"), OfNames("ab", ""),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    private static ulong Of<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Fingerprint fingerprint = default;
        fingerprint.Add(numbers);
        return fingerprint.Hash;
    }

    private static ulong OfNames(params string[] names)
    {
        Fingerprint fingerprint = default;
        foreach (string name in names)
        {
            fingerprint.Add(name);
        }

        return fingerprint.Hash;
    }
}
