using System.Text.Json;
using Hetero.Charts;
using Hetero.Cli.FigureCharts;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Plot;

/// <summary>A comparison: medians and bands over the steps from its bands, or at the last step from its table.</summary>
internal static class ComparePlot
{
    private static readonly string[] Bands = ["method", "step", "quantity", "median", "q10", "q90"];
    private static readonly string[] Table = ["method", "seeds", "completed", "diverged", "step"];

    /// <summary>Whether a table is one.</summary>
    public static bool IsOne(PlotSource source) => source.Manifest.Command == "compare" && (source.Has(Bands) || source.Has(Table));

    /// <summary>Draws.</summary>
    public static Chart Draw(PlotRequest request)
    {
        PlotSource source = request.Sources[0];
        (string Name, JsonElement Member)[] methods = source.Manifest.Read(() => source.Manifest.Member("methods", JsonValueKind.Array)
            .EnumerateArray().Select(method => (Shown.Of(method.GetProperty("name").GetString()), method)).ToArray());
        RunRecipe[] recipes = [.. methods.Select(method => source.Recipe(source.Manifest.Read(() => method.Member.GetProperty("settings"))))];
        if (methods.Length is 0 or > Palette.Slots)
        {
            throw source.Manifest.Refuse($"has {methods.Length} methods, where a picture has colors for 1 to {Palette.Slots}");
        }

        EdgeMarks marks = new();
        return new Chart("Methods on one problem", [.. request.Quantities.Select(quantity => source.Has(Bands) ? OverSteps(quantity) : AtLastStep(quantity))])
        {
            Subtitle = PlotPanels.Settings(recipes),
            Caption = PlotPanels.OfSeeds(source.Manifest.Read(() => source.Manifest.Root.GetProperty("parameters").GetProperty("seeds").GetInt64()), recipes[0].Seed) + marks.Text,
            Width = PlotPanels.WidthOf(request.Quantities.Count),
            SharedLegend = true,
        };

        Panel OverSteps(PlotQuantity quantity)
        {
            (double[] steps, PlotBand all) = (source.Numbers("step"), PlotBand.Of(source, ""));
            List<(PlotBand Band, double[] Steps)> bands = [];
            for (int slot = 0; slot < methods.Length; slot++)
            {
                int[] rows =
                [
                    .. from row in Enumerable.Range(0, steps.Length)
                       where source.Table.Rows[row][0] == methods[slot].Name && source.Table.Rows[row][2] == quantity.Of.Name
                       select row,
                ];
                PlotBand band = all.At(rows);
                Check(methods[slot].Member, quantity, band, recipes[slot], rows.Length == 0 ? -1 : steps[rows[^1]]);
                bands.Add((band, [.. rows.Select(row => steps[row])]));
            }

            Axis x = PlotPanels.Steps(steps, request.IsHorizontalLog);
            Axis y = PlotPanels.Vertical("", quantity, bands.SelectMany(each => each.Band.Ends), request.IsQuantityLog);
            return new Panel(
                QuantityAxis.TitleOf(quantity.Of),
                x,
                y,
                [
                    .. bands.SelectMany((each, slot) => each.Band.Lines(methods[slot].Name, slot, each.Steps)),
                    .. bands.SelectMany((each, slot) => marks.OfLine(slot, each.Steps, each.Band.Median, x, y)),
                ]);
        }

        Panel AtLastStep(PlotQuantity quantity)
        {
            PlotBand band = PlotBand.Of(source, $"{quantity.Name}_");
            if (!source.Table.Rows.Select(row => row[0]).SequenceEqual(methods.Select(method => method.Name)))
            {
                throw source.Refuse($"has other methods than its manifest, '{Shown.Of(source.Manifest.Path)}'", "the whole table of that comparison");
            }

            double[] steps = source.Numbers("step");
            for (int i = 0; i < methods.Length; i++)
            {
                Check(methods[i].Member, quantity, band.At([i]), recipes[i], steps[i]);
            }

            Axis y = PlotPanels.Vertical("", quantity, band.Ends, request.IsQuantityLog);
            return new Panel(
                QuantityAxis.TitleOf(quantity.Of),
                Axis.Named("", [.. methods.Select(method => method.Name)]),
                y,
                [
                    .. methods.Select((_, slot) => band.At([slot]).Points(null, slot, [slot])),
                    .. methods.SelectMany((_, slot) => marks.OfPoints(slot, [slot], [band.Median[slot]], y)),
                ]);
        }

        void Check(JsonElement method, PlotQuantity quantity, PlotBand band, RunRecipe recipe, double step)
        {
            bool isWhole = step == recipe.Steps && source.Manifest.Read(() =>
            {
                JsonElement own = method.GetProperty(quantity.Of.Name);
                (string Name, double Value)[] last = [("median", band.Median[^1]), ("q10", band.Low[^1]), ("q90", band.High[^1])];
                return last.All(number => PlotPanels.Same(own.GetProperty(number.Name), number.Value));
            });
            if (!isWhole)
            {
                throw source.Refuse($"does not end with the numbers of its manifest, '{Shown.Of(source.Manifest.Path)}'", "the whole table of that comparison");
            }
        }
    }
}
