using System.Globalization;
using Hetero.Cli.CommandLine;

namespace Hetero.Cli.Output;

/// <summary>
/// One line on a terminal that says how far work has come and how long the rest will take. It appears when the work has taken a second,
/// and disappears with it. It never reaches the terminal's last column, from where it would wrap. Thread-safe.
/// </summary>
internal sealed class ProgressLine : IProgress<int>, IProgress<double>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TextWriter _writer;
    private readonly Func<int> _width;
    private readonly string _title;
    private readonly int _first;
    private readonly int _total;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _gate = new();
    private TimeSpan _next = Patience;
    private int _shown;

    private ProgressLine(TextWriter writer, Func<int> width, string title, int first, int total, TimeProvider time)
    {
        (_writer, _width, _title, _first, _total, _time) = (writer, width, title, first, total, time);
        _start = time.GetTimestamp();
    }

    /// <summary>Starts the line; null where nobody would see it.</summary>
    /// <param name="context">Where and whether.</param>
    /// <param name="title">What is counted.</param>
    /// <param name="first">The count at the beginning.</param>
    /// <param name="total">The count at the end.</param>
    /// <param name="time">The clock; null for the machine's.</param>
    public static ProgressLine? Start(CommandContext context, string title, int first, int total, TimeProvider? time = null)
        => context.TerminalWidth is { } width ? new ProgressLine(context.Error, width, title, first, total, time ?? TimeProvider.System) : null;

    /// <summary>Says how many of the total are done.</summary>
    public void Report(int value)
    {
        if (value > _first)
        {
            Report((double)(value - _first) / (_total - _first), left => string.Create(CultureInfo.InvariantCulture, $"{_title} {value} of {_total}, {left} left"));
        }
    }

    /// <summary>Says which share of the work is done, where the parts that could be counted differ in length.</summary>
    public void Report(double value)
    {
        if (value > 0)
        {
            Report(value, left => string.Create(CultureInfo.InvariantCulture, $"{_title} {Math.Floor(100 * value)} %, {left} left"));
        }
    }

    /// <summary>Says how many of the total are done, and how fast, where these differ in length and the share of the work says what is left.</summary>
    public void Report(double share, int value)
    {
        if (share > 0)
        {
            Report(share, left => string.Create(CultureInfo.InvariantCulture, $"{_title} {value} of {_total}, {Rate(value - _first)}, {left} left"));
        }
    }

    public void Dispose() => Clear();

    /// <summary>Takes the line away until the next report.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (_shown > 0)
            {
                Show("");
                _writer.Write('\r');
                _writer.Flush();
            }
        }
    }

    private void Report(double share, Func<string, string> textOf)
    {
        lock (_gate)
        {
            TimeSpan elapsed = _time.GetElapsedTime(_start);
            if (elapsed >= _next)
            {
                _next = elapsed + Interval;
                Show(textOf(Duration.Of(elapsed.TotalSeconds / share * (1 - share))));
            }
        }
    }

    private string Rate(int count)
    {
        double rate = count / _time.GetElapsedTime(_start).TotalSeconds;
        return rate >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{rate:0} a second") : string.Create(CultureInfo.InvariantCulture, $"{60 * rate:0.#} a minute");
    }

    private void Show(string text)
    {
        int room = Math.Max(0, _width() - 1);
        text = text[..Math.Min(room, text.Length)];
        if (text.Length > 0 || _shown > 0)
        {
            _writer.Write($"\r{text.PadRight(Math.Min(room, _shown))}");
            _writer.Flush();
        }

        _shown = text.Length;
    }
}
