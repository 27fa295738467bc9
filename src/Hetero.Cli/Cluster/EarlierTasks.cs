using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Sweep;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Cluster;

/// <summary>The files of tasks that a new plan does not have: their rows go to those of the folder, so that no run is made again.</summary>
internal sealed class EarlierTasks : IDisposable
{
    private readonly string _directory;
    private readonly CommandContext _context;
    private readonly string[] _paths;
    private readonly Dictionary<string, SweepLog> _begun = [];

    /// <summary>Finds the files, and holds those of tasks that have not ended, so that nobody works on one meanwhile.</summary>
    /// <param name="directory">The folder of the sweep.</param>
    /// <param name="plan">The new plan.</param>
    /// <param name="context">Takes warnings.</param>
    /// <exception cref="FailedException">Another process is working on one, or one cannot be read.</exception>
    public EarlierTasks(string directory, SweepPlan plan, CommandContext context)
    {
        (_directory, _context) = (directory, context);
        string tasks = Path.Combine(directory, SweepFolder.Tasks);
        HashSet<string> known = [.. plan.Tasks.Select(task => task.Id)];
        _paths = Directory.Exists(tasks)
            ? [.. Directory.EnumerateFiles(tasks).Where(path => TaskFile.IsOne(path) && !known.Contains(Path.GetFileNameWithoutExtension(path))).Order(StringComparer.Ordinal)]
            : [];
        try
        {
            Guarded(() =>
            {
                foreach (string path in _paths.Where(path => Path.GetExtension(path) == TaskFile.Begun))
                {
                    _begun.Add(path, RowFile.Open(path, context));
                }
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Takes over the rows, and removes the files when the rows are on disk.</summary>
    /// <param name="rows">The rows of the folder, held by this process.</param>
    /// <exception cref="FailedException">Rows could not be read or written; the files stay.</exception>
    public void MoveTo(SweepLog rows) => Guarded(() =>
    {
        foreach (string path in _paths)
        {
            rows.Append(_begun.GetValueOrDefault(path) ?? RowFile.Read(path, _context));
        }

        rows.Flush();
        if (OperatingSystem.IsWindows())
        {
            // An open file cannot be removed there.
            Dispose();
        }

        // Held until they are gone: nobody begins to work on one whose rows would be lost with it.
        Array.ForEach(_paths, File.Delete);
        Dispose();
    });

    public void Dispose()
    {
        foreach (SweepLog log in _begun.Values)
        {
            log.Dispose();
        }
    }

    private void Guarded(Action action)
    {
        string names = $"'{SweepFolder.Option}' is '{Shown.Of(_directory)}', where ";
        try
        {
            action();
        }
        catch (IOException exception) when (SystemError.IsInUse(exception))
        {
            throw new FailedException($"{names}another process is working on a task of the earlier plan; accepted is to plan again when none does.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new FailedException($"{names}rows of the earlier plan could not be kept: {SystemError.ReasonOf(exception)}.");
        }
    }
}
