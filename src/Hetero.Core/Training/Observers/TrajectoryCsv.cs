using System.Globalization;

namespace Hetero.Core.Training;

/// <summary>Trajectories as comma-separated values: invariant culture, round-trip digits, lines ending in a line feed. Thread-safe: no state.</summary>
public static class TrajectoryCsv
{
    /// <summary>The header row; a trajectory's other columns follow.</summary>
    public const string Header = "step,environment,signal,spurious,residual,error,pooled_error";

    /// <summary>Writes header and rows.</summary>
    /// <param name="trajectory">The rows.</param>
    /// <param name="writer">Where the text goes.</param>
    /// <param name="header">Whether to write the header row; a continued run leaves it out.</param>
    public static void Write(Trajectory trajectory, TextWriter writer, bool header = true)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        ArgumentNullException.ThrowIfNull(writer);
        if (header)
        {
            writer.Write(Header);
            foreach (string column in trajectory.Columns)
            {
                writer.Write(',');
                writer.Write(column);
            }

            writer.Write('\n');
        }

        for (int i = 0; i < trajectory.Count; i++)
        {
            TrajectoryRow row = trajectory.Rows[i];
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{row.Step},"));
            string separator = "";
            foreach (double number in trajectory.GetEnvironmentLabel(i))
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{separator}{number}"));
                separator = ";";
            }

            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $",{row.Signal},{row.Spurious},{row.Residual},{row.Error},{row.PooledError}"));
            foreach (double value in trajectory.GetColumns(i))
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $",{value}"));
            }

            writer.Write('\n');
        }
    }
}
