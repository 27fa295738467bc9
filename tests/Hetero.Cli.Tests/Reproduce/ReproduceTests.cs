using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Hetero.Charts;
using Hetero.Cli.CommandLine;
using Hetero.Cli.FigureCharts;
using Hetero.Cli.Output;
using Hetero.Cli.Reproduce;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;
using Xunit;

namespace Hetero.Cli.Tests.Reproduce;

public class ReproduceTests
{
    // The figure's own sizes take too long without optimisation.
    private static readonly Figure5Chart Small = new(new Figure5(new RunRecipe
    {
        Dimension = 10,
        InvariantRank = 3,
        SpuriousRank = 2,
        SpuriousMean = 0.5,
        Spread = 4,
        Samples = 60,
        Steps = 30,
    }));

    [Fact]
    public void Figure5_writes_numbers_picture_and_manifest()
    {
        using TemporaryDirectory directory = new();
        (int code, string output) = Execute(Small, new ReproduceRequest(directory.Path, 5, 1, IsQuick: true, 2));
        Assert.Equal(0, code);
        Assert.Equal(["figure5.csv", "figure5.json", "figure5.svg"], directory.Names);
        Assert.Contains("not judged", output, StringComparison.Ordinal);
        Assert.Contains("0 of 5 runs diverged", output, StringComparison.Ordinal);

        string[] lines = File.ReadAllLines(directory.File("figure5.csv"));
        Assert.Equal("algorithm,gradient_scale,step,quantity,median,q10,q90,single_run", lines[0]);
        Assert.Equal(1 + (3 * 31 * 3), lines.Length);
        Assert.All(lines[1..], line => Assert.All(line.Split(',')[4..], cell => double.Parse(cell, CultureInfo.InvariantCulture)));
        Assert.Equal(
            ["hetero-sgd,1", "pooled-sgd,2", "pooled-sgd,1"], lines[1..].Select(line => string.Join(',', line.Split(',')[..2])).Distinct());

        Assert.Equal("svg", XDocument.Load(directory.File("figure5.svg")).Root!.Name.LocalName);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File("figure5.json")));
        JsonElement root = manifest.RootElement;
        Assert.Equal(5, root.GetProperty("parameters").GetProperty("seeds").GetInt32());
        Assert.Equal(4, root.GetProperty("verdicts").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("verdicts")[0].GetProperty("met").ValueKind);
        Assert.Equal(6, root.GetProperty("runs").GetArrayLength());
        Assert.Equal(120, root.GetProperty("runs")[1].GetProperty("settings").GetProperty("samples").GetInt32());
        Assert.Equal("regenerated", root.GetProperty("runs")[3].GetProperty("settings").GetProperty("measurements").GetString());
        Assert.Equal(0, root.GetProperty("runs")[0].GetProperty("diverged").GetInt32());
        Assert.True(root.GetProperty("hardware").TryGetProperty("simdPath", out _));
    }

    [Fact]
    public void The_same_seed_gives_the_same_files_on_any_number_of_threads()
    {
        using TemporaryDirectory directory = new();
        string[] texts = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            string own = directory.File(threads.ToString(CultureInfo.InvariantCulture));
            Execute(Small, new ReproduceRequest(own, 4, 9, IsQuick: true, threads));
            return File.ReadAllText(Path.Combine(own, "figure5.csv")) + File.ReadAllText(Path.Combine(own, "figure5.svg"));
        })];
        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(texts[0], texts[2]);
    }

    [Fact]
    public void The_command_makes_figure5()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Of("reproduce", "figure5", "--quick", "--out", directory.File("new"));
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Contains("not judged", call.Output, StringComparison.Ordinal);
        Assert.Equal(["new"], directory.Names);
        string[] files = [.. Directory.GetFiles(directory.File("new")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(["figure5.csv", "figure5.json", "figure5.svg"], files);
    }

    [Fact]
    public void Figure5_keeps_the_papers_sizes()
    {
        RunGroup[] runs = [.. new Figure5().Panels(1).Select(panel => new RunGroup(panel.Title, panel.Recipe, 1, 0))];
        Assert.Equal([2800, 5600, 5600], runs.Select(r => r.Recipe.Samples));
        Assert.Equal([1, 2, 1], runs.Select(r => r.Recipe.GradientScale));
        Assert.All(runs, r => Assert.Equal((40, 3, 2, 0.5, 4.0, 0.05, 1e-3, 200), (
            r.Recipe.Dimension, r.Recipe.InvariantRank, r.Recipe.SpuriousRank, r.Recipe.SpuriousMean, r.Recipe.Spread,
            r.Recipe.StepSize, r.Recipe.InitialScale, r.Recipe.Steps)));
    }

    [Fact]
    public void An_expectation_that_is_not_met_is_a_failure_with_the_files_kept()
    {
        using TemporaryDirectory directory = new();
        ReproduceRequest request = new(directory.Path, 2, 1, IsQuick: false, 1);
        FailedException failure = Assert.Throws<FailedException>(() => Execute(new Disappointment(), request));
        Assert.Contains("disappointment", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, directory.Names.Length);
        Assert.Equal(0, Execute(new Disappointment(), request with { IsQuick = true }).Code);
    }

    [Fact]
    public void A_file_that_cannot_be_written_takes_no_other_along()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        File.CreateSymbolicLink(directory.File("disappointment.csv"), "/dev/full");
        using StringWriter output = new();
        FailedException failure = Assert.Throws<FailedException>(
            () => Execute([new Disappointment(), Small], new ReproduceRequest(directory.Path, 2, 1, IsQuick: true, 1), output));
        Assert.Equal(
            $"'--out' is '{directory.File("disappointment.csv")}', which could not be written: No space left on device.", failure.Message);
        Assert.Equal(
            ["disappointment.csv", "disappointment.json", "disappointment.svg", "figure5.csv", "figure5.json", "figure5.svg"], directory.Names);
        Assert.Contains($"written: {directory.File("disappointment.svg")}, {directory.File("disappointment.json")}\n", output.ToString(), StringComparison.Ordinal);

        // Each figure says how long it took, and all of them together.
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Count(line => line.StartsWith("  time: ", StringComparison.Ordinal)));
        Assert.StartsWith("2 figures took ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_nobody_gets_takes_no_figure_along()
    {
        using TemporaryDirectory directory = new();
        FailedException failure = Assert.Throws<FailedException>(
            () => Execute([new Disappointment(), Small], new ReproduceRequest(directory.Path, 2, 1, IsQuick: false, 1), new BrokenWriter()));
        Assert.Contains("see disappointment", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, failure.Message.Split(BrokenWriter.Reason).Length - 1);
        Assert.Equal(6, directory.Names.Length);
    }

    [Fact]
    public void A_directory_in_a_files_place_is_found_before_any_work()
    {
        using TemporaryDirectory directory = new();
        Directory.CreateDirectory(directory.File("figure5.svg"));
        CommandCall call = CommandCall.Of("reproduce", "figure5", "--quick", "--out", directory.Path);
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.Contains($"'--out' is '{directory.File("figure5.svg")}'", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["figure5.svg"], directory.Names);
    }

    [Theory]
    [InlineData("reproduce", "figure5, figure6, off-diagonal")]
    [InlineData("reproduce figure99", "'figure99'", "figure5, figure6, off-diagonal")]
    [InlineData("reproduce figur5", "'figur5' is not a figure (did you mean 'figure5'?)", "accepted are figure1")]
    [InlineData("reproduce figure5 fig", "'fig' is not a figure; accepted are figure1")]
    [InlineData("reproduce --list fgure5", "'fgure5' is not a figure (did you mean 'figure5'?)")]
    [InlineData("reproduce --list --out x", "'--out' is 'x'", "'--list'")]
    [InlineData("reproduce figure5 --seed 18446744073709551615 --quick", "'--seed' is '18446744073709551615'", "18446744073709551611", "5 seeds")]
    [InlineData("reproduce --sed 3", "'--sed'", "'--seed'")]
    [InlineData("reproduce figure5 --seeds 0", "'--seeds' is '0'", "from 1")]
    [InlineData("reproduce figure5 --seed 18446744073709551615", "'--seed' is '18446744073709551615'", "18446744073709551416")]
    [InlineData("reproduce sample-complexity --seeds 5 --seed 18446744073709551422", "'--seed' is '18446744073709551422'", "to 18446744073709551421")]
    [InlineData("reproduce figure3 --seeds 5 --seed 18446744073709531617", "'--seed' is '18446744073709531617'", "to 18446744073709531616")]
    [InlineData("reproduce figure5 --threads 0", "'--threads' is '0'", "from 1 to 1024")]
    [InlineData("reproduce figure5 --out -", "'--out' is '-'", "a directory")]
    [InlineData("reproduce figure5 --out /dev/null/x", "'--out' is '/dev/null/x'", "a directory")]
    public void Bad_input(string line, params string[] fragments)
    {
        CommandCall call = CommandCall.Line(line);
        Assert.Equal(2, call.Code);
        string message = Assert.Single(call.ErrorLines);
        Assert.All(fragments, fragment => Assert.Contains(fragment, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("FIGURE5", "figure5")]
    [InlineData("off-DIAGONAL figure5 Figure5", "figure5 off-diagonal")]
    [InlineData("figure3 figure1 figure3", "figure1 figure3")]
    [InlineData(
        "figure3 All",
        "figure1 figure2 figure3 figure4 figure5 figure6 off-diagonal environment-order pooling-share sample-complexity barrier supermartingale")]
    [InlineData(
        "theorem7 MORE figure1",
        "figure1 "
        + "shape-matters label-noise theorem7 theorem8 indefinite parameterization rivals momentum adaptive schedule environments federated phase-diagram")]
    [InlineData("large", "million")]
    public void Names_in_any_case_each_once_in_the_order_of_the_list(string names, string expected)
    {
        Assert.Equal(expected.Split(' '), FigureRegistry.Find(names.Split(' ')).Select(figure => figure.Name));
        string[] listed = CommandCall.Line($"reproduce --list {names}").Lines;
        Assert.Equal(expected.Split(' '), listed.Select(line => line.Split(' ')[0]));
        Assert.All(listed, line => Assert.Contains(FigureRegistry.All, figure => line.EndsWith(figure.Description, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_list_without_names_is_that_of_all_figures_and_makes_nothing()
    {
        CommandCall call = CommandCall.Line("reproduce --list");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(FigureRegistry.All.Select(figure => figure.Name), call.Lines.Select(line => line.Split(' ')[0]));
        string[] words = [.. call.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];
        Assert.Equal([.. FigureRegistry.All.Select(FigureRegistry.GroupOf)], words);
        Assert.Equal(["all", "more", "large"], words.Distinct());
    }

    [Fact]
    public void Cancelled_before_it_is_finished_it_writes_nothing()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Cancelled(new CancellationToken(canceled: true), "reproduce", "figure5", "--out", directory.Path);
        Assert.Equal(1, call.Code);
        Assert.Equal("hetero: cancelled.", Assert.Single(call.ErrorLines));
        Assert.Empty(directory.Names);
    }

    [Theory]
    [InlineData(9, 0, "not judged")]
    [InlineData(10, 1, "not met")]
    public void Too_few_seeds_are_not_judged_and_it_is_said(int seeds, int code, string verdict)
    {
        using TemporaryDirectory directory = new();
        using StringWriter output = new();
        ReproduceRequest request = new(directory.Path, seeds, 1, IsQuick: false, 1);
        int found = 0;
        try
        {
            Execute([new Disappointment { LeastSeeds = 10 }], request, output);
        }
        catch (FailedException)
        {
            found = 1;
        }

        Assert.Equal(code, found);
        Assert.Contains(verdict, output.ToString(), StringComparison.Ordinal);
        Assert.Equal(seeds < 10, output.ToString().Contains("  verdicts are stated for 10 seeds or more; these are 9\n", StringComparison.Ordinal));
        Assert.Contains($"\"verdict\": \"{verdict}\"", File.ReadAllText(directory.File("disappointment.json")), StringComparison.Ordinal);
    }

    // Ten seeds of each point, of which the phase diagram has a twentieth, the windows a quarter.
    [Fact]
    public void Verdicts_are_stated_for_ten_seeds_a_point_and_for_the_usual_number()
    {
        Assert.All(FigureRegistry.All, figure => Assert.InRange(figure.LeastSeeds, 1, 200));
        Assert.Equal(200, FigureRegistry.All.Single(figure => figure.Name == "phase-diagram").LeastSeeds);
        Assert.All(FigureRegistry.All, figure => Assert.True(figure.LeastSeeds == 1 || figure.SeedCount(figure.LeastSeeds) >= Math.Min(10, figure.SeedCount(200)), figure.Name));
    }

    [Fact]
    public void More_groups_that_diverged_than_a_screen_has_lines_are_one_line()
    {
        using StringWriter writer = new() { NewLine = "\n" };
        FigureResult result = new Disappointment().Run(new FigureRequest(1, 1, 1));
        RunGroup[] groups = [.. Enumerable.Range(0, 60).Select(i => new RunGroup($"cell {i}", new RunRecipe(), 2, i < 55 ? 1 : 0))];
        VerdictTable.Write(writer, result with { Numbers = result.Numbers with { Runs = groups } }, judged: true);
        Assert.EndsWith(
            "  5 of 60 groups of runs: none diverged\n  55 of 60 groups of runs: 55 of 110 runs diverged; the manifest has each\n", writer.ToString(), StringComparison.Ordinal);
    }

    private static (int Code, string Output) Execute(IFigure figure, ReproduceRequest request)
    {
        using StringWriter output = new();
        int code = Execute([figure], request, output);
        return (code, output.ToString());
    }

    private static int Execute(IReadOnlyList<IFigure> figures, ReproduceRequest request, TextWriter output)
    {
        output.NewLine = "\n";
        return ReproduceCommand.Execute(figures, request, new CommandContext(output, TextWriter.Null, TerminalWidth: null, default));
    }

    private sealed class Disappointment : IFigure
    {
        public string Name => "disappointment";

        public string Description => "expects more than there is";

        public bool KeepsRuns => true;

        public int LeastSeeds { get; init; } = 1;

        public long SeedCount(int seeds) => seeds;

        public FigureResult Run(FigureRequest request) => new(
            new FigureNumbers { Table = new CsvTable("x"), Verdicts = [Verdict.Above("nothing", 0, 1)] },
            new Chart("none", [new Panel(null, Axis.Linear("x"), Axis.Linear("y"), [new LineSeries("a", 0, [0, 1], [0, 1])])]));
    }
}
