using System.Globalization;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Training;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Federated averaging at m = ∞: over the number N of clients and K of local steps, the window of M in which the spurious part dies out, predicted by <see cref="FederatedGrowth"/> and measured
/// by runs of <see cref="FederatedSgd{T}"/>.
/// </summary>
/// <param name="steps">The local steps that a client would make in a run, K times its rounds; smaller ones than the figure's are for tests.</param>
internal sealed class FederatedWindow(int steps) : Figure<FederatedData>
{
    internal const double LargestSpread = 60;

    private const double UsualScale = 1e-3;
    private const double SmallScale = 1e-60;
    private const double LeastRounds = 400;
    private const double Gone = 1e-3;

    /// <summary>The numbers of local steps of the picture.</summary>
    internal static readonly int[] LocalSteps = [1, 2, 5];

    /// <summary>The numbers of clients of the picture.</summary>
    internal static readonly int[] Clients = [1, 2, 3, 4, 5, 6, 7, 8];

    private static readonly double[] Around = [-1.5, -1, -0.5, 0, 0.5, 1];
    private static readonly double[] Everywhere = [8, 14, 21, 28, 40];

    /// <summary>The figure.</summary>
    public FederatedWindow()
        : this(1000)
    {
    }

    public override string Name => "federated";

    public override string Description => "the window of M over clients and local steps of federated averaging, predicted and measured at m = ∞ (a quarter of the seeds)";

    /// <summary>Medians of long runs: a quarter of the seeds, 50 of 200, is enough.</summary>
    public override long SeedCount(int seeds) => Math.Max(1, seeds / 4);

    public override int LeastSeeds => 40;

    public override bool KeepsRuns => false;

    public override (FigureNumbers Numbers, FederatedData Data) Compute(FigureRequest request)
    {
        int seeds = (int)SeedCount(request.Seeds);
        FederatedCase[] planned = [.. Settings().Select(Predict).Select(Plan)];
        FederatedCase[] cases = Train(planned, seeds, request);
        FederatedCase[] boundaries = [.. from local in LocalSteps from clients in Clients select Predict(new FederatedCase(local, clients))];
        FederatedData data = new(cases, boundaries);
        FigureNumbers numbers = new()
        {
            Table = CreateTable(data),
            Verdicts = [.. Judge(cases)],
            Constants = [("seeds-used", seeds), ("step-size", FederatedCase.StepSize), ("spurious-mean", FederatedCase.Mean), ("local-steps-in-turn", steps)],
        };
        return (numbers, data);
    }

    /// <summary>What is measured: clients that draw independently, different ones of a list, and all of a list.</summary>
    internal static IEnumerable<FederatedCase> Settings() =>
    [
        new(1, 1), new(1, 2), new(1, 3), new(1, 4), new(2, 2), new(5, 2), new(5, 3),
        new(1, 2, Environments: 4), new(5, 3, Environments: 4),
        new(1, 2, Environments: 2), new(5, 2, Environments: 2), new(1, 4, Environments: 4),
    ];

    /// <summary>The window of a case.</summary>
    internal FederatedCase Predict(FederatedCase own) => own with
    {
        Window = FederatedThreshold.Window(FederatedCase.Mean, FederatedCase.StepSize, own.Clients, own.LocalSteps, own.Environments),
        Rounds = (int)Math.Max(steps / own.LocalSteps, Math.Min(LeastRounds, steps)),
    };

    internal static string NameOf(FederatedCase own)
        => $"K = {own.LocalSteps}, N = {own.Clients}{(own.Environments is { } list ? own.Clients == list ? $", all of E = {list}" : $" different of E = {list}" : "")}";

    /// <summary>Says at which M a case is run.</summary>
    private static FederatedCase Plan(FederatedCase own)
    {
        if (own.Window is not { } window)
        {
            return own with { Low = Points(Everywhere) };
        }

        // Around each end, and not as far as M₀.
        double low = Math.Min(0.08 * window.Lower, (FederatedCase.Center - window.Lower) / 1.6), high = Math.Min(0.08 * window.Upper, (window.Upper - FederatedCase.Center) / 1.6);
        return own with
        {
            Low = Points(Around.Select(place => window.Lower + (place * low))),
            High = window.Upper > LargestSpread ? [] : Points(Around.Select(place => window.Upper - (place * high)).Reverse()),
            Usual = new FederatedPoint(FederatedCase.Center, UsualScale, []),
        };

        static FederatedPoint[] Points(IEnumerable<double> spreads) => [.. spreads.Select(spread => new FederatedPoint(Math.Round(spread, 4), SmallScale, []))];
    }

    /// <summary>Trains all of them, over the seeds.</summary>
    private static FederatedCase[] Train(FederatedCase[] planned, int seeds, FigureRequest request)
    {
        (FederatedCase Case, FederatedPoint Point, int Seed)[] jobs =
            [.. from own in planned from point in own.Points from seed in Enumerable.Range(0, seeds) select (own, point, seed)];
        FederatedRun[] runs = new FederatedRun[jobs.Length];
        Parallel.For(
            0,
            jobs.Length,
            new ParallelOptions { MaxDegreeOfParallelism = request.Threads, CancellationToken = request.Cancellation },
            i => runs[i] = FederatedRun.Execute(jobs[i].Case, jobs[i].Point.Spread, jobs[i].Point.InitialScale, request.Seed + (ulong)jobs[i].Seed, request.Cancellation));
        int next = 0;
        return [.. planned.Select(own => own with { Low = [.. own.Low.Select(Trained)], High = [.. own.High.Select(Trained)], Usual = own.Usual is { } usual ? Trained(usual) : null })];

        // In the order of the points of a case.
        FederatedPoint Trained(FederatedPoint point)
        {
            next += seeds;
            return point with { Runs = runs[(next - seeds)..next] };
        }
    }

    private static CsvTable CreateTable(FederatedData data)
    {
        CsvTable table = new(
            "local_steps", "clients", "environments", "predicted_lower", "predicted_upper", "measured_lower", "measured_upper", "rounds", "init_scale", "spread", "exponent",
            "median_growth", "q10", "q90", "diverged");
        foreach (FederatedCase own in data.Cases)
        {
            foreach (FederatedPoint point in own.Points)
            {
                table.Add(
                    [
                        .. Setting(own),
                        CsvTable.Cell(own.Measured(isUpper: false)),
                        CsvTable.Cell(own.Measured(isUpper: true)),
                        Texts.Of(own.Rounds),
                        CsvTable.Cell(point.InitialScale),
                        CsvTable.Cell(point.Spread),
                        CsvTable.Cell(Math.Round(own.Exponent(point.Spread), 6)),
                        CsvTable.Cell(point.Growth(0.5)),
                        CsvTable.Cell(point.Growth(0.1)),
                        CsvTable.Cell(point.Growth(0.9)),
                        Texts.Of(point.Diverged),
                    ]);
            }
        }

        foreach (FederatedCase boundary in data.Boundaries)
        {
            table.Add([.. Setting(boundary), .. Enumerable.Repeat("", 10)]);
        }

        return table;
    }

    // Six digits are those of the window; the last ones are the platform's logarithm.
    private static IEnumerable<string> Setting(FederatedCase own) =>
    [
        Texts.Of(own.LocalSteps),
        Texts.Of(own.Clients),
        own.Environments is { } list ? Texts.Of(list) : "",
        CsvTable.Cell(own.Window is { } window ? Math.Round(window.Lower, 6) : null),
        CsvTable.Cell(own.Window is { Upper: <= LargestSpread } bounded ? Math.Round(bounded.Upper, 6) : null),
    ];

    /// <summary>What must be seen.</summary>
    internal static IEnumerable<Verdict> Judge(IReadOnlyList<FederatedCase> cases)
    {
        foreach (FederatedCase own in cases)
        {
            if (own.Window is not { } window)
            {
                yield return Verdict.Above(
                    $"{NameOf(own)}: no window predicted; least median growth of the share over M, in powers of ten", own.Low.Min(point => point.Growth(0.5)), 0);
                continue;
            }

            yield return Ratio($"{NameOf(own)}: measured lower end of the window over the predicted {Number(window.Lower)}", own.Measured(isUpper: false) / window.Lower, 0.05);
            if (own.High.Count > 0)
            {
                yield return Ratio($"{NameOf(own)}: measured upper end over the predicted {Number(window.Upper)}", own.Measured(isUpper: true) / window.Upper, 0.05);
            }

            // Of a narrow window ends say little: any place near M₀ would be right.
            if (IsNarrow(window))
            {
                yield return Ratio(
                    $"{NameOf(own)}: measured width of the window over the predicted {Number(window.Upper - window.Lower)}",
                    (own.Measured(isUpper: true) - own.Measured(isUpper: false)) / (window.Upper - window.Lower),
                    0.25);
            }
        }

        foreach (FederatedCase own in cases)
        {
            if (own.Usual is { } usual)
            {
                double[] last = [.. usual.Runs.Select(run => run.Spurious).Order()], signals = [.. usual.Runs.Where(run => !run.HasDiverged).Select(run => run.Signal).Order()];
                string there = $"{NameOf(own)}, from α = {Texts.Of(UsualScale)} at M = {Texts.Of(usual.Spread)}: ";
                yield return IsNarrow(own.Window!.Value)
                    ? Verdict.Information($"{there}median spurious share", Quantiles.OfSorted(last, 0.5), "0 without excursions, by the exponent, which is −∞")
                    : Verdict.Below($"{there}median spurious share", Quantiles.OfSorted(last, 0.5), Gone);
                yield return Verdict.Information(
                    $"{there}median true share of runs that do not diverge", signals.Length == 0 ? double.NaN : Quantiles.OfSorted(signals, 0.5), "1: A* is learned");
                yield return Verdict.Information(
                    $"{there}share of runs that diverge", (double)usual.Diverged / usual.Runs.Count, "excursions to |1 + η(s − q²)| > 1 do");
            }
        }
    }

    private static bool IsNarrow((double Lower, double Upper) window) => window.Upper < 1.1 * window.Lower;

    private static Verdict Ratio(string quantity, double? measured, double room) => Verdict.Between(quantity, measured ?? double.NaN, 1 - room, 1 + room);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
