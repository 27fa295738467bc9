using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

/// <summary>What the phase diagram predicts and measures, against plain recursions and the library's own runs.</summary>
public class PhaseDiagramTests
{
    // q ← (1 + η(s − q²))q, with the environments that the library says, on average over the recorded steps of the second half.
    [Fact]
    public void Cells_at_infinite_m_are_scalar_recursions()
    {
        (FigureNumbers numbers, PhaseDiagramData data) = SmallFigures.PhaseDiagram.Compute(new FigureRequest(7, 8, 2));
        Assert.Equal(12, data.Population.Cells.Count);
        foreach (PhaseCell cell in data.Population.Cells)
        {
            double[] expected = [.. new ulong[] { 7, 8 }.Select(seed => Late(cell.Recipe, seed)).Order()];
            Assert.Equal(expected.Length, cell.LateShares.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(1, expected[i] == cell.LateShares[i] ? 1 : cell.LateShares[i] / expected[i], 1e-9);
            }
        }

        Assert.Equal(24, numbers.Table.Rows.Count);
        Assert.Equal(24, numbers.Runs.Count);
        Assert.All(data.Samples.Cells, cell => Assert.Equal((1, 300), (cell.LateShares.Length, cell.Recipe.Samples)));
        Assert.All(data.SameSeeds.Cells.Zip(data.Population.Cells), pair => Assert.Contains(Assert.Single(pair.First.LateShares), pair.Second.LateShares));

        // 2·mean/(M² − mean²) < η < (mean + √(mean² + 2(M² − mean²)))/(M² − mean²), solved for M at η = 0.02: M² = 101 and 5101, over the row's numbers.
        Assert.Equal(["Infinity", "0.02", "3"], numbers.Table.Rows[0].Take(3));
        Assert.Equal(Math.Sqrt(101), double.Parse(numbers.Table.Rows[0][4], CultureInfo.InvariantCulture), 1e-6);
        Assert.Equal(Math.Sqrt(5101), double.Parse(numbers.Table.Rows[0][5], CultureInfo.InvariantCulture), 1e-6);
    }

    // Where the noise of the measurements feeds the spurious part, M above the boundary: medians over the same environments, 600 runs with noise of their own
    // against 6,000 predicted. The logarithms spread by 1.5, so that medians differ by 0.08 in one standard deviation: 0.4 is 5 of them, a false alarm in 10⁶. A
    // deviation off by √2 moves the median by 0.69.
    [Theory]
    [InlineData(0.1, 6, 12, 2000, 200)]
    [InlineData(0.05, 9, 8, 1000, 300)]
    public void The_noise_of_a_finite_m_leaves_what_is_predicted(double stepSize, double spread, int dimension, int samples, int steps)
    {
        SeedSweep sweep = new(
            "noise",
            new RunRecipe { Dimension = dimension, Samples = samples, Orthogonal = true, StepSize = stepSize, Spread = spread, Steps = steps, Every = 4, Seed = 50 });
        SweepBatch.Execute([sweep], 600, 2);
        NoisyPopulation noisy = new(sweep);
        double[] predicted = [.. Enumerable.Range(50, 600).SelectMany(seed => noisy.LateShares((ulong)seed, 10)).Order()];
        double measured = Quantiles.OfSorted(sweep.LateMeans(row => row.Spurious), 0.5);
        Assert.InRange(Math.Log(measured / Quantiles.OfSorted(predicted, 0.5)), -0.4, 0.4);
    }

    [Fact]
    public void Without_noise_the_prediction_is_that_of_infinite_m()
    {
        SeedSweep sweep = new("none", new RunRecipe { Dimension = 6, Samples = int.MaxValue, Orthogonal = true, Spread = 4, Steps = 300, Every = 3 });
        double expected = Late(sweep.Recipe, 5);
        Assert.All(new NoisyPopulation(sweep).LateShares(5, 3), share => Assert.Equal(1, share / expected, 2e-3));
    }

    // Medians that fall through 0.001 at a multiple of the predicted lower M, and rise above it at a multiple of the upper one.
    [Theory]
    [InlineData(1, 1, 1, 1, 1, 0)]
    [InlineData(1.1, 1, 1, 1, 1, 11, "wrong side")]
    [InlineData(0.9, 1, 1, 1, 1, 11, "wrong side")]
    [InlineData(1, 0.8, 1, 1, 1, 0, "wrong side")]
    [InlineData(1, 1, 1.3, 1, 1, 0, "the same, largest")]
    [InlineData(1, 1, 0.7, 1, 1, 0, "lower one, least")]
    [InlineData(1, 1, 1, 3, 1, 0, "geometric mean")]
    [InlineData(1, 1, 1, 0.3, 1, 0, "geometric mean")]
    [InlineData(1, 1, 1, 1, 0.01, 0, "below 0.9/η, least")]
    [InlineData(1, 1, 1, double.PositiveInfinity, 1, 0, "geometric mean", "diverges either")]
    public void Each_verdict_can_be_missed(double lower, double upper, double growing, double noisy, double level, int rows, params string[] missed)
    {
        double[] stepSizes = PhaseDiagram.Spaced(0.02, 0.2236068, 16, 4), spreads = PhaseDiagram.Spaced(3, 15, 24, 2);
        PhaseGrid population = Grid(Median, 1, null), samples = Grid(Noisy, growing, noisy);
        Verdict[] verdicts = PhaseDiagram.Judge(new(population, samples, population));
        Verdict[] ends = [.. verdicts.Where(verdict => verdict.Quantity.Contains("lower M over the predicted", StringComparison.Ordinal))];
        Assert.Equal((16, 11, rows), (ends.Length, ends.Count(verdict => verdict.Met is not null), ends.Count(verdict => verdict.Met == false)));
        Verdict[] others = [.. verdicts.Except(ends).Where(verdict => verdict.Met == false)];
        Assert.Equal(missed.Length, others.Length);
        Assert.All(missed.Zip(others), pair => Assert.Contains(pair.First, pair.Second.Quantity, StringComparison.Ordinal));

        (double Lower, double Upper) Window(RunRecipe recipe)
        {
            double eta = recipe.StepSize, square = (1 + eta) * (1 + eta);
            return (lower * Math.Sqrt(square - 1) / eta, upper * Math.Sqrt(square + 1) / eta);
        }

        double Median(RunRecipe recipe) => recipe.Spread > Window(recipe).Upper ? double.PositiveInfinity : 1e-3 * Math.Exp(60 * (1 - (recipe.Spread / Window(recipe).Lower)));

        double Noisy(RunRecipe recipe) => Math.Max(Median(recipe), 0.01 * level);

        PhaseGrid Grid(Func<RunRecipe, double> median, double factor, double? prediction) => new(
            stepSizes,
            spreads,
            [
                .. from stepSize in stepSizes
                   from spread in spreads
                   let recipe = new RunRecipe { StepSize = stepSize, Spread = spread }
                   let share = median(recipe) * factor
                   select new PhaseCell(recipe, [share], prediction is { } number ? share / number : null),
            ]);
    }

    private static double Late(RunRecipe recipe, ulong seed)
    {
        EnvironmentDistribution law = DiagonalEnvironments.TwoPoint(1, 1, recipe.Spread);
        EnvironmentSequence sequence = new(law, EnvironmentOrder.Independent, seed);
        double[] sigma = new double[1], label = new double[law.LabelLength];
        List<double> shares = [];
        double q = recipe.InitialScale;
        for (int step = 0; ; step++)
        {
            if (step % recipe.Every == 0 || step == recipe.Steps)
            {
                shares.Add(q * q);
            }

            if (step == recipe.Steps)
            {
                double mean = shares.Skip(shares.Count / 2).Average();
                return double.IsFinite(mean) ? mean : double.PositiveInfinity;
            }

            sequence.Get(step, sigma, label);
            q *= 1 + (recipe.StepSize * (sigma[0] - (q * q)));
        }
    }
}
