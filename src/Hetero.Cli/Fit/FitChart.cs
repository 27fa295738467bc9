using System.Numerics;
using Hetero.Charts;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;

namespace Hetero.Cli.Fit;

/// <summary>The picture of a fit: risks on the way, the criterion, and the spectrum.</summary>
internal static class FitChart
{
    public static Chart Draw<T>(DataManifest data, FitResult<T> result, FitVerdict verdict)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FittedRun<T> chosen = result.Chosen!;
        bool hasHeldOut = result.HeldOutRows[0] > 0;
        string rows = hasHeldOut ? "rows held out" : "rows trained on";

        // As many lines as there are colours; the others would look like one of these.
        int shown = Math.Min(data.Environments.Count, Palette.Slots);
        ReferenceLine[] step = [ReferenceLine.Vertical(chosen.Best!.Step, "chosen")];
        double[] ranks = [.. Enumerable.Range(1, Math.Min(verdict.Spectrum.Count, 20)).Select(i => (double)i)];
        return new Chart(
            "What the environments share",
            [
                new Panel(
                    $"Risk of {(shown < data.Environments.Count ? FormattableString.Invariant($"{shown} of {data.Environments.Count}") : "the")} environments on {rows}",
                    Axis.Linear("step") with { Tight = true },
                    Axis.Linear("R"),
                    [.. Enumerable.Range(0, shown).Select(e => new LineSeries(Experiments.Values.Shown.Of(data.Environments[e].Name, 30), e, Steps(chosen), Column(chosen, row => row.Risks[e])))])
                {
                    ReferenceLines = step,
                },
                new Panel(
                    hasHeldOut ? "Criterion: mean risk + invariance" : "Mean risk",
                    Axis.Linear("step") with { Tight = true },
                    Axis.Linear("R + Q"),
                    [
                        new LineSeries("this fit", 0, Steps(chosen), Column(chosen, row => row.Criterion)),
                        new LineSeries("pooled", 1, Steps(result.Pooled!), Column(result.Pooled!, row => row.Criterion)),
                    ])
                {
                    ReferenceLines = step,
                },
                new Panel(
                    "Spectrum",
                    Axis.Linear("place").From(0.5, ranks.Length + 0.5),
                    Axis.Linear("eigenvalue"),
                    [
                        new PointSeries("this fit", 0, [.. ranks.Select(x => x - 0.1)], [.. verdict.Spectrum.Take(ranks.Length)]),
                        new PointSeries("pooled", 1, [.. ranks.Select(x => x + 0.1)], [.. verdict.PooledSpectrum.Take(ranks.Length)]),
                    ]),
            ])
        {
            Subtitle = FormattableString.Invariant($"{data.Environments.Count} environments, d = {data.Dimension}, η = {result.Recipe.Training.StepSize:G3}, {chosen.Name}"),
            Width = 1100,
            Columns = 3,
        };
    }

    private static double[] Steps<T>(FittedRun<T> run) => [.. run.Rows.Select(row => (double)row.Step)];

    private static double[] Column<T>(FittedRun<T> run, Func<FitRow, double> value) => [.. run.Rows.Select(value)];
}
