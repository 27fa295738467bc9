using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Arrays;
using Xunit;

namespace Hetero.Cli.Tests.Fit;

public class FitCommandTests
{
    private const string Options = "--step-size 0.35 --steps 60 --environment-order cyclic";

    private static readonly string[] Written = ["estimate.npy", "factor.npy", "fit.json", "fit.svg", "pooled.npy", "trajectory.csv", "two-fits.npy"];

    [Fact]
    public void Writes_the_estimate_its_factor_and_what_it_says_of_them()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory, 2000), folder = directory.File("fit");
        CommandCall call = CommandCall.Line($"fit {Options} --out {folder} {data}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(Written, Names(folder));
        Assert.Contains("invariant rank: 1 (eigenvalues of a tenth of the largest or more; without a rate of false alarms, of fewer than five", call.Output, StringComparison.Ordinal);
        Assert.Contains("pooled training finds rank 2", call.Output, StringComparison.Ordinal);

        double[] estimate = Read("estimate.npy", 4, 4), factor = Read("factor.npy", 4, 4), truth = [.. NpyArray<double>.Open(directory.File("truth.npy")).Memory.Span];
        for (int i = 0; i < 16; i++)
        {
            double product = Enumerable.Range(0, 4).Sum(k => factor[(i / 4 * 4) + k] * factor[(i % 4 * 4) + k]);
            Assert.Equal(product, estimate[i], 1e-12);
        }

        Assert.InRange(Distance(estimate, truth), 0, 0.2);
        Assert.InRange(Distance(Read("pooled.npy", 4, 4), truth), 0.8, 1.2);

        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "fit.json")));
        JsonElement root = manifest.RootElement;
        Assert.Equal(("fit", "hetero-fit", 4), (root.GetProperty("command").GetString(), root.GetProperty("format").GetString(), root.GetProperty("dimension").GetInt32()));
        Assert.Equal(0.35, root.GetProperty("parameters").GetProperty("step-size").GetDouble());
        Assert.Equal("all", root.GetProperty("parameters").GetProperty("samples").GetString());
        Assert.Equal(1600, root.GetProperty("data").GetProperty("environments")[1].GetProperty("rowsTrainedOn").GetInt32());
        Assert.Equal(1, root.GetProperty("verdict").GetProperty("invariantRank").GetInt32());
        JsonElement run = root.GetProperty("runs")[0];
        Assert.Equal(Distance(estimate, truth) / 1, run.GetProperty("error").GetDouble(), 1e-9);
        foreach (JsonProperty file in root.GetProperty("files").EnumerateObject())
        {
            Assert.Equal(file.Value.GetString(), $"sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file.Name))))}");
        }

        // 61 rows of each run, and the least criterion stands in the chosen step's.
        string[] rows = File.ReadAllLines(Path.Combine(folder, "trajectory.csv"));
        Assert.Equal("run,step,criterion,risk_0,risk_1,invariance_0,invariance_1,error", rows[0]);
        Assert.Equal((1 + 61 + 61), rows.Length);
        Assert.Contains(rows, row => row.StartsWith($"seed-1,{run.GetProperty("chosenStep").GetInt32()},{run.GetProperty("criterion").GetRawText()},", StringComparison.Ordinal));

        double[] Read(string name, params long[] shape)
        {
            using NpyArray<double> array = NpyArray<double>.Open(Path.Combine(folder, name));
            Assert.Equal(shape, array.Shape);
            return array.Memory.ToArray();
        }
    }

    // s = −2 and 4: |1 − 2η|·|1 + 4η| < 1 from 1/4 on, and 4η ≤ 1.6 up to 0.4.
    [Fact]
    public void Chooses_a_step_size_and_says_what_plain_estimators_find()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory, 2000), folder = directory.File("fit");
        CommandCall call = CommandCall.Line($"fit --step-size auto --steps 60 --environment-order cyclic --out {folder} {data}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Matches(@"step size 0\.\d+: environments vary in 1 direction, s about -?[\d.]+, -?[\d.]+; stable from 0\.2\d* to 0\.[34]\d*, ", call.Output);
        Assert.Contains("with these ranks the difference is the better one, as the two are farther apart than twice that", call.Output, StringComparison.Ordinal);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "fit.json")));
        JsonElement choice = manifest.RootElement.GetProperty("stepSize");
        Assert.Equal(0.25, choice.GetProperty("windowFrom").GetDouble(), 0.03);
        Assert.Equal(0.4, choice.GetProperty("windowTo").GetDouble(), 0.04);
        Assert.Equal(manifest.RootElement.GetProperty("parameters").GetProperty("step-size").GetDouble(), choice.GetProperty("chosen").GetDouble());
        Assert.InRange(manifest.RootElement.GetProperty("differenceOfTwoFits").GetProperty("error").GetDouble(), 0, 1e-8);
    }

    [Fact]
    public void Every_model_and_algorithm_fits_and_the_same_line_gives_the_same_files()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory);
        foreach (string options in (string[])
        [
            "--algorithm pooled-gd --objective matrix-irm --penalty 0.3 --step-size 0.05", "--algorithm pooled-sgd --samples 20 --step-size 0.05", "--samples 20 --model indefinite --step-size 0.05",
            "--model direct --step-size 0.1", "--update-rule adam --step-size 0.01 --samples 40", "--precision single --held-out 0 --step-size 0.1", "--seeds 3 --start frame --factor-columns 2",
        ])
        {
            string one = directory.File("one"), two = directory.File("two");
            CommandCall call = CommandCall.Line($"fit {options} --steps 20 --out {one} {data}");
            Assert.Equal((0, "", options), (call.Code, call.Error, options));
            Assert.Equal(0, CommandCall.Line($"fit {options} --steps 20 --threads 3 --out {two} {data}").Code);
            foreach (string name in Names(one).Where(name => name != "fit.json"))
            {
                Assert.Equal(File.ReadAllBytes(Path.Combine(one, name)), File.ReadAllBytes(Path.Combine(two, name)));
            }

            Directory.Delete(one, recursive: true);
            Directory.Delete(two, recursive: true);
        }
    }

    [Theory]
    [InlineData("--spread 3 DATA", "'--spread' is not an option of 'hetero fit'")]
    [InlineData("--measurements stored DATA", "'--measurements' is not an option of 'hetero fit'")]
    [InlineData("--noise 1 DATA", "'--noise' is not an option of 'hetero fit'")]
    [InlineData("--eigenvalues 1 DATA", "'--eigenvalues' is not an option of 'hetero fit'")]
    [InlineData("", "the data set is missing; accepted is hetero fit DATA")]
    [InlineData("--step-size auto --algorithm pooled-gd DATA", "'--step-size' is 'auto'; accepted is a number, or with '--tune' a list, where '--algorithm'")]
    [InlineData("--step-size 0.1,0.2 DATA", "'--step-size' is '0.1,0.2'; accepted is one number without '--tune'.")]
    [InlineData("--tune --step-size 0.1,0.1 DATA", "'--step-size' is '0.1,0.1'; accepted is finite numbers above 0, none of them twice.")]
    [InlineData("--tune --step-size 0.1,x DATA", "'--step-size' is '0.1,x'; accepted is auto, a finite number above 0")]
    [InlineData("--tune --folds 1 DATA", "'--folds' is '1'; accepted is a whole number from 2 to 2147483647.")]
    [InlineData("--tune --folds 101 DATA", "'--folds' is '101'; accepted is 2 to 100 here, as a fold takes two rows or more, and environment 'north' has 200 to train on.")]
    [InlineData("--folds 3 DATA", "'--folds' is given without '--tune'")]
    [InlineData("--tune --algorithm pooled-gd DATA", "'--step-size' is 'auto'; accepted is a number, or with '--tune' a list")]
    [InlineData("--step-size 0 DATA", "'--step-size' is '0'; accepted is auto, a finite number above 0, or with '--tune' a list of such, separated by commas.")]
    [InlineData("DATA DATA", "is one argument too many for 'hetero fit'")]
    [InlineData("--samples 0 DATA", "'--samples' is '0'; accepted is all, or a whole number from 1 to 2147483647.")]
    [InlineData("--samples 161 DATA", "'--samples' is '161', which the library refuses: ")]
    [InlineData("--held-out 1 DATA", "'--held-out' is '1'; accepted is a number from 0 to below 1.")]
    [InlineData("--held-out 0.001 DATA", "'--held-out' is '0.001'; accepted is 0, or a share that leaves two rows")]
    [InlineData("--factor-columns 5 DATA", "'--factor-columns' is '5'; accepted is a whole number from 1 to the dimension of the data, 4.")]
    [InlineData("--resume DATA", "'--resume' is given without '--checkpoint-every'")]
    [InlineData("--seeds 2 --seed 18446744073709551615 DATA", "'--seed' is '18446744073709551615'; accepted is a whole number from 0 to 18446744073709551614")]
    [InlineData("no-such.json", "'no-such.json' cannot be read (No such file or directory)")]
    [InlineData("DATA/x0.npy", "is not JSON, or nested too deeply")]
    public void Refuses_what_it_cannot_do_in_one_line_and_writes_nothing(string line, string message)
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit");
        (string Word, string File)[] words = [("DATA/", $"{directory.Path}/"), ("DATA", data)];
        CommandCall call = CommandCall.Line($"fit --out {folder} {words.Aggregate(line, (text, pair) => text.Replace(pair.Word, pair.File, StringComparison.Ordinal))}");
        Assert.Equal(2, call.Code);
        Assert.Contains(message, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "fit.json")));
    }

    [Fact]
    public void Writes_over_none_of_the_data()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory);
        File.Move(data, directory.File("fit.json"));
        CommandCall call = CommandCall.Line($"fit --out {directory.Path} {directory.File("fit.json")}");
        Assert.Equal(2, call.Code);
        Assert.Contains("another file than that of 'DATA', which is read", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_that_diverges_says_so_and_keeps_the_trajectory_alone()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit");
        CommandCall call = CommandCall.Line($"fit --step-size 2 --out {folder} {data}");
        Assert.Equal(1, call.Code);
        Assert.Matches(
            @"^hetero: the fit diverged with '--step-size' 2 \(seed-1 at step \d+.*\), a smaller one, or auto, which goes by the data, may do; the trajectory is kept\.$",
            Assert.Single(call.ErrorLines));
        Assert.Equal(["failed-trajectory.csv"], Names(folder));
    }

    [Fact]
    public void Tunes_the_step_size_and_the_step_and_writes_the_table()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory, 600), folder = directory.File("fit");
        CommandCall call = CommandCall.Line($"fit --tune --folds 3 --steps 60 --environment-order cyclic --out {folder} {data}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal([.. Written[..^1], "tuning.csv", "two-fits.npy"], Names(folder));
        string[] rows = File.ReadAllLines(Path.Combine(folder, "tuning.csv"));
        Assert.Equal("step_size,step,criterion,deviation,fold_0,fold_1,fold_2,diverged_fold", rows[0]);
        Assert.Equal(10, rows.Length);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "fit.json")));
        JsonElement root = manifest.RootElement, tuning = root.GetProperty("tuning"), run = root.GetProperty("runs")[0];
        string[] least = rows.Skip(1).Select(row => row.Split(',')).MinBy(row => double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture))!;
        Assert.Equal([tuning.GetProperty("stepSize").GetRawText(), tuning.GetProperty("step").GetRawText()], least[..2]);
        Assert.Equal(tuning.GetProperty("step").GetInt32(), run.GetProperty("chosenStep").GetInt32());
        Assert.Equal(tuning.GetProperty("stepSize").GetDouble(), root.GetProperty("parameters").GetProperty("step-size").GetDouble());
        Assert.Equal(600, root.GetProperty("data").GetProperty("environments")[0].GetProperty("rowsTrainedOn").GetInt32());
        Assert.Equal(9, tuning.GetProperty("tried").GetArrayLength());
        Assert.InRange(run.GetProperty("error").GetDouble(), 0, 0.3);
        Assert.Contains("chosen by the criterion over 3 folds", call.Output, StringComparison.Ordinal);
        Assert.Contains("mean of the criterion over 3 folds, and its standard deviation:", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tuning_without_a_step_size_that_holds_says_so_and_keeps_the_table_alone()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit");
        CommandCall call = CommandCall.Line($"fit --tune --step-size 3,2 --out {folder} {data}");
        Assert.Equal(1, call.Code);
        Assert.Equal(
            "hetero: '--tune' found no step size with which all folds come to their last step with a criterion that is finite, of 2, 3; the table is kept.", Assert.Single(call.ErrorLines));
        Assert.Equal(["failed-tuning.csv"], Names(folder));
    }

    // What an earlier fit has left is of one piece.
    [Theory]
    [InlineData("--step-size 5 --steps 20")]
    [InlineData("--tune --step-size 5 --steps 20")]
    public void A_fit_that_fails_leaves_an_earlier_one_as_it_is(string options)
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit");
        Assert.Equal(0, CommandCall.Line($"fit {Options} --out {folder} {data}").Code);
        Dictionary<string, byte[]> before = Names(folder).ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name)));
        Assert.Equal(1, CommandCall.Line($"fit {options} --out {folder} {data}").Code);
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(folder, file.Key))));
        Assert.StartsWith("failed-", Assert.Single(Names(folder).Except(before.Keys)), StringComparison.Ordinal);
    }

    // Ten steps lead from 10⁻⁶ to 2·10⁻⁵, and three eigenvalues of a tenth of that or more were called a rank; 200 steps find the one that six environments share.
    [Fact]
    public void A_rank_is_said_where_something_is_learned_and_at_a_rate_where_rows_are_held_out()
    {
        using TemporaryDirectory directory = new();
        string data = directory.File("gd"), folder = directory.File("fit");
        Assert.Equal(0, CommandCall.Line($"generate --dimension 10 --orthogonal --values=-3:5:6 --samples 120 --noise 0.1 --out {data}").Code);
        CommandCall early = CommandCall.Line($"fit {data} --tune --samples 7 --step-size 0.1 --steps 10 --out {folder}");
        Assert.Equal((0, ""), (early.Code, early.Error));
        Assert.Contains("the largest eigenvalue of the estimate is 2.48E-05, and the mean of the rows has one of 1.19; take more '--steps'", early.Output, StringComparison.Ordinal);
        Assert.Contains("pooled training has learned nothing yet", early.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("rank:? [0-9]", early.Output);
        Assert.Equal(("False", "Null", "Null", "Null"), Verdict());
        Assert.Contains("Spectrum: nothing is learned yet", File.ReadAllText(Path.Combine(folder, "fit.svg")), StringComparison.Ordinal);

        CommandCall late = CommandCall.Line($"fit {data} --step-size auto --steps 200 --environment-order shuffled --out {folder}");
        Assert.Contains("invariant rank: 1 (the one eigenvalue of a tenth of the largest or more, shared by the environments at 5 %, by rows held out)", late.Output, StringComparison.Ordinal);
        Assert.Equal(("True", "1", "0.05", "3"), Verdict());

        CommandCall blind = CommandCall.Line($"fit {data} --step-size 0.28 --held-out 0 --steps 60 --environment-order shuffled --out {folder}");
        Assert.Contains("or more; without a rate of false alarms, as no row is held out)", blind.Output, StringComparison.Ordinal);
        Assert.Equal("Null", Verdict().Rate);

        (string IsLearned, string Rank, string Rate, string Pooled) Verdict()
        {
            using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "fit.json")));
            JsonElement verdict = manifest.RootElement.GetProperty("verdict");
            return (Text("isLearned"), Text("invariantRank"), Text("invariantRankRate"), Text("pooledRank"));

            string Text(string name) => verdict.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : verdict.GetProperty(name).ValueKind.ToString();
        }
    }

    // Rows of a constant beside the signal: auto found no variation, and nothing said why. With one environment there was an invariant rank.
    [Fact]
    public void A_mean_of_responses_and_a_single_environment_are_named()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit");
        CommandCall one = CommandCall.Line($"fit --steps 100 --out {folder} {FitData.Make(directory, environments: 1)}");
        Assert.Contains("rank: 1 (eigenvalues of a tenth of the largest or more) of the environment's own A* + A^(e): one alone tells nothing of what is shared", one.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("invariant rank", one.Output, StringComparison.Ordinal);
        FitData.Make(directory);
        Assert.Equal("", CommandCall.Line($"fit --steps 5 --out {folder} {data}").Error);
        using (FileStream stream = File.Create(directory.File("y1.npy")))
        {
            NpyWriter<double>.Write(stream, [.. Enumerable.Range(0, 200).Select(i => 100.0 + (i % 2))], 200);
        }

        Assert.StartsWith("hetero: the responses of 'south' have a mean of 100", CommandCall.Line($"fit --steps 5 --out {folder} {data}").Error, StringComparison.Ordinal);
    }

    // An infinite error stood in each row, and NaN of an estimate of 0.
    [Fact]
    public void Where_the_truth_is_0_there_is_no_relative_error()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit"), table = Path.Combine(folder, "trajectory.csv");
        Assert.Equal((0, ""), Call());
        Assert.EndsWith(",error", File.ReadLines(table).First(), StringComparison.Ordinal);
        using (FileStream stream = File.Create(directory.File("truth.npy")))
        {
            NpyWriter<double>.Write(stream, new double[16], 4, 4);
        }

        Assert.Equal((0, ""), Call());
        string[] lines = File.ReadAllLines(table);
        Assert.EndsWith(",invariance_1", lines[0], StringComparison.Ordinal);
        Assert.All(lines.Skip(1).SelectMany(line => line.Split(',')[1..]), cell => Assert.True(double.IsFinite(double.Parse(cell, CultureInfo.InvariantCulture)), cell));
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "fit.json")));
        Assert.All(manifest.RootElement.GetProperty("runs").EnumerateArray(), run => Assert.Equal(JsonValueKind.Null, run.GetProperty("error").ValueKind));

        (int Code, string Error) Call()
        {
            CommandCall call = CommandCall.Line($"fit --steps 20 --step-size 0.1 --out {folder} {data}");
            return (call.Code, call.Error);
        }
    }

    // It was always said to be for want of rows.
    [Fact]
    public void Why_two_fits_say_nothing_is_said()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("fit");
        CommandCall one = CommandCall.Line($"fit --steps 20 --out {folder} {FitData.Make(directory, environments: 1)}");
        Assert.Equal((0, ""), (one.Code, one.Error));
        Assert.Contains("difference of two fits: not determined, as there is one environment alone", one.Output, StringComparison.Ordinal);
        CommandCall few = CommandCall.Line($"fit --steps 20 --held-out 0.96 --out {folder} {FitData.Make(directory)}");
        Assert.Contains("not determined, as an environment has fewer rows to train on than", few.Output, StringComparison.Ordinal);
        CommandCall start = CommandCall.Line($"fit --steps 0 --out {folder} {FitData.Make(directory)}");
        Assert.Contains("not determined, as nothing is learned yet, and there is no rank", start.Output, StringComparison.Ordinal);
        Assert.Contains("nothing is learned yet, and there is no rank: the largest eigenvalue of the estimate is 1E-06, and the mean of the rows has one of ", start.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("invariant rank", start.Output, StringComparison.Ordinal);
    }

    // Inputs xxᵀ with y = 2x₀² + x₁² + s·x₂²: the trace is not known to a fit, so that it goes by the responses' mean without a word.
    [Fact]
    public void A_quadratic_network_takes_the_trace_from_the_responses()
    {
        using TemporaryDirectory directory = new();
        string folder = directory.File("inputs");
        Assert.Equal(0, CommandCall.Line($"generate --dimension 4 --layout rank-one --orthogonal --spread 3 --samples 200 --out {folder}").Code);
        string plain = directory.File("plain"), given = directory.File("given");
        CommandCall call = CommandCall.Line($"fit --model quadratic-network --steps 20 --out {plain} {folder}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(0, CommandCall.Line($"fit --model quadratic-network --shrinkage-trace response-mean --steps 20 --out {given} {folder}").Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(given, "estimate.npy")), File.ReadAllBytes(Path.Combine(plain, "estimate.npy")));
        string help = Assert.Single(CommandCall.Line("fit --help").Lines, line => line.Contains("--shrinkage-trace", StringComparison.Ordinal));
        Assert.Contains("[default: response-mean]", help, StringComparison.Ordinal);
    }

    // Responses of 1e200 have squares beyond the range of numbers: every way ends in a line, and not in an exception of the library's.
    [Theory]
    [InlineData("--step-size auto", 2, "'--step-size' is 'auto'; accepted is a number where products of responses and measurements have squares beyond the range")]
    [InlineData("--step-size 1e-205 --steps 2", 1, "no run has a criterion that is finite, as squares of the responses")]
    public void Responses_beyond_the_range_of_squares_are_said_to_be(string options, int code, string message)
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit");
        for (int e = 0; e < 2; e++)
        {
            double[] y;
            using (NpyArray<double> array = NpyArray<double>.Open(directory.File($"y{e}.npy")))
            {
                y = [.. array.Memory.ToArray().Select(number => 1e200 * number)];
            }

            using FileStream stream = File.Create(directory.File($"y{e}.npy"));
            NpyWriter<double>.Write(stream, y, y.Length);
        }

        CommandCall call = CommandCall.Line($"fit {options} --out {folder} {data}");
        Assert.Equal(code, call.Code);
        Assert.Contains(message, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    private static string[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
