using System.Globalization;
using System.Text;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Tests.Support;
using Hetero.Core.Environments;
using Xunit;

namespace Hetero.Cli.Tests.Input;

public class EnvironmentFileTests
{
    [Fact]
    public void Probabilities_and_matrices()
    {
        FiniteEnvironments list = Read("""{"environments":[{"probability":0.25,"sigma":[[1,2],[2,3]]},{"probability":0.75,"sigma":[[-1,0],[0,1]]}]}""", 2);
        double[] sigma = new double[4];
        list.CopyMatrix(0, sigma);
        Assert.Equal([1, 2, 2, 3], sigma);
        Assert.Equal(0.75, list.GetProbability(1));
    }

    [Fact]
    public void Without_probabilities_equal_odds()
        => Assert.Equal(1.0 / 3, Read("""{"environments":[{"sigma":[[1]]},{"sigma":[[2]]},{"sigma":[[3]]}]}""", 1).GetProbability(2));

    [Theory]
    [InlineData("", "not JSON, or nested too deeply, at line 1, byte 1")]
    [InlineData("\ufeff", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("""{"environments":[{"sigma":[[1]]}]}{}""", "not JSON", "line 1, byte 35")]
    [InlineData("null", "null as the document")]
    [InlineData("{\"environments\":[\n{\"sigma\":[[1]]},\n]}", "not JSON", "line 3, byte 1")]
    [InlineData("""{"environments":[{"sigma":[[1],]}]}""", "not JSON")]
    [InlineData("""{"environments":[{"sigma":[[1,]]}]}""", "not JSON")]
    [InlineData("""{"environments":[{"sigma":[[1]],}]}""", "not JSON")]
    [InlineData("""{"environments":[{"sigma":[[1]]}]} // a remark""", "not JSON")]
    [InlineData("""{"environments":[{"sigma":[[NaN]]}]}""", "not JSON")]
    [InlineData("""{"environments":[{"sigma":[[.5]]}]}""", "not JSON")]
    [InlineData("""{"environments":[{"sigma":[[[1]]]}]}""", "nested too deeply")]
    [InlineData("""{"environments":[{"sigma":[[{}]]}]}""", "nested too deeply")]
    [InlineData("""{"environments":[{"sigma":[[1]]}],"environments":[{"sigma":[[2]]}]}""", "'environments' twice in the document")]
    [InlineData("""{"environments":[{"sigma":[[1]],"sigma":[[2]]}]}""", "'sigma' twice in environments[0]")]
    [InlineData("""{"environments":[{"sigma":[[1]],"probability":1,"probabilit\u0079":0.5}]}""", "'probability' twice in environments[0]")]
    [InlineData("""{"\ud800":[]}""", "'\\ud800' in the document")]
    [InlineData("""{"environments":[{"\ud800":1}]}""", "'\\ud800' in environments[0]")]
    [InlineData("""{"environments":[{"sigma":["\ud800"]}]}""", "\"\\ud800\" as a row")]
    [InlineData("""{"environments":[{"sigma":[]}]}""", "0 rows in environments[0].sigma")]
    [InlineData("""{"environments":[{"sigma":[[]]}]}""", "[] as a row")]
    [InlineData("""{"environments":[{"sigma":[[null]]}]}""", "null in environments[0].sigma", "a finite number")]
    [InlineData("""{"environments":[{"sigma":[[-1e999999999999]]}]}""", "-1e999999999999 in environments[0].sigma", "a finite number")]
    [InlineData("""{"environments":[{"sigma":[[1]],"probability":"1"}]}""", "\"1\" in environments[0].probability", "a finite number above 0")]
    [InlineData("""{"environments":[{"sigma":[[1]],"probability":0},{"sigma":[[1]],"probability":1}]}""", "0 in environments[0].probability", "above 0")]
    [InlineData("""{"environments":[{"sigma":[[1]],"probability":{}}]}""", "{} in environments[0].probability")]
    [InlineData("[]", "array as the document")]
    [InlineData("{}", "no 'environments'")]
    [InlineData("""{"environments":1}""", "number as 'environments'")]
    [InlineData("""{"environments":[]}""", "no environment", "at least one")]
    [InlineData("""{"environments":[1]}""", "number as environments[0]")]
    [InlineData("""{"environments":[{}]}""", "no 'sigma' in environments[0]")]
    [InlineData("""{"environments":[{"sigma":[[1]]}],"more":1}""", "'more' in the document")]
    [InlineData("""{"environments":[{"sigma":[[1]],"probabilty":1}]}""", "'probabilty' in environments[0]")]
    [InlineData("""{"environments":[{"sigma":[[1,2],[2,1]]}]}""", "2 rows in environments[0].sigma", "'--spurious-rank' is 1")]
    [InlineData("""{"environments":[{"sigma":[[1,2]]}]}""", "[1,2] as a row", "'--spurious-rank' is 1")]
    [InlineData("""{"environments":[{"sigma":["x"]}]}""", "\"x\" as a row")]
    [InlineData("""{"environments":[{"sigma":[["x"]]}]}""", "\"x\" in environments[0].sigma", "a finite number")]
    [InlineData("""{"environments":[{"sigma":[[1e999]]}]}""", "1e999 in environments[0].sigma", "a finite number")]
    [InlineData("""{"environments":[{"sigma":[[1]],"probability":0.5},{"sigma":[[1]]}]}""", "2 environments and 1 probabilities")]
    [InlineData("""{"environments":[{"sigma":[[1]],"probability":0.5}]}""", "'probabilities' has the sum 0.5", "1 within 1E-09")]
    [InlineData("""{"environments":[{"sigma":[[1]],"probability":-1},{"sigma":[[1]],"probability":2}]}""", "-1 in environments[0].probability")]
    public void What_is_wrong_with_a_file(string text, params string[] fragments)
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("list.json", text);
        CommandCall call = CommandCall.Line($"run --dimension 4 --environments {file}");
        Assert.Equal(2, call.Code);
        string line = Assert.Single(call.ErrorLines);
        Assert.StartsWith($"hetero: '--environments' names '{file}', which ", line, StringComparison.Ordinal);
        Assert.Contains("accepted", line, StringComparison.Ordinal);
        Assert.All(fragments, fragment => Assert.Contains(fragment, line, StringComparison.Ordinal));
    }

    [Fact]
    public void An_asymmetric_matrix()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("list.json", """{"environments":[{"sigma":[[1,2],[3,1]]}]}""");
        CommandCall call = CommandCall.Line($"run --dimension 4 --spurious-rank 2 --environments {file}");
        Assert.Equal(2, call.Code);
        Assert.Contains(
            "has 3 at (1, 0) and 2 at (0, 1) of environments[0].sigma; accepted is a symmetric matrix",
            Assert.Single(call.ErrorLines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_beyond_those_that_options_accept()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("list.json", """{"environments":[{"sigma":[[1]]},{"sigma":[[-1.1e28]]}]}""");
        CommandCall call = CommandCall.Line($"run --dimension 4 --environments {file}");
        Assert.Equal(2, call.Code);
        Assert.EndsWith(
            $"'--environments' is '{file}'; accepted is a list with numbers of size 1E+28 at most; environments[1].sigma has -1.1E+28.",
            Assert.Single(call.ErrorLines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_of_the_encoding_is_no_mistake()
        => Assert.Equal(1, Read("\ufeff" + """{ "environments" : [ { "sigma" : [ [ 1 ] ] } ] }""", 1).Count);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Another_encoding_is_named(string encoding)
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("list.json");
        File.WriteAllText(file, """{"environments":[{"sigma":[[1]]}]}""", Encoding.GetEncoding(encoding));
        CommandCall call = CommandCall.Line($"run --dimension 4 --environments {file}");
        Assert.Equal(2, call.Code);
        Assert.Contains("which is not in UTF-8; accepted is", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_brackets_and_a_rank_that_the_file_only_claims_cost_nothing()
    {
        using TemporaryDirectory directory = new();
        string rows = string.Join(',', Enumerable.Repeat("[]", 20_000)), row = string.Join(',', Enumerable.Repeat("0", 20_000));
        foreach (string text in new[]
        {
            new string('[', 1_000_000),
            """{"environments":[{"sigma":[[""" + new string('[', 1_000_000),
            """{"environments":[{"sigma":[""" + rows + "]}]}",
            """{"environments":[{"sigma":[[""" + row + "]," + rows[3..] + "]}]}",
        })
        {
            string file = directory.Write("list.json", text);
            long before = GC.GetAllocatedBytesForCurrentThread();
            UsageException refusal = Assert.Throws<UsageException>(() => EnvironmentFile.Read("--environments", file, 20_000));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
            Assert.True(refusal.Message.Length < 600, refusal.Message);
        }
    }

    [Fact]
    public void A_device_that_never_ends()
    {
        if (!File.Exists("/dev/zero"))
        {
            Assert.Skip("This system has no /dev/zero.");
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        CommandCall call = CommandCall.Line("run --dimension 4 --environments /dev/zero");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5L * EnvironmentFile.MaxBytes);
        Assert.Equal(2, call.Code);
        Assert.Contains("'--environments' is '/dev/zero'", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("JSON file of at most 64.0 MiB", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory()
    {
        using TemporaryDirectory directory = new();
        CommandCall call = CommandCall.Line($"run --dimension 4 --environments {directory.Path}");
        Assert.Equal(2, call.Code);
        Assert.Contains($"'--environments' is '{directory.Path}'; accepted is two-point", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_environments()
    {
        const int Count = 1_000_000;
        using TemporaryDirectory directory = new();
        StringBuilder text = new("{\"environments\":[");
        for (int e = 0; e < Count; e++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(e == 0 ? "" : ",")}{{\"sigma\":[[{e / (double)Count}]]}}");
        }

        string file = directory.Write("list.json", text.Append("]}").ToString());
        IReadOnlyList<ListedEnvironment> list = EnvironmentFile.Read("--environments", file, 1);
        Assert.Equal((Count, (Count - 1) / (double)Count), (list.Count, list[^1].Sigma[0]));
        CommandCall call = CommandCall.Line($"run --dimension 4 --steps 2 --environments {file}");
        Assert.Equal((0, ""), (call.Code, call.Error));
    }

    [Fact]
    public void Numbers_are_those_that_their_digits_say()
    {
        Random random = new(5);
        byte[] bits = new byte[8];
        for (int trial = 0; trial < 2000; trial++)
        {
            random.NextBytes(bits);
            double value = BitConverter.ToDouble(bits);
            string text = trial % 2 == 0 ? value.ToString("R", CultureInfo.InvariantCulture) : value.ToString("E40", CultureInfo.InvariantCulture);
            if (!double.IsFinite(value))
            {
                continue;
            }

            double[] sigma = new double[1];
            Read($$"""{"environments":[{"sigma":[[{{text}}]]}]}""", 1).CopyMatrix(0, sigma);
            Assert.Equal(value, sigma[0]);
        }
    }

    [Theory]
    [InlineData("--spread 3", "'--spread 3'")]
    [InlineData("--spurious-mean 3", "'--spurious-mean 3'")]
    [InlineData("--own-draws", "'--own-draws'")]
    public void Options_that_the_file_replaces(string option, string fragment)
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("list.json", """{"environments":[{"sigma":[[1]]}]}""");
        CommandCall call = CommandCall.Line($"run --dimension 4 {option} --environments {file}");
        Assert.Equal(2, call.Code);
        Assert.Contains(fragment, Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there()
    {
        CommandCall call = CommandCall.Line("run --environments missing.json");
        Assert.Equal(2, call.Code);
        Assert.Contains("'--environments' is 'missing.json'", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
    }

    private static FiniteEnvironments Read(string text, int rank)
    {
        using TemporaryDirectory directory = new();
        IReadOnlyList<ListedEnvironment> list = EnvironmentFile.Read("--environments", directory.Write("list.json", text), rank);
        return (FiniteEnvironments)new EnvironmentRecipe { List = list }.Create(rank);
    }
}
