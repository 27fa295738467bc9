using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Tests.Support;
using Hetero.Cli.Verify;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Cli.Tests.Verify;

public class MarkdownTableTests
{
    [Fact]
    public void A_new_page_is_the_table_between_its_marks()
    {
        using TemporaryDirectory directory = new();
        Write(directory.File("new.md"), FakeCheck.Holding("L1"));
        string[] lines = File.ReadAllLines(directory.File("new.md"));
        Assert.Equal(5, lines.Length);
        Assert.Equal((MarkdownTable.Begin, MarkdownTable.End), (lines[0], lines[^1]));
        Assert.Matches(@"^\| L1 \| \(0\) \| \\\|d\\\| ≤ 12\\\* \| claim \| holds \| 4/4 \| [0-9]+ \| 0 \| Made up\. \|$", lines[3]);
    }

    [Fact]
    public void What_stands_around_the_marks_stays()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("page.md", $"# Title\n\n{MarkdownTable.Begin}\nyesterday\n{MarkdownTable.End}\n\nMore.\n");
        Write(path, FakeCheck.Holding("L1"));
        string once = File.ReadAllText(path);
        Assert.StartsWith($"# Title\n\n{MarkdownTable.Begin}\n| id |", once, StringComparison.Ordinal);
        Assert.EndsWith($"|\n{MarkdownTable.End}\n\nMore.\n", once, StringComparison.Ordinal);
        Assert.DoesNotContain("yesterday", once, StringComparison.Ordinal);
        Write(path, FakeCheck.Holding("L1"));
        Assert.Equal(once, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void The_other_bytes_of_a_page_stay(string newLine)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("page.md");
        byte[] before = Encoding.UTF8.GetBytes($"\ufeff# ± 🎈\n\r\n{MarkdownTable.Begin}{newLine}");
        byte[] after = Encoding.UTF8.GetBytes($"{MarkdownTable.End}\r\n\0end without a line end");
        File.WriteAllBytes(path, [.. before, .. "yesterday"u8, .. after]);
        Write(path, FakeCheck.Holding("L1"));
        byte[] page = File.ReadAllBytes(path);
        Assert.Equal(before, page[..before.Length]);
        Assert.Equal(after, page[^after.Length..]);
        string[] table = Encoding.UTF8.GetString(page[before.Length..^after.Length]).Split(newLine);
        Assert.Equal(4, table.Length);
        Assert.StartsWith("| id |", table[0], StringComparison.Ordinal);
        Assert.Equal("", table[^1]);
        Assert.All(table, line => Assert.DoesNotContain(line, char.IsControl));
    }

    [Theory]
    [InlineData("latin1")]
    [InlineData("utf-16")]
    public void A_page_in_another_encoding_is_refused_and_stays(string encoding)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("page.md");
        File.WriteAllText(path, $"é\n{MarkdownTable.Begin}\n{MarkdownTable.End}\n", Encoding.GetEncoding(encoding));
        byte[] before = File.ReadAllBytes(path);
        UsageException refusal = Assert.Throws<UsageException>(() => Write(path, FakeCheck.Holding("L1")));
        Assert.Contains("a page in UTF-8", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["page.md"], directory.Names);
    }

    [Fact]
    public void The_documentation_has_every_check_with_its_words_and_verdict()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "theory.md"));
        string table = page[(page.IndexOf(MarkdownTable.Begin, StringComparison.Ordinal) + MarkdownTable.Begin.Length)..page.IndexOf(MarkdownTable.End, StringComparison.Ordinal)];
        (string, string, string, string, string, double, string)[] rows =
        [
            .. table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)
                .Select(line => Regex.Split(line, @"(?<!\\)\|"))
                .Select(cells => Array.ConvertAll(cells, cell => cell.Trim()))
                .Select(cells => (cells[1], cells[2], cells[3], cells[4], cells[5], double.Parse(cells[8], CultureInfo.InvariantCulture), cells[9])),
        ];
        Assert.Equal(
            TheoryCatalog.All.Select(check => (
                check.Id,
                MarkdownTable.Escape(check.Equations),
                MarkdownTable.Escape(check.Statement),
                Finding.NameOf(check.Kind),
                Finding.NameOf(check.Stated),
                check.FalseAlarmRate,
                MarkdownTable.Escape(check.Remark))),
            rows);
    }

    private static void Write(string path, TheoryCheck check)
        => Assert.Equal(0, VerifyCommand.Execute(
            new VerifyRequest([check], null, 1, Markdown: path), new CommandContext(TextWriter.Null, TextWriter.Null, TerminalWidth: null, default)));
}
