using Hetero.Cli.CommandLine;
using Xunit;

namespace Hetero.Cli.Tests.CommandLine;

public class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("", "ab", 2)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("steps", "stesp", 2)]
    public void Counts_the_letters_to_change(string first, string second, int distance) => Assert.Equal(distance, EditDistance.Between(first, second));

    [Fact]
    public void Takes_the_first_of_equally_near_ones() => Assert.Equal("ab", EditDistance.Nearest("a", ["abc", "ab", "ba"]));
}
