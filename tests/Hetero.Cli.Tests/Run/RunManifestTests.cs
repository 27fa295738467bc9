using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class RunManifestTests
{
    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        using TemporaryDirectory directory = new();
        JsonElement parameters = Manifest(directory, "run").GetProperty("parameters");
        (string Name, string Value)[] expected =
        [
            ("algorithm", "\"hetero-sgd\""), ("measurements", "\"exact-law\""), ("dimension", "100"), ("invariant-rank", "1"),
            ("spurious-rank", "1"), ("spurious-mean", "1"), ("spread", "6"), ("environments", "\"two-point\""), ("own-draws", "false"),
            ("orthogonal", "false"), ("overlap", "null"), ("eigenvalues", "[1]"), ("step-size", "0.05"), ("gradient-scale", "1"),
            ("init-scale", "0.001"), ("start", "\"identity\""), ("factor-columns", "100"), ("samples", "8000"), ("steps", "200"),
            ("every", "1"), ("pooled-sampling", "\"stratified\""), ("environment-order", "\"independent\""), ("block-length", "null"),
            ("pooled-share", "0"), ("off-diagonal", "0"), ("noise", "0"), ("label-noise", "0"), ("precision", "\"double\""), ("threads", "1"), ("seed", "1"),
        ];
        foreach ((string name, string value) in expected)
        {
            Assert.Equal((name, value), (name, string.Concat(parameters.GetProperty(name).GetRawText().Where(c => !char.IsWhiteSpace(c)))));
        }


        // The default is the machine's, and another one is to have its own.
        Assert.Equal(JsonValueKind.Null, parameters.GetProperty("memory").ValueKind);
        JsonElement limited = Manifest(directory, "run --dimension 8 --steps 1 --memory 1GiB").GetProperty("parameters");
        Assert.Equal(1L << 30, limited.GetProperty("memory").GetInt64());
        Assert.Equal(JsonValueKind.Null, parameters.GetProperty("out").ValueKind);
        Assert.Equal(JsonValueKind.Null, parameters.GetProperty("checkpoint").ValueKind);
        Assert.Equal(JsonValueKind.Null, parameters.GetProperty("resume").ValueKind);
    }

    [Fact]
    public void Versions_hardware_outcome_and_last_row()
    {
        using TemporaryDirectory directory = new();
        JsonElement manifest = Manifest(directory, "run --dimension 8 --steps 5 --factor-columns 3");
        Assert.Equal("run", manifest.GetProperty("command").GetString());
        Assert.Equal("0.1.0", manifest.GetProperty("version").GetString());
        Assert.Equal(RandomStream.Version, manifest.GetProperty("streamVersion").GetInt32());
        Assert.Equal(Arithmetic.Version, manifest.GetProperty("arithmeticVersion").GetInt32());
        JsonElement hardware = manifest.GetProperty("hardware");
        Assert.Equal(HardwareInfo.SimdPath, hardware.GetProperty("simdPath").GetString());
        Assert.Equal(HardwareInfo.VectorBits, hardware.GetProperty("vectorBits").GetInt32());
        Assert.Equal(HardwareInfo.HasAvx512, hardware.GetProperty("avx512").GetBoolean());
        Assert.Equal(HardwareInfo.Runtime, hardware.GetProperty("runtime").GetString());
        Assert.Equal("frame", manifest.GetProperty("parameters").GetProperty("start").GetString());
        Assert.Equal("completed", manifest.GetProperty("outcome").GetProperty("status").GetString());
        Assert.Equal(5, manifest.GetProperty("outcome").GetProperty("step").GetInt32());
        string[] last = CommandCall.Line("run --dimension 8 --steps 5 --factor-columns 3").Lines[^1].Split(',');
        JsonElement row = manifest.GetProperty("lastRow");
        string[] names = ["signal", "spurious", "residual", "error", "pooled_error"];
        Assert.Equal(last[2..], names.Select(name => row.GetProperty(name).GetRawText()));
        Assert.Equal(last[1], row.GetProperty("environment")[0].GetRawText());
    }

    [Fact]
    public void The_same_run_has_the_same_manifest()
    {
        using TemporaryDirectory directory = new();
        Assert.Equal(
            Manifest(directory, "run --dimension 8 --steps 5").GetRawText(), Manifest(directory, "run --dimension 8 --steps 5").GetRawText());
    }

    [Fact]
    public void A_list_of_environments_is_recorded_itself()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write(
            "list.json", """{"environments":[{"probability":0.25,"sigma":[[1,0.5],[0.5,2]]},{"probability":0.75,"sigma":[[0,0],[0,0]]}]}""");
        JsonElement parameters = Manifest(directory, $"run --dimension 8 --steps 2 --spurious-rank 2 --environments {file}").GetProperty("parameters");
        Assert.Equal(file, parameters.GetProperty("environments").GetString());
        JsonElement list = parameters.GetProperty("environment-list");
        Assert.Equal(0.25, list[0].GetProperty("probability").GetDouble());
        Assert.Equal(0.5, list[0].GetProperty("sigma")[1][0].GetDouble());
    }

    private static JsonElement Manifest(TemporaryDirectory directory, string line)
    {
        string file = directory.File("run.json");
        Assert.Equal(0, CommandCall.Line($"{line} --json {file}").Code);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }
}
