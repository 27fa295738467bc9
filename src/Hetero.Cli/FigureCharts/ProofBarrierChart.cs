using Hetero.Charts;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.FigureCharts;

/// <summary>The picture of <see cref="ProofBarrier"/>.</summary>
/// <param name="figure">What is drawn.</param>
internal sealed class ProofBarrierChart(ProofBarrier figure) : FigureChart<(BarrierPath First, BarrierPath Inside)>(figure)
{
    private RunRecipe Common => figure.Common;

    protected override Chart Draw(IReadOnlyList<SeedSweep> sweeps, (BarrierPath First, BarrierPath Inside) data, FigureRequest request) => new(
        "The picture of the proof",
        [
            SpuriousPanel($"M = {Texts.Of(Common.Spread)}, η = {Texts.Of(Common.StepSize)}: the spurious column", data.First, 1e-7),
            SignalPanel("The signal up to T1, over R_t", data.First),
            SpuriousPanel($"Inside the window, M = {Texts.Of(figure.Window.Spread)}, η = {Texts.Of(figure.Window.StepSize)}, m = ∞", data.Inside, 1e-6),
            SignalPanel("Inside the window: the signal up to T1, over R_t", data.Inside),
        ])
    {
        Subtitle = $"HeteroSGD, r1 = r2 = 1, orthogonal subspaces, mean {Texts.Of(Common.SpuriousMean)}; "
            + $"above d = {Common.Dimension}, m = {Common.Samples.ToString("0.#E+0", ProofBarrier.Invariant)}",
        Caption = $"One run each, seed {request.Seed}, up to T2. The controller q^t is reflected at L_t and absorbed at the barrier, and ‖q_t‖ stays below it. "
            + "Above, Lemma 7's inequality holds though Theorem 2's window is empty. Inside the window the barrier is ten decades away, "
            + "and ‖q_t‖ leaves the picture: at m = ∞ nothing feeds it.",
        Width = 1100,
        Columns = 2,
    };

    private static Panel SpuriousPanel(string title, BarrierPath path, double least)
    {
        int[] shown = ProofBarrier.Shown(path.Line.LastStep);
        double[] x = [.. shown.Select(t => (double)t)];
        double top = 3 * path.BarrierFactor * path.Line.Values[^1];
        return new Panel(
            title,
            Axis.Linear("step") with { Tight = true },
            Axis.Log("size").From(least, top),
            [
                new LineSeries("barrier p^−1.5·L_t", 1, x, [.. shown.Select(t => path.BarrierFactor * path.Line.Values[t])]) { Dash = LineDash.LongDash },
                new LineSeries("controller q^t", 2, x, [.. shown.Select(t => path.Controller[t])]) { Dash = LineDash.Solid, Width = 1.5 },
                new LineSeries("L_t", 4, x, [.. shown.Select(t => path.Line.Values[t])]) { Dash = LineDash.Dashed },
                new LineSeries("R_t", 3, x, [.. shown.Select(t => path.Sequences.Reference[t])]) { Dash = LineDash.Dotted },
                new LineSeries("‖q_t‖", 0, x, [.. shown.Select(t => path.Spurious[t])]) { Dash = LineDash.Solid },
            ])
        {
            ReferenceLines = [ReferenceLine.Vertical(path.Phases.GrowthEnd, "T1")],
        };
    }

    private static Panel SignalPanel(string title, BarrierPath path)
    {
        int[] shown = ProofBarrier.Shown(path.Phases.GrowthEnd);
        double[] x = [.. shown.Select(t => (double)t)];
        double[] Over(Func<int, double> value) => [.. shown.Select(t => value(t) / path.Sequences.Reference[t])];
        return new Panel(
            title,
            Axis.Linear("step") with { Tight = true },
            Axis.Linear("over R_t"),
            [
                new LineSeries("R̄_t", 1, x, Over(t => path.Sequences.Upper[t])) { Dash = LineDash.LongDash },
                new LineSeries("σ(R_t)", 0, x, Over(t => path.Signal[t])) { Dash = LineDash.Solid },
                new LineSeries("R̲_t", 2, x, Over(t => path.Sequences.Lower[t])) { Dash = LineDash.DashDot },
            ]);
    }
}
