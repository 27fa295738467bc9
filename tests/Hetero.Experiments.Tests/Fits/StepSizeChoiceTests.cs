using Hetero.Core.Sensing;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>Environments' variation is found, and the window is that of the known s.</summary>
public class StepSizeChoiceTests
{
    private const int D = 6, Rows = 3000;

    // Entries of a fit of 3,000 rows have a standard deviation of about ‖B‖√(2/3000), 0.2 for s = 7, and s lies within six of them but for one seed in 10⁸.
    [Fact]
    public void The_multipliers_and_the_invariant_part_are_found()
    {
        double[] s = [-5, -1, 3, 7];
        EnvironmentVariation variation = Variation(s);
        Assert.Equal(1, variation.Rank);
        Assert.All(s.Zip(variation.Sigma), pair => Assert.InRange(pair.Second[0], pair.First - 1.2, pair.First + 1.2));
        Assert.InRange(variation.Largest, 0.5, 1.5);

        // The mean of log |1 + 0.1s| is (log 0.5 + log 0.9 + log 1.3 + log 1.7)/4.
        Assert.Equal((Math.Log(0.5) + Math.Log(0.9) + Math.Log(1.3) + Math.Log(1.7)) / 4, variation.Growth(0.1), 0.08);
    }

    [Fact]
    public void The_window_is_that_of_the_law_and_the_choice_in_it()
    {
        // |1 − 5η|·|1 + 7η| < 1 from 2/35 = 0.0571 on, and ηs ≤ 1.6 up to 1.6/7.
        StepSizeChoice choice = Choice([-5, 7]);
        Assert.Equal(2.0 / 35, choice.From!.Value, 0.01);
        Assert.Equal(1.6 / 7, choice.To!.Value, 0.03);
        Assert.Equal(Math.Pow(Math.Pow(choice.From.Value, 3) * choice.To.Value, 0.25), choice.StepSize, 1e-12);
        Assert.True(choice.Growth < 0);

        // log(√Λ/α)/log(1 + ηΛ) with Λ = 1 and α = 10⁻³.
        Assert.Equal(Math.Log(1000) / Math.Log(1 + choice.StepSize), choice.GrowthSteps, 0.1 * choice.GrowthSteps);

        // A factor of 2 on every step size halves all of them.
        StepSizeChoice half = Choice([-5, 7], new RunRecipe { GradientScale = 2 });
        Assert.Equal((choice.From / 2, choice.To / 2, choice.StepSize / 2), (half.From, half.To, half.StepSize));
    }

    [Fact]
    public void Where_no_step_size_is_stable_it_says_so()
    {
        // |1 + 4η|·|1 + 6η| is above 1 for all η.
        StepSizeChoice choice = Choice([4, 6]);
        Assert.Null(choice.From);
        Assert.Null(choice.To);
        Assert.True(choice.Growth > 0);
        Assert.InRange(choice.StepSize * 6, 0, 1.2);
    }

    [Fact]
    public void Environments_that_do_not_vary_are_told_from_those_that_do()
    {
        StepSizeChoice choice = Choice([2, 2, 2, 2, 2, 2]);
        Assert.True(choice.Directions == 0 || choice.Multipliers.Max() - choice.Multipliers.Min() < 1, $"{choice}");
        Assert.Null(choice.From);
    }

    // A* = −e₀e₀ᵀ is no UUᵀ: it was said to take more steps.
    [Fact]
    public void An_invariant_part_that_is_negative_is_said_to_be()
    {
        Assert.False(Choice([-5, 7]).IsNegative);
        EnvironmentSamples<double>[] rows = [.. new[] { 5.0, -7 }.Select((s, e) => AxisData.Make(D, s, Rows, 11, e))];
        rows = [.. rows.Select(one => one with { Responses = (double[])[.. one.Responses.ToArray().Select(y => -y)] })];
        Assert.True(StepSizeChoice.Of(EnvironmentVariation.Of(D, MeasurementLayout.Svec, rows, [0.5, 0.5], null, 1), new RunRecipe(), [1, 1], [0.5, 0.5]).IsNegative);
    }

    // Both directions with s = 5 in one environment and −3 in the other: factors of (1 + 5η) and (1 − 3η) in every direction.
    [Fact]
    public void Two_directions_have_the_growth_of_products_of_matrices()
    {
        EnvironmentVariation variation = EnvironmentVariation.Of<double>(D, MeasurementLayout.Svec, [Make(5, 5, 0), Make(-3, -3, 1)], [0.5, 0.5], null, 1);
        Assert.Equal(2, variation.Rank);
        double expected = (Math.Log(1 + (5 * 0.2)) + Math.Log(1 - (3 * 0.2))) / 2;

        // 4,000 draws of log 2 or log 0.4: a standard deviation of 0.013, and what the fits of 3,000 rows add.
        Assert.InRange(variation.Growth(0.2), expected - 0.1, expected + 0.15);
    }

    // E s = −1: |1 + ηs| has a mean log below 0 for every small η, until (5η − 1)(1 + 3η) = 1. The lower end was the least η that is looked at, and the choice a two-hundredth of the largest.
    [Fact]
    public void Where_every_small_step_size_is_stable_the_window_begins_at_0()
    {
        StepSizeChoice choice = Choice([-5, 3]);
        Assert.Equal(0, choice.From);
        Assert.Equal((Math.Sqrt(124) - 2) / 30, choice.To!.Value, 0.03);
        Assert.Equal(choice.To.Value * Math.Pow(0.25, 0.75), choice.StepSize, 1e-9);
    }

    // Inputs and responses times c have the same signals, a window of η/c², and the same s.
    [Theory]
    [InlineData(0.01)]
    [InlineData(30)]
    public void The_window_goes_by_the_scale_of_inputs_and_the_multipliers_do_not(double c)
    {
        StepSizeChoice plain = Choice([-5, 7]), scaled = Choice([-5, 7], new RunRecipe(), c);
        Assert.Equal(plain.From!.Value, scaled.From!.Value * c * c, 1e-9);
        Assert.Equal(plain.StepSize, scaled.StepSize * c * c, 1e-9);
        Assert.Equal(plain.Multipliers[1], scaled.Multipliers[1], 1e-9);
        Assert.Equal(plain.GrowthSteps, scaled.GrowthSteps, 1e-6);
    }

    private static StepSizeChoice Choice(double[] s, RunRecipe? training = null, double c = 1)
    {
        double[] probabilities = [.. s.Select(_ => 1.0 / s.Length)];
        return StepSizeChoice.Of(Variation(s, c), training ?? new RunRecipe(), [.. s.Select(_ => c * c)], probabilities);
    }

    private static EnvironmentVariation Variation(double[] s, double c = 1)
        => EnvironmentVariation.Of(
            D, MeasurementLayout.Svec, [.. s.Select((value, e) => AxisData.Scaled(AxisData.Make(D, value, Rows, 11, e), c))], [.. s.Select(_ => 1.0 / s.Length)], null, 1);

    private static EnvironmentSamples<double> Make(double first, double second, int substream)
    {
        EnvironmentSamples<double> rows = AxisData.Make(D, first, Rows, 12, substream);
        int p = Svec.Length(D);
        double[] y = rows.Responses.ToArray();
        for (int i = 0; i < Rows; i++)
        {
            y[i] += second * rows.Measurements.Span[(i * p) + Svec.IndexOf(2, 2)];
        }

        return rows with { Responses = y };
    }
}
