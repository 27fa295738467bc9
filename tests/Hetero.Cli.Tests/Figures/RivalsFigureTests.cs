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
