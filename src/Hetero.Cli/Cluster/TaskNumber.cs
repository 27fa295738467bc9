using System.Globalization;
using Hetero.Cli.CommandLine;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Cluster;

/// <summary>Which task of a plan a process is to work on: an option says it, or the variable of whatever started the process.</summary>
internal static class TaskNumber
{
    public const string Option = "--task";

    /// <summary>The variables, each with the number that it gives to the first task.</summary>
    public static IReadOnlyList<(string Name, int First)> Variables { get; } =
    [
        ("SLURM_ARRAY_TASK_ID", 1),
        ("JOB_COMPLETION_INDEX", 0),
        ("PBS_ARRAY_INDEX", 1),
        ("PBS_ARRAYID", 1),
        ("CONDOR_PROCESS", 0),
        ("PARALLEL_SEQ", 1),
    ];

    /// <summary>Finds the task.</summary>
    /// <param name="text">What the option says; null if it is not given. It goes before all variables: one scheduler may have been started by another.</param>
    /// <param name="tasks">The tasks of the plan.</param>
    /// <param name="variable">Reads a variable of the process; null or empty if it is not set.</param>
    /// <exception cref="UsageException">Nothing says which one, variables contradict each other, or there is no such task.</exception>
    public static SweepTask Find(string? text, IReadOnlyList<SweepTask> tasks, Func<string, string?> variable)
    {
        if (text is not null)
        {
            return OfOption(text, tasks);
        }

        (string Name, string Text, SweepTask Task)[] found =
        [
            .. from known in Variables
               let value = variable(known.Name)
               where !string.IsNullOrEmpty(value)
               select (known.Name, value, At(known.Name, value, known.First, tasks)),
        ];
        if (found.Length == 0)
        {
            throw new UsageException(
                $"nothing says which task is to be done; accepted is '{Option}' with {Accepted(tasks)}, or one of the variables {string.Join(", ", Variables.Select(known => known.Name))}.");
        }

        if (Array.Find(found, other => other.Task != found[0].Task) is { Name: { } name } second)
        {
            throw new UsageException(
                $"'{found[0].Name}' is '{Shown.Of(found[0].Text)}' and '{name}' is '{Shown.Of(second.Text)}', which are different tasks; "
                + $"accepted are variables of one task, or '{Option}', which goes before them.");
        }

        return found[0].Task;
    }

    private static SweepTask OfOption(string text, IReadOnlyList<SweepTask> tasks)
    {
        if (text.Length == SweepTask.IdDigits && tasks.FirstOrDefault(task => task.Id == text) is { } named)
        {
            return named;
        }

        string[] parts = text.Split('/');
        bool isOfThem = parts.Length == 1 || (parts.Length == 2 && TryRead(parts[1], out int count) && count == tasks.Count);
        return isOfThem && TryRead(parts[0], out int number) && number >= 1 && number <= tasks.Count
            ? tasks[number - 1]
            : throw UsageException.Of(Option, text, Accepted(tasks));
    }

    private static SweepTask At(string name, string text, int first, IReadOnlyList<SweepTask> tasks)
        => TryRead(text, out int number) && number >= first && number < first + tasks.Count
            ? tasks[number - first]
            : throw UsageException.Of(name, text, $"a whole number from {first} to {first + tasks.Count - 1}, for the {tasks.Count} tasks of the plan");

    private static bool TryRead(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Accepted(IReadOnlyList<SweepTask> tasks)
        => $"a whole number from 1 to {tasks.Count}, the number of tasks, alone or as '1/{tasks.Count}', or a task's id";
}
