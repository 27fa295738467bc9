using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Values;
using Xunit;

namespace Hetero.Cli.Tests.Output;

public class OutputFileTests
{
    private static readonly CommandContext Context = new(TextWriter.Null, TextWriter.Null, TerminalWidth: null, default);

    [Fact]
    public void Nothing_shows_before_all_is_written()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("x", "old");
        using OutputFile file = OutputFile.Open(Context, "--out", path);
        Assert.Equal(["x"], directory.Names);
        file.WriteText(writer =>
        {
            writer.Write("new");
            writer.Flush();
            Assert.Equal("old", File.ReadAllText(path));
        });
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["x"], directory.Names);
    }

    [Fact]
    public void It_can_be_written_again()
    {
        using TemporaryDirectory directory = new();
        using OutputFile file = OutputFile.Open(Context, "--out", directory.File("x"));
        Write(file, "one, which is longer");
        Write(file, "two");
        Assert.Equal("two", File.ReadAllText(directory.File("x")));
        Assert.Equal(["x"], directory.Names);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else_and_names_what_the_user_named()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("x", "old");
        using OutputFile file = OutputFile.Open(Context, "--out", path);
        FailedException failure = Assert.Throws<FailedException>(() => file.WriteText(writer =>
        {
            writer.Write("half");
            throw new IOException("no more");
        }));
        Assert.Equal($"'--out' is '{path}', which could not be written: no more.", failure.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["x"], directory.Names);
    }

    [Fact]
    public void A_link_stays_a_link_and_its_target_is_written()
    {
        using TemporaryDirectory directory = new();
        Directory.CreateDirectory(directory.File("elsewhere"));
        string target = directory.Write("elsewhere/target", "old"), link = directory.File("link"), second = directory.File("second");
        File.CreateSymbolicLink(link, "elsewhere/target");
        File.CreateSymbolicLink(second, link);
        Write(second, "new");
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal("elsewhere/target", new FileInfo(link).LinkTarget);
        Assert.Equal(link, new FileInfo(second).LinkTarget);
    }

    // As the system does: ".." in a link's text is the parent of where the link lies, not of the name that led there.
    [Fact]
    public void A_link_behind_a_linked_directory_leads_where_the_system_goes()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        Directory.CreateDirectory(directory.File("volume/run/out"));
        File.CreateSymbolicLink(directory.File("volume/run/out/latest"), "../latest");
        Directory.CreateSymbolicLink(directory.File("current"), directory.File("volume/run/out"));
        Write(directory.File("current/latest"), "text");
        Assert.Equal("text", File.ReadAllText(directory.File("volume/run/latest")));
        Assert.False(File.Exists(directory.File("latest")));
        Directory.CreateSymbolicLink(directory.File("up"), "current/../../run/out");
        File.CreateSymbolicLink(directory.File("volume/run/out/far"), "./../../../volume/run/far");
        Write(directory.File("up/far"), "further");
        Assert.Equal("further", File.ReadAllText(directory.File("volume/run/far")));
    }

    [Fact]
    public void A_link_to_what_is_not_there_yet_makes_it()
    {
        using TemporaryDirectory directory = new();
        File.CreateSymbolicLink(directory.File("link"), "new");
        Write(directory.File("link"), "text");
        Assert.Equal("text", File.ReadAllText(directory.File("new")));
        Assert.Equal("new", new FileInfo(directory.File("link")).LinkTarget);
    }

    [Fact]
    public void Links_in_a_ring_are_refused()
    {
        using TemporaryDirectory directory = new();
        File.CreateSymbolicLink(directory.File("a"), "b");
        File.CreateSymbolicLink(directory.File("b"), "a");
        Assert.Contains("symbolic links", Refusal(directory.File("a")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherExecute)]
    public void A_replaced_file_keeps_its_mode(UnixFileMode mode)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string path = directory.Write("x", "old");
        SetMode(path, mode);
        Write(path, "new");
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(mode, FileStatus.Of(path).Mode);
    }

    [Fact]
    public void A_replaced_file_keeps_its_owner()
    {
        Unix.SkipElsewhere();
        if (Environment.UserName != "root")
        {
            Assert.Skip("Files can be given away by root alone.");
        }

        using TemporaryDirectory directory = new();
        string path = directory.Write("x", "old");
        using (FileStream file = File.OpenWrite(path))
        {
            Assert.Equal(0, Posix.ChangeOwner(file.SafeFileHandle, 1234, 2345));
        }

        Write(path, "new");
        FileStatus status = FileStatus.Of(path);
        Assert.Equal((1234u, 2345u), (status.User, status.Group));
    }

    [Fact]
    public void A_file_that_is_closed_to_writing_is_not_replaced()
    {
        Unix.SkipElsewhere();
        if (Environment.UserName == "root")
        {
            Assert.Skip("Permissions do not hold this user back.");
        }

        using TemporaryDirectory directory = new();
        string path = directory.Write("x", "old");
        SetMode(path, UnixFileMode.UserRead);
        Assert.Contains("Permission denied", Refusal(path), StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(240)]
    [InlineData(255)]
    public void Long_names(int length)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File(new string('n', length));
        Write(path, "text");
        Assert.Equal("text", File.ReadAllText(path));
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused_before_any_work()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        Assert.Contains("File name too long", Refusal(directory.File(new string('n', 256))), StringComparison.Ordinal);
        Assert.Contains("File name too long", Refusal(directory.File(new string('ü', 128))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_stays_a_pipe()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string pipe = directory.File("pipe");
        Unix.MakePipe(pipe);
        Task<string> reader = Task.Run(() => File.ReadAllText(pipe));
        Write(pipe, "text");
        Assert.Equal("text", await reader);
        Assert.Equal(FileKind.Pipe, FileStatus.Of(pipe).Kind);
    }

    [Fact]
    public void A_pipe_that_nobody_reads_does_not_hold_a_cancelled_command()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string pipe = directory.File("pipe");
        Unix.MakePipe(pipe);
        using OutputFile file = OutputFile.Open(Context with { Cancellation = new CancellationToken(canceled: true) }, "--out", pipe);
        FailedException failure = Assert.Throws<FailedException>(() => Write(file, "text"));
        Assert.Equal($"'--out' is '{pipe}', a pipe that nobody reads.", failure.Message);
    }

    [Fact]
    public void A_device_is_written_as_it_is()
    {
        Unix.SkipElsewhere();
        Write("/dev/null", "text");
        Assert.Equal(FileKind.Device, FileStatus.Of("/dev/null").Kind);
        FailedException failure = Assert.Throws<FailedException>(() => Write("/dev/full", "text"));
        Assert.Equal("'--out' is '/dev/full', which could not be written: No space left on device.", failure.Message);
    }

    [Theory]
    [InlineData("/dev/fd/987")]
    [InlineData("/proc/self/fd/987")]
    public void A_descriptor_that_is_not_open_is_refused(string path)
    {
        Unix.SkipElsewhere();
        Assert.Contains("descriptor 987 is not open for writing", Refusal(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-")]
    public void Standard_output_has_a_short_name(string? name)
    {
        using StringWriter output = new();
        using OutputFile file = OutputFile.Open(Context with { Output = output }, "--out", name);
        Assert.True(file.IsStandardOutput);
        file.WriteText(writer => writer.Write("text, "));
        file.Write(stream => stream.Write("as bytes: η"u8));
        Assert.Equal("text, as bytes: η", output.ToString());
    }

    private static void Write(string path, string text)
    {
        using OutputFile file = OutputFile.Open(Context, "--out", path);
        Write(file, text);
    }

    private static void Write(OutputFile file, string text) => file.WriteText(writer => writer.Write(text));

    private static string Refusal(string path)
    {
        UsageException refusal = Assert.Throws<UsageException>(() => OutputFile.Open(Context, "--out", path));
        Assert.StartsWith($"'--out' is '{Shown.Of(path)}'; accepted is ", refusal.Message, StringComparison.Ordinal);
        return refusal.Message;
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
