using System.Text.RegularExpressions;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Arrays;
using Xunit;

namespace Hetero.Cli.Tests.Fit;

public class PredictTests
{
    [Fact]
    public void Predicts_an_array_and_a_data_set()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), fit = directory.File("fit"), array = directory.File("p.npy"), archive = directory.File("p.npz");
        Assert.Equal(0, CommandCall.Line($"fit --steps 20 --out {fit} {data}").Code);
        Assert.Equal(new CommandCall(0, "", ""), CommandCall.Line($"predict {fit} {directory.File("x1.npy")} --out {array}"));
        Assert.Equal(new CommandCall(0, "", ""), CommandCall.Line($"predict {Path.Combine(fit, "fit.json")} {data} --out {archive}"));

        using NpyArray<double> x = NpyArray<double>.Open(directory.File("x1.npy")), found = NpyArray<double>.Open(array), estimate = NpyArray<double>.Open(Path.Combine(fit, "estimate.npy"));
        Assert.Equal([200], found.Shape);
        for (int row = 0; row < 200; row++)
        {
            double expected = 0;
            for (int i = 0; i < 4; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    expected += x.Memory.Span[(row * 10) + (i * (i + 1) / 2) + j] * estimate.Memory.Span[(i * 4) + j] * (i == j ? 1 : Math.Sqrt(2));
                }
            }

            Assert.Equal(expected, found.Memory.Span[row], 1e-12);
        }

        // The folder of a data.json stands for it, and environments have their names, unless two have the same.
        string numbered = directory.File("n.npz"), folder = Path.GetDirectoryName(data)!;
        Assert.Equal(0, CommandCall.Of("predict", fit, folder, "--out", directory.File("f.npz")).Code);
        Assert.Equal(File.ReadAllBytes(archive), File.ReadAllBytes(directory.File("f.npz")));
        string same = Path.Combine(folder, "same.json");
        File.WriteAllText(same, File.ReadAllText(data).Replace("north", "south", StringComparison.Ordinal));
        Assert.Equal(0, CommandCall.Of("predict", fit, same, "--out", numbered).Code);
        using (NpzArchive unnamed = NpzArchive.Open(numbered))
        {
            Assert.Equal(["0", "1"], unnamed.Names);
        }

        using NpzArchive both = NpzArchive.Open(archive);
        Assert.Equal(["north", "south"], both.Names);
        Assert.Equal(found.Memory.ToArray(), both.Read<double>("south").Memory.ToArray());
    }

    // Prediction needs inputs alone: a manifest that names no responses, or some that are not there.
    [Fact]
    public void Predicts_inputs_without_responses_and_arrays_of_an_archive()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), fit = directory.File("fit"), expected = directory.File("e.npz"), found = directory.File("f.npz");
        Assert.Equal(0, CommandCall.Line($"fit --steps 20 --out {fit} {data}").Code);
        Assert.Equal(0, CommandCall.Line($"predict {fit} {data} --out {expected}").Code);
        string text = File.ReadAllText(data), inputs = directory.Write("inputs.json", Regex.Replace(text, @",\s*""responses"": ""[^""]*""", ""));
        string gone = directory.Write("gone.json", text.Replace("y0.npy", "gone.npy", StringComparison.Ordinal));
        foreach (string manifest in new[] { inputs, gone })
        {
            Assert.Equal(new CommandCall(0, "", ""), CommandCall.Line($"predict {fit} {manifest} --out {found}"));
            Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(found));
        }

        CommandCall refused = CommandCall.Line($"fit --steps 2 --out {directory.File("other")} {inputs}");
        Assert.Contains("inputs.json' has no 'responses' in environments[0]; accepted is the responses of each environment; ", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);

        string archive = directory.File("in.npz"), array = directory.File("a.npy"), plain = directory.File("p.npy");
        using (NpyArray<double> x = NpyArray<double>.Open(directory.File("x1.npy")))
        using (FileStream stream = File.Create(archive))
        using (NpzWriter writer = new(stream))
        {
            writer.Write("x", x.Memory.Span, [.. x.Shape]);
        }

        Assert.Equal(new CommandCall(0, "", ""), CommandCall.Line($"predict {fit} {archive}:x --out {array}"));
        Assert.Equal(0, CommandCall.Line($"predict {fit} {directory.File("x1.npy")} --out {plain}").Code);
        Assert.Equal(File.ReadAllBytes(plain), File.ReadAllBytes(array));
        Assert.Contains("in.npz' is an archive; accepted is one of its arrays, as '", CommandCall.Line($"predict {fit} {archive} --out {array}").Error, StringComparison.Ordinal);
        Assert.Contains("has no array 'y'; accepted is one of x.", CommandCall.Line($"predict {fit} {archive}:y --out {array}").Error, StringComparison.Ordinal);
        Assert.Contains("which is read", CommandCall.Line($"predict {fit} {archive}:x --out {archive}").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FIT", "the fit and the inputs are missing; accepted is hetero predict FIT INPUTS --out FILE.")]
    [InlineData("FIT X0 X1", "x1.npy' is one argument too many for 'hetero predict'; accepted is")]
    [InlineData("X0 X0", "is no manifest of a fit; accepted is")]
    [InlineData("FIT Y0", "has the shape (200,); accepted is (n, 4, 4) of squares, (n, 10) in svec form, or (n, 4) of x in xxᵀ where the layout rank-one is fitted or asked for.")]
    [InlineData("FIT ONE", "of x in xxᵀ where the layout rank-one is fitted or asked for; one square alone is (1, 4, 4).")]
    [InlineData("FIT X0 --layout square", "has the shape (200, 10); accepted is (n, 4, 4) of squares")]
    [InlineData("FIT DATA --layout svec --out wrong.npz", "'--layout' is 'svec'; accepted is none beside a data set: '")]
    [InlineData("FIT DATA --out wrong.npy", "'--out' is 'wrong.npy'; accepted is an archive (.npz) for the environments of a data set.")]
    [InlineData("FIT X0 --out wrong.npz", "'--out' is 'wrong.npz'; accepted is an array (.npy) for one of inputs.")]
    [InlineData("FIT EMPTY --out wrong.npz", "data.json' cannot be read (No such file or directory)")]
    [InlineData("FIT none.npy", "'none.npy' cannot be read (No such file or directory)")]
    [InlineData("FIT NAN --layout rank-one", "has inputs whose response is not finite, the first in row 1; accepted are finite numbers.")]
    public void Refuses_in_one_line_and_writes_nothing(string line, string message)
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), fit = directory.File("fit"), output = directory.File("p.npy");
        Assert.Equal(0, CommandCall.Line($"fit --steps 2 --out {fit} {data}").Code);
        using (FileStream stream = File.Create(directory.File("nan.npy")))
        {
            NpyWriter<double>.Write(stream, [1, 2, 3, 4, double.NaN, 0, 0, 0], 2, 4);
        }

        using (FileStream stream = File.Create(directory.File("one.npy")))
        {
            NpyWriter<double>.Write(stream, new double[16], 4, 4);
        }

        Directory.CreateDirectory(directory.File("empty"));
        (string Word, string File)[] words =
        [
            ("FIT", fit), ("DATA", data), ("EMPTY", directory.File("empty")), ("ONE", directory.File("one.npy")),
            ("X0", directory.File("x0.npy")), ("X1", directory.File("x1.npy")), ("Y0", directory.File("y0.npy")), ("NAN", directory.File("nan.npy")),
        ];
        string[] files = [.. line.Split(' ').Select(word => words.FirstOrDefault(pair => pair.Word == word).File ?? word)];
        CommandCall call = CommandCall.Of(["predict", .. files, .. line.Contains("--out", StringComparison.Ordinal) ? [] : new[] { "--out", output }]);
        Assert.Equal(2, call.Code);
        Assert.Contains(message, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public void Does_not_write_over_what_it_reads()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), fit = directory.File("fit"), x = directory.File("x0.npy");
        Assert.Equal(0, CommandCall.Line($"fit --steps 2 --out {fit} {data}").Code);
        foreach (string file in (string[])[x, Path.Combine(fit, "estimate.npy"), Path.Combine(fit, "fit.json")])
        {
            byte[] before = File.ReadAllBytes(file);
            Assert.Contains("which is read", Assert.Single(CommandCall.Of("predict", fit, x, "--out", file).ErrorLines), StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(file));
        }

        Assert.Contains("the file of '--out' is missing; ", CommandCall.Of("predict", fit, x).Error, StringComparison.Ordinal);
    }
}
