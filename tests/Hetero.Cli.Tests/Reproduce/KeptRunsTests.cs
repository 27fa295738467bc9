using Hetero.Cli.CommandLine;
using Hetero.Cli.FigureCharts;
using Hetero.Cli.Reproduce;
using Hetero.Cli.Tests.Figures;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Figures;
using Xunit;

namespace Hetero.Cli.Tests.Reproduce;

/// <summary>Figures of long runs are taken up where they were interrupted.</summary>
public class KeptRunsTests
{
    private const int Seeds = 2;
    private const int Runs = 2 * Seeds;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_finished_is_not_made_again_and_the_files_are_the_same(int finished)
    {
        using TemporaryDirectory directory = new();
        string whole = directory.File("whole"), interrupted = directory.File("interrupted"), runs = Path.Combine(interrupted, "million.runs");
        string report = Make(whole);
        Assert.DoesNotContain("runs found finished", report, StringComparison.Ordinal);
        Interrupt(runs, finished);
        Assert.Equal(finished, Directory.GetFiles(runs, "*.csv").Length);

        report = Make(interrupted);
        Assert.Contains($"runs found finished in {runs}: {finished}", report, StringComparison.Ordinal);
        foreach (string name in new[] { "million.csv", "million.svg" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(whole, name)), File.ReadAllText(Path.Combine(interrupted, name)));
        }

        // They are in the figure now.
        Assert.False(Directory.Exists(runs));
    }

    [Fact]
    public void Only_the_missing_runs_are_made()
    {
        using TemporaryDirectory directory = new();
        string runs = directory.File("runs");
        Interrupt(runs, 3);
        Counting kept = new(new KeptRuns(runs), int.MaxValue, null);
        SmallFigures.Million.Compute(new FigureRequest(9, Seeds, 1) { Kept = kept });
        Assert.Equal(Runs - 3, kept.Count);
    }

    [Fact]
    public void A_damaged_one_is_made_again_and_that_of_another_seed_is_not_taken()
    {
        using TemporaryDirectory directory = new();
        string runs = directory.File("runs");
        Interrupt(runs, Runs);
        string[] files = Directory.GetFiles(runs, "*.csv");
        File.WriteAllText(files[0], File.ReadAllText(files[0])[..^20]);
        File.WriteAllText(files[1], "status,last_step\nCompleted,30\n");
        KeptRuns own = new(runs);
        Counting kept = new(own, int.MaxValue, null);
        (FigureNumbers numbers, _) = SmallFigures.Million.Compute(new FigureRequest(9, Seeds, 1) { Kept = kept });
        Assert.Equal((2, Runs - 2), (kept.Count, own.Found));
        Assert.Equal(SmallFigures.Million.Compute(new FigureRequest(9, Seeds, 1)).Numbers.Table.Rows, numbers.Table.Rows);

        Counting others = new(new KeptRuns(runs), int.MaxValue, null);
        SmallFigures.Million.Compute(new FigureRequest(11, Seeds, 1) { Kept = others });
        Assert.Equal(Runs, others.Count);
    }

    // What other runs have left there, and what is none of ours, stays.
    [Fact]
    public void Nothing_else_is_removed()
    {
        using TemporaryDirectory directory = new();
        string runs = directory.File("runs");
        Directory.CreateDirectory(runs);
        File.WriteAllText(Path.Combine(runs, "notes.txt"), "mine");
        KeptRuns kept = new(runs);
        kept.Keep("1", "a");
        kept.Keep("2", "b");
        Assert.Equal((true, false, false, 1), (kept.Find("1", text => text == "a"), kept.Find("1", text => text == "b"), kept.Find("3", _ => true), kept.Found));
        kept.Discard();
        Assert.Equal(["2.csv", "notes.txt"], Directory.GetFiles(runs).Select(Path.GetFileName).Order());
    }

    private static string Make(string directory)
    {
        using StringWriter output = new();
        CommandContext context = new(output, TextWriter.Null, TerminalWidth: null, default);
        Assert.Equal(0, ReproduceCommand.Execute([SmallFigures.Of("million")], new ReproduceRequest(directory, Seeds, 9, IsQuick: true, 2), context));
        return output.ToString();
    }

    /// <summary>Makes the figure until so many runs are kept.</summary>
    private static void Interrupt(string directory, int finished)
    {
        using CancellationTokenSource source = new();
        FigureRequest request = new(9, Seeds, 2, null, source.Token) { Kept = new Counting(new KeptRuns(directory), finished, source) };
        Exception? exception = Record.Exception(() => SmallFigures.Million.Compute(request));
        Assert.Equal(finished < Runs, exception is OperationCanceledException);
    }

    private sealed class Counting(IKeptRuns runs, int most, CancellationTokenSource? source) : IKeptRuns
    {
        public int Count { get; private set; }

        public bool Find(string id, Func<string, bool> read) => runs.Find(id, read);

        public void Keep(string id, string text)
        {
            runs.Keep(id, text);
            if (++Count == most)
            {
                source?.Cancel();
            }
        }
    }
}
