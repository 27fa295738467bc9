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
                OfQuantity("true share", RowQuantity.Signal, comparison),
                OfQuantity("spurious share", RowQuantity.Spurious, comparison),
                OfQuantity("error to A*", RowQuantity.Error, comparison),
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

    /// <summary>
    /// Shares that die out are told apart on a logarithmic axis alone; those with a sign have no place on it. A run on its way to infinity leaves the picture: it would press
    /// all others flat.
    /// </summary>
    private static Panel OfQuantity(string name, RowQuantity quantity, MethodComparison comparison)
    {
        QuantileBand[] bands = [.. comparison.Methods.Select(method => method.Band(quantity.Of))];
        double[] drawn = [.. bands.SelectMany(band => band.Low.Concat(band.High)).Where(double.IsFinite)];
        double least = drawn.DefaultIfEmpty(0).Min(), most = drawn.DefaultIfEmpty(1).Max();
        Axis vertical = quantity == RowQuantity.Signal || least < 0
            ? Axis.Linear("").From(Math.Min(0, Math.Max(least, -3)), Math.Clamp(1.05 * most, 1.1, 3))
            : Axis.Log("").From(Math.Clamp(least, 1e-8, 0.1), Math.Clamp(3 * most, 1, 100)) with { NonPositive = NonPositive.Floor };
        return new Panel(
            name,
            Axis.Linear("step") with { Tight = true },
            vertical,
            [.. comparison.Methods.SelectMany((method, slot) => ShareLines.Of(method.Title, slot, [.. method.RecordedSteps.Select(step => (double)step)], method, quantity.Of))]);
    }
}
