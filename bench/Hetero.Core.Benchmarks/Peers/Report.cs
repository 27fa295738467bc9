using System.Globalization;
using System.Text;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>Shows rows as they come, and collects them for a file.</summary>
internal sealed class Report
{
    private readonly TextWriter _console;
    private readonly StringBuilder _table = new();
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _versions = [];
    private readonly string _loadBefore = Machine.Load;

    public Report(TextWriter console)
    {
        _console = console;
        Line(PeerTable.Header);
    }

    /// <summary>Gets whether two sides did not compute the same.</summary>
    public bool HasMismatch { get; private set; }

    public void Add(PeerCase one, int threads, Dictionary<IContender, double[]> times)
    {
        foreach (Comparison comparison in one.Comparisons)
        {
            Line(PeerTable.Row(comparison, threads, times[comparison.Ours], times[comparison.Theirs]));
        }

        HasMismatch |= one.Mismatches.Count > 0;
        _notes.AddRange(one.Notes);
        _notes.AddRange(one.Mismatches.Select(mismatch => $"NOT THE SAME WORK: {mismatch}."));
    }

    public void AddVersions(IEnumerable<WorkerInfo> workers)
    {
        foreach (WorkerInfo worker in workers)
        {
            _versions.Add($"Python {worker.Python}");
            _versions.Add($"NumPy {worker.NumPy}");
            if (worker.OpenBlas is not null)
            {
                _versions.Add($"{worker.OpenBlas} with its {worker.Core} kernels");
            }

            if (worker.Torch is not null)
            {
                _versions.Add($"PyTorch {worker.Torch}");
            }
        }
    }

    /// <summary>Prints what belongs below the table.</summary>
    /// <returns>All of it as a document.</returns>
    public string Finish(int rounds)
    {
        string[] facts =
        [
            $"- {Machine.Processor}, {Environment.ProcessorCount} logical processors, {HardwareInfo.OperatingSystem}",
            $"- {HardwareInfo.Runtime}, path {SimdPath.Name}, {Compilation}",
            $"- {(_versions.Count == 0 ? "no peers" : string.Join(", ", _versions))}",
            $"- medians of {rounds.ToString(CultureInfo.InvariantCulture)} alternating rounds of {Rounds.FillSeconds * 1000:0} ms each; "
                + $"load of the machine {_loadBefore} before and {Machine.Load} after",
            .. _notes.Select(note => $"- {note}"),
        ];
        string below = string.Join(Environment.NewLine, facts);
        _console.WriteLine();
        _console.WriteLine(below);
        return $"# Hetero.Core and its peers{Environment.NewLine}{Environment.NewLine}{_table}{Environment.NewLine}{below}{Environment.NewLine}";
    }

    private static string Compilation
        => Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") == "0" ? "compiled once" : "tiered compilation, warmed up to its last tier";

    private void Line(string text)
    {
        _console.WriteLine(text);
        _table.AppendLine(text);
    }
}
