using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.CheckData;

/// <summary>An array that is converted on the disk needs room there: where there is none, one line says which folder it is, and what would do.</summary>
public class TemporaryFolderTests
{
    // 13 MB of f4 become 26 of f8, more than a quarter of the memory.
    private const string Limits = "DOTNET_EnableWriteXorExecute=0 DOTNET_GCHeapHardLimit=0x4000000";

    [Theory]
    [InlineData("ulimit -f 15000;", "", "")]
    [InlineData("", "TMPDIR=missing", "missing/")]
    public void A_folder_without_room_is_named(string before, string variable, string folder)
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        Assert.Equal(0, CommandCall.Of([.. "generate --dimension 40 --samples 4000 --values 1 --precision single --out".Split(' '), directory.File("data")]).Code);
        CommandCall call = Unix.Shell(directory.Path, $"{before} {variable} {Limits} hetero check-data data");
        Assert.Equal((2, ""), (call.Code, call.Output));
        string line = Assert.Single(call.ErrorLines);
        Assert.StartsWith(
            $"hetero: '{directory.File("data/0-x.npy")}' needs a temporary file of 26240000 bytes, which '{(folder.Length > 0 ? folder : Path.GetTempPath())}' (TMPDIR) does not take (",
            line,
            StringComparison.Ordinal);
        Assert.EndsWith("); accepted is a folder in TMPDIR that can be written and has room for it.", line, StringComparison.Ordinal);
    }
}
