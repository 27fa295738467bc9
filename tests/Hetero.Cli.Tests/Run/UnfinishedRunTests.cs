using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class UnfinishedRunTests
{
    [Fact]
    public void A_diverging_run_says_when_and_keeps_its_rows()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Line(
            $"run --dimension 8 --samples 64 --step-size 1000 --json {directory.File("run.json")} --checkpoint {directory.File("state")}");
        Assert.Equal(1, call.Code);
        string message = Assert.Single(call.ErrorLines);
        int rows = call.Lines.Length - 1;
        Assert.Contains($"diverged at step {rows}", message, StringComparison.Ordinal);
        Assert.Contains($"up to step {rows - 1} are kept", message, StringComparison.Ordinal);
        Assert.True(rows > 1);
        Assert.Equal(["run.json"], directory.Names);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File("run.json")));
        Assert.Equal("diverged", manifest.RootElement.GetProperty("outcome").GetProperty("status").GetString());
        Assert.Equal(rows, manifest.RootElement.GetProperty("outcome").GetProperty("step").GetInt32());
        Assert.Equal(rows - 1, manifest.RootElement.GetProperty("lastRow").GetProperty("step").GetInt32());
    }

    // The denominator 1 − η(‖U‖² − τ) is at once below 0; no number grew before.
    [Fact]
    public void A_shrinkage_that_is_none_is_said()
    {
        CommandCall call = CommandCall.Line("run --dimension 6 --steps 3 --samples 20 --measurements rank-one --model quadratic-network --init-scale 5");
        Assert.Equal(1, call.Code);
        Assert.Contains(
            "the run diverged at step 1: the denominator of the shrinkage, 1 - eta*(||U||^2 - tau), was not above 0, or an entry", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    // More than a run may hold before it counts as diverged, but nothing that cannot be computed.
    [Theory]
    [InlineData("--eigenvalues 1e20", 1e20)]
    [InlineData("--eigenvalues 1e20 --precision single", 1e20)]
    [InlineData("--eigenvalues 1e28 --precision single --measurements regenerated --samples 40", 1e28)]
    [InlineData("--eigenvalues 1e28 --noise 1e28", 1e28)]
    [InlineData("--spurious-mean 1e19", 1)]
    [InlineData("--spurious-mean 1e28 --spread 1e28 --precision single --algorithm pooled-sgd", 1)]
    public void Huge_signals_diverge_and_leave_the_start(string options, double error)
    {
        CommandCall call = CommandCall.Line($"run --dimension 20 --steps 5 {options}");
        Assert.Equal(1, call.Code);
        Assert.Contains("the run diverged at step 1", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(2, call.Lines.Length);
        Assert.Equal(error, double.Parse(call.Lines[1].Split(',')[5], System.Globalization.CultureInfo.InvariantCulture), 1e-5 * error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--measurements stored")]
    [InlineData("--environments pipe.json")]
    [InlineData("--resume pipe.json")]
    [InlineData("--dry-run")]
    public void Cancelled_before_its_first_step_a_run_leaves_nothing(string options)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        Unix.MakePipe(directory.File("pipe.json"));
        string[] words = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "pipe.json" ? directory.File(word) : word)];
        CommandCall call = CommandCall.Cancelled(
            new CancellationToken(canceled: true),
            ["run", "--dimension", "8", "--out", directory.File("x.csv"), "--checkpoint", directory.File("state"), .. words]);
        Assert.Equal((1, "", "hetero: cancelled.\n"), (call.Code, call.Output, call.Error));
        Assert.Equal(["pipe.json"], directory.Names);
    }

    [Fact]
    public void A_full_disk_is_a_failed_run()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("This system has no /dev/full.");
        }

        CommandCall call = CommandCall.Line("run --dimension 8 --steps 3 --out /dev/full");
        Assert.Equal(1, call.Code);
        Assert.Single(call.ErrorLines);
    }

    [Fact]
    public void A_device_stays_a_device()
    {
        if (!File.Exists("/dev/null"))
        {
            Assert.Skip("This system has no /dev/null.");
        }

        Assert.Equal(0, CommandCall.Line("run --dimension 8 --steps 3 --out /dev/null").Code);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }
}
