using System.Globalization;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class SweepTableTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 32, Steps = 10, Seed = 5 };

    [Fact]
    public void Tables_have_a_row_for_each_run_and_for_each_cell()
    {
        SweepGrid grid = new(Small, [SweepAxis.Parse("eigenvalues=1;2"), SweepAxis.Parse("step-size=0.1,1000")], seeds: 3);
        IReadOnlyList<RunSummary> summaries = RecipeSweep.Execute(grid, 2);
        string[][] runs = Cells(SweepTable.WriteRuns, grid, summaries), cells = Cells(SweepTable.WriteCells, grid, summaries);
        Assert.Equal("eigenvalues,step_size,seed,run,status,step,signal,spurious,residual,error,pooled_error,signal_mean", string.Join(',', runs[0][..12]));
        Assert.Equal(["1", "0.1", "6", grid.Runs[1].Id, "completed", "10"], runs[2][..6]);
        Assert.Equal(summaries[1].Last(RowQuantity.Signal), double.Parse(runs[2][6], CultureInfo.InvariantCulture));
        Assert.Equal(["diverged", "Infinity"], [runs[4][4], runs[4][6]]);
        Assert.Equal(13, runs.Length);

        Assert.Equal("eigenvalues,step_size,seeds,completed,diverged,signal_median,signal_q10,signal_q90,spurious_median", string.Join(',', cells[0][..9]));
        Assert.Equal(["2", "0.1", "3", "3", "0"], cells[3][..5]);
        Assert.Equal(["2", "1000", "3", "0", "3", "Infinity"], cells[4][..6]);
        double[] signals = [.. summaries.Skip(6).Take(3).Select(summary => summary.Last(RowQuantity.Signal)).Order()];
        Assert.Equal(signals[1], double.Parse(cells[3][5], CultureInfo.InvariantCulture));
        Assert.Equal(signals[0] + (0.2 * (signals[1] - signals[0])), double.Parse(cells[3][6], CultureInfo.InvariantCulture), 1e-14);
        Assert.Equal((5, cells[0].Length), (cells.Length, cells[3].Length));
    }

    [Fact]
    public void A_seed_that_varies_has_one_column_and_numbers_that_a_run_has_none_of_are_empty()
    {
        SweepGrid grid = new(Small with { Model = ModelKind.Direct }, [SweepAxis.Parse("seed=3,9")]);
        IReadOnlyList<RunSummary> summaries = RecipeSweep.Execute(grid, 1);
        string[][] runs = Cells(SweepTable.WriteRuns, grid, summaries);
        Assert.Equal(["seed", "run"], runs[0][..2]);
        Assert.Equal(["3", "9"], [runs[1][0], runs[2][0]]);
        Assert.Equal("", runs[1][Array.IndexOf(runs[0], "residual_mean")]);
        Assert.Equal("", Cells(SweepTable.WriteCells, grid, summaries)[1][Array.IndexOf(Cells(SweepTable.WriteCells, grid, summaries)[0], "residual_median")]);
    }

    [Fact]
    public void A_run_that_diverged_is_no_quantile_of_a_number_that_the_others_have_none_of()
    {
        SweepGrid grid = new(Small, [], seeds: 3);
        double[] none = [1, 1, double.NaN, 1, 1], infinite = [.. Enumerable.Repeat(double.PositiveInfinity, 5)];
        RunSummary[] summaries = [new("completed", 10, none, none), new("completed", 10, none, none), new("diverged", 3, infinite, infinite)];
        string[][] cells = Cells(SweepTable.WriteCells, grid, summaries);
        Assert.Equal(["", "", ""], cells[1][Array.IndexOf(cells[0], "residual_median")..][..3]);
        Assert.Equal(["1", "1", "Infinity"], cells[1][Array.IndexOf(cells[0], "error_median")..][..3]);
    }

    [Fact]
    public void Summaries_of_another_sweep_are_refused()
        => Assert.Throws<ArgumentException>(() => SweepTable.WriteRuns(TextWriter.Null, new SweepGrid(Small, []), []));

    private static string[][] Cells(Action<TextWriter, SweepGrid, IReadOnlyList<RunSummary>> write, SweepGrid grid, IReadOnlyList<RunSummary> summaries)
    {
        using StringWriter writer = new();
        write(writer, grid, summaries);
        return [.. writer.ToString().TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
    }
}
