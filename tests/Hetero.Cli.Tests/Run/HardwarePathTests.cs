using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Hetero.Core.Numerics;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class HardwarePathTests
{
    public static TheoryData<string, string> Variables => new()
    {
        { "DOTNET_EnableAVX512=0", "Vector256" },
        { "DOTNET_PreferredVectorBitWidth=256", "Vector256" },
        { "DOTNET_EnableAVX2=0", "scalar" },
        { "DOTNET_EnableHWIntrinsic=0", "scalar" },
    };

    [Theory]
    [MemberData(nameof(Variables))]
    public void A_narrower_path_gives_the_same_bytes(string variable, string path)
    {
        if (!HardwareInfo.HasAvx2)
        {
            Assert.Skip("This machine has no AVX2, so there is no narrower path to go to.");
        }

        if (path == "Vector256" && HardwareInfo.SimdPath != "Vector512")
        {
            Assert.Skip($"This machine takes the path {HardwareInfo.SimdPath} by default, so the variable changes nothing.");
        }

        using TemporaryDirectory directory = new();
        string manifest = directory.File("run.json");
        foreach (string run in new[]
        {
            "--dimension 8 --measurements exact-law", "--dimension 8 --measurements regenerated", "--dimension 8 --measurements stored",
            "--dimension 8 --measurements stored --algorithm pooled-sgd --pooled-sampling independent --noise 0.1",
            "--dimension 200 --factor-columns 5",
            "--dimension 9 --model indefinite --factor-columns 4 --invariant-rank 2 --eigenvalues 1,-1", "--dimension 9 --model direct",
        })
        {
            foreach (string precision in new[] { "double", "single" })
            {
                string[] args = ["run", .. run.Split(' '), "--samples", "32", "--steps", "20", "--spurious-rank", "2", "--precision", precision];
                CommandCall child = ChildProcess.Run(variable, [.. args, "--json", manifest]);
                Assert.Equal((0, ""), (child.Code, child.Error));
                using JsonDocument document = JsonDocument.Parse(File.ReadAllText(manifest));
                Assert.Equal(path, document.RootElement.GetProperty("hardware").GetProperty("simdPath").GetString());
                Assert.Equal(CommandCall.Of(args).Output, child.Output);
            }
        }
    }

    [Fact]
    public void An_untouched_process_takes_the_path_of_this_one()
    {
        using JsonDocument document = JsonDocument.Parse(ChildProcess.Run(null, "info", "--json").Output);
        Assert.Equal(HardwareInfo.SimdPath, document.RootElement.GetProperty("hardware").GetProperty("simdPath").GetString());
    }
}
