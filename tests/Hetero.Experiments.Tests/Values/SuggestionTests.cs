using Hetero.Experiments.Values;
using Xunit;

namespace Hetero.Experiments.Tests.Values;

public class SuggestionTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("", "ab", 2)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("steps", "stesp", 1)]
    [InlineData("ab", "ba", 1)]
    [InlineData("abcd", "badc", 2)]
    [InlineData("ca", "abc", 3)]
    public void Counts_the_letters_to_change(string first, string second, int distance)
    {
        Assert.Equal(distance, Suggestion.Distance(first, second));
        Assert.Equal(distance, Suggestion.Distance(second, first));
    }

    [Theory]
    [InlineData("--stesp", "--steps")]
    [InlineData("--Steps", "--steps")]
    [InlineData("-steps", "--steps")]
    [InlineData("--dim", "--dimension")]
    [InlineData("--mean", "--spurious-mean")]
    [InlineData("--environment", "--environments")]
    [InlineData("--rank", null)]
    [InlineData("--x", null)]
    [InlineData("-", null)]
    [InlineData("--", null)]
    [InlineData("--version", null)]
    [InlineData("--nothing-like-it", null)]
    public void Is_near_or_nothing(string word, string? expected)
        => Assert.Equal(
            expected,
            Suggestion.Find(
                word, ["--dimension", "--steps", "--spurious-mean", "--invariant-rank", "--spurious-rank", "--environments", "--environment-order", "--out"]));

    [Fact]
    public void Takes_the_first_of_equally_near_ones() => Assert.Equal("figure1", Suggestion.Find("figure9", ["figure1", "figure2"]));

    [Fact]
    public void Without_candidates_there_is_none() => Assert.Equal("", Suggestion.For("run", []));
}
