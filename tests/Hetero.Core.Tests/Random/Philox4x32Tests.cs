using Hetero.Core.Random;
using Xunit;

namespace Hetero.Core.Tests.Random;

public class Philox4x32Tests
{
    // The known-answer vectors of Random123 for philox4x32 with 10 rounds.
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Block_GivesTheKnownAnswers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3)
        => Assert.Equal((w0, w1, w2, w3), Philox4x32.Block(c0, c1, c2, c3, ((ulong)k1 << 32) | k0));

    [Fact]
    public void Stream_PutsBlockStepAndNameIntoTheCounter()
    {
        RandomStream stream = new(0x0123456789abcdef, StreamPurpose.Noise, 77, 5);
        Assert.Equal(
            Philox4x32.Block(0x9abcdef0, 0x12345678, 77, (7u << 24) | 5, 0x0123456789abcdef),
            stream.Block(0x123456789abcdef0));
    }
}
