using System.Globalization;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Reproduce;

/// <summary>hetero reproduce --per-seed.</summary>
public class PerSeedTests
{
    [Fact]
    public void A_figure_has_a_row_for_each_run_and_the_rest_stays_as_it_is()
    {
        using TemporaryDirectory directory = new();
        string[] line = ["reproduce", "figure6", "--quick", "--seeds", "2", "--seed", "11", "--out"];
        string with = directory.File("with"), without = directory.File("without");
        CommandCall call = CommandCall.Of([.. line, with, "--per-seed"]);
        Assert.Equal((0, 0), (call.Code, CommandCall.Of([.. line, without]).Code));
        Assert.Contains(Path.Combine(with, "figure6.seeds.csv"), call.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(without, "figure6.seeds.csv")));
        Assert.Equal(File.ReadAllText(Path.Combine(without, "figure6.csv")), File.ReadAllText(Path.Combine(with, "figure6.csv")));

        string[] rows = File.ReadAllLines(Path.Combine(with, "figure6.seeds.csv"));
        Assert.Equal("runs,seed,status,step,signal,spurious,residual,error,pooled_error", rows[0]);
        Assert.Equal(1 + (3 * 3), rows.Length);

        // The median of two is their mean.
        double[] errors = [.. rows.Where(row => row.StartsWith("η = 0.1,", StringComparison.Ordinal)).Select(row => double.Parse(row.Split(',')[7], CultureInfo.InvariantCulture))];
        string figure = File.ReadAllLines(Path.Combine(with, "figure6.csv")).Last(row => row.StartsWith("0.1,400,error,", StringComparison.Ordinal));
        Assert.Equal((errors[0] + errors[1]) / 2, double.Parse(figure.Split(',')[3], CultureInfo.InvariantCulture), 1e-12);
    }

    [Fact]
    public void A_figure_that_keeps_no_runs_has_no_such_table()
    {
        using TemporaryDirectory directory = new();
        Assert.Equal(0, CommandCall.Of("reproduce", "figure2", "--quick", "--seeds", "1", "--per-seed", "--out", directory.Path).Code);
        Assert.Equal(["figure2.csv", "figure2.json", "figure2.svg"], directory.Names);
    }
}
