using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Xunit;

namespace Hetero.Core.Tests.Statistics;

public class PowerLawFitTests
{
    [Fact]
    public void APurePowerIsFoundExactly()
    {
        double[] x = [1, 2, 5, 10], y = [.. x.Select(value => 3 * Math.Pow(value, -0.5))];
        PowerLawFit fit = PowerLawFit.Fit(x, y, 0.95);
        Assert.Equal(-0.5, fit.Slope.Estimate, 14);
        Assert.Equal(Math.Log(3), fit.Intercept, 14);
        Assert.Equal(0, fit.SlopeError, 13);
    }

    [Fact]
    public void TheErrorIsThatOfTheLine()
    {
        // log x = 0, 1, 2 and log y = 0, 1, 0: slope 0, intercept 1/3, residuals −1/3, 2/3, −1/3, so the error is √((6/9)/1/2).
        PowerLawFit fit = PowerLawFit.Fit([1, Math.E, Math.E * Math.E], [1, Math.E, 1], 0.95);
        Assert.Equal(0, fit.Slope.Estimate, 14);
        Assert.Equal(Math.Sqrt(1 / 3.0), fit.SlopeError, 14);
        Assert.Equal(12.70620474 * fit.SlopeError, fit.Slope.Upper, 1e-6);
    }

    [Fact]
    public void TheIntervalCoversAsOftenAsItSays()
    {
        // 1,000 fits of 6 points at 90 %: 900 ± 9.5 cover; six deviations are allowed, a false-alarm rate of 2e-9.
        int covered = 0;
        double[] x = [1, 2, 4, 8, 16, 32], y = new double[6];
        for (int i = 0; i < 1000; i++)
        {
            new RandomStream(9, StreamPurpose.User, i).FillGaussian(0, y.AsSpan());
            for (int j = 0; j < y.Length; j++)
            {
                y[j] = Math.Exp(0.1 * y[j]) / Math.Sqrt(x[j]);
            }

            covered += PowerLawFit.Fit(x, y, 0.9).Slope.Contains(-0.5) ? 1 : 0;
        }

        Assert.InRange(covered, 900 - 57, 900 + 57);
    }

    [Fact]
    public void RefusesWhatIsNoLine()
    {
        Assert.Throws<ArgumentException>(() => PowerLawFit.Fit([1, 2], [1, 2], 0.9));
        Assert.Throws<ArgumentException>(() => PowerLawFit.Fit([1, 2, 3], [1, 2], 0.9));
        Assert.Throws<ArgumentException>(() => PowerLawFit.Fit([2, 2, 2], [1, 2, 3], 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerLawFit.Fit([1, 2, 3], [1, 0, 2], 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerLawFit.Fit([1, 2, 3], [1, 1, 2], 2));
    }
}
