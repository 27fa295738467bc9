using System.Text.Json;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Tests.Support;
using Hetero.Cli.Verify;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Cli.Tests.Verify;

public class VerifyTests
{
    [Fact]
    public void One_line_for_each_check_in_their_order()
    {
        (int code, string output) = Execute(FakeCheck.Holding("L2"), FakeCheck.OutOfReach("L1"), FakeCheck.Implying("A1", 3));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, code);
        Assert.Equal(4, lines.Length);
        Assert.Matches("^L2  claim +holds +4/4 +[0-9]+ +12 +[0-9]+ +\\(0\\) +d ≤ 12$", lines[1]);
        Assert.Matches("^L1  definition +hypothesis not met +0/4 +[0-9]+ +100 +-[0-9]+ +\\(0\\) +hypothesis d > 100$", lines[2]);
        Assert.Matches("^A1  claim +implied constant +4/4 +[0-9]+ +1 +C ≥ 3 +\\(0\\) +d ≤ C$", lines[3]);
    }

    [Fact]
    public void A_verdict_other_than_the_stated_one_is_a_failure_with_the_table_kept()
    {
        using StringWriter output = new();
        using TemporaryDirectory directory = new();
        VerifyRequest request = Request(
            FakeCheck.Holding("L1"), FakeCheck.Holding("L2", stated: Verdict.Fails), FakeCheck.Implying("L3", 6), FakeCheck.OutOfReach("L4", stated: Verdict.Holds))
            with
        { Json = directory.File("all.json") };
        FailedException failure = Assert.Throws<FailedException>(() => VerifyCommand.Execute(request, Context(output)));
        Assert.Equal("not all verdicts are the stated ones: see L2, L3, L4 above.", failure.Message);
        Assert.Contains("holds (stated: fails)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("implied constant (stated limit: 5)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("hypothesis not met (stated: holds)", output.ToString(), StringComparison.Ordinal);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File("all.json")));
        Assert.Equal(1, manifest.RootElement.GetProperty("outcome").GetProperty("agreeing").GetInt32());
    }

    [Fact]
    public void What_says_nothing_is_no_evidence()
    {
        using TemporaryDirectory directory = new();
        FakeCheck empty = new(
            "L1",
            Verdict.HypothesisNotMet,
            instance => CheckResult.Judge("L1", [Inequality.Above("d > 100", instance.Dimension, 100)], Inequality.AtMost("d ≤ 1", instance.Dimension, 1)))
        {
            KindOfStatement = StatementKind.Claim,
        };
        VerifyCommand.Execute(Request(empty, FakeCheck.Holding("L2")) with { Json = directory.File("x.json") }, Context(TextWriter.Null));
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File("x.json")));
        JsonElement outcome = manifest.RootElement.GetProperty("outcome");
        Assert.Equal((2, 1), (outcome.GetProperty("agreeing").GetInt32(), outcome.GetProperty("evidence").GetInt32()));
    }

    [Fact]
    public void A_check_that_breaks_off_takes_no_other_along()
    {
        using StringWriter output = new();
        using TemporaryDirectory directory = new();
        VerifyRequest request = Request(
            FakeCheck.Holding("L1"),
            new FakeCheck("L2", Verdict.Holds, _ => throw new InvalidOperationException("no answer")),
            new FakeCheck("L3", Verdict.Holds, _ => throw new ArgumentException("'rows' is 0.", "rows")),
            FakeCheck.Holding("L4")) with
        { Json = directory.File("all.json") };
        FailedException failure = Assert.Throws<FailedException>(() => VerifyCommand.Execute(request, Context(output)));
        Assert.Equal(
            "L2 broke off: no answer. L3 refused an instance of its own: 'rows' is 0. The others are 2 of 4 checks, which are kept.", failure.Message);
        Assert.Contains("L1 ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("L4 ", output.ToString(), StringComparison.Ordinal);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File("all.json")));
        JsonElement outcome = manifest.RootElement.GetProperty("outcome");
        Assert.Equal((2, "failed"), (outcome.GetProperty("agreeing").GetInt32(), outcome.GetProperty("status").GetString()));
        Assert.Equal(
            ["L2: broke off: no answer", "L3: refused an instance of its own: 'rows' is 0"],
            manifest.RootElement.GetProperty("notChecked").EnumerateArray().Select(check => $"{check.GetProperty("id").GetString()}: {check.GetProperty("reason").GetString()}"));
    }

    [Fact]
    public void A_constant_that_stays_away_from_its_limit_is_a_failure_of_a_whole_series_only()
    {
        using StringWriter output = new();
        FailedException failure = Assert.Throws<FailedException>(() => VerifyCommand.Execute(Request(FakeCheck.Implying("L3", 1.9)), Context(output)));
        Assert.Equal("not all verdicts are the stated ones: see L3 above.", failure.Message);
        Assert.Contains("implied constant (stated to reach: 2)", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, VerifyCommand.Execute(Request(FakeCheck.Implying("L3", 1.9)) with { Trials = 3 }, Context(TextWriter.Null)));
        Assert.Equal(0, Execute(FakeCheck.Implying("L3", 2)).Code);
    }

    [Fact]
    public void A_statement_that_is_stated_to_fail_and_does_is_no_failure()
    {
        FakeCheck check = new("L20", Verdict.Fails, instance => CheckResult.Judge("L20", [], Inequality.AtMost("d ≤ 1", instance.Dimension, 1)));
        Assert.Equal(0, Execute(check).Code);
    }

    [Fact]
    public void Ids_that_are_given_are_shown_in_full()
    {
        CommandCall call = CommandCall.Line("verify l8 --trials 3 --seed 5");
        Assert.Equal((0, ""), (call.Code, call.Error));
        CheckResult expected = TheoryCatalog.Find("L8")[0].Run(5, 3);
        Assert.StartsWith("L8 ", call.Lines[1], StringComparison.Ordinal);
        Assert.Contains("3/3", call.Lines[1], StringComparison.Ordinal);
        Assert.Contains($"    instance    {expected.Instance}", call.Lines);
        Assert.Contains($"    remark      {TheoryCatalog.Find("L8")[0].Remark}", call.Lines);
        Assert.Contains(call.Lines, line => line.StartsWith("    claim       ‖UᵀU", StringComparison.Ordinal));
    }

    [Fact]
    public void The_details_name_hypotheses_constant_and_note()
    {
        FakeCheck check = new("L3", Verdict.ImpliedConstant, instance => CheckResult.Imply(
            "L3", [Inequality.Below("0 < 1", 0, 1)], new ImpliedConstant("C", 2.5, IsSmallest: false), Inequality.AtLeast("d ≥ C", instance.Dimension, 1))
            with
        { Note = "sharp at 7" });
        using StringWriter output = new();
        Assert.Throws<FailedException>(() => VerifyCommand.Execute(Request(check) with { IsDetailed = true }, Context(output)));
        Assert.Contains("    hypothesis  0 < 1: 0 < 1 holds, margin 1\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("    constant    C ≤ 2.5, stated limit 5, stated to reach 2\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("    note        sharp at 7\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_has_every_number_and_the_same_bytes_again()
    {
        using TemporaryDirectory directory = new();
        string[] texts = [.. new[] { "a.json", "b.json" }.Select(name =>
        {
            Assert.Equal(0, CommandCall.Of("verify", "L8", "--seed", "18446744073709551615", "--trials", "7", "--json", directory.File(name)).Code);
            return File.ReadAllText(directory.File(name));
        })];
        Assert.Equal(texts[0], texts[1]);

        using JsonDocument manifest = JsonDocument.Parse(texts[0]);
        JsonElement root = manifest.RootElement, check = root.GetProperty("checks")[0], claims = check.GetProperty("claims");
        CheckResult expected = TheoryCatalog.Find("L8")[0].Run(ulong.MaxValue, 7);
        Assert.Equal(ulong.MaxValue, root.GetProperty("parameters").GetProperty("seed").GetUInt64());
        Assert.Equal(7, root.GetProperty("parameters").GetProperty("trials").GetInt32());
        Assert.True(root.GetProperty("hardware").TryGetProperty("simdPath", out _));
        Assert.Equal("completed", root.GetProperty("outcome").GetProperty("status").GetString());
        Assert.Equal(("L8", "holds", "holds"), (Text(check, "id"), Text(check, "verdict"), Text(check, "stated")));
        Assert.Equal(
            expected.Claims.Select(claim => (claim.Left, (string?)"≤", claim.Right, claim.Margin, true)),
            claims.EnumerateArray().Select(claim => (
                claim.GetProperty("left").GetDouble(),
                Text(claim, "comparison"),
                claim.GetProperty("right").GetDouble(),
                claim.GetProperty("margin").GetDouble(),
                claim.GetProperty("holds").GetBoolean())));
        Assert.Equal(expected.Instance, Text(check, "instance"));
        Assert.Equal(JsonValueKind.Null, check.GetProperty("constant").ValueKind);
        Assert.Equal(0, check.GetProperty("falseAlarmRate").GetDouble());
    }

    [Fact]
    public void The_manifest_writes_what_json_has_no_number_for()
    {
        using TemporaryDirectory directory = new();
        VerifyRequest request = Request(FakeCheck.OutOfReach("L1"), FakeCheck.Implying("L2", 4)) with { Json = directory.File("x.json") };
        Assert.Equal(0, VerifyCommand.Execute(request, Context(TextWriter.Null)));
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File("x.json")));
        JsonElement checks = manifest.RootElement.GetProperty("checks");
        Assert.Equal("Infinity", Text(checks[0].GetProperty("claims")[0], "right"));
        Assert.False(checks[0].GetProperty("hypotheses")[0].GetProperty("holds").GetBoolean());
        Assert.Equal(4, checks[1].GetProperty("constant").GetProperty("value").GetDouble());
        Assert.Equal(5, checks[1].GetProperty("limit").GetDouble());
        Assert.Equal(2, checks[1].GetProperty("reached").GetDouble());
        Assert.Equal(JsonValueKind.Null, checks[0].GetProperty("reached").ValueKind);
        Assert.Equal(("definition", "claim"), (Text(checks[0], "kind"), Text(checks[1], "kind")));
        JsonElement outcome = manifest.RootElement.GetProperty("outcome");
        Assert.Equal((2, 1), (outcome.GetProperty("agreeing").GetInt32(), outcome.GetProperty("evidence").GetInt32()));
        Assert.Equal("each check's own", Text(manifest.RootElement.GetProperty("parameters"), "trials"));
    }

    [Fact]
    public void A_file_that_cannot_be_written_takes_no_other_along()
    {
        Unix.SkipElsewhere();
        using TemporaryDirectory directory = new();
        using StringWriter output = new();
        VerifyRequest request = Request(FakeCheck.Holding("L1")) with { Json = "/dev/full", Markdown = directory.File("x.md") };
        FailedException failure = Assert.Throws<FailedException>(() => VerifyCommand.Execute(request, Context(output)));
        Assert.Equal("'--json' is '/dev/full', which could not be written: No space left on device.", failure.Message);
        Assert.Contains("| L1 |", File.ReadAllText(directory.File("x.md")), StringComparison.Ordinal);
        Assert.Contains("L1  claim  holds", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_nobody_gets_take_no_file_along()
    {
        using TemporaryDirectory directory = new();
        VerifyRequest request = Request(FakeCheck.Holding("L1")) with { Json = directory.File("x.json"), Markdown = directory.File("x.md") };
        FailedException failure = Assert.Throws<FailedException>(() => VerifyCommand.Execute(request, Context(new BrokenWriter())));
        Assert.Equal(BrokenWriter.Reason, failure.Message);
        Assert.Equal(["x.json", "x.md"], directory.Names);
    }

    [Fact]
    public void A_dash_puts_manifest_or_page_in_the_place_of_the_lines()
    {
        VerifyRequest request = Request(FakeCheck.Holding("L1"));
        using StringWriter manifest = new(), page = new();
        Assert.Equal(0, VerifyCommand.Execute(request with { Json = "-" }, Context(manifest)));
        Assert.Equal(0, VerifyCommand.Execute(request with { Markdown = "-" }, Context(page)));
        using JsonDocument document = JsonDocument.Parse(manifest.ToString());
        Assert.StartsWith(MarkdownTable.Begin, page.ToString(), StringComparison.Ordinal);
        UsageException refusal = Assert.Throws<UsageException>(
            () => VerifyCommand.Execute(request with { Json = "-", Markdown = "-" }, Context(TextWriter.Null)));
        Assert.Equal("'--markdown' is '-'; accepted is another file than that of '--json'.", refusal.Message);
    }

    [Fact]
    public void The_list_names_every_check()
    {
        CommandCall call = CommandCall.Line("verify --list");
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Equal(3 * TheoryCatalog.All.Count, call.Lines.Length);
        for (int i = 0; i < TheoryCatalog.All.Count; i++)
        {
            TheoryCheck check = TheoryCatalog.All[i];
            Assert.StartsWith($"{check.Id}  {check.Equations}  {Finding.NameOf(check.Kind)}, stated: ", call.Lines[3 * i], StringComparison.Ordinal);
            Assert.Equal([$"    {check.Statement}", $"    {check.Remark}"], call.Lines[((3 * i) + 1)..((3 * i) + 3)]);
        }

        Assert.Equal(3, CommandCall.Line("verify --list L8").Lines.Length);
    }

    [Fact]
    public void Cancelled_it_keeps_what_is_finished()
    {
        using CancellationTokenSource cancellation = new();
        using TemporaryDirectory directory = new();
        using StringWriter output = new();

        // The first check asks to stop in its last trial and so is finished; the second one notices between its first trial and the next.
        int trial = 0;
        FakeCheck first = new("L1", Verdict.Holds, _ =>
        {
            if (++trial == 4)
            {
                cancellation.Cancel();
            }

            return CheckResult.Judge("L1", [], Inequality.AtMost("0 ≤ 1", 0, 1));
        });
        FakeCheck second = new("L2", Verdict.Holds, _ =>
        {
            cancellation.Token.WaitHandle.WaitOne();
            return CheckResult.Judge("L2", [], Inequality.AtMost("0 ≤ 1", 0, 1));
        });
        VerifyRequest request = Request(first, second) with { Json = directory.File("x.json"), Markdown = directory.File("x.md") };
        FailedException failure = Assert.Throws<FailedException>(() => VerifyCommand.Execute(request, Context(output) with { Cancellation = cancellation.Token }));
        Assert.Equal($"cancelled after 1 of 2 checks, which are kept, and '{directory.File("x.md")}' is not written.", failure.Message);
        Assert.Equal(["x.json"], directory.Names);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(directory.File("x.json")));
        Assert.Equal("cancelled", Text(manifest.RootElement.GetProperty("outcome"), "status"));
        Assert.Equal("L1", Text(Assert.Single(manifest.RootElement.GetProperty("checks").EnumerateArray()), "id"));
        Assert.Contains("L1  claim  holds", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("L2", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_cannot_take_its_instance_is_named()
    {
        FakeCheck broken = new("L9", Verdict.Holds, _ => throw new ArgumentException("'x' is 3; accepted is 4."));
        FailedException failure = Assert.Throws<FailedException>(() => VerifyCommand.Execute(Request(broken), Context(TextWriter.Null)));
        Assert.Contains("L9", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'x' is 3", failure.Message, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static VerifyRequest Request(params TheoryCheck[] checks) => new(checks, null, 1);

    private static CommandContext Context(StringWriter output)
    {
        output.NewLine = "\n";
        return Context((TextWriter)output);
    }

    private static CommandContext Context(TextWriter output) => new(output, TextWriter.Null, TerminalWidth: null, default);

    private static (int Code, string Output) Execute(params TheoryCheck[] checks)
    {
        using StringWriter output = new();
        int code = VerifyCommand.Execute(Request(checks), Context(output));
        return (code, output.ToString());
    }
}
