using System.Text;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>Shows rows as they come, and collects them for a file.</summary>
internal sealed class Report
{
    private readonly TextWriter _console;
    private readonly StringBuilder _table = new();
    private readonly List<string> _notes = [];

    public Report(TextWriter console, int rounds)
    {
        _console = console;
        Facts = new RunFacts(rounds, Pace.Full);
        Line(PeerTable.Header);
    }

    /// <summary>Gets what is known about the run.</summary>
    public RunFacts Facts { get; }

    /// <summary>Gets whether two sides did not compute the same.</summary>
    public bool HasMismatch { get; private set; }

    public void Add(PeerCase one, int threads, Dictionary<IContender, double[]> times)
    {
        foreach (Comparison comparison in one.Comparisons)
        {
            Line(PeerTable.Row(comparison, threads, times[comparison.Ours], times[comparison.Theirs]));
        }

        HasMismatch |= one.Mismatches.Count > 0;
        _notes.AddRange(one.Notes.Except(_notes));
        _notes.AddRange(one.Mismatches.Select(mismatch => $"NOT THE SAME WORK: {mismatch}."));
    }

    /// <summary>Prints what belongs below the table.</summary>
    /// <returns>All of it as a document.</returns>
    public string Finish()
    {
        string below = string.Join(Environment.NewLine, Facts.Lines().Concat(_notes).Select(line => $"- {line}"));
        _console.WriteLine();
        _console.WriteLine(below);
        return $"# Hetero.Core and its peers{Environment.NewLine}{Environment.NewLine}{_table}{Environment.NewLine}{below}{Environment.NewLine}";
    }

    private void Line(string text)
    {
        _console.WriteLine(text);
        _table.AppendLine(text);
    }
}
