using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Sweep;

/// <summary>
/// A file with rows of runs in the folder of a sweep. What can be made again is not held against the rest: a damaged line is left out, and a task's file that has something else than rows, such
/// as the zeros that a power cut leaves, counts as missing, both with a warning. A file with rows of another version is refused.
/// </summary>
internal static class RowFile
{
    /// <summary>Opens a file to append to.</summary>
    /// <exception cref="InvalidDataException">It is no file, or has something else than rows.</exception>
    public static SweepLog Open(string path)
    {
        CheckKind(path);
        return SweepLog.Open(path);
    }

    /// <summary>Opens the file of a task to append to; one that has something else than rows is begun anew.</summary>
    /// <exception cref="InvalidDataException">It is no file, or has rows of another version.</exception>
    public static SweepLog Open(string path, CommandContext context)
    {
        SweepLog rows;
        try
        {
            rows = Open(path);
        }
        catch (InvalidDataException) when (!CanHaveRows(path))
        {
            WarnOfOther(path, context);
            Empty(path);
            rows = Open(path);
        }

        WarnOfDamage(rows, path, context);
        return rows;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no file, or has something else than rows.</exception>
    public static SweepLog Read(string path)
    {
        CheckKind(path);
        return SweepLog.Read(path);
    }

    /// <summary>Reads a file of rows that can be made again.</summary>
    /// <exception cref="InvalidDataException">It is no file, or has rows of another version.</exception>
    public static SweepLog Read(string path, CommandContext context)
    {
        try
        {
            SweepLog rows = Read(path);
            WarnOfDamage(rows, path, context);
            return rows;
        }
        catch (InvalidDataException) when (!CanHaveRows(path))
        {
            WarnOfOther(path, context);
            return SweepLog.InMemory();
        }
    }

    private static void CheckKind(string path)
    {
        if (FileStatus.Of(path).Kind is not (FileKind.File or FileKind.Missing))
        {
            throw new InvalidDataException($"'{Shown.Of(path)}' is no file; accepted is a file with rows of runs.");
        }
    }

    /// <summary>Takes away what is in a file, if it is still something else than rows once nobody else can open it: another process may have begun it anew meanwhile.</summary>
    private static void Empty(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        if (!BeginsAsRows(stream))
        {
            stream.SetLength(0);
        }
    }

    /// <summary>Whether it begins as rows of any version do, or is nothing to be read as a file.</summary>
    private static bool CanHaveRows(string path)
    {
        if (FileStatus.Of(path).Kind != FileKind.File)
        {
            return true;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return BeginsAsRows(stream);
    }

    private static bool BeginsAsRows(FileStream stream)
    {
        ReadOnlySpan<byte> expected = "run,status,step,"u8;
        Span<byte> found = stackalloc byte[expected.Length];
        int length = stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        return length == found.Length && found.SequenceEqual(expected);
    }

    private static void WarnOfDamage(SweepLog rows, string path, CommandContext context)
    {
        if (rows.Damaged > 0)
        {
            context.Warn($"'{Shown.Of(path)}' has damaged lines, {Texts.Of(rows.Damaged)}, which are left out.");
        }
    }

    private static void WarnOfOther(string path, CommandContext context)
        => context.Warn($"'{Shown.Of(path)}' has something else than rows of runs, and counts as missing.");
}
