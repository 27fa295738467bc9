using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Training;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// What update rules that normalize the direction make of the spurious part at m = ∞: Adam ends near the mean of s, sign descent and Muon without momentum at the median, with it near the mean again;
/// none of them at 0. And the M from which on decoupled weight decay w leaves nothing, E log|1 + η(s − w)| = 0, where the true eigenvalue is 1 − w.
/// </summary>
/// <param name="time">The η·t of a run; smaller than the figure's for tests.</param>
internal sealed class AdaptiveLimits(double time = 200) : Figure<AdaptiveData>
{
    internal const string Adam = "Adam", Sign = "sign", Muon = "Muon", HeavySign = "sign, β = 0.95", HeavyMuon = "Muon, β = 0.95";
    internal const string Unequal = "5 (0.6), -3 (0.4)", Equal = "5 or -3";
    internal const double DecayStepSize = 0.05;

    private const double Start = 1e-3, HeavyMomentum = 0.95, SlowStepSize = 0.005;
    private static readonly double[] StepSizes = [0.005, 0.01, 0.02, 0.05];
    private static readonly double[] Decays = [0.2, 0.4, 0.6, 0.8];
    private static readonly double[] Around = [0.88, 0.92, 0.96, 1, 1.04, 1.08, 1.12];

    public override string Name => "adaptive";

    public override string Description => "where Adam, sign descent and Muon end, and the threshold of weight decay, predicted and measured at m = ∞ (an eighth of the seeds)";

    public override bool KeepsRuns => false;

    /// <summary>Means over long runs: an eighth of the seeds, 25 of 200, is enough.</summary>
    public override long SeedCount(int seeds) => Math.Max(1, seeds / 8);

    public override int LeastSeeds => 80;

    public override (FigureNumbers Numbers, AdaptiveData Data) Compute(FigureRequest request)
    {
        int seeds = (int)SeedCount(request.Seeds);
        (string Rule, string Law, double StepSize)[] settings = [.. Settings()];
        List<AdaptivePoint> points = [];
        int done = 0, all = settings.Length + Decays.Length;
        foreach ((string rule, string law, double stepSize) in settings)
        {
            points.Add(Run(rule, law, stepSize, seeds, request));
            request.Progress?.Report((double)++done / all);
        }

        List<DecayPoint> decays = [];
        foreach (double decay in Decays)
        {
            decays.Add(Decay(decay, seeds, request));
            request.Progress?.Report((double)++done / all);
        }

        FigureNumbers numbers = new()
        {
            Table = CreateTable(points, decays),
            Verdicts = [.. Judge(points, decays)],
            Constants = [("seeds-used", seeds), ("time", time), ("init-scale", Start)],
        };
        return (numbers, new AdaptiveData(points, decays));
    }

    /// <summary>The rules, laws and step sizes of the runs.</summary>
    internal static IEnumerable<(string Rule, string Law, double StepSize)> Settings() =>
    [
        .. from law in new[] { Unequal, Equal } from stepSize in StepSizes select (Adam, law, stepSize),
        .. from rule in new[] { Sign, Muon } from stepSize in StepSizes select (rule, Unequal, stepSize),
        (HeavySign, Unequal, SlowStepSize),
        (HeavyMuon, Unequal, SlowStepSize),
        (Sign, Equal, 0.05),
        (Sign, Equal, 0.02),
        (Muon, Equal, 0.05),
    ];

    internal static EntryLaw LawOf(string law) => EntryLaw.Discrete([-3, 5], law == Unequal ? [0.4, 0.6] : [0.5, 0.5]);

    /// <summary>
    /// The mean of q² that is predicted. Adam: with a constant denominator E q³ = E s·E q, and the noise of size η that every step has leaves Var q = η·√Var s/(4√E s), so that E q² = E s −
    /// η·√Var s/(2√E s) to first order in η. Sign descent and Muon without momentum are the same walk here.
    /// </summary>
    internal static double Predicted(string rule, string law, double stepSize, ulong seed)
    {
        EntryLaw own = LawOf(law);
        return rule switch
        {
            Adam => own.Mean - (stepSize * Math.Sqrt(own.Variance / own.Mean) / 2),
            HeavySign or HeavyMuon => WeightedMedian.Of(own, HeavyMomentum, rule == HeavyMuon, seed),
            _ => SignWalk.MeanShare(own, stepSize, Start),
        };
    }

    private AdaptivePoint Run(string rule, string law, double stepSize, int seeds, FigureRequest request)
    {
        // A walk without a drift needs the square of the time of others to forget its start.
        bool isFree = law == Equal && rule != Adam;
        int steps = (int)Math.Round(isFree ? time / (4 * stepSize * stepSize) : time / stepSize);
        EntryLaw own = LawOf(law);
        FiniteEnvironments environments = new(1, [[own.Values[0]], [own.Values[1]]], own.Probabilities);
        UpdateRule<double> update = rule switch
        {
            Adam => new Adam<double>(),
            Sign => new SignDescent<double>(),
            HeavySign => new SignDescent<double>(HeavyMomentum),
            Muon => new Muon<double>(0, Orthogonalization.Polar),
            _ => new Muon<double>(HeavyMomentum),
        };
        AxesRun[] runs = AxesRun.Execute(environments, update, stepSize, steps, seeds, request);
        return new(rule, law, stepSize, steps, Predicted(rule, law, stepSize, request.Seed), runs);
    }

    private DecayPoint Decay(double decay, int seeds, FigureRequest request)
    {
        double predicted = PredictedSpread(decay);
        double[] spreads = [.. Around.Select(factor => Math.Round(factor * predicted, 3))];
        DecoupledWeightDecay<double> rule = new(new Sgd<double>(), decay);

        // The mean of s − w is 1 − w, and all goes slower by as much.
        int steps = (int)Math.Round(time / (DecayStepSize * (1 - decay)));
        return new(
            decay,
            predicted,
            spreads,
            [.. spreads.Select(spread => AxesRun.Execute(DiagonalEnvironments.TwoPoint(1, 1, spread), rule, DecayStepSize, steps, seeds, request))]);
    }

    /// <summary>Where E log|1 + η(s − w)| = 0 for s = 1 ± M: √((1 + η(1 − w))² − 1)/η.</summary>
    internal static double PredictedSpread(double decay) => StabilityThreshold.TwoPointSpreads(1 - decay, DecayStepSize).Lower;

    private static CsvTable CreateTable(IReadOnlyList<AdaptivePoint> points, IReadOnlyList<DecayPoint> decays)
    {
        CsvTable table = new("update_rule", "environments", "step_size", "weight_decay", "spread", "predicted", "mean", "median", "q10", "q90", "diverged");
        foreach (AdaptivePoint point in points)
        {
            table.Add(
                point.Rule,
                point.Law,
                CsvTable.Cell(point.StepSize),
                "",
                "",
                CsvTable.Cell(point.Predicted),
                CsvTable.Cell(point.Mean),
                CsvTable.Cell(point.At(0.5)),
                CsvTable.Cell(point.At(0.1)),
                CsvTable.Cell(point.At(0.9)),
                Texts.Of(point.Runs.Count(run => run.HasDiverged)));
        }

        foreach (DecayPoint point in decays)
        {
            for (int i = 0; i < point.Spreads.Length; i++)
            {
                AdaptivePoint own = new("sgd", "two-point", DecayStepSize, 0, 0, point.Runs[i]);
                table.Add(
                    own.Rule,
                    own.Law,
                    CsvTable.Cell(own.StepSize),
                    CsvTable.Cell(point.Decay),
                    CsvTable.Cell(point.Spreads[i]),
                    CsvTable.Cell(point.Predicted),
                    CsvTable.Cell(own.Mean),
                    CsvTable.Cell(own.At(0.5)),
                    CsvTable.Cell(own.At(0.1)),
                    CsvTable.Cell(own.At(0.9)),
                    Texts.Of(own.Runs.Count(run => run.HasDiverged)));
            }
        }

        return table;
    }

    /// <summary>What must be seen.</summary>
    internal static IEnumerable<Verdict> Judge(IReadOnlyList<AdaptivePoint> points, IReadOnlyList<DecayPoint> decays)
    {
        foreach (AdaptivePoint point in points)
        {
            (double room, string what) = point switch
            {
                { Rule: Adam, StepSize: > 0.02 } => (0.04, "E s − η·√Var s/(2√E s)"),
                { Rule: Adam } => (0.02, "E s − η·√Var s/(2√E s)"),
                { Law: Equal } => (0.2, "that of the walk, (1 + M)/3 for small η"),
                { Rule: HeavySign or HeavyMuon } => (0.03, "the median of the average that momentum makes"),
                _ => (0.02, "that of the walk, the median 5 for small η"),
            };
            yield return Verdict.Between(
                string.Create(
                    CultureInfo.InvariantCulture, $"{point.Rule}, s = {point.Law}, η = {point.StepSize}: mean late share over {what}, {point.Predicted:0.000}"),
                point.Mean / point.Predicted,
                1 - room,
                1 + room);
        }

        foreach (AdaptivePoint point in points.Where(point => point.Rule == Adam && point.StepSize == StepSizes[^1]))
        {
            yield return Verdict.Below(
                $"{point.Rule}, s = {point.Law}, η = {Texts.Of(point.StepSize)}: mean late share over the mean of s", point.Mean / LawOf(point.Law).Mean, 1);
        }

        foreach (AdaptivePoint point in points.Where(point => point is { Rule: Sign, Law: Equal }))
        {
            yield return Verdict.Below(
                $"sign, s = {point.Law}, η = {Texts.Of(point.StepSize)}: distance of |q|'s law over seeds at the last step from the uniform one, times √seeds",
                UniformDistance(point) * Math.Sqrt(point.Runs.Length),
                1.95);
        }

        foreach (DecayPoint point in decays)
        {
            yield return Verdict.Between(
                string.Create(CultureInfo.InvariantCulture, $"weight decay {point.Decay}, η = {DecayStepSize}: measured threshold in M over the predicted {point.Predicted:0.00}"),
                (point.Measured ?? double.NaN) / point.Predicted,
                0.92,
                1.08);
            yield return Verdict.Between(
                string.Create(CultureInfo.InvariantCulture, $"weight decay {point.Decay}: late true share over 1 − w"), point.Signal / (1 - point.Decay), 0.99, 1.01);
        }
    }

    /// <summary>Kolmogorov's distance of |q|/√(1 + M) from the uniform law.</summary>
    private static double UniformDistance(AdaptivePoint point)
    {
        double[] places = [.. point.Runs.Select(run => Math.Sqrt(run.LastSpurious / LawOf(point.Law).Maximum)).Order()];
        return Enumerable.Range(0, places.Length).Max(i => Math.Max(Math.Abs(places[i] - ((double)i / places.Length)), Math.Abs(places[i] - ((i + 1.0) / places.Length))));
    }
}
