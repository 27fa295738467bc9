using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Sweep;

/// <summary>The files that tasks leave in a sweep's folder.</summary>
internal static class TaskFile
{
    /// <summary>The ending of the file of a task that has ended.</summary>
    public const string Ended = ".csv";

    /// <summary>The ending of the file of a task that has only begun.</summary>
    public const string Begun = ".log";

    /// <summary>Whether a name is that of a task's file, of whatever plan.</summary>
    public static bool IsOne(string path)
        => Path.GetExtension(path) is Ended or Begun && Path.GetFileNameWithoutExtension(path) is { Length: SweepTask.IdDigits } id && id.All(char.IsAsciiHexDigitLower);
}
