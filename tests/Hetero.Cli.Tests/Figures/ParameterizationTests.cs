using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

/// <summary>What the figures on parameterizations predict, against values by hand and plain recursions.</summary>
public class ParameterizationTests
{
    // (1 + 0.05)² − 0.05²M² = 1 for mean 1: M² = 41; a damped mean of 1 or below never grows.
    [Fact]
    public void Thresholds_by_hand()
    {
        Assert.Equal(Math.Sqrt(41), GrowthThreshold.Predicted(1, 0.05, 0), 1e-12);
        Assert.Equal(Math.Sqrt(84), GrowthThreshold.Predicted(2, 0.05, 0), 1e-12);
        Assert.Equal(Math.Sqrt(41), GrowthThreshold.Predicted(2, 0.05, 1), 1e-12);
        Assert.Equal(0, GrowthThreshold.Predicted(1, 0.05, 1));
        Assert.Equal(0, GrowthThreshold.Predicted(0.5, 0.05, 1));
    }

    // Mean 1 at η = 0.05: √((0.05·25.25·41)/40000) for d = 40, M = 5, mean 0.5.
    [Fact]
    public void The_floors_of_the_indefinite_figure_by_hand()
    {
        IndefiniteSignals figure = new();
        Assert.Equal(0.03597, figure.NoiseFloor, 1e-5);
        Assert.Equal(1 / Math.Sqrt(3), figure.SemidefiniteFloor, 1e-12);
    }

    // At m = ∞ all of the residual is along V*: c ← (1 − η)c + η(±M), c_0 = −mean, and the signal's part of the start falls as (1 − η)^t.
    [Fact]
    public void The_recursion_of_the_matrix_itself_is_that_of_its_two_parts()
    {
        RunRecipe recipe = new() { Dimension = 4, SpuriousMean = 0.5, Spread = 3, StepSize = 0.1, Measurements = MeasurementKind.Population };
        DirectRecursion recursion = new(recipe);
        double signal = 1, spurious = 0.25;
        for (int step = 0; step <= 20; step++)
        {
            Assert.Equal(signal + spurious, recursion.At(step), 1e-12);
            signal *= 0.81;
            spurious = (0.81 * spurious) + (0.01 * 9);
        }

        Assert.Equal(0.1 * 9 / 1.9, recursion.Stationary, 1e-12);
    }

    // Batches of no more than η(p + 1)/(2 − η) samples feed more than a step takes: p + 1 = 11 for d = 4.
    [Fact]
    public void The_matrix_itself_needs_a_least_number_of_samples()
    {
        RunRecipe recipe = new() { Dimension = 4, StepSize = 1, Samples = 11 };
        Assert.Equal(double.PositiveInfinity, new DirectRecursion(recipe).Stationary);
        Assert.True(double.IsFinite(new DirectRecursion(recipe with { Samples = 12 }).Stationary));
    }

    // Factors of 1 (m = p + 1 at η = 1), above it, and above it with nothing fed: x ← f·x + b in plain loops.
    [Theory]
    [InlineData(11, 1, 3)]
    [InlineData(5, 1, 3)]
    [InlineData(5, 1, 0)]
    [InlineData(11, 1, 0)]
    [InlineData(12, 1, 3)]
    public void The_recursion_of_the_matrix_itself_grows_where_batches_are_too_small(int samples, double stepSize, double spread)
    {
        RunRecipe recipe = new() { Dimension = 4, SpuriousMean = 0.5, Spread = spread, StepSize = stepSize, Samples = samples };
        DirectRecursion recursion = new(recipe);
        double noise = 11.0 / samples, factor = ((1 - stepSize) * (1 - stepSize)) + (stepSize * stepSize * noise), x = 1.25;
        for (int step = 0; step <= 30; step++)
        {
            Assert.Equal(x, recursion.At(step), 1e-12 * x);
            x = (factor * x) + (stepSize * stepSize * spread * spread * (1 + noise));
        }

        Assert.False(double.IsNaN(recursion.At(100_000)));
    }

    // With the same s in both, q has no growth but log|1 + η(s − 1)|; over all seeds that has its expectation, to 4.5 of its standard errors (a false alarm of 1 in 10⁵ over the seeds).
    [Theory]
    [InlineData(0.5, 300, 700)]
    [InlineData(1, 500, 1500)]
    public void The_growth_of_one_column_is_that_of_the_environments_drawn(double mean, int first, int last)
    {
        const int Seeds = 41;
        RunRecipe recipe = new() { Dimension = 16, SpuriousMean = mean, Spread = 4, FactorColumns = 1, Orthogonal = true };
        (double measured, double drawn) = GrowthThreshold.MeasureGrowth(recipe, Seeds, first, last, default);
        Assert.Equal(1, measured / drawn, 0.01);
        double up = Math.Log(1 + (0.05 * (mean + 3))), down = Math.Log(1 + (0.05 * (mean - 5)));
        Assert.Equal((up + down) / 2, drawn, 4.5 * (up - down) / 2 / Math.Sqrt(Seeds * (last - first)));
    }

    // The mean over 500 runs of few samples against the closed form. A term is bounded by no law that is known here; its spread is measured with it, and 4.5 standard errors are a false alarm of
    // about 1 in 10⁵ over the seeds.
    [Fact]
    public void The_recursion_of_the_matrix_itself_is_that_of_finite_batches()
    {
        RunRecipe recipe = new()
        {
            Model = ModelKind.Direct, Dimension = 4, SpuriousMean = 0.5, Spread = 3, StepSize = 0.1, Samples = 20, Steps = 12, Every = 12, Orthogonal = true, InitialScale = 1e-8,
        };
        double[] squares = [.. RunBatch.Execute(RunBatch.OverSeeds(recipe, 500), 2).Select(run => Math.Pow(run.Trajectory.Rows[^1].PooledError, 2))];
        double mean = squares.Average(), error = Math.Sqrt(squares.Sum(square => (square - mean) * (square - mean)) / squares.Length / (squares.Length - 1));
        Assert.Equal(new DirectRecursion(recipe).At(12), mean, 4.5 * error);
    }

    // Runs of 1500 steps end with a share of 1e-20 where the growth is −0.015 a step, which is 15 % above the threshold.
    [Fact]
    public void Half_widths_on_both_sides_of_a_threshold_are_told_apart()
    {
        RunRecipe recipe = new() { Dimension = 6, SpuriousMean = 2, FactorColumns = 1, Orthogonal = true };
        double predicted = GrowthThreshold.Predicted(2, recipe.StepSize, 1);
        Assert.InRange(GrowthThreshold.Measure(recipe, 0.6 * predicted, 1.4 * predicted, 1500, default) / predicted, 1, 1.25);
    }
}
