using System.Globalization;
using Hetero.Core.Problems;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>The shares of several sweeps with what is expected of them at m = ∞: what Figures 1, 3 and 4 are made of.</summary>
internal static class ShareSweeps
{
    public static string NameOf(SubspaceLayout layout) => layout == SubspaceLayout.Orthogonal ? "orthogonal" : "random";

    /// <summary>The recipe that all runs of a figure share, in words.</summary>
    public static string Describe(RunRecipe recipe)
        => $"HeteroSGD, d = {recipe.Dimension}, r1 = {recipe.InvariantRank}, r2 = {recipe.SpuriousRank}, m = {recipe.Samples}, "
            + $"s = {Texts.Of(recipe.SpuriousMean)} ± M, α = {Texts.Of(recipe.InitialScale)}";

    /// <summary>The smallest and the largest true share among the medians at the last step: one that is off must not hide behind the others.</summary>
    public static IEnumerable<Verdict> JudgeTrueShare(string name, IEnumerable<SeedSweep> sweeps, double low, double high)
    {
        double[] medians = [.. sweeps.Select(sweep => sweep.Band(row => row.Signal).Median[^1])];
        yield return Verdict.Between($"{name}: smallest median true share", medians.Min(), low, high);
        yield return Verdict.Between($"{name}: largest median true share", medians.Max(), low, high);
    }

    /// <summary>Computes what is expected, for each sweep.</summary>
    public static PopulationMedian[] Expect(IReadOnlyList<SeedSweep> sweeps, FigureRequest request, int seeds)
        => [.. sweeps.Select(sweep => PopulationMedian.Of(sweep, request, seeds))];

    /// <summary>All numbers, one row for each sweep, recorded step and quantity.</summary>
    public static CsvTable CreateTable(IReadOnlyList<SeedSweep> sweeps, IReadOnlyList<PopulationMedian> expected)
    {
        CsvTable table = new(
            "algorithm", "subspaces", "spread", "step_size", "step", "quantity", "median", "q10", "q90", "single_run", "population_median");
        for (int i = 0; i < sweeps.Count; i++)
        {
            SeedSweep sweep = sweeps[i];
            QuantileBand signal = sweep.Band(row => row.Signal), spurious = sweep.Band(row => row.Spurious);
            for (int row = 0; row < sweep.RecordedSteps.Count; row++)
            {
                AddRow(table, sweep, row, RowQuantity.Signal.Name, signal, sweep.SingleAt(row, r => r.Signal), expected[i].Signal[row]);
                AddRow(table, sweep, row, RowQuantity.Spurious.Name, spurious, sweep.SingleAt(row, r => r.Spurious), expected[i].Spurious[row]);
            }
        }

        return table;
    }

    /// <summary>A line that sets the median of finite m beside that of m = ∞.</summary>
    public static Verdict Compare(string name, SeedSweep sweep, PopulationMedian expected, FigureRequest request) => Verdict.Information(
        $"{name}: median spurious share, beside m = ∞",
        sweep.Band(row => row.Spurious).Median[^1],
        $"{Short(expected.Spurious[^1])}; same {request.Seeds} seeds: {Short(expected.SpuriousOfSameSeeds[^1])}");

    private static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static void AddRow(CsvTable table, SeedSweep sweep, int row, string quantity, QuantileBand band, double? single, double expected) => table.Add(
        RecipeWords.Algorithms.NameOf(sweep.Recipe.Algorithm),
        NameOf(sweep.Recipe.Layout),
        CsvTable.Cell(sweep.Recipe.Spread),
        CsvTable.Cell(sweep.Recipe.StepSize),
        Texts.Of(sweep.RecordedSteps[row]),
        quantity,
        CsvTable.Cell(band.Median[row]),
        CsvTable.Cell(band.Low[row]),
        CsvTable.Cell(band.High[row]),
        CsvTable.Cell(single),
        CsvTable.Cell(expected));
}
