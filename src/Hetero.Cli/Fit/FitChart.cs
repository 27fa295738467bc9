using System.Numerics;
using Hetero.Charts;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;

namespace Hetero.Cli.Fit;

/// <summary>The picture of a fit: risks on the way, the criterion, the spectrum, and what folds say of each step size.</summary>
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
        int same = CommonStart([.. data.Environments.Take(shown).Select(environment => environment.Name)]);
        double[][] risks = [.. Enumerable.Range(0, shown).Select(e => Column(chosen, row => row.Risks[e]))];
        double[][] criteria = [Column(chosen, row => row.Criterion), Column(result.Pooled!, row => row.Criterion)];
        double[] ranks = [.. Enumerable.Range(1, Math.Min(verdict.Spectrum.Count, 20)).Select(i => (double)i)];
        List<Panel> panels =
        [
            OverSteps(
                $"Risk of {(shown < data.Environments.Count ? FormattableString.Invariant($"{shown} of {data.Environments.Count}") : "the")} environments on {rows}",
                "R",
                risks,
                [.. Enumerable.Range(0, shown).Select(e => new LineSeries(Experiments.Values.Shown.Of(data.Environments[e].Name.AsSpan(same), 30), e, Steps(chosen), risks[e]))]),
            OverSteps(
                hasHeldOut ? "Criterion: mean risk + invariance" : "Mean risk",
                hasHeldOut ? "R + Q" : "R",
                criteria,
                [new LineSeries("this fit", 0, Steps(chosen), criteria[0]), new LineSeries("pooled", 1, Steps(result.Pooled!), criteria[1])]),
            new Panel(
                verdict.Rank is null ? "Spectrum: nothing is learned yet" : "Spectrum",
                Axis.Linear("number of the eigenvalue").From(0.5, ranks.Length + 0.5) with { Whole = true },
                Axis.Linear("eigenvalue"),
                [
                    new PointSeries("this fit", 0, [.. ranks.Select(x => x - 0.1)], [.. verdict.Spectrum.Take(ranks.Length)]),
                    new PointSeries("pooled", 1, [.. ranks.Select(x => x + 0.1)], [.. verdict.PooledSpectrum.Take(ranks.Length)]),
                ]),
        ];
        if (result.Tuning is { Chosen: not null } tuning)
        {
            panels.Add(OverStepSizes(tuning));
        }

        return new Chart("What the environments share", panels)
        {
            Subtitle = FormattableString.Invariant($"{data.Environments.Count} environments, d = {data.Dimension}, η = {result.Recipe.Training.StepSize:G3}, {chosen.Name}"),
            Width = 1100,
            Columns = panels.Count > 3 ? 2 : 3,
        };

        Panel OverSteps(string title, string label, double[][] columns, Series[] series)
        {
            RobustRange range = RobustRange.Of(columns, [.. columns.SelectMany(column => new[] { column[0], column[Math.Min(chosen.Chosen, column.Length - 1)] })]);
            string above = range.Above == 0 ? "" : FormattableString.Invariant($" ({range.Above} {(range.Above == 1 ? "value" : "values")} above the axis)");
            Axis axis = Axis.Linear(label);
            return new Panel(title + above, Axis.Linear("step") with { Tight = true, Whole = true }, range.Above == 0 ? axis : axis.From(range.Low, range.High), series)
            {
                ReferenceLines = [ReferenceLine.Vertical(chosen.Best!.Step, "chosen")],
            };
        }
    }

    /// <summary>The mean of the criterion over folds, at the best step of each step size.</summary>
    private static Panel OverStepSizes(FitTuningResult tuning)
    {
        TunedStepSize[] found = [.. tuning.StepSizes.Where(one => one.Step is not null)];
        int lost = tuning.StepSizes.Count - found.Length;
        double[] sizes = [.. found.Select(one => one.StepSize)], means = [.. found.Select(one => one.Criterion)];
        RobustRange range = RobustRange.Of([means], [tuning.Chosen!.Criterion]);
        string above = range.Above == 0 ? "" : FormattableString.Invariant($", {range.Above} above the axis");
        string diverged = lost == 0 ? "" : FormattableString.Invariant($", {lost} without a step that counts");
        Axis axis = Axis.Linear("R + Q");
        return new Panel(
            FormattableString.Invariant($"Folds: mean criterion at the best step{above}{diverged}"),
            Axis.Log("η"),
            range.Above == 0 ? axis : axis.From(range.Low, range.High),
            [new LineSeries(null, 0, sizes, means), new PointSeries(FormattableString.Invariant($"mean of {tuning.Folds} folds"), 0, sizes, means)])
        {
            ReferenceLines = [ReferenceLine.Vertical(tuning.Chosen.StepSize, "chosen")],
        };
    }

    /// <summary>What long names begin with alike, up to a space: cut after it, they can be told apart.</summary>
    private static int CommonStart(string[] names)
    {
        const int Long = 30;
        if (names.Length < 2 || names.All(name => name.Length <= Long))
        {
            return 0;
        }

        int same = 0;
        while (names.All(name => same < name.Length && name[same] == names[0][same]))
        {
            same++;
        }

        return names[0][..same].LastIndexOfAny([' ', '-', '_', '/']) + 1;
    }

    private static double[] Steps<T>(FittedRun<T> run) => [.. run.Rows.Select(row => (double)row.Step)];

    private static double[] Column<T>(FittedRun<T> run, Func<FitRow, double> value) => [.. run.Rows.Select(value)];
}
