using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Theorem7"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class Theorem7Chart(Theorem7 figure) : FigureChart<NetworkGroup[]>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, NetworkGroup[] groups, FigureRequest request)
    {
        Axis error = Axis.Log("‖UUᵀ − A*‖/‖A*‖").From(0.1, 10);
        Axis weight = Axis.Log("weight on variant neurons").From(1e-8, 10) with { NonPositive = NonPositive.Floor };
        return new Chart(
            "The two-layer network with quadratic activation (Theorem 7)",
            [
                OverSteps("Relative error", groups[..4], group => group.Error, error),
                OverSteps("Variant neurons", groups[..4], group => group.Variant, weight),
                OverSteps("Invariant neurons", groups[..4], group => group.Invariant, Axis.Linear("weight on invariant neurons").From(0, 1.5)),
                OverSteps("Truncation, start, and own weights: relative error", [groups[0], .. groups[4..]], group => group.Error, error),
            ])
        {
            Subtitle = $"d = {Common.Dimension}, r1 = r2 = {Common.InvariantRank} neurons N(0, I/d), variant weights {Texts.Of(Common.SpuriousMean)} ± {Texts.Of(Common.Spread)}, "
                + $"η = {Texts.Of(Common.StepSize)}, m = {Common.Samples} inputs a step, α = {Texts.Of(Common.InitialScale)}",
            Caption = $"Median over {figure.SeedCount(request.Seeds)} seeds from {request.Seed}, with the 10–90 % band of the first line; diverged runs count as infinite. "
                + "The weight on neuron a_j is c_j where UUᵀ = Σ c_j·a_ja_jᵀ; the mean over the neurons of a kind. R = log(1/δ) at δ = 0.01. ‖·‖ is the Frobenius norm.",
            Width = 1100,
            Columns = 2,
        };
    }

    private Panel OverSteps(string title, NetworkGroup[] groups, Func<NetworkGroup, QuantileBand> quantity, Axis vertical)
    {
        double[] steps = [.. quantity(groups[0]).Median.Select((_, row) => (double)Math.Min(row * Common.Every, Common.Steps))];
        QuantileBand first = quantity(groups[0]);
        return new Panel(
            title,
            Axis.Linear("step") with { Tight = true },
            vertical,
            [
                new BandSeries(null, 0, steps, first.Low, first.High),
                .. groups.Select((group, slot) => new LineSeries(group.Name, slot, steps, quantity(group).Median)),
            ]);
    }
}
