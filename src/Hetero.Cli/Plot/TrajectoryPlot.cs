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
        return new Chart(
            sources.Length == 1 ? "A run" : "Runs",
            [
                .. request.Quantities.Select(quantity =>
                {
                    double[][] values = [.. sources.Select(source => PlotPanels.Numbers(source, quantity.Of.Name))];
                    return new Panel(
                        QuantityAxis.TitleOf(quantity.Of),
                        PlotPanels.Horizontal("step", steps.SelectMany(each => each), request.IsHorizontalLog ?? false) with { Tight = true },
                        QuantityAxis.Of("", quantity.Of, values.SelectMany(each => each), request.IsQuantityLog),
                        [.. sources.Select((_, slot) => new LineSeries(names[slot], slot, steps[slot], values[slot]))]);
                }),
            ])
        {
            Subtitle = PlotPanels.Settings(recipes),
            Width = PlotPanels.WidthOf(request.Quantities.Count),
            SharedLegend = true,
        };
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
