using System.Diagnostics;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class SignalTests
{
    private const string Endless = "exec dotnet \"$HETERO\" run --dimension 8 --steps 2000000000 --every 100000000 --out x.csv --checkpoint state";

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

    private static Process StartEndless(TemporaryDirectory directory, string options, string before = "")
        => Unix.StartShell(directory.Path, before + Endless + options);
}
