using Hetero.Core;
using Hetero.Core.Training;
using Hetero.Experiments.Runs;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// Median, 10 % and 90 % quantile of a quantity over runs, at each recorded row. A run without the row diverged: it counts as +∞.
/// </summary>
/// <remarks>Sample quantiles of type 7: see <see cref="Quantiles"/>. Thread-safe for reading.</remarks>
public sealed class QuantileBand
{
    private QuantileBand(int rows)
    {
        Median = new double[rows];
        Low = new double[rows];
        High = new double[rows];
    }

    /// <summary>Gets the median of each row.</summary>
    public double[] Median { get; }

    /// <summary>Gets the 10 % quantile of each row.</summary>
    public double[] Low { get; }

    /// <summary>Gets the 90 % quantile of each row.</summary>
    public double[] High { get; }

    /// <summary>Summarizes runs that recorded the same steps.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="rows">The number of rows of a run that did not diverge.</param>
    /// <param name="quantity">What to summarize.</param>
    /// <exception cref="ArgumentException">There is no run, or a number is negative.</exception>
    public static QuantileBand Of(IReadOnlyList<RecordedRun> runs, int rows, Func<TrajectoryRow, double> quantity)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(quantity);
        Guard.AtLeast(runs.Count, 1, "runs.Count");
        Guard.AtLeast(rows, 0);
        double ValueAt(RecordedRun run, int row)
            => row < run.Trajectory.Count ? quantity(run.Trajectory.Rows[row]) : double.PositiveInfinity;

        return Of(runs.Count, rows, (i, row) => ValueAt(runs[i], row));
    }

    /// <summary>Summarizes curves of equal length.</summary>
    /// <param name="curves">The curves, one or more.</param>
    /// <exception cref="ArgumentException">There is no curve, or one has another length.</exception>
    public static QuantileBand Of(IReadOnlyList<double[]> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        Guard.AtLeast(curves.Count, 1, "curves.Count");
        foreach (double[] curve in curves)
        {
            Guard.Length(curve.Length, curves[0].Length, nameof(curves));
        }

        return Of(curves.Count, curves[0].Length, (i, row) => curves[i][row]);
    }

    private static QuantileBand Of(int count, int rows, Func<int, int, double> valueAt)
    {
        QuantileBand band = new(rows);
        double[] values = new double[count];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < count; i++)
            {
                values[i] = valueAt(i, row);
            }

            Array.Sort(values);
            band.Median[row] = Quantiles.OfSorted(values, 0.5);
            band.Low[row] = Quantiles.OfSorted(values, 0.1);
            band.High[row] = Quantiles.OfSorted(values, 0.9);
        }

        return band;
    }
}
