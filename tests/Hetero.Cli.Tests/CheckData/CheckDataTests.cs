using System.Text.Json;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.CheckData;

/// <summary>A person reads lines, a program JSON and the exit code; files that cannot be read are named in one line.</summary>
public class CheckDataTests
{
    [Fact]
    public void Data_that_are_as_they_should_be()
    {
        using TemporaryDirectory directory = new();
        Make(directory);
        string expected = $"{directory.File("data.json")}: 2 environments, 800 rows, d = 6, svec; shapes fit, all numbers are finite\n"
            + "no problem; by its moments alone, of Gaussian measurements at most one data set in 10000 has a finding\n";
        foreach (string named in new[] { directory.Path, directory.File("data.json") })
        {
            CommandCall call = CommandCall.Of("check-data", named);
            Assert.Equal((0, expected, ""), (call.Code, call.Output, call.Error));
        }
    }

    [Fact]
    public void A_problem_is_a_line_a_member_of_the_json_and_exit_code_1()
    {
        using TemporaryDirectory directory = new();
        Make(directory);
        File.WriteAllBytes(directory.File("1-x.npy"), File.ReadAllBytes(directory.File("0-x.npy")));
        File.WriteAllBytes(directory.File("1-y.npy"), File.ReadAllBytes(directory.File("0-y.npy")));
        string json = directory.File("findings.json");
        CommandCall call = CommandCall.Of("check-data", directory.Path, "--json", json);
        Assert.Equal((1, $"hetero: '{directory.File("data.json")}' has 1 problem.\n"), (call.Code, call.Error));
        Assert.StartsWith("problem  leakage  400 rows stand with the same response in an earlier environment too", call.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("1 problem;", call.Lines[2], StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement root = document.RootElement, finding = root.GetProperty("findings")[0];
        Assert.Equal((1, 1e-4, 400), (root.GetProperty("problems").GetInt32(), root.GetProperty("falseAlarmRate").GetDouble(), root.GetProperty("environments")[1].GetProperty("rows").GetInt32()));
        Assert.Equal(("leakage", "problem"), (finding.GetProperty("check").GetString(), finding.GetProperty("kind").GetString()));
        Assert.Equal([1], finding.GetProperty("environments").EnumerateArray().Select(place => place.GetInt32()));
        CommandCall toOutput = CommandCall.Of("check-data", directory.Path, "--json", "-");
        Assert.Equal((1, File.ReadAllText(json)), (toOutput.Code, toOutput.Output));
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_nothing_is_written()
    {
        using TemporaryDirectory directory = new();
        Make(directory);
        CommandCall missing = CommandCall.Of("check-data");
        Assert.Equal((2, "hetero: the data set is missing; accepted is its manifest, such as data.json, or the folder of it.\n"), (missing.Code, missing.Error));
        Refused("nothing.json", "' cannot be read (No such file or directory); accepted is the manifest of a data set (JSON) and the arrays that it names.");
        Refused("0-x.npy", "' is not JSON");
        File.Delete(directory.File("1-y.npy"));
        Refused("data.json", "1-y.npy' is not there; accepted is an array (.npy, or .npz:name)");
        byte[] x = File.ReadAllBytes(directory.File("0-x.npy"));
        File.WriteAllBytes(directory.File("0-x.npy"), x[..^1]);
        Refused("data.json", "0-x.npy' has 67199 bytes of numbers; accepted is 67200, as its shape (400, 21) of f8 needs.");
        x.AsSpan(^8).Fill(0xFF);
        File.WriteAllBytes(directory.File("0-x.npy"), x);
        Refused("data.json", "0-x.npy' has NaN in row 399, at place 20 of it, both counted from 0; accepted is finite numbers.");
        CommandCall same = CommandCall.Of("check-data", directory.Path, "--json", directory.File("data.json"));
        Assert.Equal(2, same.Code);
        Assert.Contains("another file than that of 'DATA', which is read", same.Error, StringComparison.Ordinal);

        void Refused(string file, string message)
        {
            CommandCall call = CommandCall.Of("check-data", directory.File(file), "--json", directory.File("findings.json"));
            Assert.Equal((2, ""), (call.Code, call.Output));
            Assert.Contains(message, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
            Assert.False(File.Exists(directory.File("findings.json")));
        }
    }

    private static void Make(TemporaryDirectory directory)
        => Assert.Equal(0, CommandCall.Of([.. "generate --dimension 6 --samples 400 --orthogonal --out".Split(' '), directory.Path]).Code);
}
