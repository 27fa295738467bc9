using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Cli.Tests.Compare;

/// <summary>hetero compare.</summary>
public class CompareTests
{
    private const string Small = "--dimension 6 --samples 30 --steps 5 --seeds 3";

    private static readonly string[] Three = ["--method", "hetero-sgd", "--method", "pooled: --algorithm pooled-sgd --step-size 0.02", "--method", "irm: --objective irm-v1 --penalty 1"];

    [Fact]
    public void The_table_has_a_row_for_each_method_and_says_what_its_numbers_are()
    {
        CommandCall call = Call([.. Three, "--seed", "7", "--method", "wild: --step-size 1000"]);
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(7, call.Lines.Length);
        string[][] cells = [.. call.Lines[..6].Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
        Assert.Equal(["method", "finished", "diverged", "step", "true share", "spurious share", "error to A*", "time a step"], cells[0]);
        Assert.Equal(["hetero-sgd", "pooled", "irm", "wild"], cells[2..].Select(row => row[0]));
        Assert.Equal(["3", "0", "5"], cells[2][1..4]);
        Assert.Equal(["0", "3", "5", "∞ (∞ to ∞)"], cells[5][1..5]);
        Assert.Contains("3 seeds from 7", call.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Files_have_the_same_bytes_on_any_number_of_threads_and_the_runs_are_those_of_run()
    {
        string[] names = ["table.csv", "bands.csv", "runs.csv", "picture.svg"];
        string[][] files = [.. new[] { "1", "3" }.Select(threads =>
        {
            using TemporaryDirectory directory = new();
            CommandCall call = Call([
                .. Three, "--threads", threads, "--out", directory.File(names[0]), "--bands", directory.File(names[1]), "--per-seed", directory.File(names[2]),
                "--svg", directory.File(names[3]),
            ]);
            Assert.Equal((0, ""), (call.Code, call.Error));
            Assert.Equal(names.Order(StringComparer.Ordinal), directory.Names);
            return names.Select(name => File.ReadAllText(directory.File(name))).ToArray();
        })];
        Assert.Equal(files[0], files[1]);

        CommandCall run = CommandCall.Line("run --dimension 6 --samples 30 --steps 5 --seed 2 --algorithm pooled-gd --objective irm-v1 --penalty 1");
        string[] last = run.Lines[^1].Split(',');
        Assert.Contains($"irm,2,completed,5,{string.Join(',', last[2..])}\n", files[0][2], StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_has_recipes_that_repeat_the_runs()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = Call([.. Three, "--json", "-"]);
        Assert.Equal((0, ""), (call.Code, call.Error));
        using JsonDocument manifest = JsonDocument.Parse(call.Output);
        JsonElement root = manifest.RootElement;
        Assert.Equal(("compare", 3), (root.GetProperty("command").GetString(), root.GetProperty("parameters").GetProperty("seeds").GetInt32()));
        JsonElement[] methods = [.. root.GetProperty("methods").EnumerateArray()];
        Assert.Equal(["hetero-sgd", "pooled", "irm"], methods.Select(method => method.GetProperty("name").GetString()));
        RunRecipe pooled = RecipeJson.Parse(methods[1].GetProperty("settings").GetRawText());
        Assert.Equal((Algorithm.PooledSgd, 0.02, 6, 1UL), (pooled.Algorithm, pooled.StepSize, pooled.Dimension, pooled.Seed));
        Assert.Equal(ObjectiveKind.IrmV1, RecipeJson.Parse(methods[2].GetProperty("settings").GetRawText()).Objective.Kind);

        // The same methods from files of these recipes make the same table.
        string[] from = [.. methods.SelectMany(method =>
        {
            string file = directory.Write($"{method.GetProperty("name").GetString()}.json", method.GetProperty("settings").GetRawText());
            return new[] { "--method", $"{method.GetProperty("name").GetString()}: --from '{file}'".Replace("hetero-sgd:", "again:", StringComparison.Ordinal) };
        })];
        string[] expected = Call([.. Three, "--out", "-"]).Lines;
        string[] again = CommandCall.Of(["compare", .. from, "--seeds", "3", "--out", "-"]).Lines;
        Assert.Equal(expected.Select(line => line.Replace("hetero-sgd", "again", StringComparison.Ordinal)), again);
    }

    [Fact]
    public void What_all_have_in_common_overrides_files_and_is_overridden_by_a_method()
    {
        using TemporaryDirectory directory = new();
        string recipe = directory.Write("r.json", """{"dimension": 9, "steps": 3, "step-size": 0.5, "samples": 40}""");
        string[] methods = ["--method", "a: --steps 2", "--method", $"b: --from {recipe} --step-size 0.1"];
        CommandCall call = CommandCall.Of(["compare", "--from", recipe, "--dimension", "6", "--seeds", "1", "--json", "-", .. methods]);
        Assert.Equal((0, ""), (call.Code, call.Error));
        using JsonDocument manifest = JsonDocument.Parse(call.Output);
        RunRecipe[] recipes = [.. manifest.RootElement.GetProperty("methods").EnumerateArray().Select(method => RecipeJson.Parse(method.GetProperty("settings").GetRawText()))];
        Assert.Equal([(6, 2, 0.5, 40L), (6, 3, 0.1, 40L)], recipes.Select(one => (one.Dimension, one.Steps, one.StepSize, one.Samples)));
    }

    [Fact]
    public void A_list_of_environments_is_read_once_for_all_methods()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        string recipe = directory.Write("r.json", "{}");
        CommandCall call = Unix.Shell(
            directory.Path,
            $"hetero compare --method 'a: --from {recipe}' --method 'b: --step-size 0.1' {Small} --environments <(echo '{{\"environments\":[{{\"sigma\":[[2]]}},{{\"sigma\":[[-1]]}}]}}') --out t.csv");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(3, File.ReadAllLines(directory.File("t.csv")).Length);
    }

    [Theory]
    [InlineData("", "a method is missing", "--method <METHOD>")]
    [InlineData("--method|x", "'--method' is 'x'", "a name, a colon and options of hetero run, or one of hetero-sgd, pooled-sgd, pooled-gd, mean-risk")]
    [InlineData("--method|--penalty 1", "'--method' is '--penalty 1'", "a name, a colon")]
    [InlineData("--method|hetero-sgd --step-size 3", "'--method' is 'hetero-sgd --step-size 3'")]
    [InlineData("--method|: --step-size 3", "'--method' is ': --step-size 3'")]
    [InlineData("--method|a --step-changes 10:0.1", "'--method' is 'a --step-changes 10:0.1'", "a name, a colon")]
    [InlineData("--method|a: \"x", "every quote closed")]
    [InlineData("--method|a: x", "'--method' is 'a: x', where 'x' is one argument too many")]
    [InlineData("--method|a: --sed 3", "where '--sed' is not an option of 'hetero run' (did you mean '--seed'?)")]
    [InlineData("--method|a: --samples 0", "'--method' is 'a: --samples 0', where '--samples' is '0'; accepted is a whole number")]
    [InlineData("--method|a: --samples", "where '--samples' has no value")]
    [InlineData("--method|a: --samples 1 --samples 2", "where '--samples' is given 2 times")]
    [InlineData("--method|a: --threads 2", "where '--threads' is given; accepted is that of hetero compare")]
    [InlineData("--method|irm-v1", "'--method' is 'irm-v1', where '--objective irm-v1' is given without '--penalty'")]
    [InlineData("--method|irm-v1: --penalty 1 --algorithm hetero-sgd", "'--objective' is 'irm-v1'", "'--algorithm' is not pooled-gd")]
    [InlineData("--method|hetero-sgd: --algorithm pooled-sgd", "where '--algorithm' is given 2 times, with 'hetero-sgd' and 'pooled-sgd'")]
    [InlineData("--method|hetero-sgd|--method|hetero-sgd: --step-size 1", "a name other than 'hetero-sgd'")]
    [InlineData("--method|hetero-sgd|--method|b: --dimension 7", "'--dimension' is '7'; accepted is 6 in 'b', as in 'hetero-sgd'")]
    [InlineData("--method|hetero-sgd|--method|b: --seed 7", "'--seed' is '7'; accepted is 1 in 'b'")]
    [InlineData("--method|hetero-sgd|--seed|18446744073709551615", "'--seed' is '18446744073709551615'", "as 3 seeds follow each other")]
    [InlineData("--method|hetero-sgd|--method", "'--method' has no value; accepted is --method <METHOD>")]
    [InlineData("--method|hetero-sgd|--method|pooled-sgd|--sed", "'--sed' is not an option of 'hetero compare'")]
    [InlineData("--method|hetero-sgd|--threads|0", "'--threads' is '0'")]
    [InlineData("--method|hetero-sgd|--memory|1K", "'--memory'")]
    [InlineData("--method|a: --from nowhere.json", "where '--from' is 'nowhere.json'")]
    [InlineData("--method|hetero-sgd|--out|x.csv|--svg|x.csv", "'--svg' is 'x.csv'; accepted is another file than that of '--out'")]
    [InlineData("--method|hetero-sgd|--out|-|--json|-", "'--json' is '-'", "accepted is another file than that of '--out'")]
    public void Bad_input(string line, params string[] fragments)
    {
        CommandCall call = Call(line.Split('|', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (call.Code, call.Output));
        string message = Assert.Single(call.ErrorLines);
        Assert.All(fragments, fragment => Assert.Contains(fragment, message, StringComparison.Ordinal));
        Assert.False(File.Exists("x.csv"));
    }

    [Fact]
    public void More_methods_than_colors_have_a_table_and_no_picture()
    {
        string[] methods = [.. Enumerable.Range(1, 9).SelectMany(i => new[] { "--method", $"m{i}: --steps {i}" })];
        Assert.Equal(0, CommandCall.Of(["compare", .. methods, "--dimension", "4", "--samples", "9", "--seeds", "1"]).Code);
        CommandCall call = CommandCall.Of(["compare", .. methods, "--dimension", "4", "--samples", "9", "--svg", "x.svg"]);
        Assert.Equal((2, false), (call.Code, File.Exists("x.svg")));
        Assert.Contains("a picture of at most 8 methods, where there are 9", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_is_not_written_over()
    {
        using TemporaryDirectory directory = new();
        string recipe = directory.Write("r.json", "{}");
        CommandCall call = Call(["--method", $"a: --from {recipe}", "--out", recipe]);
        Assert.Equal(2, call.Code);
        Assert.Contains("another file than that of '--from', which is read", call.Error, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(recipe));
    }

    [Fact]
    public void A_file_that_cannot_be_written_takes_no_other_along()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        CommandCall call = Call([.. Three, "--out", "/dev/full", "--bands", directory.File("bands.csv")]);
        Assert.Equal(1, call.Code);
        Assert.Contains("'--out' is '/dev/full', which could not be written", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["bands.csv"], directory.Names);
        Assert.Contains("| irm", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_before_it_is_finished_it_writes_nothing()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Cancelled(new CancellationToken(canceled: true), ["compare", .. Three, "--out", directory.File("x.csv")]);
        Assert.Equal((1, "hetero: cancelled."), (call.Code, Assert.Single(call.ErrorLines)));
        Assert.Empty(directory.Names);
    }

    private static CommandCall Call(string[] line) => CommandCall.Of(["compare", .. line, .. Small.Split(' ')]);
}
