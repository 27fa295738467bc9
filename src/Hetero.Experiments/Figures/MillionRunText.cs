using System.Globalization;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>A <see cref="MillionRun"/> as text and back, number for number.</summary>
internal static class MillionRunText
{
    private static readonly string[] Header = ["status", "last_step", "defect", "seconds", "step", "signal", "spurious", "residual", "error", "pooled_error"];

    /// <summary>The identity of a run: of its recipe and of the arithmetic.</summary>
    public static string IdOf(RunRecipe recipe) => new RunIdentity(recipe, 0).Of(recipe.Seed);

    /// <summary>Writes a run, how it ended in each row.</summary>
    public static string Write(MillionRun run)
    {
        CsvTable table = new(Header);
        foreach (TrajectoryRow row in run.Run.Trajectory.Rows)
        {
            table.Add(
                run.Run.Outcome.Status.ToString(),
                Texts.Of(run.Run.Outcome.Step),
                CsvTable.Cell(run.Defect),
                CsvTable.Cell(run.SecondsPerStep),
                Texts.Of(row.Step),
                CsvTable.Cell(row.Signal),
                CsvTable.Cell(row.Spurious),
                CsvTable.Cell(row.Residual),
                CsvTable.Cell(row.Error),
                CsvTable.Cell(row.PooledError));
        }

        using StringWriter writer = new(CultureInfo.InvariantCulture);
        table.Write(writer);
        return writer.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null if it is something else, so that the run is made again.</summary>
    public static MillionRun? Read(RunRecipe recipe, string text)
    {
        try
        {
            CsvTable table = CsvReader.Read(text);
            if (!table.Columns.SequenceEqual(Header) || table.Rows.Count == 0)
            {
                return null;
            }

            Trajectory trajectory = new(table.Rows.Count, 0);
            foreach (IReadOnlyList<string> row in table.Rows)
            {
                trajectory.Add(
                    new TrajectoryRow(Whole(row[4]), Number(row[5]), Number(row[6]), row[7].Length == 0 ? null : Number(row[7]), Number(row[8]), Number(row[9])),
                    []);
            }

            IReadOnlyList<string> first = table.Rows[0];
            TrainingOutcome outcome = new(Enum.Parse<TrainingStatus>(first[0]), Whole(first[1]));
            return new MillionRun(recipe, new RecordedRun(outcome, trajectory), Number(first[2]), Number(first[3]));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return null;
        }

        static double Number(string cell) => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

        static int Whole(string cell) => int.Parse(cell, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
