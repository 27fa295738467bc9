using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class DryRunTests
{
    [Theory]
    [InlineData("double")]
    [InlineData("single")]
    public void Memory_and_time_and_no_files(string precision)
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Line(
            $"run --dry-run --measurements stored --samples 32 --dimension 8 --precision {precision} --out {directory.File("x.csv")}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(2, call.Lines.Length);
        Assert.Matches(@"^memory: [0-9.]+ KiB \(measurements [0-9.]+ KiB, matrices [0-9.]+ KiB, rows [0-9.]+ KiB\)$", call.Lines[0]);
        Assert.Matches("^time: about .+ to prepare, 200 steps of .+$", call.Lines[1]);
        Assert.Empty(directory.Names);
    }

    // What is said of the memory waits in the buffer when the wish to stop comes.
    [Fact]
    public void Cancelled_with_nobody_to_read_it_ends_with_an_exit_code()
    {
        using CancellationTokenSource stop = new();
        using StringWriter error = new();
        LateWriter output = new(stop);
        int code = HeteroCommand.Run(["run", "--dry-run", "--dimension", "8"], output, error, null, stop.Token);
        output.Dispose();
        Assert.Equal((1, "hetero: cancelled.\n"), (code, error.ToString().ReplaceLineEndings("\n")));
    }

    /// <summary>Buffers, asks to stop at the first line, and finds its reader gone.</summary>
    private sealed class LateWriter(CancellationTokenSource stop) : StreamWriter(new ClosedPipe())
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            stop.Cancel();
        }

        private sealed class ClosedPipe : MemoryStream
        {
            public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");

            public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");
        }
    }

    [Fact]
    public void The_rows_of_the_longest_run_are_counted()
    {
        CommandCall call = CommandCall.Line("run --dry-run --dimension 8 --steps 2147483646 --memory 1TiB");
        Assert.Equal((0, ""), (call.Code, call.Error));

        // 2³¹ rows of 56 bytes, a flag and a label of one number.
        Assert.Contains("rows 130 GiB", call.Lines[0], StringComparison.Ordinal);
        CommandCall refused = CommandCall.Line("run --dry-run --dimension 8 --steps 2147483646 --memory 1GiB");
        Assert.Contains("130 GiB for 2147483646 '--steps'", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(2, refused.Code);
        Assert.Contains($"({call.Lines[0]})", refused.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal("", refused.Output);
    }

    [Fact]
    public void What_is_too_large_is_said_where_it_is_refused()
    {
        CommandCall call = CommandCall.Line("run --dry-run --measurements stored --memory 1M");
        Assert.Equal(2, call.Code);
        Assert.Equal("", call.Output);
        Assert.Contains("(measurements 309 MiB", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("need 309 MiB", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    // The order of the samples takes 4 bytes for each, and six rows of 36 numbers are gathered at a time.
    [Fact]
    public void The_order_of_stored_samples_counts()
    {
        string[] options = ["", " --pooled-sampling independent"];
        Int128[] bytes = [.. options.Select(option => Matrices($"run --dry-run --algorithm pooled-sgd --measurements stored --dimension 8 --samples 50000{option}"))];
        Assert.InRange(bytes[1] - bytes[0], (4 * 50_000) + (6 * 36 * 8) - 1024, (4 * 50_000) + (6 * 36 * 8) + 1024);

        static Int128 Matrices(string line)
        {
            string found = System.Text.RegularExpressions.Regex.Match(CommandCall.Line(line).Lines[0], "matrices ([0-9.]+ KiB)").Groups[1].Value;
            return (Int128)(double.Parse(found.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) * 1024);
        }
    }

    [Fact]
    public void A_dry_run_of_a_long_run_ends()
        => Assert.Equal(0, CommandCall.Line("run --dry-run --dimension 8 --steps 2000000000 --every 1000000").Code);

    [Theory]
    [InlineData("--out")]
    [InlineData("--json")]
    [InlineData("--checkpoint")]
    public void What_a_run_cannot_write_is_refused_by_a_dry_run_too(string option)
    {
        using TemporaryDirectory directory = new();
        string missing = directory.File("missing/x");
        CommandCall call = CommandCall.Of("run", "--dry-run", "--dimension", "4", option, missing);
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.Contains($"'{option}' is '{missing}'; accepted is a file in an existing directory", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_a_run_cannot_continue_is_refused_by_a_dry_run_too()
    {
        using TemporaryDirectory directory = new();
        string state = directory.File("state");
        Assert.Equal(0, CommandCall.Line($"run --dimension 4 --steps 30 --checkpoint {state}").Code);
        CommandCall other = CommandCall.Line($"run --dry-run --dimension 5 --resume {state}");
        Assert.Equal(2, other.Code);
        Assert.Contains($"'--resume' is '{state}'", Assert.Single(other.ErrorLines), StringComparison.Ordinal);
        CommandCall own = CommandCall.Line($"run --dry-run --dimension 4 --resume {state}");
        Assert.Equal((0, ""), (own.Code, own.Error));
        Assert.Contains(" 170 steps of ", own.Lines[1], StringComparison.Ordinal);
        Assert.Equal(["state"], directory.Names);
    }
}
