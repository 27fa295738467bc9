using Hetero.Cli.Output;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Output;

public class AtomicFileTests
{
    [Fact]
    public void Nothing_shows_before_it_is_committed()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("x", "old");
        using (AtomicFile file = AtomicFile.Open("--out", path))
        {
            file.WriteText(writer => writer.Write("new"));
            Assert.Equal("old", File.ReadAllText(path));
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["x"], directory.Names);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("x", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.WriteText("--out", path, writer =>
        {
            writer.Write("half");
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["x"], directory.Names);
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        using TemporaryDirectory directory = new();
        string target = directory.Write("target", "old"), link = directory.File("link");
        File.CreateSymbolicLink(link, target);
        AtomicFile.WriteText("--out", link, writer => writer.Write("new"));
        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }
}
