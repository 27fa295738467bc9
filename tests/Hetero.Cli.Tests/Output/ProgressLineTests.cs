using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Xunit;

namespace Hetero.Cli.Tests.Output;

public class ProgressLineTests
{
    [Fact]
    public void Nobody_watches_a_pipe()
        => Assert.Null(ProgressLine.Start(new CommandContext(TextWriter.Null, TextWriter.Null, TerminalWidth: null, default), "step", 0, 10));

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
    public void It_makes_way_for_a_message()
    {
        Clock clock = new();
        using StringWriter text = new();
        using (ProgressLine line = Start(text, clock))
        {
            clock.Seconds = 2;
            line.Report(4);
            line.Clear();
            text.Write("a message\n");
        }

        Assert.Equal("\rstep 4 of 10, 3 s left\r                      \ra message\n", text.ToString());
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

    [Fact]
    public void A_line_never_reaches_the_last_column()
    {
        for (int columns = 0; columns < 40; columns++)
        {
            using Screen screen = new(columns);
            Clock clock = new();
            using (ProgressLine line = Start(screen, clock, () => columns))
            {
                clock.Seconds = 2;
                line.Report(4);
                Assert.Equal("step 4 of 10, 3 s left"[..Math.Clamp(columns - 1, 0, 22)].TrimEnd(), screen.Line);
                clock.Seconds = 3;
                line.Report(9);
            }

            Assert.Equal("", screen.Line);
        }
    }

    [Fact]
    public void A_window_may_become_narrower()
    {
        int columns = 80;
        using Screen screen = new(12);
        Clock clock = new();
        using (ProgressLine line = Start(screen, clock, () => columns))
        {
            columns = 12;
            clock.Seconds = 2;
            line.Report(4);
            Assert.Equal("step 4 of 1", screen.Line);
        }

        Assert.Equal("", screen.Line);
    }

    private static ProgressLine Start(TextWriter text, Clock clock, Func<int>? width = null)
        => ProgressLine.Start(new CommandContext(TextWriter.Null, text, TerminalWidth: width ?? (() => 80), default), "step", 0, 10, clock)!;

    /// <summary>A line of a terminal that fails the test where it would wrap.</summary>
    private sealed class Screen(int columns) : StringWriter
    {
        private readonly char[] _cells = new char[columns];
        private int _cursor;

        public string Line => new string(_cells).TrimEnd(' ', '\0');

        public override void Write(char value)
        {
            if (value == '\r')
            {
                _cursor = 0;
                return;
            }

            Assert.False(char.IsControl(value));
            Assert.True(_cursor < columns - 1, "The cursor is in the last column.");
            _cells[_cursor++] = value;
        }

        public override void Write(string? value)
        {
            foreach (char letter in value!)
            {
                Write(letter);
            }
        }
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
