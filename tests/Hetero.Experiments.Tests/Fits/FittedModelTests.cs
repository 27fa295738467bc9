using System.Text;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>Predictions are ⟨X, M⟩ in each layout, and files that are not of one fit are refused.</summary>
public sealed class FittedModelTests : IDisposable
{
    private static readonly double[] Estimate = [2, 0.5, -1, 0.5, 3, 0.25, -1, 0.25, -4];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hetero-model-");

    [Fact]
    public void The_three_layouts_agree()
    {
        FittedModel model = FittedModel.Open(Make());
        double[] x = [1, -2, 0.5], square = new double[9], packed = new double[6], one = new double[1];
        for (int i = 0; i < 9; i++)
        {
            square[i] = x[i / 3] * x[i % 3];
        }

        Svec.Pack(new ReadOnlyMatrixSpan<double>(square, 3, 3), packed.AsSpan());
        double expected = 0;
        for (int i = 0; i < 9; i++)
        {
            expected += square[i] * Estimate[i];
        }

        foreach ((double[] input, long[] shape) in (ReadOnlySpan<(double[], long[])>)[(x, [1, 3]), (packed, [1, 6]), (square, [1, 3, 3])])
        {
            model.Predict(input, model.WidthOf("x.npy", shape), one);
            Assert.Equal(expected, one[0], 1e-12);
        }
    }

    [Fact]
    public void Other_shapes_are_refused()
    {
        FittedModel model = FittedModel.Open(Make());
        foreach (long[] shape in (long[][])[[2], [2, 4], [2, 3, 4], [2, 3, 3, 1], []])
        {
            string message = Assert.Throws<DataFileException>(() => model.WidthOf("x.npy", shape)).Message;
            Assert.StartsWith("'x.npy' has the shape (", message, StringComparison.Ordinal);
            Assert.EndsWith("; accepted is (n, 3, 3), (n, 6) in svec form, or (n, 3) for inputs xxᵀ.", message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => model.Predict(new double[8], 4, new double[2]));
        Assert.Throws<ArgumentException>(() => model.Predict(new double[7], 3, new double[2]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("nonsense")]
    [InlineData("""{"format":"hetero-fit","formatVersion":2,"dimension":3,"files":{"estimate.npy":"HASH"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":0,"files":{"estimate.npy":"HASH"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":4,"files":{"estimate.npy":"HASH"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":3,"files":{"estimate.npy":"sha256:00"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":3,"files":{"estimate.npy":"\uD800"}}""")]
    public void What_is_no_fit_or_of_two_fits_is_refused(string manifest)
    {
        string folder = Make(manifest);
        DataFileException refusal = Assert.Throws<DataFileException>(() => FittedModel.Open(folder));
        Assert.Contains("; accepted is ", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Make(string manifest = """{"format":"hetero-fit","formatVersion":1,"dimension":3,"files":{"estimate.npy":"HASH"}}""")
    {
        string estimate = Path.Combine(_folder.FullName, "estimate.npy");
        using (FileStream stream = File.Create(estimate))
        {
            NpyWriter<double>.Write(stream, Estimate, 3, 3);
        }

        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(estimate)));
        File.WriteAllText(Path.Combine(_folder.FullName, "fit.json"), manifest.Replace("HASH", $"sha256:{hash}", StringComparison.Ordinal), new UTF8Encoding(false));
        return _folder.FullName;
    }
}
