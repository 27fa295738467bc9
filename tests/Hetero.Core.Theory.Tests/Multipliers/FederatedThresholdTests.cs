using Hetero.Core.Theory.Multipliers;
using Xunit;

namespace Hetero.Core.Theory.Tests.Multipliers;

/// <summary>Windows of M for clients and local steps, at η = 0.05 and mean 1 where nothing else is said.</summary>
public class FederatedThresholdTests
{
    // By another program, to the digits that are given; 60 or more where no upper end is.
    [Theory]
    [InlineData(1, 1, 6.404, 29.0)]
    [InlineData(1, 2, 8.843, 28.35)]
    [InlineData(1, 3, 10.724, double.PositiveInfinity)]
    [InlineData(1, 4, 12.313, 52.21)]
    [InlineData(2, 2, 13.627, 24.40)]
    [InlineData(5, 1, 6.404, 29.0)]
    [InlineData(5, 2, 17.218, 23.41)]
    [InlineData(5, 3, 20.713, 21.26)]
    [InlineData(5, 4, 20.998, 21.003)]
    public void WindowsOfIndependentClients(int localSteps, int clients, double lower, double upper)
    {
        (double low, double high) = FederatedThreshold.Window(1, 0.05, clients, localSteps)!.Value;
        Assert.Equal(lower, low, 1.5e-3);
        if (double.IsFinite(upper))
        {
            Assert.Equal(upper, high, 1e-2);
        }
        else
        {
            Assert.True(high > 60);
        }
    }

    [Fact]
    public void ASingleClientHasTheEndsInClosedForm()
    {
        (double lower, double upper) = StabilityThreshold.TwoPointSpreads(1, 0.05);
        (double low, double high) = FederatedThreshold.Window(1, 0.05, 1, 7)!.Value;
        Assert.Equal(lower, low, 1e-9);
        Assert.Equal(upper, high, 1e-9);
    }

    // Two clients, one step: (1 + η + ηM)(|1 + η − ηM|)(1 + η)² = 1, so that (ηM)² = g² ± 1/g² with g = 1 + η·mean.
    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(2, 0.03)]
    [InlineData(0.5, 0.2)]
    public void TwoClientsHaveTheEndsInClosedForm(double mean, double stepSize)
    {
        double g = 1 + (stepSize * mean), square = g * g;
        (double low, double high) = FederatedThreshold.Window(mean, stepSize, 2, 1)!.Value;
        Assert.Equal(Math.Sqrt(square - (1 / square)) / stepSize, low, 1e-9 * low);
        Assert.Equal(Math.Sqrt(square + (1 / square)) / stepSize, high, 1e-9 * high);
    }

    // log|gδ| pays for the 2^N − 1 other draws: δ = exp(−(2^N − 1)·log 2g − K⁻¹ΣC(N, j)·log(j/N))/g on either side of M₀, if all others are as at M₀.
    [Theory]
    [InlineData(5, 4)]
    [InlineData(5, 5)]
    [InlineData(2, 5)]
    public void TheWindowOfManyClientsIsNarrowAndNeverEmpty(int localSteps, int clients)
    {
        double choose = 1, sum = 0;
        for (int j = 1; j <= clients; j++)
        {
            choose = choose * (clients - j + 1) / j;
            sum += choose * Math.Log((double)j / clients);
        }

        double expected = Math.Exp((-(Math.Pow(2, clients) - 1) * Math.Log(2.1)) - (sum / localSteps)) / 1.05;
        (double low, double high) = FederatedThreshold.Window(1, 0.05, clients, localSteps)!.Value;
        Assert.Equal(1, (21 - low) / (21 * expected), 0.03);
        Assert.Equal(1, (high - 21) / (21 * expected), 0.03);
    }

    [Fact]
    public void WithoutReplacementTheWindowIsNarrowerOrNone()
    {
        Assert.Equal(10.58, FederatedThreshold.Window(1, 0.05, 2, 1, environments: 4)!.Value.Lower, 0.01);
        Assert.Equal(9.32, FederatedThreshold.Window(1, 0.05, 2, 1, environments: 10)!.Value.Lower, 0.01);
        Assert.Equal(20.05, FederatedThreshold.Window(1, 0.05, 2, 5, environments: 4)!.Value.Lower, 0.01);
        Assert.Equal(8.843, FederatedThreshold.Window(1, 0.05, 2, 1, environments: 4096)!.Value.Lower, 0.002);
        Assert.Null(FederatedThreshold.Window(1, 0.05, 3, 5, environments: 4));
        for (int list = 2; list <= 10; list += 2)
        {
            Assert.Null(FederatedThreshold.Window(1, 0.05, list, 1, list));
            Assert.Null(FederatedThreshold.Window(1, 0.05, list, 5, list));
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    public void EndsAreZeros(int localSteps, int clients)
    {
        (double low, double high) = FederatedThreshold.Window(1, 0.05, clients, localSteps)!.Value;
        double near = 1e-4 * (high - low);
        Assert.True(At(low - near) > 0 && At(low + near) < 0 && At(high - near) < 0 && (high == 210 || At(high + near) > 0));

        double At(double spread) => FederatedGrowth.Exponent(EntryLaw.TwoPoint(1, spread), 0.05, clients, localSteps);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("mean", () => FederatedThreshold.Window(-30, 0.05, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => FederatedThreshold.Window(1, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => FederatedThreshold.Window(1, 1e-305, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("clients", () => FederatedThreshold.Window(1, 0.05, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("clients", () => FederatedThreshold.Window(1, 0.05, 5, 1, 4));
        Assert.Throws<ArgumentOutOfRangeException>("localSteps", () => FederatedThreshold.Window(1, 0.05, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("environments", () => FederatedThreshold.Window(1, 0.05, 1, 1, 3));
    }
}
