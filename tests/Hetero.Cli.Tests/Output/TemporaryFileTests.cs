using Hetero.Cli.Output;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Output;

public class TemporaryFileTests
{
    private static readonly string Host = Environment.MachineName;

    [Fact]
    public void Its_name_tells_machine_and_process()
    {
        using TemporaryDirectory directory = new();
        using TemporaryFile file = TemporaryFile.Create(directory.Path);
        Assert.Matches($@"^\.hetero-{Host}-{Environment.ProcessId}-[a-z0-9]+\.tmp$", Assert.Single(directory.Names));
    }

    [Fact]
    public void What_dead_processes_have_left_is_cleared_and_nothing_else()
    {
        using TemporaryDirectory directory = new();
        string[] stay =
        [
            directory.Write($".hetero-{Host}x-7-abc.tmp", "another machine"),
            directory.Write($".hetero-{Host}-x-7-abc.tmp", "a machine whose name begins with ours"),
            directory.Write($".hetero-{Host}-7-abc.tmp.csv", "not a temporary file"),
            directory.Write($".hetero-{Host}-abc.tmp", "no process"),
            directory.Write("x.csv", "a result"),
        ];

        // The same process identifier as ours: it may be in use again, so it is nothing to go by.
        directory.Write($".hetero-{Host}-{Environment.ProcessId}-dead.tmp", "left");
        directory.Write($".hetero-{Host}-7-dead.tmp", "left");
        using TemporaryFile living = TemporaryFile.Create(directory.Path);
        string[] before = directory.Names;
        TemporaryFile.Probe(directory.Path);
        string[] after = directory.Names;
        Assert.Equal(before.Where(name => !name.Contains("dead", StringComparison.Ordinal)), after);
        Assert.Equal(stay.Length + 1, after.Length);
    }

    [Fact]
    public void A_probe_says_whether_names_differ_in_case()
    {
        using TemporaryDirectory directory = new();
        directory.Write("x", "");
        Assert.Equal(File.Exists(directory.File("X")), TemporaryFile.Probe(directory.Path));
        Assert.Equal(["x"], directory.Names);
    }
}
