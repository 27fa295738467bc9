using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Random;

public class UniformFillTests
{
    private static readonly RandomStream Stream = new(8, StreamPurpose.User, 1, 2);

    [Fact]
    public void Double_FollowsTheDocumentedLayout()
    {
        double[] numbers = new double[101];
        Stream.FillUniform<double>(3, numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Stream.Block((ulong)((i + 3) / 2));
            ulong bits = (i + 3) % 2 == 0 ? ((ulong)w0 << 32) | w1 : ((ulong)w2 << 32) | w3;
            Assert.Equal(Math.ScaleB(bits >> 11, -53), numbers[i]);
        }
    }

    [Fact]
    public void Single_FollowsTheDocumentedLayout()
    {
        float[] numbers = new float[101];
        Stream.FillUniform<float>(3, numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Stream.Block((ulong)((i + 3) / 4));
            uint word = ((i + 3) % 4) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 };
            Assert.Equal(MathF.ScaleB(word >> 8, -24), numbers[i]);
        }
    }

    // False-alarm rate 1e-5.
    [Fact]
    public void IsUniform()
    {
        double[] numbers = new double[1_000_000];
        Stream.FillUniform<double>(0, numbers);
        Assert.True(PlainStatistics.KolmogorovSmirnov(numbers, x => x) > 1e-5);
        Assert.True(numbers[0] >= 0 && numbers[^1] < 1);
    }
}
