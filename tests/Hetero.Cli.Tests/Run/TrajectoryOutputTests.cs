using System.Globalization;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class TrajectoryOutputTests
{
    private const string Small = "run --dimension 8 --samples 64 --steps 20";

    [Fact]
    public void Header_and_one_row_for_each_step()
    {
        CommandCall call = CommandCall.Line(Small);
        Assert.Equal(0, call.Code);
        Assert.Empty(call.Error);
        Assert.Equal("step,environment,signal,spurious,residual,error,pooled_error", call.Lines[0]);
        Assert.Equal(Enumerable.Range(0, 21), call.Lines[1..].Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)));
        foreach (string line in call.Lines[1..])
        {
            string[] cells = line.Split(',');
            Assert.Equal(7, cells.Length);
            Assert.All(cells[2..], cell => Assert.True(double.IsFinite(double.Parse(cell, CultureInfo.InvariantCulture))));
        }
    }

    [Fact]
    public void The_start_has_the_values_that_can_be_computed_by_hand()
    {
        // U_0 = αI: both shares are α², and ‖α²I − A*‖_F² = (1 − α²)² + (d − 1)α⁴.
        string[] cells = CommandCall.Line(Small + " --orthogonal").Lines[1].Split(',');
        Assert.Equal("0", cells[0]);
        Assert.Equal("", cells[1]);
        Assert.Equal(1e-6, double.Parse(cells[2], CultureInfo.InvariantCulture), 1e-15);
        Assert.Equal(1e-6, double.Parse(cells[3], CultureInfo.InvariantCulture), 1e-15);
        Assert.Equal(Math.Sqrt(6) * 1e-3, double.Parse(cells[4], CultureInfo.InvariantCulture), 1e-12);
        Assert.Equal(Math.Sqrt((1 - 1e-6) * (1 - 1e-6) + 7e-12), double.Parse(cells[5], CultureInfo.InvariantCulture), 1e-12);
    }

    [Theory]
    [InlineData("--every 6", "0,6,12,18,20")]
    [InlineData("--every 20", "0,20")]
    [InlineData("--every 1000", "0,20")]
    public void Every_and_the_last_step(string options, string steps)
        => Assert.Equal(steps, string.Join(',', CommandCall.Line($"{Small} {options}").Lines[1..].Select(line => line.Split(',')[0])));

    [Fact]
    public void No_steps_leave_the_start()
        => Assert.Equal(2, CommandCall.Line("run --dimension 4 --steps 0").Lines.Length);

    [Fact]
    public void Two_point_environments_are_the_scalar()
    {
        string[] environments = Environments(Small + " --spurious-mean 1 --spread 6");
        Assert.Equal("", environments[0]);
        Assert.Equal(["-5", "7"], environments[1..].Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Own_draws_are_joined_by_semicolons()
    {
        string[] environments = Environments(Small + " --spurious-rank 3 --own-draws --spread 0.5 --spurious-mean 1");
        Assert.Equal("", environments[0]);
        Assert.All(environments[1..], text => Assert.Matches("^(0.5|1.5);(0.5|1.5);(0.5|1.5)$", text));
    }

    [Fact]
    public void Uniform_environments_are_the_scalar()
        => Assert.All(
            Environments(Small + " --environments uniform --spread 2 --spurious-mean 1")[1..],
            text => Assert.InRange(double.Parse(text, CultureInfo.InvariantCulture), -1, 3));

    [Fact]
    public void Listed_environments_are_the_index()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("list.json", """{"environments":[{"sigma":[[1]]},{"sigma":[[2]]},{"sigma":[[-1]]}]}""");
        string[] environments = Environments($"{Small} --environments {file}");
        Assert.Equal("", environments[0]);
        Assert.Equal(["0", "1", "2"], environments[1..].Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--algorithm pooled-sgd")]
    [InlineData("--algorithm pooled-sgd --pooled-sampling independent")]
    [InlineData("--algorithm pooled-gd")]
    [InlineData("--algorithm pooled-gd --measurements stored")]
    [InlineData("--algorithm pooled-gd --measurements population")]
    public void Pooled_runs_have_no_environment(string options)
        => Assert.All(Environments($"{Small} {options}"), text => Assert.Equal("", text));

    // 25 stored rows of 36 numbers with M = 6: were the first rows always of the first environment, runs would fit that, and end with residuals of 2.3 to 3.2.
    [Fact]
    public void Stored_rows_draw_their_environments_at_every_step()
    {
        const string Line = "run --dimension 8 --samples 25 --algorithm pooled-sgd --measurements stored --pooled-sampling independent";
        double[] residuals = [.. Enumerable.Range(1, 9).Select(seed => double.Parse(
            CommandCall.Line($"{Line} --seed {seed}").Lines[^1].Split(',')[4],
            CultureInfo.InvariantCulture)).Order()];
        Assert.InRange(residuals[4], 0.3, 0.8);
        Assert.InRange(residuals[^1], 0.3, 1.5);
    }

    // The residual falls to round-off, where its entries are of either sign and smaller than anything measured.
    [Theory]
    [InlineData("double", 1e-13)]
    [InlineData("single", 1e-5)]
    public void A_run_that_converges_is_written_to_its_end(string precision, double accuracy)
    {
        CommandCall call = CommandCall.Line($"run --dimension 20 --factor-columns 1 --spurious-mean 0 --spread 0 --steps 2000 --precision {precision}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(2002, call.Lines.Length);
        double[] last = [.. call.Lines[^1].Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal((2000, 0), (last[0], last[1]));
        Assert.Equal(1, last[2], accuracy);
        Assert.InRange(last[5], 0, accuracy);
        Assert.InRange(last[6], 0, accuracy);
    }

    [Fact]
    public void Single_precision_is_another_run_near_the_double_one()
    {
        double[] last = [.. new[] { "double", "single" }.Select(precision => double.Parse(
            CommandCall.Line($"{Small} --measurements population --precision {precision}").Lines[^1].Split(',')[2], CultureInfo.InvariantCulture))];
        Assert.NotEqual(last[0], last[1]);
        Assert.Equal(last[0], last[1], 1e-5 * last[0]);
    }

    [Fact]
    public void The_file_holds_what_standard_output_would()
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("x.csv");
        File.WriteAllText(file, "something older");
        CommandCall call = CommandCall.Line($"{Small} --out {file}");
        Assert.Equal(0, call.Code);
        Assert.Empty(call.Output);
        Assert.Equal(CommandCall.Line(Small).Output, File.ReadAllText(file));
        Assert.Equal(["x.csv"], directory.Names);
    }

    [Fact]
    public void Stored_and_regenerated_share_the_first_step()
        => Assert.Equal(
            CommandCall.Line(Small + " --measurements regenerated").Lines[..3], CommandCall.Line(Small + " --measurements stored").Lines[..3]);

    private static string[] Environments(string line)
    {
        CommandCall call = CommandCall.Line(line);
        Assert.Equal(0, call.Code);
        return [.. call.Lines[1..].Select(row => row.Split(',')[1])];
    }
}
