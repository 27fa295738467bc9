using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Xunit;

namespace Hetero.Cli.Tests.Info;

public class InfoTests
{
    [Fact]
    public void Text_names_version_and_path()
    {
        CommandCall call = CommandCall.Line("info");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Contains("0.1.0", call.Lines[0], StringComparison.Ordinal);
        Assert.Contains(HardwareInfo.SimdPath, call.Output, StringComparison.Ordinal);
        Assert.Contains($"random streams  version {RandomStream.Version}", call.Lines);
        Assert.Contains($"arithmetic      version {Arithmetic.Version}", call.Lines);
    }

    [Fact]
    public void Json_can_be_read()
    {
        using JsonDocument document = JsonDocument.Parse(CommandCall.Line("info --json").Output);
        Assert.Equal(HardwareInfo.VectorBits, document.RootElement.GetProperty("hardware").GetProperty("vectorBits").GetInt32());
        Assert.True(document.RootElement.GetProperty("memory").GetInt64() > 0);
    }

    [Theory]
    [InlineData("--help", "reproduce")]
    [InlineData("run --help", "--gradient-scale")]
    [InlineData("run --help", "[default: 0.05]")]
    [InlineData("run --steps x --help", "--gradient-scale")]
    [InlineData("reproduce --help", "figure5")]
    [InlineData("verify --help", "--trials")]
    [InlineData("info -h", "--json")]
    public void Help_is_no_failure(string line, string fragment)
    {
        CommandCall call = CommandCall.Line(line);
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Contains(fragment, call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_is_the_products() => Assert.Equal("0.1.0\n", CommandCall.Line("--version").Output);
}
