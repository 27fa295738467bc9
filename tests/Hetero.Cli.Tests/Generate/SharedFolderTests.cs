using System.Diagnostics;
using System.Text;
using Hetero.Cli.Output;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Generate;

/// <summary>Of several processes that write a data set into one folder, one does, and no file is replaced by another's.</summary>
public class SharedFolderTests
{
    [Fact]
    public void A_new_name_is_given_once()
    {
        using TemporaryDirectory directory = new();
        using (TemporaryFile first = TemporaryFile.Create(directory.Path), second = TemporaryFile.Create(directory.Path))
        {
            first.Stream.Write("first"u8);
            second.Stream.Write("second"u8);
            first.MoveToNew(directory.File("name"));
            Assert.Throws<IOException>(() => second.MoveToNew(directory.File("name")));
        }

        Assert.Equal(["name"], directory.Names);
        Assert.Equal("first", File.ReadAllText(directory.File("name"), Encoding.UTF8));
    }

    [Fact]
    public void Two_processes_make_one_data_set()
    {
        using TemporaryDirectory directory = new();
        string[] Line(int seed, string folder) => [.. $"generate --dimension 30 --values 1,2,3,4 --samples 2000 --threads 1 --seed {seed} --out".Split(' '), directory.File(folder)];
        Assert.Equal((0, 0), (CommandCall.Of(Line(1, "1")).Code, CommandCall.Of(Line(2, "2")).Code));
        using Process first = ChildProcess.Start(null, Line(1, "both")), second = ChildProcess.Start(null, Line(2, "both"));
        CommandCall[] calls = [ChildProcess.End(first), ChildProcess.End(second)];

        // Whoever gets the first file's name gets the others'.
        CommandCall through = Assert.Single(calls, call => call.Code == 0), refused = Assert.Single(calls, call => call.Code != 0);
        Assert.Contains("'truth.npy'", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        string alone = directory.File(through == calls[0] ? "1" : "2");
        Assert.Equal(10, Directory.GetFiles(directory.File("both")).Length);
        Assert.All(Directory.GetFiles(alone), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(directory.File("both"), Path.GetFileName(file)))));
    }
}
