using FsCheck;
using FsCheck.Fluent;
using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

public class TextTests
{
    [Fact]
    public void Broken_lines_fit_and_keep_every_letter() => Prop.ForAll<NonNull<string>, PositiveInt>((text, width) =>
    {
        double room = width.Get + 40;
        IReadOnlyList<string> lines = TextWrap.Lines(text.Get, TextStyle.Legend, room);
        Assert.All(lines, l => Assert.True(TextWidth.Of(l, TextStyle.Legend) <= room));
        Assert.Equal(Letters(Whole(text.Get)), Letters(string.Concat(lines)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bold_and_larger_text_is_wider()
    {
        Assert.True(TextWidth.Of("abc", TextStyle.Title) > TextWidth.Of("abc", TextStyle.Legend));
        Assert.True(TextWidth.Of("10⁻³", TextStyle.Legend) < TextWidth.Of("10-3", TextStyle.Legend) + 10);
        Assert.Equal(0, TextWidth.Of("", TextStyle.Legend));
    }

    // Lone surrogates come out as replacement characters when text is taken apart into code points.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());

    private static string Letters(string text) => string.Concat(Whole(text).Where(c => !char.IsWhiteSpace(c)));
}
