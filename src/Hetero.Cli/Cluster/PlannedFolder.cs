using System.Text;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Cli.Sweep;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Cluster;

/// <summary>
/// The folder of a sweep that was cut into tasks. Beside what <see cref="SweepFolder"/> has there, it has the plan, a file with the rows of each task that has ended, which appears as a whole,
/// and one that is appended to for each that has only begun.
/// </summary>
internal sealed class PlannedFolder
{
    private const int MaxPlanBytes = 1 << 28;

    private readonly string _option;
    private readonly CommandContext _context;

    private PlannedFolder(string option, string directory, SweepPlan plan, CommandContext context) => (_option, Directory, Plan, _context) = (option, directory, plan, context);

    /// <summary>Gets the folder.</summary>
    public string Directory { get; }

    /// <summary>Gets the plan.</summary>
    public SweepPlan Plan { get; }

    /// <summary>Opens a folder.</summary>
    /// <param name="option">What names it, for messages.</param>
    /// <param name="directory">The folder.</param>
    /// <param name="context">Takes warnings.</param>
    /// <exception cref="UsageException">It has no plan, one of another sweep, or files that are of no task of it.</exception>
    public static PlannedFolder Open(string option, string directory, CommandContext context)
    {
        if (new[] { SweepFolder.Manifest, SweepFolder.Plan }.FirstOrDefault(name => !File.Exists(Path.Combine(directory, name))) is { } missing)
        {
            throw UsageException.Of(option, directory, $"the folder of a sweep that 'hetero sweep plan' has cut into tasks; this one has no '{missing}'");
        }

        SweepFolder.Check(directory, isResumed: true, option);
        SweepGrid grid = SweepFolder.ReadManifest(option, directory, context)!.Create();
        PlannedFolder folder = new(option, directory, ReadPlan(option, Path.Combine(directory, SweepFolder.Plan), grid), context);
        folder.CheckTasks();
        return folder;
    }

    /// <summary>The file that a task has when it has ended.</summary>
    public string FileOf(SweepTask task) => PathOf(task, TaskFile.Ended);

    /// <summary>The file of a task that has only begun.</summary>
    public string LogOf(SweepTask task) => PathOf(task, TaskFile.Begun);

    /// <summary>What a task is called in messages.</summary>
    public string NameOf(SweepTask task) => $"task {Texts.Of(task.Number)} of {Texts.Of(Plan.Tasks.Count)}";

    /// <summary>Reads the rows of a task that has ended; null if it has no file.</summary>
    /// <exception cref="UsageException">The file has something else than rows, or those of other runs.</exception>
    public SweepLog? ReadEnded(SweepTask task)
    {
        if (ReadLog(FileOf(task)) is not { } rows)
        {
            return null;
        }

        HashSet<string> own = [.. task.Runs.Select(run => run.Id)];
        return rows.Ids.FirstOrDefault(id => !own.Contains(id)) is { } other
            ? throw UsageException.Of(
                _option, Directory, $"a folder whose '{SweepFolder.Tasks}/{task.Id}{TaskFile.Ended}' has the rows of {NameOf(task)} alone; this one has that of the run '{Shown.Of(other)}'")
            : rows;
    }

    /// <summary>Reads the rows that were made in the folder as a whole, where the sweep was begun or planned otherwise before.</summary>
    public SweepLog ReadOwn() => ReadUnheld(Path.Combine(Directory, SweepFolder.Rows), out _) ?? SweepLog.InMemory();

    /// <summary>Reads all rows, whatever has made them.</summary>
    /// <param name="held">The tasks that another process is working on, whose rows cannot be read.</param>
    /// <exception cref="UsageException">A file has something else than rows, or those of other runs than of its task.</exception>
    public SweepLog ReadRows(out IReadOnlyList<SweepTask> held)
    {
        SweepLog all = ReadOwn();
        List<SweepTask> found = [];
        foreach (SweepTask task in Plan.Tasks)
        {
            all.Include(ReadEnded(task) ?? SweepLog.InMemory());
            all.Include(ReadUnheld(LogOf(task), out bool isHeld) ?? SweepLog.InMemory());
            if (isHeld)
            {
                found.Add(task);
            }
        }

        held = found;
        return all;
    }

    /// <summary>The numbers of the tasks that have a run without a row, as an array.</summary>
    public IReadOnlyList<int> MissingOf(SweepLog rows) => [.. Plan.Tasks.Where(task => !IsWhole(task, rows)).Select(task => task.Number)];

    /// <summary>Whether all runs of a task have a row.</summary>
    public static bool IsWhole(SweepTask task, SweepLog rows) => task.Runs.All(run => rows.Find(run.Id) is not null);

    private static SweepPlan ReadPlan(string option, string path, SweepGrid grid)
    {
        try
        {
            return SweepPlanJson.Parse(Encoding.UTF8.GetString(BoundedFile.Read(option, path, "a plan of a sweep", MaxPlanBytes)), grid);
        }
        catch (RecipeException exception)
        {
            throw new UsageException($"'{option}' names '{Shown.Of(path)}', where {exception.Message}");
        }
    }

    private SweepLog? ReadUnheld(string path, out bool isHeld)
    {
        isHeld = false;
        try
        {
            return ReadLog(path);
        }
        catch (IOException exception) when (SystemError.IsInUse(exception))
        {
            isHeld = true;
            return null;
        }
    }

    private SweepLog? ReadLog(string path)
    {
        try
        {
            return RowFile.Read(path, _context);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (InvalidDataException exception)
        {
            throw UsageException.Of(_option, Directory, $"a folder of a sweep ({exception.Message.TrimEnd('.')})");
        }
    }

    private void CheckTasks()
    {
        string tasks = Path.Combine(Directory, SweepFolder.Tasks);
        if (!System.IO.Directory.Exists(tasks))
        {
            return;
        }

        // Dot files are nobody's, and what is not called as rows are is not read.
        HashSet<string> known = [.. Plan.Tasks.Select(task => task.Id)];
        foreach (string name in System.IO.Directory.EnumerateFileSystemEntries(tasks).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            bool isOfATask = TaskFile.IsOne(name);
            if (Path.GetExtension(name) is TaskFile.Ended or TaskFile.Begun && !name.StartsWith('.') && !(isOfATask && known.Contains(Path.GetFileNameWithoutExtension(name))))
            {
                string what = isOfATask ? "is of another plan, whose rows 'hetero sweep plan --resume' keeps" : "is no file of a task";
                throw UsageException.Of(_option, Directory, $"a folder with the tasks of its plan alone; '{SweepFolder.Tasks}/{Shown.Of(name)}' {what}");
            }
        }
    }

    private string PathOf(SweepTask task, string extension) => Path.Combine(Directory, SweepFolder.Tasks, $"{task.Id}{extension}");
}
