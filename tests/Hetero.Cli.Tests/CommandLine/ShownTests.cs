using System.Globalization;
using System.Text;
using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Values;
using Xunit;

namespace Hetero.Cli.Tests.CommandLine;

public class ShownTests
{
    [Theory]
    [InlineData("plain text, ± 'quoted' — 日本 🎈", "plain text, ± 'quoted' — 日本 🎈")]
    [InlineData("\u001b[31mred\u0007", "\\u{1B}[31mred\\u{7}")]
    [InlineData("a\r\nb\tc\u0085\u009b", "a\\u{D}\\u{A}b\\u{9}c\\u{85}\\u{9B}")]
    [InlineData("\u202eabc\u200f\u2028\ufeff", "\\u{202E}abc\\u{200F}\\u{2028}\\u{FEFF}")]
    [InlineData("", "")]
    public void Escapes_what_steers_a_terminal(string text, string expected)
    {
        Assert.Equal(expected, Shown.Escape(text));
        Assert.Equal(expected, Shown.Escape(expected));
    }

    [Fact]
    public void Escapes_halves_of_pairs() => Assert.Equal("\\u{D800}x\\u{DC00}", Shown.Escape("\ud800x\udc00"));

    [Fact]
    public void No_character_that_is_left_can_do_anything()
    {
        StringBuilder all = new();
        for (int code = 0; code <= 0x10FFFF; code++)
        {
            all.Append(Rune.TryCreate(code, out Rune rune) ? rune.ToString() : ((char)code).ToString());
        }

        Assert.All(
            Shown.Escape(all.ToString()).EnumerateRunes(),
            rune => Assert.False(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 100)]
    [InlineData(100_000, 100)]
    public void Cuts_what_is_long(int length, int shown)
    {
        string text = Shown.Of(new string('x', length));
        Assert.Equal(shown, text.Count(letter => letter == 'x'));
        Assert.Equal(shown < length, text.EndsWith($"… ({length} characters)", StringComparison.Ordinal));
    }

    [Fact]
    public void Cuts_between_characters() => Assert.Equal("🎈… (8 characters)", Shown.Of("🎈🎈🎈🎈", 6));

    [Theory]
    [InlineData("--seed")]
    [InlineData("--environments")]
    [InlineData("--resume")]
    [InlineData("--memory")]
    public void What_a_user_or_a_file_brings_is_shown_so(string option)
    {
        CommandCall call = CommandCall.Of("run", option, "\u001b]0;title\u0007" + new string('y', 5000));
        Assert.Equal(2, call.Code);
        string line = Assert.Single(call.ErrorLines);
        Assert.Contains("\\u{1B}]0;title\\u{7}yy", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
        Assert.True(line.Length < 1000, line);
    }

    [Fact]
    public void A_binary_file_is_not_poured_out()
    {
        using TemporaryDirectory directory = new();
        byte[] bytes = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 37))];
        bytes[0] = 0x1b;
        File.WriteAllBytes(directory.File("x.json"), bytes);
        foreach (string option in new[] { "--environments", "--resume" })
        {
            CommandCall call = CommandCall.Of("run", "--dimension", "4", option, directory.File("x.json"));
            Assert.Equal(2, call.Code);
            string line = Assert.Single(call.ErrorLines);
            Assert.DoesNotContain(line, char.IsControl);
            Assert.True(line.Length < 1000, line);
        }
    }
}
