using System.Globalization;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// The picture of the proof: the spurious column ‖q_t‖ under its controller q^t between L_t and the absorbing barrier, and the signal between R̲_t
/// and R̄_t. Once
/// where Lemma 7's inequality holds though Theorem 2's window is empty, M = 20 at η = 0.05, and once inside the window, M = 3200 at η = 4.8·10⁻⁶
/// and m = ∞.
/// </summary>
/// <param name="common">The run at M = 20; a smaller one is for tests.</param>
/// <param name="window">The run inside the window; a shorter one is for tests.</param>
internal sealed class ProofBarrier(RunRecipe common, RunRecipe window) : Figure<(BarrierPath First, BarrierPath Inside)>
{
    // ‖q_t‖ is fed by the error of the batches from below L_t; excursions this far above L_t are seen.
    private const double Excursion = 30;
    internal const int ShownPoints = 400;

    // At t = 0 all are α; at m = ∞ σ(R_t) is R_t but for round-off.
    private const double RoundOff = 1e-9;

    internal static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>The figure.</summary>
    public ProofBarrier()
        : this(
            new RunRecipe { Dimension = 20, Samples = 1_000_000_000, Spread = 20, Orthogonal = true },
            new RunRecipe
            {
                Dimension = 5,
                Measurements = MeasurementKind.Population,
                Spread = 3200,
                StepSize = 4.8e-6,
                InitialScale = 0.03,
                Orthogonal = true,
            })
    {
    }

    /// <summary>The runs at M = 20.</summary>
    internal RunRecipe Common => common;

    /// <summary>The run inside the window.</summary>
    internal RunRecipe Window => window;

    public override string Name => "barrier";

    public override string Description =>
        "the picture of the proof: ‖q_t‖ under its controller between L_t and the barrier, the signal between R̲_t and R̄_t (M = 20 and 3200)";

    public override bool KeepsRuns => false;

    public override (FigureNumbers Numbers, (BarrierPath First, BarrierPath Inside) Data) Compute(FigureRequest request)
    {
        RunRecipe first = UpToT2(common) with { Seed = request.Seed }, inside = UpToT2(window) with { Seed = request.Seed };
        BarrierPath[] paths = new BarrierPath[request.Seeds];
        BarrierPath? far = null;

        // The long one first, so that no core waits for it at the end.
        request.InParallel(request.Seeds + 1, i =>
        {
            if (i == 0)
            {
                // At m = ∞ every δ is one; the largest of Assumption 3 makes L_t as large as the theorem has it.
                far = BarrierRun.Execute(inside, BarrierRun.QuantitiesOf(inside).RipThreshold, request.Cancellation);
            }
            else
            {
                paths[i - 1] = BarrierRun.Execute(first with { Seed = first.Seed + (ulong)(i - 1) }, null, request.Cancellation);
            }
        });
        FigureNumbers numbers = new()
        {
            Table = CreateTable(("M = 20", paths[0]), ("window", far!)),
            Verdicts = Judge(paths, far!),
            Runs =
            [
                new RunGroup("M = 20", first, request.Seeds, paths.Count(path => double.IsPositiveInfinity(path.Spurious[^1]))),
                new RunGroup("inside the window", inside, 1, 0),
            ],
        };
        return (numbers, (paths[0], far!));
    }

    /// <summary>What must be seen: what the lemmas say, of every seed at M = 20 and of the run inside the window.</summary>
    internal static IReadOnlyList<Verdict> Judge(IReadOnlyList<BarrierPath> paths, BarrierPath inside)
    {
        double steps = paths[0].Line.LastStep, bound = steps * paths[0].Quantities.ViolationProbability, seeds = paths.Count;

        // By Doob's inequality for ‖q_t‖^κ, from α on.
        double tail = paths[0].Quantities.Directions[0].TailExponent ?? 0;

        // A share may exceed its expectation by four standard errors.
        double Limit(double share) => Math.Round(share + (4 * Math.Sqrt(share * (1 - share) / seeds)), 3);
        double Share(Func<BarrierPath, bool> holds) => paths.Count(holds) / seeds;
        double expected = Math.Pow(Excursion, -tail), absorbed = Share(path => path.AbsorptionStep is not null);
        string risen = string.Create(Invariant, $"‖q_t‖ ≥ {Excursion}·L_t at some t ≤ T2; {Excursion}^−κ = {expected:0.###}");
        return
        [
            Verdict.Above(
                "M = 20: share of seeds with R̲_t ≤ σ(R_t) ≤ R̄_t up to T1 (Lemma 14)", Share(path => path.SignalExcess() <= 1 + RoundOff), 0.99),
            Verdict.Above(
                "M = 20: share of seeds with ‖q_t‖ ≤ q^t up to the absorption (Lemma 11)", Share(path => path.ControllerExcess() <= 1 + RoundOff), 0.99),
            Verdict.Below(
                string.Create(Invariant, $"M = 20: share of seeds with q^t at the barrier by T2; T2·p = {bound:0.###} (49), too far away to be evidence"),
                absorbed,
                Limit(Math.Min(1, bound))),
            Verdict.Above(
                "M = 20: share of seeds with ‖q_t‖ below the barrier up to T2 (39)", Share(path => path.Height(path.Spurious) < path.BarrierFactor), 0.995),
            Verdict.Below($"M = 20: share of seeds with {risen}", Share(path => path.Height(path.Spurious) >= Excursion), Limit(expected)),
            Verdict.Below("window: largest of σ(R_t)/R̄_t and R̲_t/σ(R_t) up to T1 (arithmetic at m = ∞)", inside.SignalExcess(), 1 + RoundOff),
            Verdict.Below("window: largest ‖q_t‖/q^t up to T2 (arithmetic at m = ∞)", inside.ControllerExcess(), 1 + RoundOff),
            Verdict.Between("window: largest q^t/L_t up to T2", inside.Height(inside.Controller), 3, 1e8),
            Verdict.Information("window: the barrier over L_t, p^−1.5", inside.BarrierFactor, "out of reach"),
            Verdict.Below("window: ‖q_T2‖/L_T2, as E log|1 + ηs| < 0 (round-off of the run ends its fall)", inside.Spurious[^1] / inside.Line.Values[^1], 1),
        ];
    }

    private static RunRecipe UpToT2(RunRecipe recipe) => recipe with { Steps = BarrierRun.QuantitiesOf(recipe).Phases!.ConvergenceEnd };

    private static CsvTable CreateTable(params IReadOnlyList<(string Name, BarrierPath Path)> paths)
    {
        CsvTable table = new("run", "step", "signal_norm", "lower", "reference", "upper", "spurious_norm", "controller", "calibration", "barrier");
        foreach ((string name, BarrierPath path) in paths)
        {
            foreach (int t in Shown(path.Line.LastStep))
            {
                table.Add(
                    name,
                    Texts.Of(t),
                    Texts.Of(path.Signal[t]),
                    Texts.Of(path.Sequences.Lower[t]),
                    Texts.Of(path.Sequences.Reference[t]),
                    Texts.Of(path.Sequences.Upper[t]),
                    Texts.Of(path.Spurious[t]),
                    Texts.Of(path.Controller[t]),
                    Texts.Of(path.Line.Values[t]),
                    Texts.Of(path.BarrierFactor * path.Line.Values[t]));
            }
        }

        return table;
    }

    /// <summary>The steps that are shown: all of a short run.</summary>
    internal static int[] Shown(int last)
        => [.. last <= ShownPoints ? Enumerable.Range(0, last + 1) : Enumerable.Range(0, ShownPoints + 1).Select(i => (int)((long)last * i / ShownPoints))];
}
