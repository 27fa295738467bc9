using System.Globalization;
using System.Text.Json;
using Hetero.Charts;
using Hetero.Cli.FigureCharts;
using Hetero.Cli.Input;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Plot;

/// <summary>Trajectories in one picture, a color for each, called by the options that they differ in.</summary>
internal static class TrajectoryPlot
{
    private static readonly string[] Columns = TrajectoryCsv.Header.Split(',');

    /// <summary>Whether a table is one.</summary>
    public static bool IsOne(PlotSource source) => source.Manifest.Command == "run" && source.Has(Columns);

    /// <summary>Draws.</summary>
    public static Chart Draw(PlotRequest request)
    {
        PlotSource[] sources = [.. request.Sources];
        RunRecipe[] recipes = [.. sources.Select(source => source.Recipe(source.Manifest.Member("parameters", JsonValueKind.Object), RecipeFile.OfTheCall).Resolve())];
        double[][] steps = [.. sources.Select(StepsOf)];
        string[] names = NamesOf(sources, recipes);
        EdgeMarks marks = new();
        return new Chart(
            sources.Length == 1 ? "A run" : "Runs",
            [
                .. request.Quantities.Select(quantity =>
                {
                    double[][] values = [.. sources.Select(source => PlotPanels.Numbers(source, quantity.Of.Name))];
                    Axis x = PlotPanels.Steps(steps.SelectMany(each => each), request.IsHorizontalLog);
                    Axis y = PlotPanels.Vertical("", quantity, values.SelectMany(each => each), request.IsQuantityLog);
                    return new Panel(
                        QuantityAxis.TitleOf(quantity.Of),
                        x,
                        y,
                        [
                            .. sources.Select((_, slot) => new LineSeries(names[slot], slot, steps[slot], values[slot])),
                            .. sources.SelectMany((_, slot) => marks.OfLine(slot, steps[slot], values[slot], x, y)),
                        ]);
                }),
            ])
        {
            Subtitle = PlotPanels.Settings(recipes),
            Caption = CaptionOf(sources, names, marks),
            Width = PlotPanels.WidthOf(request.Quantities.Count),
            SharedLegend = true,
        };
    }

    /// <summary>Which runs diverged, and what the marks are; null for nothing.</summary>
    private static string? CaptionOf(PlotSource[] sources, string[] names, EdgeMarks marks)
    {
        string[] diverged =
        [
            .. from i in Enumerable.Range(0, sources.Length)
               let outcome = sources[i].Manifest.Root.TryGetProperty("outcome", out JsonElement found) && found.ValueKind == JsonValueKind.Object ? found : default
               where outcome.ValueKind == JsonValueKind.Object && outcome.TryGetProperty("status", out JsonElement status) && status.ValueKind == JsonValueKind.String && status.ValueEquals("diverged")
               let step = outcome.TryGetProperty("step", out JsonElement last) && last.TryGetInt32(out int number) ? $" at step {Texts.Of(number)}" : ""
               select sources.Length == 1 ? $"The run diverged{step}." : $"The run of {names[i]} diverged{step}.",
        ];
        string text = $"{string.Join(" ", diverged)}{marks.Text}".Trim();
        return text.Length > 0 ? text : null;
    }

    /// <summary>The steps, which rise, and end with that of the manifest's last row.</summary>
    private static double[] StepsOf(PlotSource source)
    {
        double[] steps = source.Numbers(Columns[0]);
        for (int i = 0; i < steps.Length; i++)
        {
            if (!(steps[i] >= 0 && steps[i] <= int.MaxValue && steps[i] == Math.Floor(steps[i]) && (i == 0 || steps[i] > steps[i - 1])))
            {
                throw source.Refuse(string.Create(CultureInfo.InvariantCulture, $"has the step '{steps[i]}' in row {i + 1}"), "whole numbers that rise from row to row");
            }
        }

        JsonElement last = source.Manifest.Root.TryGetProperty("lastRow", out JsonElement row) ? row : default;
        bool isWhole = last.ValueKind == JsonValueKind.Object
            ? steps.Length > 0 && Columns.Where(column => column != "environment").All(
                column => !last.TryGetProperty(column, out JsonElement number) || PlotPanels.Same(number, source.Numbers(column)[^1]))
            : last.ValueKind == JsonValueKind.Null && steps.Length == 0;
        if (!isWhole)
        {
            throw source.Refuse($"does not end with the last row of its manifest, '{Shown.Of(source.Manifest.Path)}'", "the whole table of that run");
        }

        return steps.Length > 0 ? steps : throw source.Refuse("has no rows", "a trajectory with one row or more");
    }

    private static string[] NamesOf(PlotSource[] sources, RunRecipe[] recipes)
    {
        RunOption[] differing =
        [
            .. RunOptions.All.Where(option => option.Name is not ("threads" or "memory") && recipes.DistinctBy(option.TextOf).Count() > 1),
        ];
        string[] names = [.. recipes.Select(recipe => string.Join(", ", differing.Select(option => $"{option.Name} {Shown.Of(option.TextOf(recipe) ?? "none")}")))];
        return
        [
            .. names.Select((name, i) => name.Length > 0 && names.Count(other => other == name) == 1 ? name
                : name.Length > 0 ? $"{name}, {Path.GetFileNameWithoutExtension(sources[i].Path)}"
                : Path.GetFileNameWithoutExtension(sources[i].Path)),
        ];
    }
}
