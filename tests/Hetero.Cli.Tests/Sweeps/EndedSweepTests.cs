using System.Diagnostics;
using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Sweeps;

/// <summary>Sweeps that something ends, and that go on.</summary>
public class EndedSweepTests
{
    private const string Endless = "sweep --vary spread=1,2,3,4 --dimension 8 --steps 2000000000 --every 100000000 --threads 2 --out a";

    /// <summary>Runs of some milliseconds, several times as many as the last kill waits for.</summary>
    private static readonly string[] Many = ["sweep", "--vary", "spread=0:9:10", "--seeds", "150", "--dimension", "10", "--steps", "100", "--threads", "2"];

    [Fact]
    public void A_sweep_that_is_killed_ten_times_has_the_tables_of_one_that_was_not()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string killed = directory.File("killed"), log = Path.Combine(killed, "runs.log");
        Assert.Equal(0, CommandCall.Of([.. Many, "--out", directory.File("whole")]).Code);
        int kept = 0;
        for (int i = 0; i < 10; i++)
        {
            using Process process = ChildProcess.Start(null, [.. Many, "--resume", "--out", killed]);
            ChildProcess.WaitFor(log, process);

            // At whatever byte the file then ends.
            long length = 7_919 * (i + 1);
            while (new FileInfo(log).Length < length)
            {
                Assert.False(process.WaitForExit(1), "The process ended by itself.");
            }

            process.Kill();
            CommandCall end = ChildProcess.End(process);
            Assert.Equal((128 + 9, "", ""), (end.Code, end.Output, end.Error));
            SweepLog rows = SweepLog.Read(log);
            Assert.Equal(0, rows.Damaged);
            Assert.InRange(rows.Count, kept, 1500);
            kept = rows.Count;
            JsonDocument.Parse(File.ReadAllText(Path.Combine(killed, "sweep.json"))).Dispose();
        }

        Assert.InRange(kept, 300, 1499);
        CommandCall last = CommandCall.Of([.. Many, "--resume", "--out", killed]);
        Assert.Equal((0, ""), (last.Code, last.Error));
        Assert.EndsWith($"1500 runs, {kept} of them kept, 0 diverged", last.Lines[0], StringComparison.Ordinal);
        Assert.All(
            new[] { "runs.csv", "cells.csv", "sweep.json" },
            name => Assert.Equal(File.ReadAllText(Path.Combine(directory.File("whole"), name)), File.ReadAllText(Path.Combine(killed, name))));
        Assert.Equal(["cells.csv", "runs.csv", "runs.log", "sweep.json"], Directory.GetFiles(killed).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_full_disk_is_one_line_and_what_is_there_stays()
    {
        // A limit of the file's length fails in the middle of a row, as a full disk does.
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        CommandCall call = Unix.Shell(
            directory.Path,
            "ulimit -f 100; DOTNET_EnableWriteXorExecute=0 hetero sweep --vary spread=0:9:10 --seeds 60 --dimension 6 --samples 30 --steps 5 --out a");
        Assert.Equal((1, ""), (call.Code, call.Output));
        string message = Assert.Single(call.ErrorLines);
        Assert.Matches("^hetero: '--out' is 'a', where 'runs.log' could not be written: File too large; [0-9]+ of 600 runs are kept, and '--resume' goes on.$", message);
        SweepLog rows = SweepLog.Read(directory.File("a/runs.log"));
        Assert.Equal(0, rows.Damaged);
        Assert.Contains($"{rows.Count} of 600 runs are kept", message, StringComparison.Ordinal);
        Assert.InRange(rows.Count, 300, 599);
        Assert.EndsWith("\n", File.ReadAllText(directory.File("a/runs.log")), StringComparison.Ordinal);
        Assert.Equal(["runs.log", "sweep.json"], Directory.GetFiles(directory.File("a")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        CommandCall last = CommandCall.Of("sweep", "--resume", "--out", directory.File("a"));
        Assert.EndsWith($"600 runs, {rows.Count} of them kept, 0 diverged", last.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("USR1")]
    [InlineData("USR1 TERM")]
    public void A_sweep_that_is_asked_to_stop_keeps_what_it_has_and_says_so_by_its_code(string signals)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        using Process process = Unix.StartShell(directory.Path, $"exec dotnet \"$HETERO\" {Endless}");
        ChildProcess.WaitFor(directory.File("a/runs.log"), process);
        Unix.Send(signals, process);
        CommandCall call = ChildProcess.End(process);
        Assert.Equal((3, "hetero: cancelled; 0 of 4 runs are kept, and '--resume' goes on."), (call.Code, Assert.Single(call.ErrorLines)));
        Assert.Equal(["runs.log", "sweep.json"], Directory.GetFiles(directory.File("a")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_time_limit_ends_a_sweep_as_a_signal_does()
    {
        using TemporaryDirectory directory = new();
        string line = Endless.Replace("--out a", $"--out {directory.File("a")}", StringComparison.Ordinal);
        CommandCall call = CommandCall.Line($"{line} --time-limit 0.2s");
        Assert.Equal((3, ""), (call.Code, call.Output));
        Assert.Equal("hetero: the time limit of 200 ms is over; 0 of 4 runs are kept, and '--resume' goes on.", Assert.Single(call.ErrorLines));
        Assert.Equal(2, CommandCall.Line(line).Code);
    }

    [Fact]
    public void A_sweep_that_is_cancelled_before_it_begins_writes_nothing()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Cancelled(new CancellationToken(canceled: true), ["sweep", "--seeds", "2", "--out", directory.File("a")]);
        Assert.Equal((1, "hetero: cancelled.\n"), (call.Code, call.Error));
        Assert.Empty(directory.Names);
    }
}
