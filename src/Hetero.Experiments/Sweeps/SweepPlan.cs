namespace Hetero.Experiments.Sweeps;

/// <summary>A sweep cut into tasks of about as many seconds as are wanted. The same sweep is cut in the same way on every machine.</summary>
internal sealed class SweepPlan
{
    // Twice as many seconds as a task may have are two tasks, whatever the last digit of a sum.
    private const double Rounding = 1e-6;

    private SweepPlan(SweepGrid grid, double taskSeconds, IReadOnlyList<SweepTask> tasks) => (Grid, TaskSeconds, Tasks) = (grid, taskSeconds, tasks);

    /// <summary>Gets what is cut.</summary>
    public SweepGrid Grid { get; }

    /// <summary>Gets how long a task was wanted to take.</summary>
    public double TaskSeconds { get; }

    /// <summary>Gets the tasks: each run is in one of them, and their order is that of the runs.</summary>
    public IReadOnlyList<SweepTask> Tasks { get; }

    /// <summary>Cuts a sweep where the work of its runs, one after the other, passes equal shares. A run that is longer than a share is a task of its own.</summary>
    /// <param name="grid">The sweep.</param>
    /// <param name="taskSeconds">How long a task should take on one core, above 0.</param>
    public static SweepPlan Of(SweepGrid grid, double taskSeconds)
    {
        double[] ofCell = [.. grid.Cells.Select(cell => RunSeconds.Of(cell.Recipe))];
        double total = grid.Runs.Sum(run => ofCell[run.Cell]), before = 0;
        double wanted = Math.Clamp(Math.Ceiling((total / taskSeconds) - Rounding), 1, grid.Runs.Count);
        List<SweepTask> tasks = [];
        int first = 0;
        double share = 0, seconds = 0;
        for (int i = 0; i < grid.Runs.Count; i++)
        {
            double own = ofCell[grid.Runs[i].Cell];

            // By the middle of a run, so that a boundary goes to the nearer side of it.
            double of = Math.Min(Math.Floor((before + (own / 2)) / total * wanted), wanted - 1);
            if (of > share && i > first)
            {
                Close(i);
            }

            share = of;
            before += own;
            seconds += own;
        }

        Close(grid.Runs.Count);
        return new SweepPlan(grid, taskSeconds, tasks);

        void Close(int end)
        {
            tasks.Add(SweepTask.Of(tasks.Count + 1, [.. grid.Runs.Skip(first).Take(end - first)], seconds));
            (first, seconds) = (end, 0);
        }
    }

    /// <summary>Cuts a sweep as a plan that was written has it.</summary>
    /// <param name="grid">The sweep.</param>
    /// <param name="taskSeconds">How long a task was wanted to take.</param>
    /// <param name="parts">The number of runs of each task, with its id and its seconds.</param>
    /// <returns>The plan; null if it is of other runs.</returns>
    public static SweepPlan? Restore(SweepGrid grid, double taskSeconds, IReadOnlyList<(int Runs, string Id, double Seconds)> parts)
    {
        if (parts.Sum(part => (long)part.Runs) != grid.Runs.Count)
        {
            return null;
        }

        List<SweepTask> tasks = [];
        int first = 0;
        foreach ((int runs, string id, double seconds) in parts)
        {
            SweepTask task = SweepTask.Of(tasks.Count + 1, [.. grid.Runs.Skip(first).Take(runs)], seconds);
            if (task.Id != id)
            {
                return null;
            }

            tasks.Add(task);
            first += runs;
        }

        return new SweepPlan(grid, taskSeconds, tasks);
    }
}
