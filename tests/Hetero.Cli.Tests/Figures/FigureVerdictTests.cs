using Hetero.Cli.FigureCharts;
using Hetero.Core.Problems;
using Hetero.Core.Training;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

/// <summary>The expectations of the figures against numbers that were made up.</summary>
public class FigureVerdictTests
{
    private static readonly double[] Falling = [0.95, 0.75, 0.4, 0.08, 0.003, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData(0.98, 0.01, true)]
    [InlineData(0.5, 0.01, false)]
    [InlineData(0.98, 0.2, false)]
    public void Figure1_wants_the_stable_signal_fitted_and_the_oscillating_one_not(double pooled, double hetero, bool met)
    {
        SeedSweep[] sweeps = new Figure1().Sweeps(1);
        Fill(sweeps[0], 1, pooled);
        Fill(sweeps[1], 1, hetero);
        Assert.Equal(met, AllMet(Figure1.Judge(sweeps)));
    }

    [Theory]
    [InlineData(130, 0.8, true)]
    [InlineData(0.9, 0.8, false)]
    [InlineData(130, 1.01, false)]
    public void Figure2_wants_the_mean_to_grow_and_the_moment_to_fall(double mean, double moment, bool met)
        => Assert.Equal(met, AllMet(Figure2.Judge([130, 1.6, mean, moment], [130, 1.6, mean, moment])));

    [Fact]
    public void Figure2_wants_simulation_and_expectation_to_agree()
        => Assert.False(AllMet(Figure2.Judge([130, 1.6, 100, 0.8], [130, 1.6, 130, 0.9])));

    [Theory]
    [InlineData(1, 0, 0.03, true)]
    [InlineData(0.96, 0, 0.03, false)]
    [InlineData(1.03, 0, 0.03, false)]
    [InlineData(1, 0.2, 0.03, false)]
    [InlineData(1, 0, 0.003, false)]
    [InlineData(double.PositiveInfinity, 0, 0.03, false)]
    public void Figure3_wants_the_spurious_share_to_fall_with_M(double signal, double added, double random, bool met)
    {
        SeedSweep[] sweeps = new Figure3().Sweeps(1);
        Assert.Equal(20, sweeps.Length);
        foreach (SeedSweep sweep in sweeps)
        {
            bool orthogonal = sweep.Recipe.Layout == SubspaceLayout.Orthogonal;
            Fill(sweep, signal, orthogonal ? Falling[(int)sweep.Recipe.Spread - 1] + added : random);
        }

        Assert.Equal(met, AllMet(Figure3.Judge(sweeps)));
    }

    [Theory]
    [InlineData(0.69, 0.35, true)]
    [InlineData(0.9, 0.35, false)]
    [InlineData(0.69, 0.1, false)]
    public void Figure4_wants_the_spurious_share_to_fall_with_the_step_size(double first, double second, bool met)
    {
        double[] spurious = [first, second, 0.1, 0.02, 0.003, 0, 0, 0, 0];
        SeedSweep[] sweeps = new Figure4().Sweeps(1);
        Assert.Equal(18, sweeps.Length);
        foreach (SeedSweep sweep in sweeps)
        {
            Fill(sweep, 1, spurious[(int)Math.Round(100 * sweep.Recipe.StepSize) - 1]);
        }

        Assert.Equal(met, AllMet(Figure4.Judge(sweeps)));
    }

    [Theory]
    [InlineData(1.5, 2.2, 3.1, true)]
    [InlineData(0.5, 2.2, 3.1, false)]
    [InlineData(1.5, 2.2, 4.1, false)]
    [InlineData(1.5, 3.2, 3.1, false)]
    public void Figure6_wants_distances_that_grow_with_the_step_size(double first, double second, double third, bool met)
    {
        SeedSweep[] sweeps = new Figure6().Sweeps(1);
        foreach ((SeedSweep sweep, double distance) in sweeps.Zip([first, second, third]))
        {
            Fill(sweep, 1, 0, distance);
        }

        Assert.Equal(met, AllMet(Figure6.Judge(sweeps)));
    }

    [Theory]
    [InlineData(0.5, 1, 0, true)]
    [InlineData(0.3, 1, 0, false)]
    [InlineData(0.7, 1, 0, false)]
    [InlineData(0.5, 0.7, 0, false)]
    [InlineData(0.5, 1.3, 0, false)]
    [InlineData(0.5, 1, 0.15, false)]
    [InlineData(double.NegativeInfinity, 1, 0, false)]
    public void The_sample_complexity_wants_the_root_of_d_over_m_and_steps_in_proportion(double power, double slope, double bend, bool met)
    {
        ScalingPoint[] points = new SampleComplexity().Points(1, 1);
        Assert.Equal(3 * 8, points.Count(point => !point.IsTime));
        Assert.Equal(39, points.Select(point => point.Recipe.Seed).Distinct().Count());
        foreach (ScalingPoint point in points)
        {
            // A bend away from the straight line at the middle one of five values of α.
            double time = ((slope * point.LogScale) + 1.1) / point.Recipe.StepSize * (point.Recipe.InitialScale == 1e-4 ? 1 + bend : 1);
            double median = point.IsTime ? time : 1.3 * Math.Pow(point.Ratio, power);
            point.Measured = (median, median, median);
        }

        Assert.Equal(met, AllMet(SampleComplexity.Judge(points)));
    }

    [Fact]
    public void The_sample_complexity_does_not_take_a_wide_interval_for_a_rate()
    {
        ScalingPoint[] points = new SampleComplexity().Points(1, 1);
        for (int i = 0; i < points.Length; i++)
        {
            double median = points[i].IsTime ? (points[i].LogScale + 1.1) / points[i].Recipe.StepSize : Math.Sqrt(points[i].Ratio) * (i % 2 == 0 ? 1 : 3);
            points[i].Measured = (median, median, median);
        }

        Assert.False(AllMet(SampleComplexity.Judge(points)));
    }

    [Fact]
    public void The_figures_keep_the_papers_sizes()
    {
        foreach (RunRecipe run in new Figure3().Sweeps(1).Concat(new Figure4().Sweeps(1)).Select(sweep => sweep.Recipe))
        {
            Assert.Equal(
                (100, 1, 1, 1.0, 8000L, 1e-3),
                (run.Dimension, run.InvariantRank, run.SpuriousRank, run.SpuriousMean, run.Samples, run.InitialScale));
        }

        Assert.All(new Figure4().Sweeps(1), sweep => Assert.InRange(sweep.Recipe.StepSize * sweep.Recipe.Steps, 9.95, 10.05));
        foreach (RunRecipe run in new Figure6().Sweeps(1).Select(sweep => sweep.Recipe))
        {
            Assert.Equal(
                (30, 5, 5, 0.5, 4.0, 80L),
                (run.Dimension, run.InvariantRank, run.SpuriousRank, run.SpuriousMean, run.Spread, run.Samples));
            Assert.Equal(40, run.StepSize * run.Steps, 1e-9);
        }
    }

    private static bool AllMet(IEnumerable<Verdict> verdicts) => verdicts.All(verdict => verdict.Met != false);

    private static void Fill(SeedSweep sweep, double signal, double spurious, double distance = 0)
    {
        Trajectory trajectory = new(sweep.RecordedSteps.Count, 1);
        foreach (int step in sweep.RecordedSteps)
        {
            trajectory.Add(new TrajectoryRow(step, signal, spurious, 0, distance, distance), default);
        }

        sweep.Runs = [new RecordedRun(new TrainingOutcome(TrainingStatus.Completed, sweep.Recipe.Steps), trajectory)];
    }
}
