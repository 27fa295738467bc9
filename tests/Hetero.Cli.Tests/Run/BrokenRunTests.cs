using Hetero.Cli.Tests.Support;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class BrokenRunTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 20, Steps = 9 };

    [Fact]
    public void What_breaks_a_run_off_comes_with_the_rows_until_then()
    {
        RecipeTrainer<double> run = Runner.Create<double>(Small);
        RecordedRun recorded = run.Record(new Breaking(4));
        Assert.Equal("'matrices' is broken.", recorded.Failure!.Message);
        Assert.Equal(("failed", 4), (recorded.Status, recorded.Outcome.Step));
        RecordedRun whole = Runner.Create<double>(Small).Record();
        Assert.Equal(whole.Trajectory.Rows[..5].ToArray(), recorded.Trajectory.Rows.ToArray());
    }

    // The progress line, which comes when a run has taken a second, asks for the width.
    [Fact]
    public void The_command_keeps_rows_and_state_and_fails()
    {
        using TemporaryDirectory directory = new();
        using StringWriter error = new() { NewLine = "\n" };
        string rows = directory.File("x.csv"), state = directory.File("state"), manifest = directory.File("x.json");
        int code = HeteroCommand.Run(
            ["run", "--dimension", "4", "--steps", "2000000000", "--every", "100000000", "--out", rows, "--checkpoint", state, "--json", manifest],
            TextWriter.Null,
            error,
            () => throw new ArgumentException("'matrices' is broken.", "matrices"));
        Assert.Equal(1, code);
        Assert.Matches(@"^hetero: the run broke off after step [0-9]+ \('matrices' is broken\); the rows up to step [0-9]+ are kept\.\n$", error.ToString());
        Assert.Equal(["state", "x.csv", "x.json"], directory.Names);
        Assert.StartsWith("0,,", File.ReadAllLines(rows)[1], StringComparison.Ordinal);
        Assert.Contains("\"status\": \"failed\"", File.ReadAllText(manifest), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_library_refuses_elsewhere_is_no_wrong_usage_either()
    {
        using StringWriter error = new() { NewLine = "\n" };
        Assert.Equal(1, HeteroCommand.Run(["info"], new Refusing(), error));
        Assert.Equal("hetero: the work met an argument that the library refuses: 'x' is 1; accepted is 2.\n", error.ToString());
    }

    [Fact]
    public void A_batch_does_not_swallow_it()
        => Assert.Equal("'matrices' is broken.", Assert.Throws<ArgumentException>(() => RunBatch.Execute([Small], 1, new Breaking(0))).Message);

    private sealed class Refusing : StringWriter
    {
        public override void WriteLine(string? value) => throw new ArgumentException("'x' is 1; accepted is 2.", "x");

        public override void Write(string? value) => WriteLine(value);
    }

    private sealed class Breaking(int step) : IProgress<int>, IProgress<double>
    {
        public void Report(int value)
        {
            if (value == step)
            {
                throw new ArgumentException("'matrices' is broken.");
            }
        }

        public void Report(double value) => throw new ArgumentException("'matrices' is broken.");
    }
}
