using Hetero.Core.Numerics.Simd;
using Hetero.Core.Random;
using Hetero.Core.Random.Lanes;
using Xunit;

namespace Hetero.Core.Tests.Random;

public class BoxMullerTests
{
    [Fact]
    public void NegativeTwoLog_IsAccurateFromTheTailToOne()
    {
        for (int i = 1; i <= 20_000; i++)
        {
            double u = i <= 10_000 ? i / 10_000.0 : Math.Pow(2, -(i - 10_000) / 150.0);
            double exact = -2 * Math.Log(u);
            Assert.Equal(exact, RandomSequence.NegativeTwoLog(u), 4 * double.Epsilon + (Math.Abs(exact) * 4 * Math.Pow(2, -53)));
        }

        Assert.Equal(0, RandomSequence.NegativeTwoLog(1));
        double nearOne = Math.BitDecrement(1.0);
        Assert.Equal(2 * Math.Pow(2, -53), RandomSequence.NegativeTwoLog(nearOne), 1e-20);
        Assert.True(RandomSequence.NegativeTwoLog(8) < 0);
    }

    [Fact]
    public void NegativeTwoLog_Single_IsAccurateFromTheTailToOne()
    {
        for (int i = 1; i <= 20_000; i++)
        {
            float u = (float)(i <= 10_000 ? i / 10_000.0 : Math.Pow(2, -(i - 10_000) / 310.0));
            double exact = -2 * Math.Log(u);
            float actual = BoxMuller.NegativeTwoLog<float, Scalar<float>, GaussianLanesScalar<float>, float, ulong>(u);
            Assert.Equal(exact, actual, 1e-12 + (Math.Abs(exact) * 4 * Math.Pow(2, -24)));
        }
    }

    [Fact]
    public void TheTransformIsARotationOfTheRadius()
    {
        for (int i = -1000; i <= 1000; i++)
        {
            double angle = i / 1000.0;
            BoxMuller.Transform<double, Scalar<double>, GaussianLanesScalar<double>, double, ulong>(
                Math.Exp(-0.5), angle, 0.0, 0.0, out double first, out double second);
            Assert.Equal(Math.Cos(angle * Math.PI / 4), first, 1e-15);
            Assert.Equal(Math.Sin(angle * Math.PI / 4), second, 1e-15);
        }
    }
}
