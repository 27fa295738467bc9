using Hetero.Cli.Output;
using Xunit;

namespace Hetero.Cli.Tests.Output;

public class ProgressLineTests
{
    [Fact]
    public void Nobody_watches_a_pipe()
        => Assert.Null(ProgressLine.Start(new CommandContext(TextWriter.Null, TextWriter.Null, ShowsProgress: false, default), "step", 0, 10));

    [Fact]
    public void A_short_run_is_quiet()
    {
        Clock clock = new();
        using StringWriter text = new();
        using (ProgressLine line = Start(text, clock))
        {
            clock.Seconds = 0.9;
            line.Report(9);
        }

        Assert.Empty(text.ToString());
    }

    [Fact]
    public void A_long_run_says_what_is_left_and_cleans_up()
    {
        Clock clock = new();
        using StringWriter text = new();
        using (ProgressLine line = Start(text, clock))
        {
            clock.Seconds = 2;
            line.Report(4);
            clock.Seconds = 2.1;
            line.Report(5);
        }

        Assert.Equal("\rstep 4 of 10, 3 s left\r                      \r", text.ToString());
    }

    [Fact]
    public void A_share_of_the_work_is_shown_in_per_cent()
    {
        Clock clock = new();
        using StringWriter text = new();
        using (ProgressLine line = Start(text, clock))
        {
            clock.Seconds = 2;
            line.Report(0.25);
        }

        Assert.StartsWith("\rstep 25 %, 6 s left", text.ToString(), StringComparison.Ordinal);
    }

    private static ProgressLine Start(TextWriter text, Clock clock)
        => ProgressLine.Start(new CommandContext(TextWriter.Null, text, ShowsProgress: true, default), "step", 0, 10, clock)!;

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
