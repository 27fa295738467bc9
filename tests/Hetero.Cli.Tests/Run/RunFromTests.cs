using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Cli.Tests.Run;

/// <summary>hetero run --from: a recipe or a manifest in the place of the defaults.</summary>
public class RunFromTests
{
    [Theory]
    [InlineData("--dimension 8 --steps 6")]
    [InlineData("--dimension 9 --invariant-rank 2 --spurious-rank 3 --own-draws --off-diagonal 0.3 --environments uniform --eigenvalues 0.3,2 --overlap 0.1 --steps 5")]
    [InlineData("--dimension 8 --algorithm pooled-sgd --pooled-sampling independent --measurements stored --samples 300 --noise 0.1 --precision single --steps 4")]
    [InlineData("--dimension 8 --algorithm pooled-gd --measurements population --orthogonal --gradient-scale 2 --steps 4 --every 3")]
    [InlineData("--dimension 8 --environment-order blocks --block-length 2 --pooled-share 0.25 --measurements regenerated --seed 18446744073709551615 --steps 7")]
    [InlineData("--dimension 12 --factor-columns 5 --init-scale 0.01 --step-size 0.1 --spurious-mean -0.1 --spread 0.7 --threads 2 --steps 4")]
    [InlineData("--dimension 8 --update-rule heavy-ball --momentum 0.3 --weight-decay 0.1 --clip-norm 2 --schedule cosine --last-step-size 0.01 --steps 6")]
    [InlineData("--dimension 8 --update-rule adam --first-decay 0.5 --second-decay 0.9 --epsilon 1e-6 --step-size 0.01 --schedule inverse-time --halving 2.5 --steps 6")]
    [InlineData("--dimension 8 --update-rule muon --orthogonalization polar --step-size 0.01 --schedule piecewise --step-changes 2:0.02,4:0.005 --precision single --steps 6")]
    [InlineData("--dimension 8 --update-rule nesterov --measurements rank-one --model quadratic-network --samples 300 --step-size 0.001 --steps 4")]
    [InlineData("--dimension 8 --update-rule sign-descent --step-size 0.001 --steps 4")]
    [InlineData("--dimension 8 --algorithm pooled-gd --objective gradient-variance --penalty 0.03 --steps 4")]
    [InlineData("--dimension 8 --algorithm pooled-gd --objective and-mask --agreement 0.5 --measurements population --steps 4")]
    public void The_rerun_of_a_manifest_has_the_same_bits_and_the_same_manifest(string options)
    {
        using TemporaryDirectory directory = new();
        string manifest = directory.File("first.json"), again = directory.File("again.json");
        CommandCall first = CommandCall.Line($"run {options} --json {manifest}"), second = CommandCall.Line($"run --from {manifest} --json {again}");
        Assert.Equal((0, "", 0, ""), (first.Code, first.Error, second.Code, second.Error));
        Assert.Equal(first.Output, second.Output);
        string[] differing = ["json", "from"];
        Assert.Equal(Parameters(manifest, differing), Parameters(again, differing));
    }

    [Fact]
    public void A_list_comes_from_the_manifest_and_not_from_its_file()
    {
        using TemporaryDirectory directory = new();
        string list = directory.Write("list.json", """{"environments":[{"probability":0.3,"sigma":[[4]]},{"probability":0.7,"sigma":[[-1.1]]}]}""");
        string manifest = directory.File("run.json");
        CommandCall first = CommandCall.Line($"run --dimension 6 --steps 5 --environments {list} --json {manifest}");
        File.Delete(list);
        CommandCall second = CommandCall.Line($"run --from {manifest}");
        Assert.Equal((0, first.Output), (second.Code, second.Output));
        CommandCall law = CommandCall.Line($"run --from {manifest} --spread 3");
        Assert.Contains($"'--spread 3' is given with '--environments {list}'", Assert.Single(law.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(
            CommandCall.Line("run --dimension 6 --steps 5 --spread 3").Output,
            CommandCall.Line($"run --from {manifest} --environments two-point --spread 3").Output);
    }

    // Another's place is taken by what is switched on alone.
    [Fact]
    public void A_flag_that_is_switched_off_leaves_the_overlap()
    {
        using TemporaryDirectory directory = new();
        string recipe = directory.Write("recipe.json", """{"dimension": 6.0, "steps": 3e0, "overlap": 0.5}""");
        CommandCall expected = CommandCall.Line("run --dimension 6 --steps 3 --overlap 0.5");
        Assert.Equal((0, expected.Output), (expected.Code, CommandCall.Line($"run --from {recipe} --orthogonal false").Output));
        Assert.Contains("'--orthogonal' is 'no'; accepted is true or false.", Assert.Single(CommandCall.Line($"run --from {recipe} --orthogonal no").ErrorLines), StringComparison.Ordinal);
    }

    // Values that do not fit each other are the file's, unless the line gives them.
    [Fact]
    public void The_file_is_named_where_its_values_do_not_fit()
    {
        using TemporaryDirectory directory = new();
        string recipe = directory.Write("recipe.json", """{"dimension": 6, "factor-columns": 5}""");
        Assert.Contains(
            $"'--from' names '{recipe}', where 'factor-columns' is '5'; accepted is a whole number from 1 to 'dimension', 4.",
            Assert.Single(CommandCall.Line($"run --from {recipe} --dimension 4").ErrorLines),
            StringComparison.Ordinal);
        Assert.Contains(
            "hetero: '--factor-columns' is '7'; accepted is a whole number from 1 to '--dimension', 6.",
            Assert.Single(CommandCall.Line($"run --from {recipe} --factor-columns 7").ErrorLines),
            StringComparison.Ordinal);
    }

    // So is what several of them are refused for together.
    [Theory]
    [InlineData("""{"dimension": 6, "invariant-rank": 4}""", "--spurious-rank 3", "where 'invariant-rank' + 'spurious-rank' is 4 + 3; accepted is at most 'dimension', 6.")]
    [InlineData("""{"dimension": 6, "environment-order": "blocks"}""", "--steps 3", "where 'environment-order blocks' is given without 'block-length'; accepted are both of them together.")]
    [InlineData("""{"dimension": 6, "steps": 2000000000, "memory": 1048576}""", "--every 1", "with a row every 1 ('every'); accepted is what fits into 'memory', 1.00 MiB.")]
    [InlineData("""{"dimension": 6, "steps": 2000000000, "memory": 1048576}""", "--dry-run", "with a row every 1 ('every'); accepted is what fits into 'memory', 1.00 MiB (memory: ")]
    public void The_file_is_named_where_several_of_its_values_are_refused_together(string json, string line, string words)
    {
        using TemporaryDirectory directory = new();
        string recipe = directory.Write("recipe.json", json);
        string error = Assert.Single(CommandCall.Line($"run --from {recipe} {line}").ErrorLines);
        Assert.StartsWith($"hetero: '--from' names '{recipe}', where ", error, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);

        // Not where the line says all of it.
        string given = Assert.Single(CommandCall.Line($"run --from {recipe} --dimension 6 --invariant-rank 4 --spurious-rank 4").ErrorLines);
        Assert.StartsWith("hetero: '--invariant-rank' + '--spurious-rank' is 4 + 4; accepted is at most '--dimension', 6.", given, StringComparison.Ordinal);
    }

    // Another model is that of the line; what the file has and that model does not take is refused in a line that names both.
    [Theory]
    [InlineData("", "--model indefinite", null)]
    [InlineData("", "--model direct", null)]
    [InlineData("--model indefinite", "--model gram", null)]
    [InlineData("", "--model quadratic-network", "where 'measurements' is 'exact-law'; accepted is rank-one or stored-rank-one for 'model quadratic-network'")]
    [InlineData("--factor-columns 2", "--model direct", "where 'factor-columns' is '2'; accepted is 'dimension', 6, for 'model direct'")]
    [InlineData(
        "--model quadratic-network --measurements rank-one --shrinkage-trace response-mean",
        "--model gram",
        "where 'shrinkage-trace' is 'response-mean'; accepted is known where 'model' is not quadratic-network")]
    public void Another_model_is_taken_or_named(string before, string given, string? refusal)
    {
        using TemporaryDirectory directory = new();
        string manifest = directory.File("run.json");
        const string Sizes = "--dimension 6 --steps 3 --samples 300 --step-size 0.001";
        Assert.Equal(0, CommandCall.Line($"run {Sizes} {before} --json {manifest}").Code);
        CommandCall call = CommandCall.Line($"run --from {manifest} {given}");
        if (refusal is null)
        {
            Assert.Equal((0, CommandCall.Line($"run {Sizes} {given}").Output, ""), (call.Code, call.Output, call.Error));
            return;
        }

        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.StartsWith($"hetero: '--from' names '{manifest}', {refusal}", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_beside_it_override()
    {
        using TemporaryDirectory directory = new();
        string recipe = directory.Write("recipe.json", RecipeJson.ToText(new RunRecipe { Dimension = 7, Steps = 4, Spread = 2, Seed = 5 }));
        Assert.Equal(CommandCall.Line("run --dimension 7 --steps 4 --spread 2 --seed 5").Output, CommandCall.Line($"run --from {recipe}").Output);
        Assert.Equal(
            CommandCall.Line("run --dimension 9 --steps 4 --spread 2 --seed 6").Output,
            CommandCall.Line($"run --seed 6 --from {recipe} --dimension 9").Output);
        Assert.Equal(
            CommandCall.Line("run --dimension 7 --steps 4 --spread 2 --seed 5 --own-draws --spurious-rank 2").Output,
            CommandCall.Line($"run --from {recipe} --own-draws --spurious-rank 2").Output);
    }

    // A manifest says the number of columns, the start and the eigenvalues, though nobody had: they follow the sizes.
    [Theory]
    [InlineData("", "--dimension 9 --invariant-rank 2")]
    [InlineData("--orthogonal", "--overlap 0.5")]
    [InlineData("--overlap 0.5", "--orthogonal")]
    [InlineData("--environment-order blocks --block-length 3", "--environment-order cyclic")]
    [InlineData("--environment-order cyclic", "--environment-order blocks --block-length 3")]
    [InlineData("--orthogonal", "--orthogonal false")]
    [InlineData("--orthogonal", "--orthogonal=false --overlap 0.25")]
    [InlineData("--own-draws", "--own-draws false")]
    [InlineData("--own-draws false", "--own-draws true --step-size 0.04")]
    [InlineData("", "--step-size 0.04 --own-draws")]
    [InlineData("--update-rule heavy-ball", "--update-rule muon")]
    [InlineData("--update-rule muon --orthogonalization polar", "--update-rule sgd")]
    [InlineData("--update-rule adam --epsilon 0.1", "--update-rule nesterov --momentum 0.2")]
    [InlineData("--schedule cosine --last-step-size 0.01", "--schedule constant")]
    [InlineData("--schedule piecewise --step-changes 1:0.01", "--schedule inverse-time --halving 2")]
    [InlineData("--algorithm pooled-gd --objective v-rex --penalty 0.1", "--objective none --algorithm pooled-gd")]
    [InlineData("--algorithm pooled-gd --objective v-rex --penalty 0.1", "--objective matrix-irm --penalty 0.1 --algorithm pooled-gd")]
    [InlineData("--algorithm pooled-gd --objective and-mask --agreement 0.3", "--objective group-dro --algorithm pooled-gd")]
    public void What_is_given_takes_the_place_of_what_it_contradicts(string before, string given)
    {
        using TemporaryDirectory directory = new();
        string manifest = directory.File("run.json");
        Assert.Equal(0, CommandCall.Line($"run --dimension 6 --steps 3 {before} --json {manifest}").Code);
        string dimension = given.Contains("--dimension", StringComparison.Ordinal) ? "" : "--dimension 6 ";
        CommandCall expected = CommandCall.Line($"run {dimension}--steps 3 {given}"), call = CommandCall.Line($"run --from {manifest} {given}");
        Assert.Equal((0, expected.Output, ""), (call.Code, call.Output, call.Error));
    }

    [Fact]
    public void The_order_that_a_manifest_has_keeps_its_block_length()
    {
        using TemporaryDirectory directory = new();
        string manifest = directory.File("run.json");
        CommandCall before = CommandCall.Line($"run --dimension 6 --steps 9 --environment-order blocks --block-length 3 --json {manifest}");
        CommandCall call = CommandCall.Line($"run --from {manifest} --environment-order blocks");
        Assert.Equal((0, before.Output, ""), (call.Code, call.Output, call.Error));
    }

    [Theory]
    [InlineData("{", "which is not JSON, or nested too deeply, at line 1, byte 2")]
    [InlineData("[]", "where the recipe is []")]
    [InlineData("""{"dimension": "6"}""", "where 'dimension' is '\"6\"'; accepted is a whole number from 2 to 16777216, without quotes.")]
    [InlineData("""{"dimensions": 6}""", "where 'dimensions' is not an option of a run (did you mean 'dimension'?)")]
    [InlineData("""{"command": "verify", "parameters": {}}""", "which is not of hetero run")]
    [InlineData("""{"command": "run"}""", "has no 'parameters'")]
    [InlineData("""{"command": "run", "parameters": {"seeds": 3}}""", "where 'seeds' is not an option of a run")]
    public void What_is_neither_is_refused(string text, string fragment)
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("from.json", text);
        CommandCall call = CommandCall.Line($"run --from {file}");
        Assert.Equal((2, ""), (call.Code, call.Output));
        string line = Assert.Single(call.ErrorLines);
        Assert.StartsWith($"hetero: '--from' names '{file}', ", line, StringComparison.Ordinal);
        Assert.Contains(fragment, line, StringComparison.Ordinal);
        Assert.Contains("accepted ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_do_not_fit_are_refused_by_their_option()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("from.json", """{"dimension": 4, "invariant-rank": 3, "spurious-rank": 2}""");
        Assert.Contains(
            "where 'invariant-rank' + 'spurious-rank' is 3 + 2", Assert.Single(CommandCall.Line($"run --from {file}").ErrorLines), StringComparison.Ordinal);
        Assert.Contains("'--from' is 'missing'", Assert.Single(CommandCall.Line("run --from missing").ErrorLines), StringComparison.Ordinal);
        Assert.Contains($"'--out' is '{file}'", Assert.Single(CommandCall.Line($"run --from {file} --invariant-rank 1 --out {file}").ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_of_another_version_is_said_to_be_one()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("run.json", """{"command": "run", "streamVersion": 999999, "parameters": {"dimension": 4, "steps": 1}}""");
        CommandCall call = CommandCall.Line($"run --from {file}");
        Assert.Equal((0, CommandCall.Line("run --dimension 4 --steps 1").Output), (call.Code, call.Output));
        Assert.Contains("made with streamVersion 999999; this is", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    private static string[] Parameters(string file, string[] except)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. document.RootElement.GetProperty("parameters").EnumerateObject().Where(member => !except.Contains(member.Name))
                .Select(member => $"{member.Name}: {member.Value.GetRawText()}"),
        ];
    }
}
