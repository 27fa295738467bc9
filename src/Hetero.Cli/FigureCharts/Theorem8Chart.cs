using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="Theorem8"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class Theorem8Chart(Theorem8 figure) : FigureChart<SpectrumGroup[]>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, SpectrumGroup[] groups, FigureRequest request)
    {
        (SpectrumGroup many, SpectrumGroup all) = (groups[0], groups[2]);
        return new Chart(
            "A* with κ = " + Texts.Of(1 / Common.Eigenvalues[^1]) + ": the spectrum in its order, and the adaptive subspace (Theorem 8)",
            [
                OverSteps(
                    $"Eigenvalues of A*, {many.Name}",
                    Axis.Linear("share of λ that is learned").From(0, 1.3),
                    [
                        .. many.Learned.SelectMany((band, i) => Lines($"λ = {Texts.Of(Common.Eigenvalues[i])}", i, many, band)),
                        .. all.Learned.Select((band, i) => new LineSeries(null, i, Steps(all), band.Median) { Dash = LineDash.Dotted, Width = 2.5 }),
                    ],
                    [.. Common.Eigenvalues.Select(eigenvalue => ReferenceLine.Vertical(figure.ExponentialTime(eigenvalue)))]),
                OverSteps(
                    "Relative error",
                    Axis.Log("‖UUᵀ − A*‖/‖A*‖").From(0.05, 2),
                    [.. groups[..2].SelectMany((group, i) => Lines(group.Name, i, group, group.Error))],
                    [.. groups[..2].Select(group => ReferenceLine.Horizontal(figure.NoiseFloor(group.Recipe), $"noise at {group.Name}"))]),
                OverSteps(
                    "σ_min(Z_t)",
                    Axis.Log("σ_min(Z_t)").From(5e-4, 1),
                    [
                        .. groups[..2].SelectMany((group, i) => Lines(group.Name, i, group, group.SmallestSingularValue)),
                        new LineSeries(all.Name, 2, Steps(all), all.SmallestSingularValue.Median) { Dash = LineDash.Dotted, Width = 2.5 },
                    ],
                    [ReferenceLine.Horizontal(figure.SingularValueGoal, "1/(2√κ)")]),
                OverSteps(
                    "Angle between S_t and col(U*)",
                    Axis.Linear("sin θ_t").From(0, 1),
                    [
                        .. groups[..2].SelectMany((group, i) => (IEnumerable<Series>)
                        [
                            .. Lines(group.Name, i, group, group.SinTheta),
                            new LineSeries(null, i, Steps(group), [.. group.Steps.Select(step => figure.ExpectedSine(group.Recipe, step))]) { Dash = LineDash.Dotted, Width = 2.5 },
                        ]),
                    ],
                    []),
            ])
        {
            Subtitle = $"HeteroSGD, d = {Common.Dimension}, λ = {string.Join(", ", Common.Eigenvalues.Select(Texts.Of))}, r2 = {Common.SpuriousRank}, orthogonal subspaces, "
                + $"s = {Texts.Of(Common.SpuriousMean)} ± {Texts.Of(Common.Spread)}, η = {Texts.Of(Common.StepSize)}, α = {Texts.Of(Common.InitialScale)}",
            Caption = $"Median and 10–90 % over {figure.SeedCount(request.Seeds)} seeds from {request.Seed} (exact-law measurements). Dotted: above and in σ_min the run at m = ∞, "
                + "in the last panel what diffusion predicts. Vertical: log(√λ/α)/log(1 + ηλ), where half of λ is expected.",
            Width = 1100,
            Columns = 2,
        };
    }

    private static double[] Steps(SpectrumGroup group) => [.. group.Steps.Select(step => (double)step)];

    private static IEnumerable<Series> Lines(string name, int slot, SpectrumGroup group, QuantileBand band)
        => [new BandSeries(null, slot, Steps(group), band.Low, band.High), new LineSeries(name, slot, Steps(group), band.Median)];

    private static Panel OverSteps(string title, Axis vertical, IReadOnlyList<Series> series, IReadOnlyList<ReferenceLine> references)
        => new(title, Axis.Linear("step") with { Tight = true }, vertical, series) { ReferenceLines = references };
}
