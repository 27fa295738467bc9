using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

/// <summary>An output that cannot be written takes no other along, and the command says which it was.</summary>
public class FailingOutputTests
{
    private const string Small = "run --dimension 8 --samples 64 --steps 3";
    private const string Full = "which could not be written: No space left on device.";

    [Theory]
    [InlineData("--out /dev/full --json run.json --checkpoint state", "--out", "run.json,state")]
    [InlineData("--json /dev/full --checkpoint state --out x.csv", "--json", "state,x.csv")]
    [InlineData("--checkpoint /dev/full --json run.json --out x.csv", "--checkpoint", "run.json,x.csv")]
    [InlineData("--out /dev/full --json /dev/full --checkpoint state", "--out", "state")]
    public void The_others_are_written(string options, string failing, string written)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        CommandCall call = Call(directory, options);
        Assert.Equal(1, call.Code);
        Assert.StartsWith($"hetero: '{failing}' is '/dev/full', {Full}", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(written.Split(','), directory.Names);
    }

    [Fact]
    public void The_state_of_a_run_whose_rows_are_lost_can_be_continued()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        Assert.Equal(1, Call(directory, "--out /dev/full --checkpoint state").Code);
        CommandCall rest = CommandCall.Line($"run --dimension 8 --samples 64 --steps 5 --resume {directory.File("state")}");
        Assert.Equal(CommandCall.Line("run --dimension 8 --samples 64 --steps 5").Lines[^2..], rest.Lines[1..]);
    }

    [Fact]
    public void Standard_output_that_is_full()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        CommandCall call = Unix.Shell(directory.Path, $"hetero {Small} --json p.json --checkpoint p.ck > /dev/full");
        Assert.Equal(1, call.Code);
        Assert.Equal("hetero: standard output could not be written to the end: No space left on device.", Assert.Single(call.ErrorLines));
        Assert.Equal(["p.ck", "p.json"], directory.Names);
    }

    [Theory]
    [InlineData("--out x.csv --json ./x.csv", "'--json' is './x.csv'; accepted is another file than that of '--out'.")]
    [InlineData("--resume state --out state", "'--out' is 'state'; accepted is another file than that of '--resume', which is read.")]
    [InlineData("--resume state --json ./state", "'--json' is './state'; accepted is another file than that of '--resume', which is read.")]
    [InlineData("--environments list.json --out list.json", "'--out' is 'list.json'; accepted is another file than that of '--environments', which is read.")]
    [InlineData(
        "--environments list.json --checkpoint list.json",
        "'--checkpoint' is 'list.json'; accepted is another file than that of '--environments', which is read.")]
    [InlineData("--json run.json > run.json", "'--json' is 'run.json'; accepted is another file than the one that standard output goes to.")]
    [InlineData("--json -", "'--json' is '-'; accepted is a file, as long as '--out' goes to standard output.")]
    [InlineData("--json - --out -", "'--json' is '-'; accepted is another file than that of '--out'.")]
    [InlineData("--checkpoint - --out x.csv", "'--checkpoint' is '-'; accepted is a file, a pipe or a device: a state is no text.")]
    [InlineData("--checkpoint-every 5", "'--checkpoint-every' is '5'; accepted is a number of steps together with '--checkpoint'.")]
    [InlineData("--checkpoint-every 0 --checkpoint state", "'--checkpoint-every' is '0'; accepted is a whole number from 1 to 2147483647.")]
    [InlineData(
        "--checkpoint-every 1 --checkpoint /dev/null",
        "'--checkpoint' is '/dev/null'; accepted is with '--checkpoint-every' a file, which each state takes the place of.")]
    public void Outputs_that_are_one_or_an_input_are_refused(string options, string message)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string state = "hetero checkpoint", list = """{"environments":[{"sigma":[[1]]}]}""";
        directory.Write("state", state);
        directory.Write("list.json", list);
        CommandCall call = Unix.Shell(directory.Path, $"hetero {Small} {options}");
        Assert.Equal(2, call.Code);
        Assert.Equal($"hetero: {message}", Assert.Single(call.ErrorLines));
        Assert.Equal((state, list), (File.ReadAllText(directory.File("state")), File.ReadAllText(directory.File("list.json"))));
    }

    [Fact]
    public void A_dash_is_standard_output()
    {
        using TemporaryDirectory directory = new();
        Assert.Equal(CommandCall.Line(Small).Output, CommandCall.Line($"{Small} --out -").Output);
        CommandCall call = CommandCall.Line($"{Small} --out {directory.File("x.csv")} --json -");
        using JsonDocument manifest = JsonDocument.Parse(call.Output);
        Assert.Equal("-", manifest.RootElement.GetProperty("parameters").GetProperty("json").GetString());
        Assert.Equal(["x.csv"], directory.Names);
    }

    private static CommandCall Call(TemporaryDirectory directory, string options)
        => CommandCall.Of([.. Small.Split(' '), .. options.Split(' ').Select(word => word[0] is '-' or '/' ? word : directory.File(word))]);
}
