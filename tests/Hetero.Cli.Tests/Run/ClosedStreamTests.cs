using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

/// <summary>Standard streams that are closed, or whose reader has gone.</summary>
public class ClosedStreamTests
{
    private const string Small = "hetero run --dimension 8 --samples 64 --steps 3";

    [Theory]
    [InlineData($"{Small} 2>&-", 0)]
    [InlineData("hetero no-such-command 2>&-", 2)]
    [InlineData("hetero no-such-command >&- 2>&-", 2)]
    [InlineData($"{Small} >&- 2>&-", 1)]
    [InlineData($"{Small} 2>/dev/full", 0)]
    [InlineData("hetero no-such-command 2>/dev/full", 2)]
    [InlineData("hetero --help 2>&-", 0)]
    public void Messages_that_nobody_gets_change_nothing(string line, int code)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        CommandCall call = Unix.Shell(directory.Path, line);
        Assert.Equal((code, ""), (call.Code, call.Error));
        Assert.Equal(code == 0, call.Output.Length > 0);
    }

    [Theory]
    [InlineData($"{Small} --json p.json --checkpoint p.ck", "p.ck,p.json")]
    [InlineData("hetero --help", "")]
    [InlineData("hetero info", "")]
    [InlineData("hetero run --dimension 8 --steps 3 --dry-run", "")]
    [InlineData("hetero verify --list", "")]
    [InlineData("hetero verify L8 --trials 1 --json v.json --markdown v.md", "v.json,v.md")]
    public void Results_that_nobody_gets_are_a_failure(string line, string files)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        CommandCall call = Unix.Shell(directory.Path, $"{line} >&-");
        Assert.Equal(1, call.Code);
        Assert.Equal("hetero: standard output is closed.", Assert.Single(call.ErrorLines));
        Assert.Equal(files.Split(',', StringSplitOptions.RemoveEmptyEntries), directory.Names);
    }

    [Fact]
    public void Results_that_go_to_a_file_need_no_standard_output()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        CommandCall call = Unix.Shell(directory.Path, $"{Small} --out x.csv >&- <&-");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(["x.csv"], directory.Names);
    }

    [Fact]
    public void A_reader_that_goes_early_is_a_failure_with_the_files_kept()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();

        // More than a pipe holds, so that the reader is gone before the end.
        CommandCall call = Unix.Shell(
            directory.Path, "hetero run --dimension 4 --samples 64 --steps 3000 --json p.json --checkpoint p.ck | head -1; exit ${PIPESTATUS[0]}");
        Assert.Equal(1, call.Code);
        Assert.StartsWith("step,", Assert.Single(call.Lines), StringComparison.Ordinal);
        Assert.Equal("hetero: standard output could not be written to the end: Broken pipe.", Assert.Single(call.ErrorLines));
        Assert.Equal(["p.ck", "p.json"], directory.Names);
    }

    [Theory]
    [InlineData("--out /dev/stdout")]
    [InlineData("--out -")]
    [InlineData("--out /dev/fd/1")]
    [InlineData("")]
    public void Results_go_where_standard_output_stands(string option)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        CommandCall call = Unix.Shell(directory.Path, $"(echo before; {Small} {option}; echo after) > x; cat x");
        Assert.Equal(["before", .. CommandCall.Line(Small["hetero ".Length..]).Lines, "after"], call.Lines);
    }

    [Fact]
    public void A_shell_can_name_another_program()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        CommandCall call = Unix.Shell(directory.Path, $"{Small} --out >(cat > y; echo done)");
        Assert.Equal((0, "done\n"), (call.Code, call.Output));
        Assert.Equal(CommandCall.Line(Small["hetero ".Length..]).Output, File.ReadAllText(directory.File("y")));
    }

    [Fact]
    public void A_file_that_may_not_grow_fails_and_the_others_are_written()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();

        // The runtime itself makes a large file in memory unless it is told not to.
        CommandCall call = Unix.Shell(
            directory.Path,
            "ulimit -f 100; DOTNET_EnableWriteXorExecute=0 hetero run --dimension 200 --samples 64 --steps 1 --checkpoint state --out x.csv");
        Assert.Equal(1, call.Code);
        Assert.Equal("hetero: '--checkpoint' is 'state', which could not be written: File too large.", Assert.Single(call.ErrorLines));
        Assert.Equal(["x.csv"], directory.Names);
    }
}
