using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="OffDiagonal"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class OffDiagonalChart(OffDiagonal figure) : FigureChart<(OffDiagonalGroup[] Groups, LyapunovEstimate[][] Exponents)>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(
        IReadOnlyList<SeedSweep> sweeps, (OffDiagonalGroup[] Groups, LyapunovEstimate[][] Exponents) data, FigureRequest request)
    {
        (OffDiagonalGroup[] groups, LyapunovEstimate[][] exponents) = data;
        Axis share = Axis.Log("spurious share").From(1e-7, 100) with { NonPositive = NonPositive.Floor };
        Axis error = Axis.Log("error ‖UUᵀ − A*‖").From(0.1, 100);
        return new Chart(
            "Spurious signals with entries off the diagonal",
            [
                OverSteps("r2 = 2: spurious share", groups.Where(g => g.Rank == 2), 1, share),
                OverSteps("r2 = 3: spurious share", groups.Where(g => g.Rank == 3), 1, share),
                OverSteps("r2 = 3: error", groups.Where(g => g.Rank == 3), 2, error),
                new Panel(
                    "Top Lyapunov exponent of the product of I + ηΣ",
                    Axis.Linear("o/M").From(0, 1),
                    Axis.Linear("exponent of a step"),
                    [
                        .. OffDiagonal.ExponentRanks.Select((rank, i) => new LineSeries(
                            $"exponent, r2 = {rank}", i + 4, OffDiagonal.ExponentRatios, [.. exponents[i].Select(e => e.Value)])),
                    ])
                {
                    ReferenceLines = [ReferenceLine.Horizontal(0, "below: dies out")],
                },
            ])
        {
            Subtitle = $"HeteroSGD, d = {Common.Dimension}, r1 = {Common.InvariantRank}, orthogonal, "
                + $"diagonal s = {Texts.Of(Common.SpuriousMean)} ± {Texts.Of(Common.Spread)} drawn by every direction, off the diagonal ±o, η = {Texts.Of(Common.StepSize)}, m = {Common.Samples}",
            Caption = $"Median over {request.Seeds} seeds from {request.Seed}, with the 10–90 % band of o = 0 and o = M "
                + $"(exact-law measurements); diverged runs count as infinite. Exponents from products of {figure.Factors} factors. ‖·‖ is the Frobenius norm.",
            Width = 1100,
            Columns = 2,
        };
    }

    private static Panel OverSteps(string title, IEnumerable<OffDiagonalGroup> groups, int quantity, Axis vertical)
    {
        List<Series> bands = [], lines = [];
        int slot = 0;
        foreach (OffDiagonalGroup group in groups)
        {
            QuantileBand band = group.Bands[quantity];
            double[] steps = [.. band.Median.Select((_, row) => (double)(row * group.Recipe.Every))];

            // Four bands on top of each other could not be told apart.
            if (group.Ratio is 0 or 1)
            {
                bands.Add(new BandSeries(null, slot, steps, band.Low, band.High));
            }

            lines.Add(new LineSeries($"o/M = {Texts.Of(group.Ratio)}", slot++, steps, band.Median));
        }

        return new Panel(title, Axis.Linear("step") with { Tight = true }, vertical, [.. bands, .. lines]);
    }
}
