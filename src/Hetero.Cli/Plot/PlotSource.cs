using System.Globalization;
using System.Text.Json;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Plot;

/// <summary>A table and the manifest that says what made it.</summary>
/// <param name="Path">The table's file.</param>
/// <param name="Table">The table.</param>
/// <param name="Manifest">The manifest.</param>
internal sealed record PlotSource(string Path, CsvTable Table, PlotManifest Manifest)
{
    /// <summary>Whether the columns begin with these.</summary>
    public bool Has(params IReadOnlyList<string> columns) => Table.Columns.Take(columns.Count).SequenceEqual(columns);

    /// <summary>Reads a column of numbers: NaN for an empty cell, which is one without a number, +∞ for one of runs that diverged.</summary>
    /// <exception cref="UsageException">There is no such column, or a cell is no number.</exception>
    public double[] Numbers(string column)
    {
        int place = Table.Columns.Index().Where(pair => pair.Item == column).Select(pair => pair.Index).DefaultIfEmpty(-1).First();
        return place < 0
            ? throw Refuse($"has no column '{Shown.Of(column)}'", $"the table of hetero {Manifest.Command}")
            : [.. Table.Rows.Select((row, i) => Number(row[place], column, i))];
    }

    /// <summary>Refuses the table.</summary>
    public UsageException Refuse(string fault, string accepted) => new($"'{Shown.Of(Path)}' {fault}; accepted is {accepted}.");

    /// <summary>Reads what stands in the manifest as a recipe.</summary>
    public RunRecipe Recipe(JsonElement element, IReadOnlyCollection<string>? others = null) => Manifest.Read(() => RecipeJson.Read(element, others ?? []));

    private double Number(string cell, string column, int row)
        => cell.Length == 0 ? double.NaN
            : double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > double.NegativeInfinity ? number
            : throw Refuse(
                string.Create(CultureInfo.InvariantCulture, $"has '{Shown.Of(cell)}' in the column '{column}', row {row + 1}"),
                "a number, Infinity for runs that diverged, and an empty cell where there is none");
}
