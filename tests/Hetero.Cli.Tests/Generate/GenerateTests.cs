using Hetero.Cli.Tests.Support;
using Hetero.Core.Sensing;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Cli.Tests.Generate;

/// <summary>What is asked for is what stands in the files, they appear whole or not at all, and none is replaced by another.</summary>
public class GenerateTests
{
    private const string Sizes = "--dimension 5 --invariant-rank 2 --orthogonal --samples 300 --noise 0.25 --seed 7";

    [Fact]
    public void Values_at_even_distances_give_an_environment_each()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("data");
        CommandCall call = CommandCall.Line($"generate {Sizes} --values -5:7:4 --out {folder}");
        Assert.Equal((0, $"{folder}/data.json: 4 environments of 300 rows, d = 5, 150 KiB\n", ""), (call.Code, call.Output, call.Error));
        Assert.Equal(["0-x.npy", "0-y.npy", "1-x.npy", "1-y.npy", "2-x.npy", "2-y.npy", "3-x.npy", "3-y.npy", "data.json", "truth.npy"], Names(folder));
        using DataSet<double> data = DataSet<double>.Open($"{folder}/data.json");
        Assert.Equal(["s = -5", "s = -1", "s = 3", "s = 7"], data.Manifest.Environments.Select(environment => environment.Name));
        Assert.Equal(300, data.Environments[3].Responses.Length);

        // A* is a projection of rank 2, to which no value of s adds.
        double[] truth = data.Truth.ToArray();
        Assert.Equal(2, Enumerable.Range(0, 5).Sum(i => truth[i * 6]), 1e-12);
        Assert.Equal(2, truth.Sum(x => x * x), 1e-12);

        // The recipe alone makes the same rows again.
        DataGenerator again = new(data.Manifest.Recipe!);
        double[] rows = new double[300 * 15], responses = new double[300];
        again.Fill<double>(2, 0, rows, responses);
        Assert.Equal(rows, data.Environments[2].Measurements.ToArray());
        Assert.Equal(responses, data.Environments[2].Responses.ToArray());
        Assert.Equal(0.25, data.Manifest.Recipe!.Noise);
        Assert.NotNull(data.Manifest.StreamVersion);
        Assert.NotNull(data.Manifest.ArithmeticVersion);
    }

    [Theory]
    [InlineData("--dimension 46340 --memory 16GiB")]
    [InlineData("--dimension 1000 --memory 20MiB --layout rank-one")]
    public void What_does_not_fit_into_memory_is_refused_in_one_line(string line)
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Line($"generate {line} --samples 1 --out {directory.File("data")}");
        Assert.Equal(2, call.Code);
        Assert.Contains("accepted is what fits into '--memory', ", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory.File("data")));
    }

    // The values are the scalars of their environments: y = ⟨X, A* + sV*V*ᵀ⟩ of Gaussian X has the variance ‖A* + sV*V*ᵀ‖².
    [Fact]
    public void Responses_have_the_variance_of_their_signal()
    {
        using TemporaryDirectory directory = new();
        Assert.Equal(0, CommandCall.Line($"generate --dimension 5 --orthogonal --samples 20000 --values=-3,0,2 --out {directory.Path}").Code);
        using DataSet<double> data = DataSet<double>.Open(directory.File("data.json"));

        // ‖A* + sVVᵀ‖² = 1 + s²; the mean of 20,000 squares is within 6·√(2/20000) = 6 % of it but for one seed in 10⁸.
        double[] expected = [10, 1, 5];
        for (int e = 0; e < 3; e++)
        {
            Assert.Equal(1, data.Environments[e].Responses.ToArray().Average(y => y * y) / expected[e], 0.06);
        }
    }

    [Fact]
    public void Threads_change_no_byte_and_layouts_and_precisions_are_the_same_data()
    {
        using TemporaryDirectory directory = new();
        foreach (string options in new[] { "--layout svec", "--layout square", "--layout square --precision single" })
        {
            string one = directory.File($"1{options}"), four = directory.File($"4{options}");
            string sizes = "--dimension 30 --samples 2500 --spread 2 --noise 0.1";
            Assert.Equal(0, CommandCall.Of([.. $"generate {sizes} {options} --threads 1 --out".Split(' '), one]).Code);
            Assert.Equal(0, CommandCall.Of([.. $"generate {sizes} {options} --threads 4 --out".Split(' '), four]).Code);
            Assert.Equal(6, Names(one).Length);
            Assert.All(Names(one), name => Assert.Equal(File.ReadAllBytes(Path.Combine(one, name)), File.ReadAllBytes(Path.Combine(four, name))));
        }

        using DataSet<double> svec = DataSet<double>.Open(directory.File("1--layout svec/data.json")), square = DataSet<double>.Open(directory.File("1--layout square/data.json"));
        using DataSet<float> single = DataSet<float>.Open(directory.File("1--layout square --precision single/data.json"));
        Assert.Equal(MeasurementLayout.Square, square.Manifest.Layout);
        Assert.Equal(0, square.AsymmetricMatrices);
        Assert.Equal(4, single.MappedArrays);
        double[] estimate = [.. Enumerable.Range(0, 465).Select(i => Math.Sin(i))];
        double risk = svec.CreateMeasurements().Risk(1, estimate);
        Assert.Equal(risk, square.CreateMeasurements().Risk(1, estimate), 1e-12 * risk);
        Assert.Equal(risk, single.CreateMeasurements().Risk(1, [.. estimate.Select(x => (float)x)]), 1e-4 * risk);
    }

    // A network's data from a command line to a source: y = xᵀ(A* + A^(e))x has the risk of its noise alone at the signal.
    [Fact]
    public void Inputs_of_rank_one_measurements()
    {
        using TemporaryDirectory directory = new();
        Assert.Equal(0, CommandCall.Line($"generate --dimension 6 --samples 200 --layout rank-one --neurons --values 0 --out {directory.Path}").Code);
        using DataSet<double> data = DataSet<double>.Open(directory.File("data.json"));
        Assert.Equal((MeasurementLayout.RankOne, 1200), (data.Manifest.Layout, data.Environments[0].Measurements.Length));
        Assert.Equal(MeasurementKind.RankOne, data.Manifest.Recipe!.Measurements);
        double[] truth = new double[21];
        Svec.Pack(new(data.Truth.Span, 6, 6), truth);
        MeasuredData<double> source = data.CreateMeasurements();
        Assert.InRange(source.Risk(0, truth), 0, 1e-24);
        Assert.InRange(source.Risk(0, new double[21]), 0.01, 100);
    }

    [Theory]
    [InlineData("--environments uniform --count 3 --spurious-rank 2 --own-draws", 3)]
    [InlineData("--environments two-point --spurious-rank 2 --own-draws", 4)]
    [InlineData("--neurons --count 2", 2)]
    public void Environments_come_from_any_law(string options, int count)
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Line($"generate --dimension 6 --samples 20 {options} --out {directory.Path}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        using DataSet<double> data = DataSet<double>.Open(directory.File("data.json"));
        Assert.Equal(count, data.Environments.Count);
        Assert.All(data.Manifest.Environments, environment => Assert.Null(environment.Probability));
    }

    [Fact]
    public void A_file_of_environments_gives_their_probabilities()
    {
        using TemporaryDirectory directory = new();
        string list = directory.Write("list.json", """{"environments":[{"probability":0.25,"sigma":[[3]]},{"probability":0.75,"sigma":[[-2]]}]}""");
        Assert.Equal(0, CommandCall.Line($"generate --dimension 6 --samples 20 --environments {list} --out {directory.File("data")}").Code);
        using DataSet<double> data = DataSet<double>.Open(directory.File("data/data.json"));
        Assert.Equal([0.25, 0.75], data.Manifest.Environments.Select(environment => environment.Probability!.Value));
        Assert.Equal(["s = 3", "s = -2"], data.Manifest.Environments.Select(environment => environment.Name));
    }

    [Theory]
    [InlineData("--values 1,x", "'--values' is '1,x'; accepted is a list of finite numbers separated by commas, or FIRST:LAST:COUNT for 2 to 100000 of them at even distances.")]
    [InlineData("--values 1:2", "'--values' is '1:2'; accepted is a list")]
    [InlineData("--values 1:2:1", "'--values' is '1:2:1'; accepted is a list")]
    [InlineData("--values 1:inf:3", "'--values' is '1:inf:3'; accepted is a list")]
    [InlineData("--values 1,2 --spread 3", "'--values' is '1,2'; accepted is values without '--spread', whose place they take.")]
    [InlineData("--values 1,2 --count 3", "'--values' is '1,2'; accepted is values without '--count', whose place they take.")]
    [InlineData("--environments uniform", "'--environments' is 'uniform'; accepted is a finite law, or '--count' to draw some environments.")]
    [InlineData("--spurious-rank 20 --own-draws", "'--environments' is 'two-point'; accepted is a law of at most 100000 environments, not of 1048576, or '--count' to draw some of them.")]
    [InlineData("--spurious-rank 40 --count 700", "'--count' is '700'; accepted is at most 655 environments where '--spurious-rank' is 40.")]
    [InlineData("--samples 0", "'--samples' is '0'; accepted is a whole number from 1 to 2147483591.")]
    [InlineData("--samples 500000", "'--samples' is '500000'; accepted is at most 425244 rows of 5050 numbers, those of an array of 2147483591.")]
    [InlineData("--layout vector", "'--layout' is 'vector'; accepted is svec, square, rank-one.")]
    [InlineData("--orthogonal --overlap 0.5", "'--orthogonal'")]
    public void What_cannot_be_is_refused_before_anything_is_written(string options, string message)
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Line($"generate {options} --out {directory.File("data")}");
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.Contains(message, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(directory.Names);
    }

    [Fact]
    public void A_folder_that_has_data_is_kept_and_gone_on_with_where_asked()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("data"), line = $"generate {Sizes} --values 1,2,3 --out {folder}";
        Assert.Equal(0, CommandCall.Line(line).Code);
        Dictionary<string, byte[]> whole = Names(folder).ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name)));
        CommandCall again = CommandCall.Line(line);
        Assert.Equal((2, $"hetero: '--out' is '{folder}'; accepted is a folder without 'truth.npy', or '--resume' to keep what is there of the same data set.\n"), (again.Code, again.Error));

        foreach (string missing in new[] { "data.json", "truth.npy", "1-x.npy", "1-y.npy" })
        {
            File.Delete(Path.Combine(folder, missing));
            CommandCall resumed = CommandCall.Line($"{line} --resume");
            Assert.Equal((0, ""), (resumed.Code, resumed.Error));
            Assert.Contains($", {(missing[0] == '1' ? 2 : 3)} of them kept,", resumed.Output, StringComparison.Ordinal);
            Assert.Equal(whole.Keys.Order(StringComparer.Ordinal), Names(folder));
            Assert.All(whole, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(folder, file.Key))));
        }

        // A file of another data set, or a spoilt one, is named and stays: of another noise only the responses differ, of another seed all, and one may be longer.
        foreach ((string other, string named) in new[] { ("--noise 0.5", "data.json"), ("--seed 8", "truth.npy") })
        {
            CommandCall refused = CommandCall.Line($"{line.Replace(other.Split(' ')[0] + (other[2] == 'n' ? " 0.25" : " 7"), other, StringComparison.Ordinal)} --resume");
            Assert.Equal((2, $"hetero: '--out' is '{folder}'; accepted is a folder whose '{named}' is of the same data set; this one is of another.\n"), (refused.Code, refused.Error));
        }

        foreach (string name in new[] { "2-x.npy", "2-y.npy" })
        {
            string path = Path.Combine(folder, name);
            foreach (byte[] spoilt in new[] { [.. whole[name], 0], whole[name][..^1], [.. whole[name][..^1], (byte)(whole[name][^1] ^ 1)] })
            {
                File.WriteAllBytes(path, spoilt);
                CommandCall refused = CommandCall.Line($"{line} --resume");
                Assert.Equal(2, refused.Code);
                Assert.Contains($"a folder whose '{name}' is of the same data set", refused.Error, StringComparison.Ordinal);
                Assert.Equal(spoilt, File.ReadAllBytes(path));
            }

            File.WriteAllBytes(path, whole[name]);
        }
    }

    private static string[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
