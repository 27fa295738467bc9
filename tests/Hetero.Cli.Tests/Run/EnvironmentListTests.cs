using System.Globalization;
using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

/// <summary>A list of environments goes from a file through a run into the manifest, and from there into a file again.</summary>
public class EnvironmentListTests
{
    private const string Options = "run --dimension 8 --spurious-rank 2 --samples 64 --steps 12 --algorithm pooled-sgd --pooled-sampling independent --step-size 0.01";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_manifest_has_the_same_bits_as_the_file(int seed)
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("given.json", RandomList(seed));
        (string rows, string list) = Run(directory, file);
        (string again, string listAgain) = Run(directory, directory.Write("again.json", $$"""{"environments":{{list}}}"""));
        Assert.Equal(list, listAgain);
        Assert.Equal(rows, again);
    }

    // One entry in the last place, in an environment that never came.
    [Fact]
    public void A_run_does_not_go_on_with_another_list()
    {
        const string Text = """{"environments":[{"probability":0.999999999,"sigma":[[2]]},{"probability":1e-9,"sigma":[[-3.5]]}]}""";
        using TemporaryDirectory directory = new();
        string file = directory.Write("list.json", Text), state = directory.File("state");
        string line = $"run --dimension 8 --samples 64 --environments {file} --out {directory.File("rows.csv")}";
        Assert.Equal(0, CommandCall.Line($"{line} --steps 5 --checkpoint {state}").Code);
        directory.Write("list.json", Text.Replace("-3.5", "-3.4999999999999996", StringComparison.Ordinal));
        CommandCall changed = CommandCall.Line($"{line} --steps 9 --resume {state}");
        Assert.Equal(2, changed.Code);
        Assert.Contains("'--resume'", Assert.Single(changed.ErrorLines), StringComparison.Ordinal);
        directory.Write("list.json", Text);
        Assert.Equal(0, CommandCall.Line($"{line} --steps 9 --resume {state}").Code);
    }

    private static (string Rows, string List) Run(TemporaryDirectory directory, string file)
    {
        string json = directory.File("run.json");
        CommandCall call = CommandCall.Line($"{Options} --environments {file} --json {json}");
        Assert.Equal("", call.Error);
        Assert.Equal(0, call.Code);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(json));
        return (call.Output, manifest.RootElement.GetProperty("parameters").GetProperty("environment-list").GetRawText());
    }

    /// <summary>Two to eight environments whose probabilities sum to 1 within 10⁻⁹, with as many digits as somebody may have typed.</summary>
    private static string RandomList(int seed)
    {
        Random random = new(seed);
        double[] weights = [.. Enumerable.Range(0, 2 + random.Next(7)).Select(_ => random.NextDouble() + 0.01)];
        double sum = weights.Sum() * (1 + (random.Next(-5, 6) * 1e-10));
        IEnumerable<string> entries = weights.Select(weight =>
        {
            double off = random.NextDouble() - 0.5;
            return string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"probability":{{weight / sum}},"sigma":[[{{(4 * random.NextDouble()) - 2}},{{off}}],[{{off}},{{(4 * random.NextDouble()) - 2}}]]}""");
        });
        return $$"""{"environments":[{{string.Join(',', entries)}}]}""";
    }
}
