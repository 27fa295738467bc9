using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

/// <summary>The predictions of the figure of rivals against closed forms, and a verdict that is missed.</summary>
public class RivalsFigureTests
{
    private static readonly (double S, double Probability)[] TwoPoints = [(5, 0.5), (-3, 0.5)];

    // docs/rivals.md, by hand: μ + λμ3/(1 + 2λV); μ − λM²; (1 − √(1 − 4/λ))/4 for a; (μ − √(μ² − 1/(λM²)))/4.
    [Theory]
    [InlineData(ObjectiveKind.None, 0, 1, 1)]
    [InlineData(ObjectiveKind.VRex, 1, 1, 1)]
    [InlineData(ObjectiveKind.GradientVariance, 0.03, 1, 0.52)]
    [InlineData(ObjectiveKind.GradientVariance, 0.1, 1, 0)]
    [InlineData(ObjectiveKind.IrmV1, 10, 0.0563508, 0)]
    [InlineData(ObjectiveKind.MatrixIrm, 0.07, 1, 0)]
    [InlineData(ObjectiveKind.MatrixIrm, 1.05, 0, 0)]
    [InlineData(ObjectiveKind.GradientNormVariance, 0.1, 1, 0.0968566)]
    public void A_small_start_ends_where_the_closed_form_says(ObjectiveKind kind, double weight, double a, double b)
    {
        (double foundA, double foundB) = new RivalPrediction(kind, weight, TwoPoints, 4, 0).SmallStart();
        Assert.Equal(a, foundA, 2e-3);
        Assert.Equal(b, foundB, 2e-3);
    }

    [Fact]
    public void The_skew_law_moves_VRex()
        => Assert.Equal(1 + (12.0 / 9), new RivalPrediction(ObjectiveKind.VRex, 1, [(0, 0.8), (5, 0.2)], 4, 0).SmallStart().B, 1e-3);

    [Fact]
    public void The_global_minimizer_is_another_one()
    {
        (double a, double b) = new RivalPrediction(ObjectiveKind.IrmV1, 10, TwoPoints, 4, 0).Global();
        Assert.InRange(a, 0.95, 1.05);
        Assert.InRange(b, 0, 0.02);
        Assert.Equal(1, new RivalPrediction(ObjectiveKind.GradientNormVariance, 0.1, TwoPoints, 4, 0).Global().B, 1e-3);
    }

    // By hand: norm variance is left at b(1 + b)/(μ − 2b), IRMv1's stop at a/(1 − 2a) outwards and at a(1 − μ)/(1 − 2a) into V*.
    [Theory]
    [InlineData(0.1, 5, -3)]
    [InlineData(1, 5, -3)]
    [InlineData(0.3, 4.5, -3.5)]
    [InlineData(0.15, 6, -2)]
    public void Every_stop_of_the_norm_variance_is_a_saddle(double weight, double first, double second)
    {
        double mean = (first + second) / 2, spread = (first - second) / 2, b = (mean - Math.Sqrt((mean * mean) - (1 / (weight * spread * spread)))) / 4;
        double rate = new RivalPrediction(ObjectiveKind.GradientNormVariance, weight, [(first, 0.5), (second, 0.5)], 4, 0).TurningRate(1, b);
        Assert.Equal(b * (1 + b) / (mean - (2 * b)), rate, 1e-4);
        Assert.True(rate > 0);
    }

    [Theory]
    [InlineData(4.1, 1)]
    [InlineData(10, 1)]
    [InlineData(10, 0.5)]
    [InlineData(6, -1)]
    public void Every_stop_of_IRM_above_its_threshold_is_a_saddle(double weight, double mean)
    {
        double a = (1 - Math.Sqrt(1 - (4 / weight))) / 4, outwards = a / (1 - (2 * a)), into = a * (1 - mean) / (1 - (2 * a));
        double rate = new RivalPrediction(ObjectiveKind.IrmV1, weight, [(mean + 4, 0.5), (mean - 4, 0.5)], 4, 0).TurningRate(a, 0);
        Assert.Equal(Math.Max(outwards, into), rate, 1e-3);
    }

    // d/m is a weight decay, which holds the stop of a large λ.
    [Fact]
    public void Few_samples_hold_the_stop_of_a_large_weight()
    {
        foreach ((double weight, double rate) in new[] { (0.1, 0.118), (1, -0.030) })
        {
            RivalPrediction prediction = new(ObjectiveKind.GradientNormVariance, weight, TwoPoints, 40, 1.0 / 8000);
            (double a, double b) = prediction.SmallStart();
            Assert.Equal(rate, prediction.TurningRate(a, b), 1e-3);
        }
    }

    [Theory]
    [InlineData(ObjectiveKind.None, 0)]
    [InlineData(ObjectiveKind.VRex, 1)]
    [InlineData(ObjectiveKind.GradientVariance, 0.03)]
    [InlineData(ObjectiveKind.IrmV1, 0.1)]
    [InlineData(ObjectiveKind.IrmV1, 1)]
    [InlineData(ObjectiveKind.MatrixIrm, 0.07)]
    public void What_stays_does_not_turn(ObjectiveKind kind, double weight)
    {
        // A mean below the true eigenvalue: at 1 every turned pooled solution is one.
        RivalPrediction prediction = new(kind, weight, [(4.5, 0.5), (-3.5, 0.5)], 4, 0);
        (double a, double b) = prediction.SmallStart();
        Assert.True(prediction.TurningRate(a, b) < 0.01);
    }

    // What has the time to leave its stop is expected at the minimizer, everything else where a small start ends.
    [Fact]
    public void The_figure_expects_what_is_left_to_be_left()
    {
        RivalCase[] cases = [.. new Rivals().Cases(1).Where(one => one.SmallStart is not null && one.SmallStart == one.Global && one.Law.StartsWith("1 ± 4", StringComparison.Ordinal))];
        Assert.Equal(
            ["irm-v1 4.1", "gradient-norm-variance 0.1"],
            cases.Where(one => one.Method is "irm-v1" or "gradient-norm-variance").Select(one => $"{one.Method} {one.Penalty.ToString(System.Globalization.CultureInfo.InvariantCulture)}"));
        Assert.Equal("1 ± 4, longer", cases.Single(one => one.Method == "gradient-norm-variance").Law);
        Assert.Equal(0.998, cases.Single(one => one.Method == "gradient-norm-variance").SmallStart!.Value.B, 1e-3);
    }

    // Matrix IRM at a ≈ 1, b = 0: (a − 1)(1 + 2λ) = −λ(d + 1)/(2m)·E s², to first order in 1/m.
    [Fact]
    public void Fewer_samples_are_a_weight_decay()
    {
        double weight = 0.5, expected = 1 - (weight * 41 / 16_000 * 17 / (1 + (2 * weight)));
        Assert.Equal(expected, new RivalPrediction(ObjectiveKind.MatrixIrm, weight, TwoPoints, 40, 1.0 / 8000).SmallStart().A, 1e-3);
    }

    // σ²(d − 1 + ω) at overlap 0, where the mixed weights are 3/8 and 5/8.
    [Fact]
    public void Two_fits_pay_for_their_overlap()
    {
        double variance = 0.25 / (4100 - 820 - 1);
        Assert.Equal(Math.Sqrt(variance * (39 + (34.0 / 64))), TwoFits.Expected(40, 4100, 0.5, 0), 1e-12);
        Assert.True(TwoFits.Expected(40, 4100, 0.5, 0.6) > 1.2 * TwoFits.Expected(40, 4100, 0.5, 0));
        Assert.True(TwoFits.Error(6, 110, 0, 0.6, 300, 1, CancellationToken.None) < 1e-9);
    }
}
