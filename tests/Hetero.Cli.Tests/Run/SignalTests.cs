using System.Diagnostics;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class SignalTests
{
    private const string Endless = "exec dotnet \"$HETERO\" run --dimension 8 --steps 2000000000 --every 100000000 --checkpoint state";

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("TERM TERM")]
    [InlineData("HUP HUP")]
    [InlineData("TERM HUP")]
    public void A_run_that_is_asked_to_stop_keeps_rows_and_state(string signals)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        using Process process = StartEndless(directory, " --checkpoint-every 1000");
        ChildProcess.WaitFor(directory.File("state"), process);
        Unix.Send(signals, process);
        CommandCall call = ChildProcess.End(process);
        Assert.Equal(1, call.Code);
        Assert.Matches("^hetero: cancelled after step [0-9]+ of 2000000000; the rows up to step [0-9]+ are kept.$", Assert.Single(call.ErrorLines));
        Assert.Equal(["state", "x.csv"], directory.Names);
        Assert.True(File.ReadAllLines(directory.File("x.csv")).Length >= 2);
    }

    [Fact]
    public void A_run_that_is_to_outlive_its_session_does()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        using Process process = StartEndless(directory, " --checkpoint-every 1000", before: "trap '' HUP; ");
        ChildProcess.WaitFor(directory.File("state"), process);
        Unix.Send("HUP", process);

        // A run that stops writes one more state, and no second one.
        for (int state = 0; state < 2; state++)
        {
            File.Delete(directory.File("state"));
            ChildProcess.WaitFor(directory.File("state"), process);
        }

        Unix.Send("TERM", process);
        Assert.Equal(1, ChildProcess.End(process).Code);
    }

    [Fact]
    public void A_second_interrupt_ends_a_run_that_waits_for_its_reader()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();

        // Rows that are more than a pipe holds, and a reader that does not read: the state is saved before it waits.
        using Process process = Unix.StartShell(
            directory.Path, "exec dotnet \"$HETERO\" run --dimension 4 --samples 64 --steps 2000000 --checkpoint state --checkpoint-every 5000");
        ChildProcess.WaitFor(directory.File("state"), process);
        Unix.Send("INT", process);
        Assert.NotEqual(-1, process.StandardOutput.Read());
        Unix.Send("INT", process);
        process.WaitForExit();
        Assert.Equal(128 + 2, process.ExitCode);
        Assert.Equal(["state"], directory.Names);
    }

    [Fact]
    public void A_cancelled_run_does_not_claim_rows_that_are_lost()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        using Process process = StartEndless(directory, " --checkpoint-every 1000", rows: "/dev/full");
        ChildProcess.WaitFor(directory.File("state"), process);
        Unix.Send("TERM", process);
        CommandCall call = ChildProcess.End(process);
        Assert.Equal(1, call.Code);
        Assert.Matches(
            "^hetero: cancelled after step [0-9]+ of 2000000000; its rows are lost. '--out' is '/dev/full', which could not be written: No space left on device.$",
            Assert.Single(call.ErrorLines));
    }

    [Theory]
    [InlineData("run --dimension 3000 --spurious-rank 1500 --out x.csv")]
    [InlineData("run --dimension 2500 --factor-columns 2400 --out x.csv --checkpoint state")]
    [InlineData("run --environments pipe.json --out x.csv --json run.json")]
    [InlineData("run --dimension 3000 --spurious-rank 1500 --dry-run")]
    [InlineData("run --dimension 40 --algorithm pooled-gd --own-draws --spurious-rank 20 --dry-run")]
    public void Long_work_that_is_no_step_is_given_up(string line)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        Unix.MakePipe(directory.File("pipe.json"));
        using Process process = Unix.StartShell(directory.Path, $"exec dotnet \"$HETERO\" {line}");
        Unix.WaitForHandlers(process);
        Unix.Send("INT", process);
        CommandCall call = ChildProcess.End(process);
        Assert.Equal((1, "hetero: cancelled.\n"), (call.Code, call.Error));
        Assert.Equal(["pipe.json"], directory.Names);
    }

    [Fact]
    public void A_step_over_a_million_environments_is_given_up()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        using Process process = Unix.StartShell(
            directory.Path,
            "exec dotnet \"$HETERO\" run --dimension 40 --algorithm pooled-gd --own-draws --spurious-rank 20 --out x.csv --checkpoint state");
        Unix.WaitForHandlers(process);
        Unix.Send("TERM", process);
        CommandCall call = ChildProcess.End(process);
        Assert.Equal(1, call.Code);
        Assert.Matches("^hetero: cancelled(\\.| after step 0 of 200; the rows up to step 0 are kept\\.)$", Assert.Single(call.ErrorLines));
    }

    private static Process StartEndless(TemporaryDirectory directory, string options, string before = "", string rows = "x.csv")
        => Unix.StartShell(directory.Path, $"{before}{Endless} --out {rows}{options}");
}
