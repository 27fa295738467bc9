using Hetero.Experiments.Tables;
using Xunit;

namespace Hetero.Experiments.Tests.Tables;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b", "1|2")]
    [InlineData("a,b\r\n1,2\r\n,\r\n", "a|b", "1|2", "|")]
    [InlineData("a\n\"x, \"\"y\"\"\"\n", "a", "x, \"y\"")]
    [InlineData("a,b\n\"two\nlines\",\"\"\r\n3,4\n", "a|b", "two\nlines|", "3|4")]
    [InlineData("a,b\n", "a|b")]
    public void Reads_header_and_rows(string text, string header, params string[] rows)
    {
        CsvTable table = CsvReader.Read(text);
        Assert.Equal(header, string.Join('|', table.Columns));
        Assert.Equal(rows, table.Rows.Select(row => string.Join('|', row)));
    }

    // What the writer makes of any cells comes back.
    [Fact]
    public void What_was_written_comes_back()
    {
        string[] pieces = ["", "a", ",", "\"", "\n", "\"\"", "1.5", " ", ",\"\n", "é", "x,y"];
        CsvTable table = new("one", "two");
        foreach (string first in pieces)
        {
            foreach (string second in pieces)
            {
                table.Add(first + second, second);
            }
        }

        using StringWriter writer = new();
        table.Write(writer);
        CsvTable again = CsvReader.Read(writer.ToString());
        Assert.Equal(table.Columns, again.Columns);
        Assert.Equal(table.Rows, again.Rows);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a,b", "ends in the middle of line 1")]
    [InlineData("a,b\n1,2\n3", "ends in the middle of line 3")]
    [InlineData("a,b\n1,2\n3,4", "ends in the middle of line 3")]
    [InlineData("a,b\n1\n", "has 1 cells in line 2, where the header has 2")]
    [InlineData("a,b\n\"1\n\",2\n1,2,3\n", "has 3 cells in line 4, where the header has 2")]
    [InlineData("a,a\n", "has the column 'a' twice")]
    [InlineData("a,\n", "has a column without a name")]
    [InlineData("a\nx\"y\n", "has a quotation mark in line 2")]
    [InlineData("a\n\"x\"y\n", "has a quotation mark in line 2")]
    [InlineData("a\n\"x\ny", "has a quotation mark in line 2")]
    public void Says_what_is_the_matter(string text, string message)
        => Assert.StartsWith(message, Assert.Throws<FormatException>(() => CsvReader.Read(text)).Message, StringComparison.Ordinal);
}
