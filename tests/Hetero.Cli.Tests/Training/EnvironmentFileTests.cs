using Hetero.Cli.Tests.Support;
using Hetero.Cli.Training;
using Hetero.Core.Environments;
using Xunit;

namespace Hetero.Cli.Tests.Training;

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
    [InlineData("{", "not JSON")]
    [InlineData("[]", "array as the document")]
    [InlineData("{}", "no 'environments'")]
    [InlineData("""{"environments":1}""", "number as 'environments'")]
    [InlineData("""{"environments":[]}""", "at least one environment")]
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
    [InlineData("""{"environments":[{"sigma":[[1]],"probability":0.5}]}""", "the sum 0.5")]
    [InlineData("""{"environments":[{"sigma":[[1]],"probability":-1},{"sigma":[[1]],"probability":2}]}""", "-1")]
    public void What_is_wrong_with_a_file(string text, params string[] fragments)
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("list.json", text);
        CommandCall call = CommandCall.Line($"run --dimension 4 --environments {file}");
        Assert.Equal(2, call.Code);
        string line = Assert.Single(call.ErrorLines);
        Assert.Contains(file, line, StringComparison.Ordinal);
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
        Assert.Contains("symmetric", Assert.Single(call.ErrorLines), StringComparison.Ordinal);
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
        return EnvironmentFile.Read("--environments", directory.Write("list.json", text), rank);
    }
}
