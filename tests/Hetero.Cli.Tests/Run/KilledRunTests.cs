using System.Diagnostics;
using System.Globalization;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class KilledRunTests
{
    private const string Sizes = "run --dimension 8 --samples 64";

    [Theory]
    [InlineData("")]
    [InlineData(" --measurements exact-law-factored --factor-columns 3 --threads 2")]
    public void A_run_that_is_killed_goes_on_from_its_last_state_with_all_rows(string options)
    {
        string run = Sizes + options;
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string state = directory.File("state"), rows = directory.File("x.csv");
        using Process process = ChildProcess.Start(
            null, [.. run.Split(' '), "--steps", "20000", "--out", rows, "--checkpoint", state, "--checkpoint-every", "2"]);
        ChildProcess.WaitFor(state, process);

        Unix.Send("KILL", process);
        process.WaitForExit();
        Assert.Equal(128 + 9, process.ExitCode);

        // Whatever it was doing: the rows are whole and reach the state, and the state goes on.
        string first = File.ReadAllText(rows);
        int last = StepOf(first.Split('\n')[^2]), steps = last + 6;
        CommandCall rest = CommandCall.Line($"{run} --steps {steps} --resume {state} --checkpoint {state}");
        Assert.Equal((0, ""), (rest.Code, rest.Error));
        string whole = CommandCall.Line($"{run} --steps {steps}").Output;
        Assert.StartsWith(first, whole, StringComparison.Ordinal);
        int next = StepOf(rest.Lines[1]);
        Assert.InRange(next, 3, last + 1);
        Assert.Equal(1, next % 2);
        Assert.EndsWith(string.Join('\n', rest.Lines[1..]) + "\n", whole, StringComparison.Ordinal);

        // What it was writing when it was killed is cleared by the next run that writes there.
        Assert.Equal(["state", "x.csv"], directory.Names);
    }

    [Fact]
    public void States_on_the_way_change_no_numbers()
    {
        using TemporaryDirectory directory = new();
        string whole = CommandCall.Line($"{Sizes} --steps 20").Output;
        foreach (string every in (string[])["1", "7", "20", "1000"])
        {
            CommandCall call = CommandCall.Line($"{Sizes} --steps 20 --checkpoint {directory.File(every)} --checkpoint-every {every}");
            Assert.Equal((0, "", whole), (call.Code, call.Error, call.Output));
            Assert.Equal(File.ReadAllBytes(directory.File("1")), File.ReadAllBytes(directory.File(every)));
        }
    }

    [Fact]
    public void A_state_that_cannot_be_written_on_the_way_does_not_end_the_run()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string folder = directory.File("folder");
        Directory.CreateDirectory(folder);
        using Process process = ChildProcess.Start(
            null, [.. Sizes.Split(' '), "--steps", "2000000000", "--every", "100000000", "--checkpoint", $"{folder}/state", "--checkpoint-every", "1000"]);
        ChildProcess.WaitFor($"{folder}/state", process);

        Directory.Move(folder, directory.File("away"));
        string? warning = process.StandardError.ReadLine();
        Assert.Matches($"^hetero: after step [0-9]+: '--checkpoint' is '{folder}/state', which could not be written: No such file or directory. The run goes on.$", warning);
        Directory.CreateDirectory(folder);
        Unix.Send("TERM", process);
        CommandCall call = ChildProcess.End(process);
        Assert.Equal(1, call.Code);
        Assert.Matches("^hetero: cancelled after step [0-9]+ of 2000000000; the rows up to step 0 are kept.$", Assert.Single(call.ErrorLines));
        Assert.Equal(["state"], Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)));
    }

    private static int StepOf(string row) => int.Parse(row.Split(',')[0], CultureInfo.InvariantCulture);
}
