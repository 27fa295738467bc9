using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Reproduce;

/// <summary>A manifest alone is enough to get the same numbers again.</summary>
public class RepeatFromManifestTests
{
    [Theory]
    [InlineData("figure2", 3, 7)]
    [InlineData("figure6", 1, 4)]
    [InlineData("sample-complexity", 1, 6)]
    public void A_figure(string figure, int seeds, int seed)
    {
        using TemporaryDirectory directory = new();
        string first = directory.File("first"), second = directory.File("second");
        Assert.Equal(0, CommandCall.Of("reproduce", figure, "--quick", "--seeds", $"{seeds}", "--seed", $"{seed}", "--threads", "2", "--out", first).Code);

        JsonElement manifest = Read(Path.Combine(first, $"{figure}.json"));
        List<string> line = [manifest.GetProperty("command").GetString()!, manifest.GetProperty("figure").GetString()!];
        AddOptions(line, manifest.GetProperty("parameters"), "out");
        Assert.Equal(0, CommandCall.Of([.. line, "--out", second]).Code);
        foreach (string extension in new[] { ".csv", ".svg" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(first, figure + extension)), File.ReadAllBytes(Path.Combine(second, figure + extension)));
        }
    }

    [Fact]
    public void A_run_behind_a_figure()
    {
        using TemporaryDirectory directory = new();
        Assert.Equal(0, CommandCall.Of("reproduce", "figure6", "--quick", "--seeds", "1", "--seed", "11", "--out", directory.Path).Code);
        string[] lines = File.ReadAllLines(directory.File("figure6.csv"));
        JsonElement[] runs = [.. Read(directory.File("figure6.json")).GetProperty("runs").EnumerateArray()];
        foreach (JsonElement run in runs.Where(run => run.GetProperty("settings").GetProperty("step-size").GetDouble() == 0.1))
        {
            JsonElement settings = run.GetProperty("settings");
            List<string> line = ["run"];
            AddOptions(line, settings);
            string[] last = CommandCall.Of([.. line]).Lines[^1].Split(',');
            string[] figure = lines.Last(text => text.StartsWith("0.1,400,error,", StringComparison.Ordinal)).Split(',');

            // The median over one seed is its run; the last column is the run with every measurement drawn.
            Assert.Equal(last[5], figure[settings.GetProperty("measurements").GetString() == "regenerated" ? 6 : 3]);
        }
    }

    private static JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }

    /// <summary>Turns the members of a manifest into options of the same names.</summary>
    private static void AddOptions(List<string> line, JsonElement members, params string[] except)
    {
        foreach (JsonProperty member in members.EnumerateObject().Where(m => !except.Contains(m.Name)))
        {
            string? value = member.Value.ValueKind switch
            {
                JsonValueKind.Null or JsonValueKind.False => null,
                JsonValueKind.True => "",
                JsonValueKind.String => member.Value.GetString(),
                JsonValueKind.Array => string.Join(',', member.Value.EnumerateArray().Select(v => v.GetRawText())),
                _ => member.Value.GetRawText(),
            };
            if (value is not null)
            {
                line.AddRange(value.Length == 0 ? [$"--{member.Name}"] : [$"--{member.Name}", value]);
            }
        }
    }
}
