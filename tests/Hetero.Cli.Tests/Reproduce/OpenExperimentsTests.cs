using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Hetero.Cli.CommandLine;
using Hetero.Cli.FigureCharts;
using Hetero.Cli.Reproduce;
using Hetero.Cli.Tests.Support;
using Hetero.Core.Environments;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Cli.Tests.Reproduce;

/// <summary>The experiments beyond the paper's figures, in sizes that do not take long.</summary>
public class OpenExperimentsTests
{
    private static readonly RunRecipe Small = new() { Dimension = 8, Samples = 80, Steps = 24, Every = 4, Orthogonal = true };

    public static TheoryData<string, int, int> Sizes() => new()
    {
        { "off-diagonal", 1 + (8 * 7 * 3) + (3 * 9), 8 },
        { "environment-order", 1 + (12 * 7), 12 },
        { "pooling-share", 1 + 22, 22 },
        { "sample-complexity", 1 + (3 * 8) + 15, (3 * 8) + 15 },
        { "indefinite", 1 + (4 * 3 * 7), 6 },
        { "parameterization", 1 + (2 * 3 * 5 * 11), 2 * 3 * 5 * 11 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Numbers_picture_and_manifest_are_written_and_do_not_depend_on_the_threads(string name, int lines, int groups)
    {
        using TemporaryDirectory directory = new();
        string[] texts = [.. new[] { 1, 3 }.Select(threads =>
        {
            string own = directory.File(threads.ToString(CultureInfo.InvariantCulture));
            using StringWriter output = new();
            CommandContext context = new(output, TextWriter.Null, TerminalWidth: null, default);
            Assert.Equal(0, ReproduceCommand.Execute([Figure(name)], new ReproduceRequest(own, 3, 1, IsQuick: true, threads), context));
            Assert.Contains("not judged", output.ToString(), StringComparison.Ordinal);
            Assert.Equal(
                [$"{name}.csv", $"{name}.json", $"{name}.svg"],
                Directory.GetFiles(own).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            return File.ReadAllText(Path.Combine(own, $"{name}.csv")) + File.ReadAllText(Path.Combine(own, $"{name}.svg"));
        })];
        Assert.Equal(texts[0], texts[1]);

        string first = directory.File("1");
        Assert.Equal(lines, File.ReadAllLines(Path.Combine(first, $"{name}.csv")).Length);
        Assert.Equal("svg", XDocument.Load(Path.Combine(first, $"{name}.svg")).Root!.Name.LocalName);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(first, $"{name}.json")));
        JsonElement runs = manifest.RootElement.GetProperty("runs");
        Assert.Equal(groups, runs.GetArrayLength());
        JsonElement settings = runs[groups - 1].GetProperty("settings");
        switch (name)
        {
            case "off-diagonal":
                Assert.Equal((8, 3), (settings.GetProperty("off-diagonal").GetDouble(), settings.GetProperty("spurious-rank").GetInt32()));
                Assert.True(settings.GetProperty("own-draws").GetBoolean());
                break;
            case "environment-order":
                Assert.Equal("blocks", settings.GetProperty("environment-order").GetString());
                Assert.Equal(20, settings.GetProperty("block-length").GetInt32());
                break;
            case "sample-complexity":
                Assert.Equal((0.1, 1e-6), (settings.GetProperty("step-size").GetDouble(), settings.GetProperty("init-scale").GetDouble()));

                // Every point has seeds of its own: 38 blocks of three seeds lie before the last one's.
                Assert.Equal(1 + (38 * 3), settings.GetProperty("seed").GetInt32());
                break;
            case "indefinite":
                Assert.Equal(1, settings.GetProperty("eigenvalues")[0].GetDouble());
                Assert.Equal(-1, settings.GetProperty("eigenvalues")[1].GetDouble());
                Assert.False(settings.TryGetProperty("model", out _));
                Assert.Equal("indefinite", runs[0].GetProperty("settings").GetProperty("model").GetString());
                break;
            case "parameterization":
                Assert.Equal("direct", settings.GetProperty("model").GetString());
                Assert.Equal("population", settings.GetProperty("measurements").GetString());
                break;
            default:
                Assert.Equal(1, settings.GetProperty("pooled-share").GetDouble());
                break;
        }
    }

    [Fact]
    public void The_names_are_on_the_command_line()
        => Assert.Equal(6, new[] { "off-diagonal", "environment-order", "pooling-share", "sample-complexity", "indefinite", "parameterization" }.Count(name => FigureRegistry.Find([name]).Count == 1));

    // For a diagonal Σ the exponent is E log|1 + ηs|; for Σ = ±[[0, 1], [1, 0]] the product has the eigenvectors (1, 1) and (1, −1), and the
    // exponent of either is ½ log(1 − η²).
    [Fact]
    public void Exponents_that_can_be_computed_by_hand()
    {
        LyapunovEstimate single = LyapunovEstimate.Of(DiagonalEnvironments.TwoPoint(1, 1, 6), 0.05, 3, 100_000);
        Assert.Equal(0.5 * Math.Log(1.35 * 0.75), single.Value, 4.5 * single.StandardError);
        Assert.Equal(0.5 * Math.Log(1.35 / 0.75) / Math.Sqrt(100_000), single.StandardError, 0.35 * single.StandardError);

        LyapunovEstimate swap = LyapunovEstimate.Of(new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(2, 0, 0), 1), 0.3, 3, 100_000);
        Assert.Equal(0.5 * Math.Log(1 - 0.09), swap.Value, 4.5 * swap.StandardError);

        LyapunovEstimate constant = LyapunovEstimate.Of(DiagonalEnvironments.TwoPoint(3, 2, 0), 0.1, 3, 1000);
        Assert.Equal(Math.Log(1.2), constant.Value, 1e-6);
        Assert.Equal(0, constant.StandardError, 1e-6);
    }

    private static IFigure Figure(string name) => name switch
    {
        "off-diagonal" => new OffDiagonalChart(new OffDiagonal(Small with { OwnDraws = true, Spread = 8 }, 1000)),
        "environment-order" => new EnvironmentOrdersChart(new EnvironmentOrders(Small)),
        "indefinite" => new IndefiniteSignalsChart(new IndefiniteSignals(Small with { InvariantRank = 2, Eigenvalues = [1, -1] })),
        "parameterization" => new ParameterizationChart(new Parameterization(Small with { Every = 24 }, longRun: 20, growthSeeds: 2)),
        "sample-complexity" => new SampleComplexityChart(new SampleComplexity(Small, reach: 1)),
        _ => new PoolingShareChart(new PoolingShare(Small)),
    };
}
