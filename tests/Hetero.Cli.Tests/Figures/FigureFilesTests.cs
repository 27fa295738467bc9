using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Hetero.Cli.CommandLine;
using Hetero.Cli.FigureCharts;
using Hetero.Cli.Reproduce;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

public class FigureFilesTests
{
    private const string Shares = "algorithm,subspaces,spread,step_size,step,quantity,median,q10,q90,single_run,population_median";

    [Theory]
    [InlineData("figure1", Shares, 2 * 13 * 2, 4)]
    [InlineData("figure2", "multiplier,step,quantity,exact,median,q10,q90", 4 * 101, 0)]
    [InlineData("figure3", Shares, ((2 * 13) + (18 * 2)) * 2, 22)]
    [InlineData("figure4", Shares, ((41 + 9) + (16 * 2)) * 2, 20)]
    [InlineData("figure6", "step_size,step,quantity,median,q10,q90,single_run", (101 + 21 + 11) * 2, 6)]
    public void Numbers_picture_and_manifest(string name, string header, int rows, int runs)
    {
        using TemporaryDirectory directory = new();
        string output = Make(name, new ReproduceRequest(directory.Path, 3, 1, IsQuick: true, 2));
        Assert.Equal([$"{name}.csv", $"{name}.json", $"{name}.svg"], directory.Names);
        Assert.Contains("not judged", output, StringComparison.Ordinal);
        Assert.DoesNotContain(" met", output, StringComparison.Ordinal);

        string[] lines = File.ReadAllLines(directory.File($"{name}.csv"));
        Assert.Equal(header, lines[0]);
        Assert.Equal(rows, lines.Length - 1);
        int median = Array.IndexOf(header.Split(','), "median"), quantity = Array.IndexOf(header.Split(','), "quantity");
        string[] names = [.. RowQuantity.All.Select(column => column.Name), "mean", "tenth_moment"];
        Assert.All(lines[1..], line => Assert.Contains(line.Split(',')[quantity], names));
        Assert.All(lines[1..], line =>
        {
            double[] band = [.. line.Split(',')[median..(median + 3)].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.True(band[1] <= band[0] && band[0] <= band[2], line);
        });

        Assert.Equal("svg", XDocument.Load(directory.File($"{name}.svg")).Root!.Name.LocalName);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File($"{name}.json")));
        Assert.Equal(name, manifest.RootElement.GetProperty("figure").GetString());
        Assert.Equal(runs, manifest.RootElement.GetProperty("runs").GetArrayLength());
        Assert.NotEqual(0, manifest.RootElement.GetProperty("verdicts").GetArrayLength());
    }

    [Theory]
    [InlineData("figure1")]
    [InlineData("figure2")]
    [InlineData("figure3")]
    [InlineData("figure4")]
    [InlineData("figure6")]
    [InlineData("barrier")]
    [InlineData("supermartingale")]
    [InlineData("shape-matters")]
    [InlineData("label-noise")]
    [InlineData("theorem7")]
    [InlineData("theorem8")]
    [InlineData("rivals")]
    [InlineData("momentum")]
    [InlineData("adaptive")]
    [InlineData("schedule")]
    [InlineData("environments")]
    [InlineData("phase-diagram")]
    [InlineData("million")]
    public void The_same_bytes_on_any_number_of_threads(string name)
    {
        using TemporaryDirectory directory = new();
        string[] texts = [.. new[] { 1, 3 }.Select(threads =>
        {
            string own = directory.File(threads.ToString(CultureInfo.InvariantCulture));
            Make(name, new ReproduceRequest(own, 4, 9, IsQuick: true, threads));
            return File.ReadAllText(Path.Combine(own, $"{name}.csv")) + File.ReadAllText(Path.Combine(own, $"{name}.svg"));
        })];
        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public void All_makes_every_figure_of_the_paper()
        => Assert.Equal(
            ["figure1", "figure2", "figure3", "figure4", "figure5", "figure6"],
            FigureRegistry.Find(["all"]).Select(figure => figure.Name).Where(name => name.StartsWith("figure", StringComparison.Ordinal)));

    private static string Make(string name, ReproduceRequest request)
    {
        using StringWriter output = new();
        CommandContext context = new(output, TextWriter.Null, TerminalWidth: null, default);
        Assert.Equal(0, ReproduceCommand.Execute([SmallFigures.Of(name)], request, context));
        return output.ToString();
    }
}
