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
        StepSizeChoice choice = StepSizeChoice.Of(Variation([-5, 7]), new RunRecipe());
        Assert.Equal(2.0 / 35, choice.From!.Value, 0.01);
        Assert.Equal(1.6 / 7, choice.To!.Value, 0.03);
        Assert.Equal(Math.Pow(Math.Pow(choice.From.Value, 3) * choice.To.Value, 0.25), choice.StepSize, 1e-12);
        Assert.True(choice.Growth < 0);

        // log(√Λ/α)/log(1 + ηΛ) with Λ = 1 and α = 10⁻³.
        Assert.Equal(Math.Log(1000) / Math.Log(1 + choice.StepSize), choice.GrowthSteps, 0.1 * choice.GrowthSteps);

        // A factor of 2 on every step size halves all of them.
        StepSizeChoice half = StepSizeChoice.Of(Variation([-5, 7]), new RunRecipe { GradientScale = 2 });
        Assert.Equal((choice.From / 2, choice.To / 2, choice.StepSize / 2), (half.From, half.To, half.StepSize));
    }

    [Fact]
    public void Where_no_step_size_is_stable_it_says_so()
    {
        // |1 + 4η|·|1 + 6η| is above 1 for all η.
        StepSizeChoice choice = StepSizeChoice.Of(Variation([4, 6]), new RunRecipe());
        Assert.Null(choice.From);
        Assert.Null(choice.To);
        Assert.True(choice.Growth > 0);
        Assert.InRange(choice.StepSize * 6, 0, 1.2);
    }

    [Fact]
    public void Environments_that_do_not_vary_are_told_from_those_that_do()
    {
        StepSizeChoice choice = StepSizeChoice.Of(Variation([2, 2, 2, 2, 2, 2]), new RunRecipe());
        Assert.True(choice.Directions == 0 || choice.Multipliers.Max() - choice.Multipliers.Min() < 1, $"{choice}");
        Assert.Null(choice.From);
    }

    // Both directions with s = 5 in one environment and −3 in the other: factors of (1 + 5η) and (1 − 3η) in every direction.
    [Fact]
    public void Two_directions_have_the_growth_of_products_of_matrices()
    {
        EnvironmentVariation variation = EnvironmentVariation.Of<double>(D, MeasurementLayout.Svec, [Make(5, 5, 0), Make(-3, -3, 1)], [0.5, 0.5], null, 1, null);
        Assert.Equal(2, variation.Rank);
        double expected = (Math.Log(1 + (5 * 0.2)) + Math.Log(1 - (3 * 0.2))) / 2;

        // 4,000 draws of log 2 or log 0.4: a standard deviation of 0.013, and what the fits of 3,000 rows add.
        Assert.InRange(variation.Growth(0.2), expected - 0.1, expected + 0.15);
    }

    private static EnvironmentVariation Variation(double[] s)
        => EnvironmentVariation.Of(D, MeasurementLayout.Svec, [.. s.Select((value, e) => AxisData.Make(D, value, Rows, 11, e))], [.. s.Select(_ => 1.0 / s.Length)], null, 1, null);

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
