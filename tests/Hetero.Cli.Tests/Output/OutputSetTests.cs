using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Output;

public class OutputSetTests
{
    private static readonly CommandContext Context = new(TextWriter.Null, TextWriter.Null, TerminalWidth: null, default);

    public static TheoryData<string, string> TwoNames => new()
    {
        { "x", "x" },
        { "x", "./x" },
        { "x", "folder/../x" },
        { "x", "link" },
        { "x", "linked-folder/../x" },
        { "folder/y", "linked-folder/y" },
        { "new", "./new" },
        { "folder/new", "linked-folder/new" },
        { "new", "link-to-new" },
        { "pipe", "./pipe" },
        { "x", "hard-link" },
    };

    [Theory]
    [MemberData(nameof(TwoNames))]
    public void Two_names_of_one_file_are_refused(string first, string second)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = Prepare();
        foreach ((string one, string other) in new[] { (first, second), (second, first) })
        {
            string name = Path.Combine(directory.Path, other);
            using OutputSet outputs = new(Context);
            outputs.Open("--out", Path.Combine(directory.Path, one));
            UsageException refusal = Assert.Throws<UsageException>(() => outputs.Open("--json", name));
            Assert.Equal($"'--json' is '{name}'; accepted is another file than that of '--out'.", refusal.Message);
        }
    }

    [Theory]
    [InlineData("x", "X")]
    [InlineData("new", "other")]
    [InlineData("new", "folder/new")]
    [InlineData("/dev/null", "/dev/null")]
    public void Two_files_are_not(string first, string second)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = Prepare();
        if (File.Exists(directory.File("X")))
        {
            Assert.Skip("This file system keeps names that differ in case for one.");
        }

        using OutputSet outputs = new(Context);
        outputs.Open("--out", Path.Combine(directory.Path, first));
        outputs.Open("--json", Path.Combine(directory.Path, second));
    }

    [Theory]
    [InlineData("x", "x")]
    [InlineData("x", "./x")]
    [InlineData("link", "x")]
    [InlineData("x", "link")]
    [InlineData("x", "hard-link")]
    [InlineData("folder/y", "linked-folder/y")]
    public void An_input_is_not_written_over(string input, string output)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = Prepare();
        using OutputSet outputs = new(Context);
        string name = Path.Combine(directory.Path, output);
        OutputFile file = outputs.Open("--out", name);
        string read = Path.Combine(directory.Path, input);
        UsageException refusal = Assert.Throws<UsageException>(() => outputs.CheckInput("--resume", read));
        Assert.Equal($"'--out' is '{name}'; accepted is another file than that of '--resume', which is read.", refusal.Message);
        outputs.CheckInput("--resume", read, successor: file);
        outputs.CheckInput("--resume", directory.File("pipe"));
        outputs.CheckInput("--resume", directory.File("nothing"));
        outputs.CheckInput("--resume", null);
    }

    [Fact]
    public void Standard_output_takes_one()
    {
        using OutputSet outputs = new(Context);
        outputs.Open("--out", null);
        UsageException refusal = Assert.Throws<UsageException>(() => outputs.Open("--json", "-"));
        Assert.Equal("'--json' is '-'; accepted is a file, as long as '--out' goes to standard output.", refusal.Message);
    }

    [Fact]
    public void A_failure_does_not_take_the_others_along()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        using OutputSet outputs = new(Context);
        OutputFile[] files = [outputs.Open("--a", "/dev/full"), outputs.Open("--b", directory.File("b")), outputs.Open("--c", "/dev/full")];
        bool[] written = [.. files.Select(file => outputs.Try(() => file.WriteText(writer => writer.Write("text"))))];
        Assert.Equal([false, true, false], written);
        Assert.Equal("text", File.ReadAllText(directory.File("b")));
        outputs.Try(() => files[0].WriteText(writer => writer.Write("again")));
        FailedException failure = Assert.Throws<FailedException>(() => outputs.ThrowIfFailed());
        Assert.Equal(
            "'--a' is '/dev/full', which could not be written: No space left on device. "
            + "'--c' is '/dev/full', which could not be written: No space left on device.",
            failure.Message);
        Assert.StartsWith("It diverged. '--a'", Assert.Throws<FailedException>(() => outputs.ThrowIfFailed("It diverged.")).Message, StringComparison.Ordinal);
    }

    /// <summary>x, a symbolic and a hard link to it, a folder with y and a link to it, a link to what is not there, and a pipe.</summary>
    private static TemporaryDirectory Prepare()
    {
        TemporaryDirectory directory = new();
        directory.Write("x", "x");
        File.CreateSymbolicLink(directory.File("link"), "x");
        Unix.MakeHardLink(directory.File("x"), directory.File("hard-link"));
        Directory.CreateDirectory(directory.File("folder"));
        directory.Write("folder/y", "y");
        Directory.CreateSymbolicLink(directory.File("linked-folder"), "folder");
        File.CreateSymbolicLink(directory.File("link-to-new"), "new");
        Unix.MakePipe(directory.File("pipe"));
        return directory;
    }
}
