using Hetero.Cli.Tests.Support;
using Hetero.Cli.Verify;
using Xunit;

namespace Hetero.Cli.Tests.Verify;

public class VerifyBadInputTests
{
    [Theory]
    [InlineData("verify L99", "'L99' is not a check", "accepted are", "L8")]
    [InlineData("verify L8 lemma8", "'lemma8' is not a check", "L8")]
    [InlineData("verify --list L99", "'L99' is not a check")]
    [InlineData("verify --trials 0", "'--trials' is '0'", "from 1 to 1000000")]
    [InlineData("verify --trials -3", "'--trials' is '-3'", "from 1 to 1000000")]
    [InlineData("verify --trials many", "'--trials' is 'many'", "a whole number")]
    [InlineData("verify --trials 1 --trials 2", "'--trials' is given 2 times")]
    [InlineData("verify --seed -1", "'--seed' is '-1'", "from 0 to 18446744073709551615")]
    [InlineData("verify --seed 18446744073709551616", "'--seed' is '18446744073709551616'")]
    [InlineData("verify --json", "'--json' has no value", "--json <FILE>")]
    [InlineData("verify --json --list", "'--json' has no value")]
    [InlineData("verify --list --json x", "'--json' is 'x'", "'--list'")]
    [InlineData("verify --list --markdown x", "'--markdown' is 'x'", "'--list'")]
    [InlineData("verify --list --trials 5", "'--trials' is given with '--list'", "which checks nothing")]
    [InlineData("verify --seed 1 --list", "'--seed' is given with '--list'")]
    [InlineData("verify L8 --list --dimension 5", "'--dimension' is given with '--list'")]
    [InlineData("verify --list --own-draws", "'--own-draws' is given with '--list'")]
    [InlineData("verify --json x --markdown ./x", "'--markdown' is './x'", "'--json'")]
    [InlineData("verify --jsno x", "'--jsno'", "'--json'")]
    public void What_is_refused(string line, params string[] fragments) => Refused(CommandCall.Line(line), fragments);

    [Fact]
    public void An_empty_id() => Refused(CommandCall.Of("verify", ""), "'' is not a check");

    [Theory]
    [InlineData("--json")]
    [InlineData("--markdown")]
    public void Files_that_cannot_be_written_are_found_first(string option)
    {
        using TemporaryDirectory directory = new();
        string missing = directory.File("missing/x");
        Refused(CommandCall.Of("verify", "--trials", "1", option, missing), $"'{option}' is '{missing}'", "existing directory");
        Refused(CommandCall.Of("verify", "--trials", "1", option, directory.Path), $"'{option}' is '{directory.Path}'", "not a directory");
        Refused(CommandCall.Of("verify", "--trials", "1", option, ""), $"'{option}' is ''", "existing directory");
        Assert.Empty(directory.Names);
    }

    [Fact]
    public void Two_names_of_one_file()
    {
        using TemporaryDirectory directory = new();
        string page = directory.Write("page.md", "# Something else\n");
        File.CreateSymbolicLink(directory.File("link"), page);
        Refused(CommandCall.Of("verify", "--trials", "1", "--json", directory.File("link"), "--markdown", page), $"'--markdown' is '{page}'", "'--json'");
        Assert.Equal("# Something else\n", File.ReadAllText(page));
    }

    [Fact]
    public void The_table_of_a_page_is_that_of_all_statements()
    {
        using TemporaryDirectory directory = new();
        string table = $"{MarkdownTable.Begin}\nall of them\n{MarkdownTable.End}\n", page = directory.Write("page.md", table);
        Refused(CommandCall.Of("verify", "L8", "--trials", "1", "--markdown", page), $"'--markdown' is '{page}'", "no ID");
        Assert.Equal(table, File.ReadAllText(page));
        Assert.Equal(0, CommandCall.Of("verify", "L8", "--trials", "1", "--markdown", directory.File("new.md")).Code);
        Assert.Contains("| L8 |", File.ReadAllText(directory.File("new.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_the_marks_stays_as_it_is()
    {
        using TemporaryDirectory directory = new();
        string page = directory.Write("page.md", "# Something else\n");
        Refused(CommandCall.Of("verify", "--trials", "1", "--markdown", page), $"'--markdown' is '{page}'", "begin: hetero verify");
        Assert.Equal(["page.md"], directory.Names);
        Assert.Equal("# Something else\n", File.ReadAllText(page));
    }

    private static void Refused(CommandCall call, params string[] fragments)
    {
        Assert.Equal(2, call.Code);
        Assert.Empty(call.Output);
        string line = Assert.Single(call.ErrorLines);
        Assert.StartsWith("hetero: ", line, StringComparison.Ordinal);
        Assert.All(fragments, fragment => Assert.Contains(fragment, line, StringComparison.Ordinal));
    }
}
