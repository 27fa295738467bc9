using System.Text.Json;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Tests.Support;
using Hetero.Cli.Verify;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Cli.Tests.Verify;

/// <summary>hetero verify with parameters of the user's own.</summary>
public class VerifyChosenTests
{
    [Fact]
    public void The_chosen_values_are_those_of_the_instance_that_is_shown()
    {
        CommandCall call = CommandCall.Line("verify L8 --dimension 30 --spread 9 --invariant-rank 4 --factor-columns 5 --overlap 0.25 --trials 3 --seed 7");
        Assert.Equal((0, ""), (call.Code, call.Error));
        CheckResult expected = TheoryCatalog.Find("L8")[0].RunChosen(
            7, i => i with { Dimension = 30, Spread = 9, InvariantRank = 4, Columns = 5, Overlap = 0.25 }, 3);
        Assert.Contains($"    instance    {expected.Instance}", call.Lines);
        Assert.StartsWith("d=30 r1=4 ", expected.Instance, StringComparison.Ordinal);
        Assert.Contains(" k=5 ", expected.Instance, StringComparison.Ordinal);
        Assert.Contains(" M=9 ", expected.Instance, StringComparison.Ordinal);
        Assert.Contains("overlap=0.25", expected.Instance, StringComparison.Ordinal);
        Assert.Contains("3/3", call.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Several_checks_have_the_same_parameters()
    {
        CommandCall call = CommandCall.Line("verify L5 L8 --step-size 0.02 --init-scale 0.001 --trials 2");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(2, call.Lines.Count(line => line.StartsWith("    instance ", StringComparison.Ordinal) && line.Contains("η=0.02 α=0.001 ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Outside_of_the_hypotheses_nothing_is_passed_and_nothing_fails()
    {
        CommandCall inside = CommandCall.Line("verify L7 --spread 3200 --spurious-mean 1 --environments two-point --off-diagonal 0 --step-size 4.8e-6 --trials 3");
        Assert.Equal((0, ""), (inside.Code, inside.Error));
        Assert.Matches("^L7 +claim +holds +3/3 ", inside.Lines[1]);
        CommandCall outside = CommandCall.Line("verify L7 --spread 6 --trials 3");
        Assert.Equal((0, ""), (outside.Code, outside.Error));
        Assert.Matches("^L7 +claim +hypothesis not met +0/3 ", outside.Lines[1]);

        // Its parts that are about instances of their own say so.
        Assert.Contains(outside.Lines, line => line.StartsWith("L7-tail-run  not checked: it is about instances with --spread 8", StringComparison.Ordinal));
    }

    // What an instance says is not what they are about: to judge them would be a verdict on other numbers than those that are shown.
    [Theory]
    [InlineData("L7-printed", "--spread 9 --step-size 0.05")]
    [InlineData("L12-printed", "--dimension 12")]
    [InlineData("L14-printed", "--spread 9")]
    [InlineData("L18", "--dimension 12")]
    [InlineData("P1-printed", "--dimension 500")]
    public void A_check_with_settings_of_its_own_takes_none(string id, string options)
    {
        CommandCall call = CommandCall.Line($"verify {id} {options} --trials 1");
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.Contains($"'{id}' does not take", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("settings of its own", call.ErrorLines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_cannot_take_them_refuses_by_name()
    {
        CommandCall call = CommandCall.Line("verify L7-tail-run --spread 9 --dimension 3");
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.Equal(
            "hetero: 'L7-tail-run' does not take '--dimension', '--spread' as given, since it is about instances with --spread 8 (given: 9); accepted are parameters within its domain.",
            Assert.Single(call.ErrorLines));
        CommandCall large = CommandCall.Line("verify L1 --dimension 200 --samples 3 --trials 1");
        Assert.Equal(2, large.Code);
        Assert.Contains(
            "'L1' does not take '--dimension', '--samples' as given, since '--dimension' is 200; accepted is from 1 to 64",
            Assert.Single(large.ErrorLines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_are_not_chosen_fit_to_those_that_are()
    {
        CommandCall call = CommandCall.Line("verify L8 --invariant-rank 9 --spurious-rank 9 --trials 4 --json -");
        using JsonDocument manifest = JsonDocument.Parse(call.Output);
        string instance = Assert.Single(manifest.RootElement.GetProperty("checks").EnumerateArray()).GetProperty("instance").GetString()!;
        Assert.StartsWith("d=18 r1=9 r2=9 ", instance, StringComparison.Ordinal);
        JsonElement chosen = manifest.RootElement.GetProperty("parameters").GetProperty("chosen");
        Assert.Equal(["invariant-rank", "spurious-rank"], chosen.EnumerateObject().Select(option => option.Name));
        Assert.Equal(9, chosen.GetProperty("spurious-rank").GetInt32());
        CommandCall small = CommandCall.Line("verify L8 --dimension 2 --trials 20");
        Assert.Equal((0, ""), (small.Code, small.Error));
        Assert.Contains("20/20", small.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_says_what_was_chosen_and_what_was_not_checked()
    {
        CommandCall call = CommandCall.Line("verify L8 L7-tail-run --own-draws --environments uniform --orthogonal --spread 9 --trials 2 --json -");
        Assert.Equal((0, ""), (call.Code, call.Error));
        using JsonDocument manifest = JsonDocument.Parse(call.Output);
        JsonElement root = manifest.RootElement, chosen = root.GetProperty("parameters").GetProperty("chosen");
        Assert.Equal(("uniform", "true"), (chosen.GetProperty("environments").GetString(), chosen.GetProperty("own-draws").GetString()));
        Assert.Equal((9, 0), (chosen.GetProperty("spread").GetDouble(), chosen.GetProperty("overlap").GetDouble()));
        Assert.Equal("completed", root.GetProperty("outcome").GetProperty("status").GetString());
        JsonElement refused = Assert.Single(root.GetProperty("notChecked").EnumerateArray());
        Assert.Equal("L7-tail-run", refused.GetProperty("id").GetString());
        Assert.Contains("--spread 8", refused.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("L8", Assert.Single(root.GetProperty("checks").EnumerateArray()).GetProperty("id").GetString());
    }

    // What a check draws, no chosen value can be; what it sets is the same in all of its instances.
    [Theory]
    [InlineData("L7-tail", "--spread 9", "it draws its own --spread (given: 9)")]
    [InlineData("T2-overlap", "--overlap 0.3", "it draws its own --overlap (given: 0.3)")]
    [InlineData("L15", "--spread 9", "it draws its own --spread (given: 9)")]
    [InlineData("L7-tail", "--spread 9 --spurious-mean 0", "it is about instances with --spurious-mean 1 (given: 0) and draws its own --spread (given: 9)")]
    [InlineData("T3", "--dimension 9", "it is about instances with --dimension 12 (given: 9)")]
    [InlineData("L7-tail-along", "--environments uniform", "it is about instances with --environments two-point (given: uniform)")]

    // r1 + r2 is up to 6, d up to 12.
    [InlineData("P1", "--samples 1", "it takes --samples from 6 to 60 (given: 1)")]
    [InlineData("L17", "--samples 61", "it takes --samples from 12 to 60 (given: 61)")]
    [InlineData("A6-simulated", "--dimension 9", "it takes --dimension from 2 to 6 (given: 9)")]
    [InlineData("L15", "--spurious-mean 3", "it takes --spurious-mean from -1 to 0.5 (given: 3)")]
    [InlineData("L9-step", "--spread 0", "'--spread' is 0; accepted is a number with a square above 0: else M2 is 0, and p = c_v/(M2·log d) has no value")]
    public void What_a_check_draws_is_no_domain(string id, string options, string reason)
    {
        CommandCall call = CommandCall.Line($"verify {id} L8 {options} --trials 2");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Contains($"{id}  not checked: {reason}", call.Lines);
    }

    [Fact]
    public void Instances_that_are_left_out_are_counted()
    {
        FakeCheck picky = new("L3", Verdict.Holds, instance => instance.SpuriousRank > 1
            ? throw new ArgumentException("'SpuriousRank' is above 1.")
            : CheckResult.Judge("L3", [], Inequality.AtMost("0 ≤ 1", 0, 1)));
        Assert.Contains("its own", Failure(picky), StringComparison.Ordinal);
        FakeCheck choosy = new("L3", Verdict.Holds, instance => instance is { Dimension: 40, SpuriousRank: > 1 }
            ? throw new ArgumentException("'SpuriousRank' is above 1.")
            : CheckResult.Judge("L3", [], Inequality.AtMost("0 ≤ 1", 0, 1)));
        using StringWriter text = new() { NewLine = "\n" }, json = new() { NewLine = "\n" };
        VerifyRequest request = new([choosy], 20, 1, IsDetailed: true, Chosen: new ChosenParameters { Dimension = 40 });
        int fitting = Enumerable.Range(0, 20).Count(trial => TheoryInstance.Draw(1, trial).SpuriousRank == 1);
        Assert.Equal(0, VerifyCommand.Execute(request, new CommandContext(text, TextWriter.Null, TerminalWidth: null, default)));
        Assert.Contains($"    left out    {20 - fitting} of 20 instances, since 'SpuriousRank' is above 1 (given: --dimension 40)\n", text.ToString(), StringComparison.Ordinal);
        VerifyCommand.Execute(request with { Json = "-" }, new CommandContext(json, TextWriter.Null, TerminalWidth: null, default));
        using JsonDocument manifest = JsonDocument.Parse(json.ToString());
        JsonElement check = Assert.Single(manifest.RootElement.GetProperty("checks").EnumerateArray());
        Assert.Equal((fitting, 20 - fitting), (check.GetProperty("trials").GetInt32(), check.GetProperty("leftOut").GetInt32()));
        Assert.Equal("'SpuriousRank' is above 1 (given: --dimension 40)", check.GetProperty("leftOutReason").GetString());

        static string Failure(FakeCheck check) => Assert.Throws<FailedException>(() => VerifyCommand.Execute(
            new VerifyRequest([check], 20, 1, Chosen: new ChosenParameters { Spread = 3 }),
            new CommandContext(TextWriter.Null, TextWriter.Null, TerminalWidth: null, default))).Message;
    }

    // P1's interval of samples begins at r1 + r2: 3 are too few for some instances.
    [Fact]
    public void What_is_left_out_is_said_in_the_options_words()
    {
        CommandCall call = CommandCall.Line("verify P1 --samples 3 --trials 12");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Matches(
            "^    left out    [1-9][0-9]? of 12 instances, since '--samples' is 3, and P1 sets [4-6]; accepted are values that it leaves as they are$",
            call.Lines.First(line => line.StartsWith("    left out", StringComparison.Ordinal)));
        CommandCall other = CommandCall.Line("verify L10-step --spread 1e6 --trials 1");
        Assert.Equal(2, other.Code);
        Assert.Contains("for phases of up to", other.Error, StringComparison.Ordinal);
        Assert.Contains("(given: --spread 1000000)", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_refuted_statement_is_a_failure()
    {
        ChosenParameters chosen = new() { Dimension = 40 };
        FakeCheck constant = FakeCheck.Implying("L3", 100), unmet = FakeCheck.OutOfReach("L2", stated: Verdict.Holds);
        using StringWriter output = new() { NewLine = "\n" };
        CommandContext context = new(output, TextWriter.Null, TerminalWidth: null, default);
        Assert.Equal(0, VerifyCommand.Execute(new VerifyRequest([constant, unmet], 2, 1, IsDetailed: true, Chosen: chosen), context));
        Assert.DoesNotContain("stated limit", output.ToString(), StringComparison.Ordinal);
        FailedException failure = Assert.Throws<FailedException>(
            () => VerifyCommand.Execute(new VerifyRequest([FakeCheck.Holding("L1")], 2, 1, Chosen: chosen), context));
        Assert.Equal("not all verdicts are the stated ones: see L1 above.", failure.Message);
        Assert.Contains("fails (stated: holds)", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, VerifyCommand.Execute(new VerifyRequest([FakeCheck.Holding("L1", stated: Verdict.Fails)], 2, 1, Chosen: chosen), context));
    }

    // An overlap of 0 that was given as '--orthogonal' is not called '--overlap', which nobody gave.
    [Theory]
    [InlineData("T2-overlap --orthogonal", "'T2-overlap' does not take '--orthogonal' as given, since it draws its own --overlap (given: --orthogonal); ")]
    [InlineData("T2-overlap --overlap 0", "'T2-overlap' does not take '--overlap' as given, since it draws its own --overlap (given: 0); ")]
    [InlineData("L10-step --orthogonal --spread 1e6 --trials 1", "(given: --spread 1000000, --orthogonal)")]
    public void An_option_is_named_as_it_was_given(string line, string fragment)
    {
        CommandCall call = CommandCall.Line($"verify {line}");
        Assert.Equal((2, ""), (call.Code, call.Output));
        Assert.Contains(fragment, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dimension 1", "'--dimension' is '1'", "from 2 to 1000")]
    [InlineData("--dimension 1001", "'--dimension' is '1001'", "from 2 to 1000")]
    [InlineData("--step-size 0", "'--step-size' is '0'", "from 1E-06 to 10")]
    [InlineData("--spread nan", "'--spread' is 'nan'", "from 0 to 1000000")]
    [InlineData("--spurious-mean 1e7", "'--spurious-mean' is '1e7'")]
    [InlineData("--init-scale 1", "'--init-scale' is '1'")]
    [InlineData("--environments list.json", "'--environments' is 'list.json'", "two-point, uniform")]
    [InlineData("--overlap 0.5 --orthogonal", "'--overlap' is '0.5'", "not both")]
    [InlineData("--dimension 5 --invariant-rank 3 --spurious-rank 3", "'--invariant-rank' is '3'", "'--dimension', 5")]
    [InlineData("--dimension 5 --spurious-rank 5", "'--spurious-rank' is '5'", "'--dimension', 5")]
    [InlineData("--invariant-rank 999 --spurious-rank 2", "'--invariant-rank' is '999'", "at most 1000")]
    [InlineData("--dimension 5 --factor-columns 6", "'--factor-columns' is '6'", "from 1 to '--dimension', 5")]
    [InlineData("--spurious-rank 1 --off-diagonal 0.5", "'--off-diagonal' is '0.5'", "'--spurious-rank' 2 or more")]
    [InlineData("--dimension 2 --off-diagonal 0.5", "'--off-diagonal' is '0.5'", "'--spurious-rank' 2 or more")]
    [InlineData("--dimension 5 --markdown new.md", "'--markdown' is 'new.md'", "a file without '--dimension'")]
    [InlineData("--orthogonal --markdown -", "'--markdown' is '-'", "a file without '--orthogonal'")]
    public void Bad_input(string options, params string[] fragments)
    {
        CommandCall call = CommandCall.Line($"verify L8 --trials 1 {options}");
        Assert.Equal((2, ""), (call.Code, call.Output));
        string line = Assert.Single(call.ErrorLines);
        Assert.All(fragments, fragment => Assert.Contains(fragment, line, StringComparison.Ordinal));
    }
}
