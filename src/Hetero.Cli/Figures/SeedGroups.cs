using Hetero.Cli.Output;
using Hetero.Cli.Training;
using Hetero.Core.Training;

namespace Hetero.Cli.Figures;

/// <summary>Groups of runs over the same seeds: one group for each of some settings.</summary>
internal sealed class SeedGroups
{
    private readonly RecordedRun[] _runs;
    private readonly RunSettings[] _groups;
    private readonly int _seeds;

    private SeedGroups(RunSettings[] groups, int seeds, RecordedRun[] runs) => (_groups, _seeds, _runs) = (groups, seeds, runs);

    /// <summary>Trains every group with every seed of the request.</summary>
    /// <param name="name">What the progress line says.</param>
    /// <param name="groups">The settings; their seed is replaced.</param>
    /// <param name="request">The seeds and the number of threads.</param>
    public static SeedGroups Execute(string name, IEnumerable<RunSettings> groups, FigureRequest request)
    {
        RunSettings[] seeded = [.. groups.Select(group => group with { Seed = request.Seed })];
        RunSettings[] runs = [.. seeded.SelectMany(group => RunBatch.OverSeeds(group, request.Seeds))];
        using ProgressLine? progress = ProgressLine.Start(request.Context, $"{name}: run", 0, runs.Length);
        return new(seeded, request.Seeds, RunBatch.Execute(runs, request.Threads, progress, request.Context.Cancellation));
    }

    /// <summary>The runs of a group, in the order of their seeds.</summary>
    public ArraySegment<RecordedRun> Runs(int group) => new(_runs, group * _seeds, _seeds);

    /// <summary>Summarises a quantity of a group at each recorded row.</summary>
    public QuantileBand Band(int group, Func<TrajectoryRow, double> quantity)
        => QuantileBand.Of(Runs(group), (_groups[group].Steps / _groups[group].Every) + 1, quantity);

    /// <summary>For each run of a group, the mean of a quantity over the rows of its second half; +∞ for a run that diverged. Ascending.</summary>
    public double[] LateMeans(int group, Func<TrajectoryRow, double> quantity) =>
    [
        .. Runs(group).Select(run =>
        {
            if (run.Outcome.Status == TrainingStatus.Diverged)
            {
                return double.PositiveInfinity;
            }

            ReadOnlySpan<TrajectoryRow> rows = run.Trajectory.Rows;
            double sum = 0;
            foreach (TrajectoryRow row in rows[(rows.Length / 2)..])
            {
                sum += quantity(row);
            }

            return sum / (rows.Length - (rows.Length / 2));
        }).Order(),
    ];

    /// <summary>The number of runs of a group that diverged.</summary>
    public int Diverged(int group) => Runs(group).Count(run => run.Outcome.Status == TrainingStatus.Diverged);

    /// <summary>The group in a manifest.</summary>
    public FigureRuns Describe(int group, string name) => new(name, _groups[group], _seeds, Diverged(group));
}
