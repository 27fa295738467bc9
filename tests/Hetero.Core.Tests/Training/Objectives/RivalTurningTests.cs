using Hetero.Core.Environments;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>
/// docs/rivals.md, stops that turn: from a Haar-random frame of width d − 1 = 2, which unlike αI mixes the directions, IRMv1 and norm variance leave at
/// m = ∞ the stops at which training from αI ends; objectives whose ends are minima over M keep them.
/// </summary>
public class RivalTurningTests
{
    private const double Tolerance = 0.02;

    private static readonly FiniteEnvironments TwoPoints = RivalRun.Scalars((5, 0.5), (-3, 0.5));

    // The curvature across is 1/(2a − 1): below 0 at the stop, above 0 at the end. The turning takes (1 − 2a)/a units of time: 2.7 and 16.
    [Theory]
    [InlineData(4.1, 20_000, 0.211, 1.0075, 0.0075)]
    [InlineData(10, 60_000, 0.0564, 1.0031, 0.0031)]
    public void IrmV1LeavesItsStop(double weight, int steps, double stop, double a, double b)
    {
        Assert.Equal(stop, RivalRun.End(new IrmV1<double>(weight), TwoPoints, stepSize: 0.01, steps: 20_000).A, Tolerance * stop);
        OverFrames(seed =>
        {
            RivalRun end = RivalRun.End(new IrmV1<double>(weight), TwoPoints, stepSize: 0.01, steps: steps, frame: seed);
            Assert.Equal(a, end.A, 0.001);
            Assert.Equal(b, end.B, 0.0005);
        });
    }

    // It is −8λM²b² at the stop, and the mean is the minimizer.
    [Theory]
    [InlineData(1, 4, 0.1)]
    [InlineData(0.7, 3, 0.4)]
    public void GradientNormVarianceLeavesItsStop(double mean, double spread, double weight)
    {
        FiniteEnvironments law = RivalRun.Scalars((mean - spread, 0.5), (mean + spread, 0.5));
        Assert.InRange(RivalRun.End(new GradientNormVariance<double>(weight), law, stepSize: 0.005, steps: 20_000).B, 0, mean / 4);
        OverFrames(seed =>
        {
            RivalRun end = RivalRun.End(new GradientNormVariance<double>(weight), law, stepSize: 0.005, steps: 60_000, frame: seed);
            Assert.Equal(mean, end.B, Tolerance * mean);
            Assert.Equal(1, end.A, Tolerance);
        });
    }

    [Fact]
    public void MinimaOverAllMatricesStay()
        => OverFrames(seed =>
        {
            FiniteEnvironments skew = RivalRun.Scalars((0, 0.8), (5, 0.2));
            (Objective<double> Objective, FiniteEnvironments Law, double B)[] cases =
            [
                (new MeanRisk<double>(), TwoPoints, 1),
                (new GroupDro<double>(), TwoPoints, 1),
                (new RiskExtrapolation<double>(0.1), skew, 5.0 / 3),
                (new GradientVariance<double>(0.03), TwoPoints, 0.52),
                (new MatrixIrm<double>(0.03), TwoPoints, 0.528),
                (new MatrixIrm<double>(0.5), TwoPoints, 0),
                (new IrmV1<double>(0.1), TwoPoints, 0.234),
            ];
            foreach ((Objective<double> objective, FiniteEnvironments law, double b) in cases)
            {
                RivalRun end = RivalRun.End(objective, law, stepSize: 0.01, steps: 20_000, frame: seed);
                Assert.Equal(b, end.B, Tolerance * Math.Max(0.3, b));
                Assert.Equal(1, end.A, 0.04);
            }
        });

    private static void OverFrames(Action<int> check) => Array.ForEach([1, 2, 3, 4], check);
}
