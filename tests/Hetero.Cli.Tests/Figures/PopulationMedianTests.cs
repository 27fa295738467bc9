using Hetero.Cli.CommandLine;
using Hetero.Core.Training;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

/// <summary>The reduced dynamics against the full program at m = ∞, at the figures' own settings.</summary>
public class PopulationMedianTests
{
    public static TheoryData<string> Figures => ["figure1", "figure3", "figure4", "figure5", "figure6"];

    [Theory]
    [MemberData(nameof(Figures))]
    public void Every_path_and_every_median_is_that_of_the_full_program(string name)
    {
        const ulong Seed = 3;
        const int Seeds = 3;
        FigureRequest request = new(Seed, Seeds, 2);
        foreach (SeedSweep figure in SweepsOf(name, Seed))
        {
            SeedSweep sweep = new(figure.Title, figure.Recipe with { Measurements = MeasurementKind.Population }, withSingleRun: false)
            {
                Runs = RunBatch.Execute([.. RunBatch.OverSeeds(figure.Recipe with { Measurements = MeasurementKind.Population }, Seeds)], 2),
            };
            PopulationPath path = PopulationPath.Create(sweep);
            for (int i = 0; i < Seeds; i++)
            {
                Trajectory full = sweep.Runs[i].Trajectory;
                Assert.Equal(sweep.RecordedSteps.Count, full.Count);
                path.Run(Seed + (ulong)i, (row, state) =>
                {
                    Assert.Equal(sweep.RecordedSteps[row], full.Rows[row].Step);
                    Assert.Equal(full.Rows[row].Signal, state.SignalShare, 1e-9);
                    Assert.Equal(full.Rows[row].Spurious, state.SpuriousShare, 1e-9);
                    Assert.Equal(full.Rows[row].Error, state.Error, 1e-9);
                });
            }

            PopulationMedian median = PopulationMedian.Of(sweep, request, Seeds);
            QuantileBand signal = sweep.Band(row => row.Signal), spurious = sweep.Band(row => row.Spurious);
            for (int row = 0; row < sweep.RecordedSteps.Count; row++)
            {
                Assert.Equal(signal.Median[row], median.Signal[row], 1e-9);
                Assert.Equal(spurious.Median[row], median.Spurious[row], 1e-9);
                Assert.Equal(spurious.Median[row], median.SpuriousOfSameSeeds[row], 1e-9);
            }
        }
    }

    /// <summary>Medians that an independent program found; the tolerance is some standard errors of 5000 seeds.</summary>
    [Theory]
    [InlineData(1, 0.946, 0.02)]
    [InlineData(2, 0.754, 0.04)]
    [InlineData(3, 0.400, 0.05)]
    [InlineData(4, 0.077, 0.015)]
    [InlineData(5, 0.0025, 0.001)]
    public void Known_medians_at_step_200(double spread, double expected, double tolerance)
    {
        FigureRequest request = new(1, 1, 2);
        SeedSweep sweep = new("", new RunRecipe { Spread = spread, Orthogonal = true, Every = 200 }, withSingleRun: false);
        Assert.Equal(expected, PopulationMedian.Of(sweep, request, 5000).Spurious[^1], tolerance);
    }

    private static IEnumerable<SeedSweep> SweepsOf(string name, ulong seed) => name switch
    {
        "figure1" => new Figure1().Sweeps(seed),
        "figure3" => new Figure3().Sweeps(seed),
        "figure4" => new Figure4().Sweeps(seed),
        "figure5" => new Figure5().Panels(seed).Select(panel => panel.Sweep),
        _ => new Figure6().Sweeps(seed),
    };
}
