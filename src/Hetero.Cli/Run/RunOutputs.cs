using Hetero.Cli.Output;

namespace Hetero.Cli.Run;

/// <summary>The files that a run writes, opened before it starts: a mistyped directory shall not cost an hour of training.</summary>
internal sealed class RunOutputs : IDisposable
{
    private RunOutputs(AtomicFile? trajectory, AtomicFile? manifest, AtomicFile? checkpoint)
        => (Trajectory, Manifest, Checkpoint) = (trajectory, manifest, checkpoint);

    /// <summary>Where rows go; null for standard output.</summary>
    public AtomicFile? Trajectory { get; }

    public AtomicFile? Manifest { get; }

    public AtomicFile? Checkpoint { get; }

    public static RunOutputs Open(string? trajectory, string? manifest, string? checkpoint)
    {
        CheckDifferent("--out", trajectory, "--json", manifest);
        CheckDifferent("--out", trajectory, "--checkpoint", checkpoint);
        CheckDifferent("--json", manifest, "--checkpoint", checkpoint);
        AtomicFile? first = null, second = null;
        try
        {
            first = trajectory is null ? null : AtomicFile.Open("--out", trajectory);
            second = manifest is null ? null : AtomicFile.Open("--json", manifest);
            return new RunOutputs(first, second, checkpoint is null ? null : AtomicFile.Open("--checkpoint", checkpoint));
        }
        catch
        {
            first?.Dispose();
            second?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Trajectory?.Dispose();
        Manifest?.Dispose();
        Checkpoint?.Dispose();
    }

    private static void CheckDifferent(string option, string? path, string otherOption, string? otherPath)
    {
        if (!string.IsNullOrEmpty(path) && !string.IsNullOrEmpty(otherPath) && Path.GetFullPath(path) == Path.GetFullPath(otherPath))
        {
            throw UsageException.Of(otherOption, otherPath, $"another file than that of '{option}'");
        }
    }
}
