using Hetero.Core.Sensing;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>Manifests that are written are read again, and what they name is found and checked.</summary>
public class ManifestTextTests
{
    private static readonly DataManifest Good = new() { Dimension = 2, Layout = MeasurementLayout.Svec, Environments = [new("a", "x.npy", "y.npy")] };

    public static TheoryData<DataManifest, string> Unwritable => new()
    {
        { Good with { Dimension = 0 }, "'manifest' has 0 as dimension; accepted is a whole number from 1 on." },
        { Good with { Layout = (MeasurementLayout)99 }, "'manifest.Layout' is 99; accepted are Svec, Square" },
        { Good with { Environments = [] }, "'manifest' has [] as environments; accepted is a list of one or more." },
        { Good with { Environments = [null!] }, "Value cannot be null. (Parameter 'manifest.Environments[0]')" },
        { Good with { Environments = [new("", "x", "y")] }, "'manifest' has \"\" as environments[0].name; accepted is a text" },
        { Good with { Environments = [new("a", null!, "y")] }, "'manifest' has null as environments[0].measurements; accepted is a text" },
        { Good with { Environments = [new("a", "x", "y", double.NaN)] }, "'manifest.Environments[0].Probability' is NaN; accepted is from 0 to 1." },
        { Good with { Environments = [new("a", "x", "y", 0.5), new("b", "x", "y")] }, "'manifest' has 2 environments and 1 probabilities; accepted is a probability for each" },
        { Good with { Truth = "" }, "'manifest' has \"\" as truth; accepted is a text" },
    };

    [Theory]
    [MemberData(nameof(Unwritable))]
    public void What_would_not_be_read_is_not_written(DataManifest manifest, string message)
        => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => DataManifestJson.ToText(manifest)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_array_may_have_a_colon_in_its_name()
    {
        using DataFolder folder = DataFolder.Make();
        using (FileStream stream = File.Create(folder.PathOf("all.npz")))
        using (NpzWriter writer = new(stream))
        {
            writer.Write<double>("y:low", Enumerable.Repeat(7.0, 30).ToArray(), 30);
        }

        folder.Write("data.json", File.ReadAllText(folder.Manifest).Replace("\"y0.npy\"", "\"all.npz:y:low\"", StringComparison.Ordinal));
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        Assert.Equal(7, data.Environments[0].Responses.Span[29]);
        folder.Write("data.json", File.ReadAllText(folder.Manifest).Replace("all.npz:", "none.npz:", StringComparison.Ordinal));
        Assert.EndsWith("none.npz", Assert.Throws<DataFileException>(() => DataSet<double>.Open(folder.Manifest)).File, StringComparison.Ordinal);
    }

    // 1.7e308 fits, √2 times it does not; on the diagonal it stays what it is.
    [Fact]
    public void Squares_that_svec_cannot_hold_name_their_file()
    {
        using DataFolder folder = DataFolder.Make();
        folder.Write("data.json", DataManifestJson.ToText(Good with { Layout = MeasurementLayout.Square }));
        folder.Write("y.npy", [1, 2], 2);
        folder.Write("x.npy", [1.7e308, 0, 0, -1.7e308, 1, 1.2e308, 1.2e308, 1], 2, 2, 2);
        using (DataSet<double> data = DataSet<double>.Open(folder.Manifest))
        {
            _ = data.CreateMeasurements();
        }

        folder.Write("x.npy", [1, 0, 0, 1, 1, 1.7e308, 1.7e308, 1], 2, 2, 2);
        DataFileException refusal = Assert.Throws<DataFileException>(() => DataSet<double>.Open(folder.Manifest));
        Assert.StartsWith($"'{folder.PathOf("x.npy")}' has an entry off the diagonal in row 1, counted from 0, that leaves", refusal.Message, StringComparison.Ordinal);
    }
}
