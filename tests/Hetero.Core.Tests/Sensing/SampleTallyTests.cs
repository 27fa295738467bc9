using Hetero.Core.Sensing;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>What truncation leaves out, sample by sample.</summary>
public class SampleTallyTests
{
    // Kept is ŷ ≤ R, R itself among it; all responses ŷ − (ŷ − y) are counted, those of samples that are left out as well.
    [Fact]
    public void ThePredictionAtTheLevelStays()
    {
        SampleTally tally = default;
        double[] predictions = [2, double.BitIncrement(2), 1, 7], coefficients = [1, 1, -3, 2], stays = new double[4];
        tally.Take<double>(predictions, coefficients, 2, stays);
        Assert.Equal([1.0, 0, 1, 0], stays);
        Assert.Equal(2, tally.LeftOut);
        Assert.Equal(11, tally.Responses, 1e-12);
        SampleTally.Drop<double>(stays, coefficients);
        Assert.Equal([1.0, 0, -3, 0], coefficients);
    }
}
