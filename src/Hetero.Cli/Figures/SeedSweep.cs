using Hetero.Cli.Training;
using Hetero.Core.Training;

namespace Hetero.Cli.Figures;

/// <summary>Runs that differ in their seed alone, and on request one of them again with every measurement drawn.</summary>
/// <param name="title">What they are called in the manifest.</param>
/// <param name="settings">The settings of the first seed.</param>
/// <param name="withSingleRun">Whether the first seed is repeated with regenerated measurements, so that nobody has to take the exact law on trust.</param>
internal sealed class SeedSweep(string title, RunSettings settings, bool withSingleRun)
{
    public string Title => title;

    /// <summary>The settings of the first seed.</summary>
    public RunSettings Settings => settings;

    /// <summary>The settings of the single run; null for none.</summary>
    public RunSettings? SingleSettings => withSingleRun ? settings with { Measurements = MeasurementKind.Regenerated } : null;

    /// <summary>The runs in the order of their seeds, once they are done.</summary>
    public IReadOnlyList<RecordedRun> Runs { get; set; } = [];

    /// <summary>The single run, once it is done.</summary>
    public RecordedRun? Single { get; set; }

    /// <summary>The recorded steps of a run that does not diverge.</summary>
    public int[] RecordedSteps { get; } =
    [
        .. Enumerable.Range(0, (settings.Steps / settings.Every) + 1).Select(row => row * settings.Every),
        .. settings.Steps % settings.Every == 0 ? Array.Empty<int>() : [settings.Steps],
    ];

    /// <summary>The number of runs that diverged.</summary>
    public int Diverged => Runs.Count(run => run.Outcome.Status == TrainingStatus.Diverged);

    /// <summary>Median and quantiles of a quantity at each recorded step.</summary>
    public QuantileBand Band(Func<TrajectoryRow, double> quantity) => QuantileBand.Of(Runs, RecordedSteps.Length, quantity);

    /// <summary>A quantity of the single run at a recorded step; null after it diverged, or if there is none.</summary>
    public double? SingleAt(int row, Func<TrajectoryRow, double> quantity)
        => Single is { } single && row < single.Trajectory.Count ? quantity(single.Trajectory.Rows[row]) : null;

    /// <summary>For each run, the mean of a quantity over the rows of its second half; +∞ for a run that diverged. Ascending.</summary>
    public double[] LateMeans(Func<TrajectoryRow, double> quantity) => [.. Runs.Select(run => LateMean(run, quantity)).Order()];

    /// <summary>What the manifest says of the sweep and of the single run.</summary>
    public IEnumerable<FigureRuns> Describe()
    {
        yield return new FigureRuns(title, settings, Runs.Count, Diverged);
        if (SingleSettings is { } single)
        {
            yield return new FigureRuns($"{title}, single run", single, 1, Single!.Outcome.Status == TrainingStatus.Diverged ? 1 : 0);
        }
    }

    private static double LateMean(RecordedRun run, Func<TrajectoryRow, double> quantity)
    {
        if (run.Outcome.Status == TrainingStatus.Diverged)
        {
            return double.PositiveInfinity;
        }

        ReadOnlySpan<TrajectoryRow> rows = run.Trajectory.Rows[(run.Trajectory.Count / 2)..];
        double sum = 0;
        foreach (TrajectoryRow row in rows)
        {
            sum += quantity(row);
        }

        return sum / rows.Length;
    }
}
