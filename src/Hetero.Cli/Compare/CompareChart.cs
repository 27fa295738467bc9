using System.Globalization;
using Hetero.Charts;
using Hetero.Cli.FigureCharts;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Compare;

/// <summary>The picture of a comparison: both shares and the error over the steps, a color for each method.</summary>
internal static class CompareChart
{
    public static Chart Draw(MethodComparison comparison, int seeds)
    {
        RunRecipe first = comparison.Methods[0].Recipe;
        string environments = first.Environments.IsListed ? $"{first.Environments.List.Count} environments"
            : $"s = {Texts.Of(first.SpuriousMean)} ± {Texts.Of(first.Spread)}{(first.Law == Core.Environments.ScalarLaw.Uniform ? ", uniform" : "")}";
        return new Chart(
            "Methods on one problem",
            [
                .. new[] { RowQuantity.Signal, RowQuantity.Spurious, RowQuantity.Error }.Select(quantity => OfQuantity(quantity, comparison)),
            ])
        {
            Subtitle = $"d = {first.Dimension}, r1 = {first.InvariantRank}, r2 = {first.SpuriousRank}, {environments}",
            Caption = string.Create(
                CultureInfo.InvariantCulture,
                $"Median and 10–90 % band over {seeds} seeds from {first.Seed}. A run that diverged counts as infinite: where a line ends, half of the runs have."),
            Width = 1200,
            SharedLegend = true,
        };
    }

    private static Panel OfQuantity(RowQuantity quantity, MethodComparison comparison)
    {
        QuantileBand[] bands = [.. comparison.Methods.Select(method => method.Band(quantity.Of))];
        return new Panel(
            QuantityAxis.TitleOf(quantity),
            Axis.Linear("step") with { Tight = true },
            QuantityAxis.Of("", quantity, bands.SelectMany(band => band.Low.Concat(band.High))),
            [.. comparison.Methods.SelectMany((method, slot) => ShareLines.Of(method.Title, slot, [.. method.RecordedSteps.Select(step => (double)step)], method, quantity.Of))]);
    }
}
