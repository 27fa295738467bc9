using System.Globalization;
using Hetero.Core.Theory.Multipliers;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// HeteroSGD with momentum at m = ∞: over β and the effective step size η_eff = η/(1 − β), the window of M in which the spurious part dies out, predicted by
/// the exponent of <see cref="MomentumGrowth"/> and measured by runs with the rules of the library.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
/// <param name="time">The η_eff·t of a run; five times that where the exponent is so shallow that less would show nothing.</param>
internal sealed class MomentumWindow(RunRecipe common, double time = 80) : Figure<MomentumData>
{
    internal const double LargestSpread = 60;

    private const double LeastSpread = 1.05;
    private const double ShallowGrowth = 10;

    /// <summary>The effective step sizes of the picture.</summary>
    internal static readonly double[] EffectiveSteps = [0.02, 0.05, 0.1];

    private static readonly double[] Momenta = [0, 0.3, 0.5, 0.8];
    private static readonly double[] Around = [0.88, 0.92, 0.96, 1, 1.04, 1.08, 1.12];
    private static readonly double[] Everywhere = [4, 5.5, 7.5, 10, 14];
    private static readonly double[] Within = [0.5, 0.75, 0.95];

    /// <summary>The figure.</summary>
    public MomentumWindow()
        : this(new RunRecipe { Dimension = 2, Orthogonal = true, Measurements = MeasurementKind.Population })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    public override string Name => "momentum";

    public override string Description => "the window of M over momentum and effective step size, heavy ball and Nesterov, predicted and measured at m = ∞ (a quarter of the seeds)";

    /// <summary>Medians of long runs: a quarter of the seeds, 50 of 200, is enough.</summary>
    public override long SeedCount(int seeds) => Math.Max(1, seeds / 4);

    public override int LeastSeeds => 40;

    public override (FigureNumbers Numbers, MomentumData Data) Compute(FigureRequest request)
    {
        (MomentumKind Kind, double Momentum, double EffectiveStep)[] settings = [.. Settings()];
        MomentumCase[] cases = new MomentumCase[settings.Length];
        request.InParallel(settings.Length, i => cases[i] = Predict(settings[i].Kind, settings[i].Momentum, settings[i].EffectiveStep, request.Seed));
        (MomentumKind Kind, double EffectiveStep)[] pairs = [.. from kind in Enum.GetValues<MomentumKind>() from step in EffectiveSteps select (kind, step)];
        MomentumBoundary[] boundaries = new MomentumBoundary[pairs.Length];
        double[] momenta = [.. Enumerable.Range(0, 20).Select(i => i * 0.05)];
        request.InParallel(pairs.Length, i =>
            boundaries[i] = MomentumBoundary.Of(pairs[i].Kind, pairs[i].EffectiveStep, momenta, momentum => WindowOf(pairs[i].Kind, momentum, pairs[i].EffectiveStep)));
        SeedSweep[] sweeps = [.. cases.SelectMany(own => own.Sweeps.Concat(own.Beyond))];
        SweepBatch.Execute(sweeps, (int)SeedCount(request.Seeds), request.Threads, request.Progress, request.Cancellation);
        MomentumData data = new(cases, boundaries);
        return (new FigureNumbers { Table = CreateTable(data), Verdicts = [.. Judge(cases)], Sweeps = sweeps, Constants = [("spurious-mean", common.SpuriousMean)] }, data);
    }

    /// <summary>What is measured: where a window is predicted, and some where none is. Without momentum both kinds are one.</summary>
    internal static IEnumerable<(MomentumKind Kind, double Momentum, double EffectiveStep)> Settings()
    {
        (double Momentum, double EffectiveStep)[] pairs =
            [.. from momentum in Momenta from effectiveStep in EffectiveSteps select (momentum, effectiveStep), (0.9, 0.01), (0.9, 0.05)];
        return from kind in Enum.GetValues<MomentumKind>()
               from pair in pairs
               where pair.Momentum > 0 || kind == MomentumKind.HeavyBall
               select (kind, pair.Momentum, pair.EffectiveStep);
    }

    /// <summary>The window and the runs of a case.</summary>
    internal MomentumCase Predict(MomentumKind kind, double momentum, double effectiveStep, ulong seed)
    {
        MomentumCase found = new(kind, momentum, effectiveStep) { Window = WindowOf(kind, momentum, effectiveStep), Steps = (int)Math.Round(time / effectiveStep) };
        if (found.Window is not { } window)
        {
            return found with { Sweeps = Sweeps(found, Everywhere, seed) };
        }

        double middle = Math.Sqrt(window.Lower * window.Upper);
        bool isShallow = -Exponent(kind, momentum, found.StepSize, middle) * found.Steps < ShallowGrowth;
        found = isShallow ? found with { Steps = 5 * found.Steps } : found;
        return found with
        {
            Sweeps = Sweeps(found, Around.Select(factor => factor * window.Lower), seed),
            Beyond = Sweeps(found, Within.Select(share => window.Lower * Math.Pow(window.Upper / window.Lower, share)), seed),
        };
    }

    internal double Exponent(MomentumKind kind, double momentum, double stepSize, double spread)
        => MomentumGrowth.Exponent(EntryLaw.TwoPoint(common.SpuriousMean, spread), stepSize, momentum, kind).Value;

    private (double Lower, double Upper)? WindowOf(MomentumKind kind, double momentum, double effectiveStep) => MomentumThreshold.Window(
        spread => EntryLaw.TwoPoint(common.SpuriousMean, spread), effectiveStep * (1 - momentum), momentum, kind, LeastSpread, LargestSpread);

    private SeedSweep[] Sweeps(MomentumCase own, IEnumerable<double> spreads, ulong seed) =>
    [
        .. spreads.Select(spread => Math.Round(spread, 3)).Select(spread => new SeedSweep(
            $"{NameOf(own)}, M = {Texts.Of(spread)}", own.At(common with { Seed = seed }, spread))),
    ];

    internal static string NameOf(MomentumCase own)
        => $"{(own.Momentum == 0 ? "no momentum" : $"{NameOf(own.Kind)}, β = {Texts.Of(own.Momentum)}")}, η_eff = {Texts.Of(own.EffectiveStep)}";

    internal static string NameOf(MomentumKind kind) => kind == MomentumKind.HeavyBall ? "heavy ball" : "Nesterov";

    private CsvTable CreateTable(MomentumData data)
    {
        CsvTable table = new(
            "update_rule", "momentum", "effective_step_size", "step_size", "predicted_lower", "predicted_upper", "measured_lower", "steps", "spread", "exponent",
            "median", "q10", "q90", "diverged");
        foreach (MomentumCase own in data.Cases)
        {
            foreach (SeedSweep sweep in own.Sweeps.Concat(own.Beyond))
            {
                (double median, double low, double high) = MomentumCase.LateShare(sweep);
                table.Add(
                    [
                        .. Setting(own.Kind, own.Momentum, own.EffectiveStep, own.Window),
                        CsvTable.Cell(own.MeasuredThreshold()),
                        Texts.Of(own.Steps),
                        Texts.Of(sweep.Recipe.Spread),
                        CsvTable.Cell(Math.Round(Exponent(own.Kind, own.Momentum, own.StepSize, sweep.Recipe.Spread), 6)),
                        CsvTable.Cell(median),
                        CsvTable.Cell(low),
                        CsvTable.Cell(high),
                        Texts.Of(sweep.Diverged),
                    ]);
            }
        }

        foreach (MomentumBoundary boundary in data.Boundaries)
        {
            foreach ((double momentum, double lower, double upper) in boundary.Windows)
            {
                table.Add([.. Setting(boundary.Kind, momentum, boundary.EffectiveStep, (lower, upper)), .. Enumerable.Repeat("", 8)]);
            }
        }

        return table;
    }

    // Six digits are those of the window; the last ones are the platform's logarithm.
    private static IEnumerable<string> Setting(MomentumKind kind, double momentum, double effectiveStep, (double Lower, double Upper)? window) =>
    [
        kind == MomentumKind.HeavyBall ? "heavy-ball" : "nesterov",
        CsvTable.Cell(momentum),
        CsvTable.Cell(effectiveStep),
        CsvTable.Cell(Math.Round(effectiveStep * (1 - momentum), 12)),
        CsvTable.Cell(window is { } own ? Math.Round(own.Lower, 4) : null),
        CsvTable.Cell(window is { Upper: < LargestSpread } bounded ? Math.Round(bounded.Upper, 4) : null),
    ];

    /// <summary>What must be seen.</summary>
    internal static IEnumerable<Verdict> Judge(IReadOnlyList<MomentumCase> cases)
    {
        foreach (MomentumCase own in cases)
        {
            if (own.Window is not { } window)
            {
                yield return Verdict.Above(
                    $"{NameOf(own)}: no window predicted; least median late share over M", own.Sweeps.Min(sweep => MomentumCase.LateShare(sweep).Median), MomentumCase.Gone);
                continue;
            }

            yield return Verdict.Between(
                string.Create(CultureInfo.InvariantCulture, $"{NameOf(own)}: measured lower end of the window over the predicted {window.Lower:0.00}"),
                (own.MeasuredThreshold() ?? double.NaN) / window.Lower,
                0.92,
                1.08);
        }

        foreach (MomentumCase own in cases.Where(own => own.Beyond.Count > 0))
        {
            SeedSweep last = own.Beyond[^1];
            string upper = own.Window!.Value.Upper < LargestSpread ? own.Window.Value.Upper.ToString("0.0", CultureInfo.InvariantCulture) : $"{LargestSpread} or more";
            yield return Verdict.Information(
                $"{NameOf(own)}: share of runs that diverged at M = {Texts.Of(last.Recipe.Spread)}",
                (double)last.Diverged / last.Runs.Count,
                $"by the exponent alone none: it is below 0 up to M = {upper}; where excursions reach |1 + η(s − q²)| > 1 the cubic term takes over");
        }
    }
}
