using Hetero.Cli.Training;
using Hetero.Core.Training;

namespace Hetero.Cli.Figures;

/// <summary>
/// Median, 10 % and 90 % quantile of a quantity over runs, at each recorded row. A run without the row diverged: it counts as +∞.
/// </summary>
internal sealed class QuantileBand
{
    private QuantileBand(int rows)
    {
        Median = new double[rows];
        Low = new double[rows];
        High = new double[rows];
    }

    public double[] Median { get; }

    /// <summary>The 10 % quantile.</summary>
    public double[] Low { get; }

    /// <summary>The 90 % quantile.</summary>
    public double[] High { get; }

    /// <summary>Summarises runs that recorded the same steps.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="rows">The number of rows of a run that did not diverge.</param>
    /// <param name="quantity">What to summarise.</param>
    public static QuantileBand Of(IReadOnlyList<RecordedRun> runs, int rows, Func<TrajectoryRow, double> quantity)
    {
        double ValueAt(RecordedRun run, int row)
            => row < run.Trajectory.Count ? quantity(run.Trajectory.Rows[row]) : double.PositiveInfinity;

        return Of(runs.Count, rows, (i, row) => ValueAt(runs[i], row));
    }

    /// <summary>Summarises curves of equal length.</summary>
    public static QuantileBand Of(IReadOnlyList<double[]> curves) => Of(curves.Count, curves[0].Length, (i, row) => curves[i][row]);

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
