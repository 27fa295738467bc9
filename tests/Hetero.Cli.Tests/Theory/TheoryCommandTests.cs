using System.Text.Json;
using System.Text.RegularExpressions;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Theory;

/// <summary>hetero theory: what it prints and writes, against plain formulas; what it refuses.</summary>
public class TheoryCommandTests
{
    [Fact]
    public void The_table_has_every_number_with_its_place_in_the_paper()
    {
        CommandCall call = CommandCall.Line("theory --spread 8 --violation-constant 0.1");
        Assert.Equal((0, ""), (call.Code, call.Error));
        (string Symbol, string Value, string Place)[] rows =
        [
            .. call.Lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => Regex.Split(line.Trim(), "  +")).Select(cells => (cells[0], cells[1], cells[2])),
        ];
        Assert.Contains(("M1", "9", "(6)"), rows);
        Assert.Contains(("M2", "32", "(6)"), rows);
        Assert.Contains(("the paper's window", "empty", "Theorem 2"), rows);
        Assert.Contains(("the sharp window", "(0.031746, 0.194753)", "beyond (45)"), rows);
        Assert.Contains(("the sharp M", "(6.40312, 29)", "beyond (45)"), rows);
        Assert.Contains(("E log|1 + ηs|", "-0.0296097", "beyond (45)"), rows);
        Assert.Contains(("κ", "0.369302", "beyond (45)"), rows);
        Assert.Contains(("second ≤ 1 for η in", "none", "(42)"), rows);
        Assert.Contains(("δ", "0.111803", "(10)"), rows);
        Assert.Contains(("T1", "117", "Lemma 5"), rows);
        Assert.Contains(("T2", "256", "Theorem 5"), rows);

        // c_v^1.5 as printed, c_v^−1.5 by Definition 4.
        double unit = Math.Pow(32 * Math.Log(100), 1.5) * Math.Sqrt(100 / 8000.0) * Math.Sqrt(2);
        Assert.Contains(("δ* as printed", Six(unit * Math.Pow(0.1, 1.5)), "Theorem 2"), rows);
        Assert.Contains(("δ* of Definition 4", Six(unit * Math.Pow(0.1, -1.5)), "(64)"), rows);
        Assert.Contains(call.Lines, line => line.Contains("(24/M2, 1/(64·M1)) = (0.75, 0.00173611); it opens for M2 > 1536·M1", StringComparison.Ordinal));
        Assert.Contains(call.Lines, line => line.Contains("E log|1 + ηs| < 0, where the spurious part dies out; η is in it", StringComparison.Ordinal));

        static string Six(double value) => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("--spread 3200 --step-size 4.8e-6", "the paper's window", "(4.6875E-06, 4.88129E-06)", "η is in it")]
    [InlineData("--spread 3200 --step-size 4.8e-5", "the paper's window", "(4.6875E-06, 4.88129E-06)", "η is not in it")]
    [InlineData("--spread 0.5", "the sharp window", "none", "η is not in it")]
    [InlineData("--spread 0.5", "κ", "none", "no solution above 0")]
    [InlineData("--spurious-mean -1 --spread 0.5", "κ", "Infinity", "stays bounded")]
    [InlineData("--environments uniform --spurious-mean 20", "the sharp M", "none", "half-widths")]
    [InlineData("--init-scale 0.4", "T1", "none", "beyond phase 1")]
    [InlineData("--step-size 1e-12", "T1", "not counted", "too many steps")]
    [InlineData("--spurious-rank 2 --off-diagonal 0.1", "r2²·Σ|Σ_ij|", "0.4", "c_o has to be")]
    [InlineData("--spread 3200 --step-size 4.8e-6", "E|1 + ηs + 2η|^(1−γ)", "1 − 1.66", "is a supermartingale")]
    public void What_is_empty_or_infinite_is_said(string options, string symbol, string value, string meaning)
    {
        CommandCall call = CommandCall.Line($"theory {options}");
        Assert.Equal((0, ""), (call.Code, call.Error));
        string line = Assert.Single(call.Lines, text => text.StartsWith($"  {symbol} ", StringComparison.Ordinal));
        Assert.StartsWith(value, line[(symbol.Length + 2)..].TrimStart(), StringComparison.Ordinal);
        Assert.Contains(meaning, line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_has_the_same_numbers_for_programs()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Of("theory", "--spread", "8", "--gamma", "0.25", "--json", directory.File("x.json"));
        Assert.Equal((0, ""), (call.Code, call.Error));
        Assert.Contains(call.Lines, line => line.StartsWith("  M1 ", StringComparison.Ordinal));
        CommandCall alone = CommandCall.Line("theory --spread 8 --gamma 0.25 --json -");
        Assert.Equal(File.ReadAllText(directory.File("x.json")), alone.Output);

        using JsonDocument document = JsonDocument.Parse(alone.Output);
        JsonElement root = document.RootElement, quantities = root.GetProperty("quantities"), direction = Assert.Single(root.GetProperty("directions").EnumerateArray());
        Assert.Equal("theory", root.GetProperty("command").GetString());
        Assert.Equal(0.25, root.GetProperty("parameters").GetProperty("gamma").GetDouble());
        Assert.Equal("two-point", root.GetProperty("parameters").GetProperty("environments").GetString());
        Assert.Equal(9, quantities.GetProperty("m1").GetDouble());
        Assert.Equal(32, quantities.GetProperty("m2").GetDouble());
        Assert.True(quantities.GetProperty("paper-window").GetProperty("empty").GetBoolean());
        Assert.Equal(0.75, quantities.GetProperty("paper-window").GetProperty("lower").GetDouble());
        JsonElement sharp = Assert.Single(quantities.GetProperty("stable-step-sizes").EnumerateArray());
        Assert.Equal(2 / 63.0, sharp[0].GetDouble(), 14);
        Assert.Equal((1 + Math.Sqrt(127)) / 63, sharp[1].GetDouble(), 14);
        Assert.Equal(Math.Sqrt(41), quantities.GetProperty("stable-spreads")[0].GetDouble(), 13);
        Assert.Equal(117, quantities.GetProperty("t1").GetInt32());
        Assert.Equal(1, direction.GetProperty("indices")[0].GetInt32());
        Assert.Equal((Math.Pow(1.45, 0.75) + Math.Pow(0.65, 0.75)) / 2, direction.GetProperty("moment").GetDouble(), 14);
        Assert.Equal(Math.Log(1.45 * 0.65) / 2, direction.GetProperty("lyapunov-exponent").GetDouble(), 15);
        Assert.True(root.GetProperty("hardware").TryGetProperty("simdPath", out _));
    }

    [Fact]
    public void What_is_not_there_is_null_and_infinities_are_words()
    {
        CommandCall call = CommandCall.Line("theory --spread 0 --init-scale 0.5 --json -");
        using JsonDocument document = JsonDocument.Parse(call.Output);
        JsonElement quantities = document.RootElement.GetProperty("quantities");
        Assert.Equal("Infinity", quantities.GetProperty("paper-window").GetProperty("lower").GetString());
        Assert.Equal("Infinity", quantities.GetProperty("rip-threshold").GetString());
        Assert.Equal(0, quantities.GetProperty("stable-step-sizes").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, quantities.GetProperty("t1").ValueKind);
        Assert.Equal(JsonValueKind.Null, quantities.GetProperty("t1-bound").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("directions")[0].GetProperty("tail-exponent").ValueKind);
    }

    [Fact]
    public void A_list_of_environments_has_its_directions()
    {
        using TemporaryDirectory directory = new();
        string list = directory.Write("list.json", """{"environments":[{"sigma":[[9,0],[0,7]]},{"sigma":[[-7,0],[0,-5]]}]}""");
        CommandCall table = CommandCall.Of("theory", "--environments", list, "--spurious-rank", "2");
        Assert.Equal((0, ""), (table.Code, table.Error));
        Assert.Contains("Spurious direction 1: s = Σ_ii from -7 to 9", table.Lines);
        Assert.Contains("Spurious direction 2: s = Σ_ii from -5 to 7", table.Lines);
        Assert.DoesNotContain(table.Lines, line => line.StartsWith("  the sharp M", StringComparison.Ordinal));
        CommandCall json = CommandCall.Of("theory", "--environments", list, "--spurious-rank", "2", "--json", "-");
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.Equal([[1], [2]], document.RootElement.GetProperty("directions").EnumerateArray().Select(d => d.GetProperty("indices").EnumerateArray().Select(i => i.GetInt32()).ToArray()).ToArray());
        Assert.Equal(2 / 35.0, document.RootElement.GetProperty("quantities").GetProperty("stable-step-sizes")[0][0].GetDouble(), 14);
        Assert.Equal(2, document.RootElement.GetProperty("parameters").GetProperty("environment-list").GetArrayLength());
    }

    // Two directions with their own signs are four environments of equal odds: the list is the oracle, and it knows of no own draws.
    [Fact]
    public void Own_draws_have_the_numbers_of_the_list_of_all_combinations()
    {
        using TemporaryDirectory directory = new();
        string list = directory.Write(
            "list.json", """{"environments":[{"sigma":[[9,0],[0,9]]},{"sigma":[[9,0],[0,-7]]},{"sigma":[[-7,0],[0,9]]},{"sigma":[[-7,0],[0,-7]]}]}""");
        CommandCall own = CommandCall.Line("theory --spread 8 --spurious-rank 2 --own-draws --json -"), shared = CommandCall.Line("theory --spread 8 --spurious-rank 2 --json -");
        CommandCall listed = CommandCall.Of("theory", "--environments", list, "--spurious-rank", "2", "--json", "-");
        using JsonDocument first = JsonDocument.Parse(own.Output), second = JsonDocument.Parse(shared.Output), third = JsonDocument.Parse(listed.Output);
        Assert.True(first.RootElement.GetProperty("parameters").GetProperty("own-draws").GetBoolean());
        Assert.False(second.RootElement.GetProperty("parameters").GetProperty("own-draws").GetBoolean());
        double[] numbers = Numbers(first);
        Assert.True(numbers.Length > 30);
        Assert.Equal(numbers, Numbers(second));

        // A list is no family in M.
        Assert.Equal(JsonValueKind.Null, third.RootElement.GetProperty("quantities").GetProperty("stable-spreads").ValueKind);
        double[] expected = Numbers(third);
        double[] spreads = [.. first.RootElement.GetProperty("quantities").GetProperty("stable-spreads").EnumerateArray().Select(end => end.GetDouble())];
        Assert.Equal(expected.Length + 2, numbers.Length);
        Assert.All(expected.Zip(numbers.Where(number => !spreads.Contains(number))), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * (1 + Math.Abs(pair.First))));
        Assert.Contains(
            CommandCall.Line("theory --spread 8 --spurious-rank 2 --own-draws").Lines,
            line => line.StartsWith("environments: two-point, mean 1, M = 8, drawn for each direction", StringComparison.Ordinal));

        static double[] Numbers(JsonDocument document) =>
            [.. Leaves(document.RootElement.GetProperty("quantities")), .. Leaves(document.RootElement.GetProperty("directions"))];

        static IEnumerable<double> Leaves(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Leaves(property.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
            JsonValueKind.Number => [element.GetDouble()],
            _ => [],
        };
    }

    [Theory]
    [InlineData("--gamma 1", "'--gamma' is '1'", "a number above 0 and below 1")]
    [InlineData("--gamma 0", "'--gamma' is '0'")]
    [InlineData("--violation-constant 0", "'--violation-constant' is '0'", "above 0")]
    [InlineData("--init-scale 1", "'--init-scale' is '1'", "below 1")]
    [InlineData("--step-size 0", "'--step-size' is '0'")]
    [InlineData("--spread -1", "'--spread' is '-1'")]
    [InlineData("--spread 1e30", "'--spread' is '1E+30'", "at most")]
    [InlineData("--spread 1e-310 --spurious-mean 0", "'--spread' is '1E-310'", "1e-100")]
    [InlineData("--dimension 3 --spurious-rank 3", "'--invariant-rank' + '--spurious-rank' is 1 + 3", "at most '--dimension', 3")]
    [InlineData("--off-diagonal 1", "'--off-diagonal' is '1'", "'--spurious-rank' is 1")]
    [InlineData("--environments gauss", "'--environments' is 'gauss'", "two-point, uniform")]
    [InlineData("--environments uniform --step-size 1e300 --spread 1e20", "'--step-size' is '1E+300', which the library refuses", "a finite range")]
    [InlineData("--seed 3", "'--seed' is not an option of 'hetero theory'")]
    [InlineData("--json /nowhere/x", "'--json' is '/nowhere/x'", "existing directory")]
    public void Bad_input(string options, params string[] fragments)
    {
        CommandCall call = CommandCall.Line($"theory {options}");
        Assert.Equal((2, ""), (call.Code, call.Output));
        string line = Assert.Single(call.ErrorLines);
        Assert.All(fragments, fragment => Assert.Contains(fragment, line, StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_that_are_too_long_or_too_small_or_an_output()
    {
        using TemporaryDirectory directory = new();
        string one = """{"sigma":[[1]]}""";
        string longer = directory.Write("long.json", $$"""{"environments":[{{string.Join(',', Enumerable.Repeat(one, 1001))}}]}""");
        string small = directory.Write("small.json", """{"environments":[{"sigma":[[1]]},{"sigma":[[-1e-200]]}]}""");
        Refused(["theory", "--environments", longer], "a list of at most 1000 environments; this one has 1001");
        Refused(["theory", "--environments", small], "environments[1].sigma has -1E-200");
        Refused(["theory", "--environments", small, "--spread", "3"], "'--spread 3' is given with");
        Refused(["theory", "--environments", small, "--own-draws"], "'--own-draws' is given with");
        string list = directory.Write("list.json", $$"""{"environments":[{{one}}]}""");
        Refused(["theory", "--environments", list, "--json", list], $"'--json' is '{list}'", "'--environments', which is read");

        static void Refused(string[] words, params string[] fragments)
        {
            CommandCall call = CommandCall.Of(words);
            Assert.Equal((2, ""), (call.Code, call.Output));
            Assert.All(fragments, fragment => Assert.Contains(fragment, Assert.Single(call.ErrorLines), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Cancelled_it_writes_nothing()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Cancelled(new CancellationToken(canceled: true), "theory", "--json", directory.File("x.json"));
        Assert.Equal((1, "", "hetero: cancelled.\n"), (call.Code, call.Output, call.Error));
        Assert.Empty(directory.Names);
    }
}
