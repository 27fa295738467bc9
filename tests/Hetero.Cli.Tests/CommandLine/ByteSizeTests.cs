using Hetero.Cli.CommandLine;
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
    public void Reads(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse("--memory", text));

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("-1")]
    [InlineData("1k")]
    [InlineData("1KK")]
    [InlineData("1BK")]
    [InlineData("1i")]
    [InlineData("1e3")]
    [InlineData("0.5")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999T")]
    public void Refuses(string text)
        => Assert.StartsWith(
            $"'--memory' is '{text}'",
            Assert.Throws<UsageException>(() => ByteSize.Parse("--memory", text)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(10 * 1024 * 1024, "10.0 MiB")]
    [InlineData(312 * 1024 * 1024, "312 MiB")]
    [InlineData(1L << 50, "1024 TiB")]
    public void Writes(long bytes, string text) => Assert.Equal(text, ByteSize.Of(bytes));
}
