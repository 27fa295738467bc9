using System.Diagnostics;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Generate;

/// <summary>Whenever the process is killed, what has a name is whole, and the next one goes on to the same bytes.</summary>
public class KilledGenerateTests
{
    private const string Options = "generate --dimension 40 --values -5:7:12 --samples 2500 --noise 0.5 --threads 1";

    // Ten moments: just after each of ten files has got its name, which is when the next one is under way. Whatever the moment, the assertions hold.
    [Fact]
    public void Killed_at_ten_moments()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string whole = directory.File("whole"), killed = directory.File("killed"), earlier = Path.Combine(killed, "earlier.txt");
        Assert.Equal(0, CommandCall.Line($"{Options} --out {whole}").Code);
        Dictionary<string, byte[]> expected = Directory.GetFiles(whole).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
        Directory.CreateDirectory(killed);
        File.WriteAllText(earlier, "what was there");
        for (int moment = 0; moment < 10; moment++)
        {
            using Process process = ChildProcess.Start(null, [.. Options.Split(' '), "--resume", "--out", killed]);
            ChildProcess.WaitFor(Path.Combine(killed, $"{moment:00}-x.npy"), process);
            Unix.Send("KILL", process);
            process.WaitForExit();
            foreach (string path in Directory.GetFiles(killed).Where(path => !Path.GetFileName(path).StartsWith(".hetero-", StringComparison.Ordinal) && path != earlier))
            {
                Assert.Equal(expected[Path.GetFileName(path)], File.ReadAllBytes(path));
            }
        }

        CommandCall rest = CommandCall.Line($"{Options} --resume --out {killed}");
        Assert.Equal((0, ""), (rest.Code, rest.Error));
        Assert.Equal("what was there", File.ReadAllText(earlier));

        // Nothing of the killed processes is left.
        Assert.Equal(expected.Keys.Append("earlier.txt").Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(killed).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(killed, file.Key))));
    }

    [Fact]
    public void Cancelled_while_the_problem_is_posed_it_has_written_nothing()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Cancelled(new CancellationToken(canceled: true), [.. Options.Split(' '), "--out", directory.Path]);
        Assert.Equal((1, "hetero: cancelled; nothing is written.\n"), (call.Code, call.Error));
        Assert.Empty(directory.Names);
    }
}
