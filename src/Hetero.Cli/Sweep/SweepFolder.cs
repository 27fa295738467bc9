using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Sweep;

/// <summary>
/// The folder of a sweep: what is trained, the rows of the runs that have ended, and the tables of all of them. Rows are appended one by one, the other files are replaced as a whole, so that
/// at any moment all of them can be read.
/// </summary>
internal sealed class SweepFolder : IDisposable
{
    /// <summary>The option that names the folder.</summary>
    public const string Option = "--out";

    /// <summary>What is trained.</summary>
    public const string Manifest = "sweep.json";

    /// <summary>The rows of runs that were made in the folder itself, while a process holds it.</summary>
    public const string Rows = "runs.log";

    /// <summary>The tasks that it is cut into.</summary>
    public const string Plan = "plan.json";

    /// <summary>The folder of the rows of tasks that were made elsewhere.</summary>
    public const string Tasks = "tasks";

    /// <summary>The table of runs.</summary>
    public const string RunTable = "runs.csv";

    /// <summary>The table of cells.</summary>
    public const string CellTable = "cells.csv";

    private readonly string _directory;
    private readonly OutputSet _outputs;
    private readonly Dictionary<string, OutputFile> _files = [];

    private SweepFolder(string directory, CommandContext context)
    {
        _directory = directory;
        _outputs = new OutputSet(context);
        foreach (string name in (string[])[RunTable, CellTable])
        {
            _files[name] = _outputs.Open(Option, PathOf(name));
        }

        Log = OpenLog(context);
    }

    /// <summary>Gets the rows, those of tasks among them.</summary>
    public SweepLog Log { get; }

    /// <summary>The option.</summary>
    public static TextOption CreateOption() => new(Option, "DIR", "The folder of the sweep.", null, "./hetero-sweep");

    /// <summary>Reads what the sweep of a folder trains; null where the folder has no manifest.</summary>
    /// <param name="option">What names the folder, for messages.</param>
    /// <param name="directory">The folder.</param>
    /// <param name="context">Takes warnings.</param>
    /// <exception cref="UsageException">The manifest is none of a sweep.</exception>
    public static SweepParts? ReadManifest(string option, string directory, CommandContext context)
    {
        string path = Path.Combine(directory, Manifest);
        return File.Exists(path) ? RecipeFile.Read(option, path, SweepOptions.AcceptedManifest, context, SweepOptions.ReadManifest) : null;
    }

    /// <summary>Whether a folder has rows or a plan of a sweep that it has no manifest of.</summary>
    public static bool HasLostManifest(string directory) => !File.Exists(Path.Combine(directory, Manifest))
        && new[] { Rows, Plan, Tasks, RunTable, CellTable }.Any(name => Path.Exists(Path.Combine(directory, name)));

    /// <summary>
    /// Refuses a folder that has other things and no sweep, or a sweep that is not to be gone on with. Nothing is written. Beside a sweep there may be anything, such as what a scheduler
    /// writes; files whose names begin with a dot are nobody's.
    /// </summary>
    /// <exception cref="UsageException">It is refused.</exception>
    public static void Check(string directory, bool isResumed, string option = Option)
    {
        if (directory.Length == 0 || !Directory.Exists(directory))
        {
            return;
        }

        string[] names = [.. Names(option, directory)];
        string[] known = [Manifest, Rows, RunTable, CellTable, Plan, Tasks];
        if (!names.Contains(Manifest) && Array.Find(names, name => !known.Contains(name) && !name.StartsWith('.')) is { } foreign)
        {
            throw UsageException.Of(option, directory, $"a folder that is new, empty or of a sweep; '{Shown.Of(foreign)}' is no file of one");
        }

        if (!isResumed && Array.Find(names, known.Contains) is { } found)
        {
            throw UsageException.Of(option, directory, $"a folder without '{found}', or '--resume' to keep the runs that it has");
        }
    }

    /// <summary>Makes the folder where it is missing, holds it, and writes what is trained.</summary>
    /// <exception cref="UsageException">It cannot be written, another process holds it, or its rows are none.</exception>
    /// <exception cref="FailedException">The manifest could not be written to its end.</exception>
    public static SweepFolder Open(string directory, SweepGrid grid, CommandContext context)
    {
        OutputDirectory.Prepare(Option, directory);
        SweepFolder folder = new(directory, context);
        try
        {
            // After the rows, which one process holds alone.
            folder.WriteManifest(grid);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Writes the tables.</summary>
    /// <exception cref="FailedException">One could not be written to the end; the rows are kept.</exception>
    public void WriteTables(SweepGrid grid, IReadOnlyList<RunSummary> summaries) => WriteTables(_outputs, _files[RunTable], _files[CellTable], grid, summaries);

    /// <summary>Writes the tables of a sweep whose rows were made elsewhere.</summary>
    /// <exception cref="UsageException">The folder cannot be written.</exception>
    /// <exception cref="FailedException">One could not be written to the end; the rows are kept.</exception>
    public static void WriteTables(string directory, SweepGrid grid, IReadOnlyList<RunSummary> summaries, CommandContext context)
    {
        using OutputSet outputs = new(context);
        WriteTables(
            outputs, outputs.Open(Option, Path.Combine(directory, RunTable)), outputs.Open(Option, Path.Combine(directory, CellTable)), grid, summaries);
    }

    private static void WriteTables(OutputSet outputs, OutputFile runs, OutputFile cells, SweepGrid grid, IReadOnlyList<RunSummary> summaries)
    {
        outputs.Try(() => runs.WriteText(writer => SweepTable.WriteRuns(writer, grid, summaries)));
        outputs.Try(() => cells.WriteText(writer => SweepTable.WriteCells(writer, grid, summaries)));
        outputs.ThrowIfFailed();
    }

    public void Dispose()
    {
        Log?.Dispose();
        _outputs.Dispose();
    }

    /// <summary>Reads the rows that a folder has, if there is one. Nothing is written.</summary>
    /// <exception cref="UsageException">A file has no rows, or cannot be read now.</exception>
    public static IReadOnlyList<SweepLog> Find(string directory, CommandContext context)
        => [.. RowFiles(directory).Select(path => Guarded(directory, () => IsOwn(path) ? RowFile.Read(path) : RowFile.Read(path, context)))];

    private static IEnumerable<string> RowFiles(string directory)
    {
        string own = Path.Combine(directory, Rows), tasks = Path.Combine(directory, Tasks);
        string[] finished = Directory.Exists(tasks) ? [.. Directory.GetFiles(tasks, "*.csv").Where(TaskFile.IsOne)] : [];
        return [.. new[] { own }.Where(Path.Exists), .. finished.Order(StringComparer.Ordinal)];
    }

    private static bool IsOwn(string path) => Path.GetFileName(path) == Rows;

    private static IEnumerable<string> Names(string option, string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UsageException.Of(option, directory, $"a folder that can be read ({SystemError.ReasonOf(exception)})");
        }
    }

    private SweepLog OpenLog(CommandContext context)
    {
        SweepLog log = Guarded(_directory, () => RowFile.Open(PathOf(Rows)));
        try
        {
            foreach (string path in RowFiles(_directory).Where(path => path != PathOf(Rows)))
            {
                log.Include(Guarded(_directory, () => RowFile.Read(path, context)));
            }

            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    private static SweepLog Guarded(string directory, Func<SweepLog> open)
    {
        try
        {
            return open();
        }
        catch (InvalidDataException exception)
        {
            throw UsageException.Of(Option, directory, $"a folder of a sweep ({exception.Message.TrimEnd('.')}; without it its runs are made again)");
        }
        catch (IOException exception) when (SystemError.IsInUse(exception))
        {
            throw UsageException.Of(Option, directory, "a folder that no other process sweeps into at the same time");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FailedException($"'{Option}' is '{Shown.Of(directory)}', where rows of runs could not be opened: {SystemError.ReasonOf(exception)}.");
        }
    }

    /// <summary>Tables of another sweep go before its manifest does, and after the new one is on disk: what the folder shows belongs together.</summary>
    private void WriteManifest(SweepGrid grid)
    {
        using MemoryStream stream = new();
        JsonText.WriteObject(stream, json =>
        {
            json.WriteString("command", "sweep");
            json.WriteString("version", ProductVersion.Text);
            json.WriteNumber("streamVersion", RandomStream.Version);
            json.WriteNumber("arithmeticVersion", Arithmetic.Version);
            json.WriteStartObject("sweep");
            SweepJson.Write(json, grid);
            json.WriteEndObject();
        });
        byte[] manifest = stream.ToArray();
        string path = PathOf(Manifest);
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(manifest))
            {
                return;
            }

            using TemporaryFile file = TemporaryFile.Create(_directory);
            file.Stream.Write(manifest);
            file.Stream.Flush(flushToDisk: true);
            File.Delete(PathOf(RunTable));
            File.Delete(PathOf(CellTable));
            file.MoveTo(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FailedException($"'{Option}' is '{Shown.Of(_directory)}', where '{Manifest}' could not be written: {SystemError.ReasonOf(exception)}.");
        }
    }

    private string PathOf(string name) => Path.Combine(_directory, name);
}
