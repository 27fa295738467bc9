using Hetero.Core.Statistics;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Simulations;

/// <summary>Runs that checks look at.</summary>
internal static class TrainedRun
{
    /// <summary>Makes the steps and returns the last row; a run that diverged has infinite shares and errors.</summary>
    public static TrajectoryRow Last(Trainer<double> trainer, int steps)
    {
        CheckAtStart(trainer);
        TrajectoryRecorder<double> recorder = new(trainer, steps, Math.Max(1, steps));
        TrainingOutcome outcome = trainer.Run(steps, recorder);
        const double Infinite = double.PositiveInfinity;
        return outcome.Status == TrainingStatus.Diverged
            ? new TrajectoryRow(outcome.Step, Infinite, Infinite, Infinite, Infinite, Infinite)
            : recorder.Trajectory.Rows[^1];
    }

    /// <summary>Makes the steps and returns every row, the start included; a run that diverged has fewer.</summary>
    public static TrajectoryRow[] Rows(Trainer<double> trainer, int steps)
    {
        CheckAtStart(trainer);
        TrajectoryRecorder<double> recorder = new(trainer, steps);
        trainer.Run(steps, recorder);
        return recorder.Trajectory.Rows.ToArray();
    }

    /// <summary>Makes the steps and returns the sizes of the parts of every iterate, the start included; from a divergence on they are infinite.</summary>
    /// <param name="trainer">The run, at its start.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="peakFrom">The step from which on the largest ‖E_t‖ counts; null if each of them does.</param>
    public static IReadOnlyList<PartNorms> Parts(Trainer<double> trainer, int steps, int? peakFrom = null)
    {
        CheckAtStart(trainer);
        PartNormRecorder recorder = new(trainer.Signals.Problem, trainer.Factor.Columns, peakFrom);
        trainer.Run(steps, recorder);
        const double Infinite = double.PositiveInfinity;
        int recorded = recorder.Rows.Count;
        return
        [
            .. recorder.Rows,
            .. Enumerable.Range(recorded, steps + 1 - recorded).Select(step => new PartNorms(step, Infinite, Infinite, Infinite, Infinite, Infinite)),
        ];
    }

    /// <summary>Returns how often something happens in runs with seeds from that of the options on, with Clopper and Pearson's interval.</summary>
    public static ConfidenceInterval Chance(TrainingOptions options, long samples, int replicas, Func<TrainingOptions, bool> happens)
    {
        int count = 0;
        for (int i = 0; i < replicas; i++)
        {
            count += happens(options with { Samples = samples, Seed = unchecked(options.Seed + (ulong)i) }) ? 1 : 0;
        }

        return ConfidenceInterval.OfProportion(count, replicas, 1 - ErrorScaling.FalseAlarmRate);
    }

    /// <summary>Returns the median, the mean of the two middle ones of an even number.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // The rows are counted from step 0 on.
    private static void CheckAtStart(Trainer<double> trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        if (trainer.Step != 0)
        {
            throw new ArgumentException($"'{nameof(trainer)}' has made {trainer.Step} steps; accepted is a trainer at its start.", nameof(trainer));
        }
    }
}
