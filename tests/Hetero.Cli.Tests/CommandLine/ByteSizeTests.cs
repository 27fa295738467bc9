using Hetero.Cli.Tests.Support;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;
using Xunit;

namespace Hetero.Cli.Tests.CommandLine;

public class ByteSizeTests
{
    [Theory]
    [InlineData("123", 123)]
    [InlineData("5B", 5)]
    [InlineData("1K", 1000)]
    [InlineData("1KB", 1000)]
    [InlineData("1KiB", 1024)]
    [InlineData("1.5M", 1500000)]
    [InlineData("2MiB", 2 * 1024 * 1024)]
    [InlineData("3G", 3_000_000_000)]
    [InlineData("1TiB", 1L << 40)]
    [InlineData("1.95 GiB", 2093796556)]
    [InlineData("5 B", 5)]
    public void Reads(string text, long bytes) => Assert.Equal(bytes, Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("-1")]
    [InlineData("1k")]
    [InlineData("1KK")]
    [InlineData("1BK")]
    [InlineData("1i")]
    [InlineData("1e3")]
    [InlineData("1  K")]
    [InlineData(" 1K")]
    [InlineData("1 ")]
    [InlineData(" ")]
    [InlineData("0.5")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999T")]
    public void Refuses(string text)
        => Assert.StartsWith(
            $"'--memory' is '{text}'",
            Assert.Throws<RecipeException>(() => Read(text)).CommandText,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(10 * 1024 * 1024, "10.0 MiB")]
    [InlineData(312 * 1024 * 1024, "312 MiB")]
    [InlineData(1L << 50, "1024 TiB")]
    public void Writes(long bytes, string text) => Assert.Equal(text, ByteSize.Of(bytes));

    [Fact]
    public void Reads_what_it_writes_to_three_digits()
    {
        for (long bytes = 1; bytes < long.MaxValue / 3; bytes += (bytes / 3) + 1)
        {
            long read = Read(ByteSize.Of(bytes));
            Assert.InRange(read, bytes * 0.995, bytes * 1.005);
        }
    }

    [Fact]
    public void Reads_what_info_prints()
    {
        string line = Assert.Single(CommandCall.Line("info").Lines, text => text.StartsWith("memory", StringComparison.Ordinal));
        string memory = line[(line.LastIndexOf("take ", StringComparison.Ordinal) + 5)..];
        Assert.Equal(0, CommandCall.Of("run", "--dimension", "4", "--steps", "1", "--memory", memory).Code);
    }

    private static long Read(string text) => RunOptions.Find("memory")!.Set(new RunRecipe(), text).Memory!.Value;
}
