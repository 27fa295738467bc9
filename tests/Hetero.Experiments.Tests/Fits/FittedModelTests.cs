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

    private const string Good = """{"format":"hetero-fit","formatVersion":1,"dimension":3,"layout":"svec","files":{"estimate.npy":"HASH"}}""";

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

        foreach ((double[] input, long[] shape, MeasurementLayout? told) in (ReadOnlySpan<(double[], long[], MeasurementLayout?)>)
            [(x, [1, 3], MeasurementLayout.RankOne), (packed, [1, 6], null), (square, [1, 3, 3], null), (square, [1, 3, 3], MeasurementLayout.Square)])
        {
            model.Predict(input, model.LayoutOf("x.npy", shape, told), one);
            Assert.Equal(expected, one[0], 1e-12);
        }
    }

    // A square alone has the shape of d inputs x.
    [Fact]
    public void Inputs_of_rank_one_are_taken_where_they_were_fitted_or_are_asked_for()
    {
        FittedModel matrices = FittedModel.Open(Make()), inputs = FittedModel.Open(Make(Good.Replace("svec", "rank-one", StringComparison.Ordinal)));
        Assert.Equal((MeasurementLayout.Svec, MeasurementLayout.RankOne), (matrices.Layout, inputs.Layout));
        Assert.Equal(MeasurementLayout.Svec, FittedModel.Open(Make(Good.Replace("\"layout\":\"svec\",", "", StringComparison.Ordinal))).Layout);
        Assert.EndsWith("; one square alone is (1, 3, 3).", Assert.Throws<DataFileException>(() => matrices.LayoutOf("x.npy", [3, 3])).Message, StringComparison.Ordinal);
        Assert.Equal(MeasurementLayout.RankOne, matrices.LayoutOf("x.npy", [3, 3], MeasurementLayout.RankOne));
        Assert.Equal(MeasurementLayout.RankOne, inputs.LayoutOf("x.npy", [3, 3]));
        Assert.Equal(MeasurementLayout.Svec, inputs.LayoutOf("x.npy", [3, 6]));
        Assert.Throws<DataFileException>(() => inputs.LayoutOf("x.npy", [3, 3], MeasurementLayout.Svec));
    }

    // Of one row, x and the svec form of xxᵀ have the same shape, and not the same value.
    [Fact]
    public void At_dimension_one_the_fit_decides()
    {
        string folder = Make(Good.Replace("svec", "rank-one", StringComparison.Ordinal).Replace("3", "1", StringComparison.Ordinal), [5]);
        FittedModel model = FittedModel.Open(folder);
        double[] response = new double[1];
        model.Predict([3], model.LayoutOf("x.npy", [1, 1]), response);
        Assert.Equal(45, response[0]);
        model.Predict([3], model.LayoutOf("x.npy", [1, 1], MeasurementLayout.Svec), response);
        Assert.Equal(15, response[0]);
    }

    [Fact]
    public void Other_shapes_are_refused()
    {
        FittedModel model = FittedModel.Open(Make());
        foreach (long[] shape in (long[][])[[2], [2, 4], [2, 3], [2, 3, 4], [2, 3, 3, 1], []])
        {
            string message = Assert.Throws<DataFileException>(() => model.LayoutOf("x.npy", shape)).Message;
            Assert.StartsWith("'x.npy' has the shape (", message, StringComparison.Ordinal);
            Assert.EndsWith("; accepted is (n, 3, 3) of squares, (n, 6) in svec form, or (n, 3) of x in xxᵀ where the layout rank-one is fitted or asked for.", message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => model.Predict(new double[6], MeasurementLayout.Vector, new double[2]));
        Assert.Throws<ArgumentException>(() => model.Predict(new double[7], MeasurementLayout.RankOne, new double[2]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("nonsense")]
    [InlineData("""{"format":"hetero-fit","formatVersion":2,"dimension":3,"layout":"svec","files":{"estimate.npy":"HASH"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":3,"layout":"cube","files":{"estimate.npy":"HASH"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":3,"layout":3,"files":{"estimate.npy":"HASH"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":0,"layout":"svec","files":{"estimate.npy":"HASH"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":4,"layout":"svec","files":{"estimate.npy":"HASH"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":3,"layout":"svec","files":{"estimate.npy":"sha256:00"}}""")]
    [InlineData("""{"format":"hetero-fit","formatVersion":1,"dimension":3,"layout":"svec","files":{"estimate.npy":"\uD800"}}""")]
    public void What_is_no_fit_or_of_two_fits_is_refused(string manifest)
    {
        string folder = Make(manifest);
        DataFileException refusal = Assert.Throws<DataFileException>(() => FittedModel.Open(folder));
        Assert.Contains("; accepted is ", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Make(string manifest = Good, double[]? numbers = null)
    {
        numbers ??= Estimate;
        int d = (int)Math.Sqrt(numbers.Length);
        string estimate = Path.Combine(_folder.FullName, "estimate.npy");
        using (FileStream stream = File.Create(estimate))
        {
            NpyWriter<double>.Write(stream, numbers, d, d);
        }

        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(estimate)));
        File.WriteAllText(Path.Combine(_folder.FullName, "fit.json"), manifest.Replace("HASH", $"sha256:{hash}", StringComparison.Ordinal), new UTF8Encoding(false));
        return _folder.FullName;
    }
}
