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

        return new Chart("Methods on one problem", [.. request.Quantities.Select(quantity => source.Has(Bands) ? OverSteps(quantity) : AtLastStep(quantity))])
        {
            Subtitle = PlotPanels.Settings(recipes),
            Caption = PlotPanels.OfSeeds(source.Manifest.Read(() => source.Manifest.Root.GetProperty("parameters").GetProperty("seeds").GetInt64()), recipes[0].Seed),
            Width = PlotPanels.WidthOf(request.Quantities.Count),
            SharedLegend = true,
        };

        Panel OverSteps(PlotQuantity quantity)
        {
            (double[] steps, PlotBand all) = (source.Numbers("step"), PlotBand.Of(source, ""));
            List<Series> series = [];
            List<double> drawn = [];
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
                series.AddRange(band.Lines(methods[slot].Name, slot, [.. rows.Select(row => steps[row])]));
                drawn.AddRange(band.Ends);
            }

            return new Panel(
                QuantityAxis.TitleOf(quantity.Of),
                PlotPanels.Horizontal("step", steps, request.IsHorizontalLog ?? false) with { Tight = true },
                QuantityAxis.Of("", quantity.Of, drawn, request.IsQuantityLog),
                series);
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

            return new Panel(
                QuantityAxis.TitleOf(quantity.Of),
                Axis.Named("", [.. methods.Select(method => method.Name)]),
                QuantityAxis.Of("", quantity.Of, band.Ends, request.IsQuantityLog),
                [.. methods.Select((_, slot) => band.At([slot]).Points(null, slot, [slot]))]);
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
