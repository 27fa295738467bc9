using System.Globalization;
using Hetero.Cli.Tests.Support;

namespace Hetero.Cli.Tests.Sweep;

/// <summary>Calls the command with lines of the sweep, each in a directory of its own, and judges the answers.</summary>
internal sealed class SweepRun : IDisposable
{
    // Beyond this many multiplications a line is only begun: cancelled at once, it is still read, checked and set up.
    private const double MostWork = 5e6;

    private readonly TemporaryDirectory _directory = new();
    private int _next;

    /// <summary>How many lines ended with each exit code, and how many that succeeded were runs whose numbers were looked at.</summary>
    public int[] Counts { get; } = new int[4];

    /// <summary>Says what is wrong with the answer to a line; null if nothing is.</summary>
    public string? Judge(SweepCase line)
    {
        string folder = NewFolder();
        SweepCase resolved = Resolve(line, folder);
        CommandCall call = Call(resolved);
        Counts[Math.Clamp(call.Code, 0, 2)]++;
        string? fault = SweepJudge.Judge(resolved, call)
            ?? (IsFinishedRun(resolved, call) ? Numbers(line, resolved, call) : null)
            ?? (resolved.Command == "theory" && call.Code == 0 ? SweepNumbers.Theory(resolved, call.Output) : null)
            ?? Leftovers(folder);
        return fault is null ? null : $"{fault}\n  exit code {call.Code}\n  {call.Error.TrimEnd()}";
    }

    public void Dispose() => _directory.Dispose();

    private static CommandCall Call(SweepCase resolved)
        => CommandCall.Cancelled(new CancellationToken(canceled: IsLong(resolved)), [.. resolved.Parts.SelectMany(part => part.Words)]);

    /// <summary>The line with its files. Figures without a directory that is named would be made where the tests run.</summary>
    private static SweepCase Resolve(SweepCase line, string folder)
        => new([
            .. line.Parts.Take(1),
            .. line.Command == "reproduce" && !line.Has("--out") ? new[] { SweepPart.Of("--out", Path.Combine(folder, "figures")) } : [],
            .. line.Parts.Skip(1).Select(part => SweepFiles.Resolve(part, folder)),
        ]);

    private string NewFolder() => Directory.CreateDirectory(_directory.File((_next++).ToString(CultureInfo.InvariantCulture))).FullName;

    private string? Numbers(SweepCase line, SweepCase resolved, CommandCall call)
    {
        Counts[3]++;
        string rows = RowsOf(resolved, call);
        string? manifest = resolved.ValueOf("--json");
        string? fault = SweepNumbers.Judge(resolved, call, rows)
            ?? (File.Exists(manifest) ? SweepNumbers.Manifest(resolved, call, File.ReadAllText(manifest)) : null);
        if (fault is not null || Counts[3] % 8 != 0)
        {
            return fault;
        }

        // The same numbers again, on another number of threads.
        SweepCase again = Resolve(line.With("--threads", line.ValueOf("--threads") == "3" ? "1" : "3"), NewFolder());
        CommandCall second = Call(again);
        return second.Code == call.Code && RowsOf(again, second) == rows ? null : $"another number of threads gives other numbers: {second.Error}";
    }

    private static string RowsOf(SweepCase resolved, CommandCall call)
        => resolved.ValueOf("--out") is { } path and not "-" ? File.ReadAllText(path) : call.Output;

    private static bool IsFinishedRun(SweepCase line, CommandCall call)
        => line.Command == "run" && !line.Has("--dry-run") && !line.Parts.Any(part => part.Words[0] is "--help" or "-h" or "-?")
            && (call.Code == 0 || (call.Code == 1 && call.Error.Contains("diverged", StringComparison.Ordinal)));

    private static string? Leftovers(string folder)
    {
        string[] left = [.. Directory.GetFileSystemEntries(folder, "*.tmp")];
        Directory.Delete(folder, recursive: true);
        return left.Length == 0 ? null : $"it leaves {string.Join(' ', left)}";
    }

    /// <summary>Whether a line, if it is accepted, would work for longer than an eye blinks.</summary>
    private static bool IsLong(SweepCase line)
    {
        switch (line.Command)
        {
            case "reproduce":
                return true;
            case "verify":
                string[] words = [.. line.Parts.Where(part => part.Option is null).Select(part => part.Words[0])];
                string[] sizes = ["--dimension", "--invariant-rank", "--spurious-rank", "--factor-columns"];
                return words is not [_, "L8" or "l8"] || Size(line, "--trials", 1000) > 9 || Array.Exists(sizes, size => Size(line, size, 12) > 30);
            case "run" or "compare":
                double entries = Math.Pow(Size(line, "--dimension", 100), 2), ranks = Size(line, "--spurious-rank", 1);
                string algorithm = line.ValueOf("--algorithm") ?? "";
                bool isExplicit = line.ValueOf("--measurements") is "regenerated" or "stored";
                bool isPooled = algorithm is "pooled-gd" or "pooled-sgd" || line.Has("--pooled-share");
                double scalars = 1 + (line.Has("--own-draws") ? ranks : 0) + (line.Has("--off-diagonal") ? ranks * ranks / 2 : 0);
                double environments = isPooled ? Math.Pow(2, Math.Min(scalars, 30)) : 1;
                double samples = Size(line, "--samples", 8000);
                double batches = isExplicit ? samples * (algorithm == "pooled-gd" ? environments : 1)
                    : isPooled ? environments + (scalars * samples)
                    : 1;
                double runs = line.Command == "compare" ? 3 * Size(line, "--seeds", 20) : 1;
                double gradients = Size(line, "--clients", 1) * Size(line, "--local-steps", 1);
                return !(entries * batches * runs * gradients * (1 + Size(line, "--steps", 200)) <= MostWork) || ranks > 1000;
            default:
                return false;
        }
    }

    /// <summary>The size that an option asks for; without bounds where nothing can be read from it.</summary>
    private static double Size(SweepCase line, string option, double otherwise)
        => !line.Has(option) ? otherwise
            : double.TryParse(line.ValueOf(option), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 ? value
            : double.PositiveInfinity;
}
