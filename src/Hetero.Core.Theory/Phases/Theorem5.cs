using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// Theorem 5, (94)–(96), along real runs outside the window, with δ = √(d/m): |σ_j(R_T2) − 1| ≤ C·δM1√(r1 + r2), the smaller of the two terms of (94), and
/// ‖E_t‖ ≤ C·δM1√(r1 + r2)·log(1/α), ‖E_t‖_F² ≤ C·δ²M1²(r1 + r2)^1.5·log²(1/α) for T1 &lt; t ≤ T2, in runs where ‖Q_t‖_F² &lt; 0.01 as Lemma 15 asks.
/// </summary>
/// <remarks>
/// Outside the window ‖Q_t‖_F² &lt; 0.01 is not a matter of 0.995: a run in eleven leaves it at some step up to T2, and while Q_t is of order 1 it can take R_t along, down
/// to σ_r1 = 0.35 in one of 250 runs at m = 64,000 and α = 10⁻³.
/// T2 = T1 + log(1/α)/η, as the proof takes it. (95) and (96) print p^−3·δ*², with δ* the p^−1.5 is already inside; as the other term suffices here, neither is
/// needed. The constant of a run is that of σ_j and varies by half of itself; the larger of two root mean squares of 160 is 0.034 with a deviation of 0.0013, seven of them
/// away from the limit and from what is reached. ‖Q_t‖_F is checked by <see cref="Theorem5Spurious"/>, its printed equality by <see cref="SpuriousBoundByDelta"/>.
/// </remarks>
public sealed class Theorem5 : TheoryCheck
{
    private const int Replicas = 160;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T5",
        Statement = "phase 2: |σ_j(R_T2) − 1| ≤ C·δM1√(r1 + r2), ‖E_t‖ ≤ C·δM1√(r1 + r2)·log(1/α), ‖E_t‖_F² ≤ C·δ²M1²(r1 + r2)^1.5·log²(1/α)",
        Equations = "(94)–(96)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 0.0455,
        ConstantReached = 0.0258,
        FalseAlarmRate = 1e-8,
        Remark =
            "Outside the theorem's window, inside the sharp one, M = 8, η = 0.05, δ = √(d/m) with m from 10⁶ to 10⁸, "
            + "where ‖Q_t‖² stays below 0.01; a root mean square over 160 runs. σ_j decides; the bounds of ‖E_t‖ and ‖E_t‖_F² are far away and decide nothing.",
        ControlStatement = "the same at the end of phase 1",
        DefaultTrials = 2,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Reports C of the user's own run.</summary>
    /// <param name="trainer">HeteroSGD at its start, with a constant step size; it is trained up to T2.</param>
    /// <param name="ripConstant">δ, above 0; null for √(d/m).</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the step size changes, or a number is out of range.</exception>
    public static CheckResult Check(HeteroSgd<double> trainer, double? ripConstant = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        PhaseSchedule phases = PhaseSchedule.Create(trainer.Options);
        return Check(trainer, ripConstant, phases.GrowthEnd, phases.ConvergenceEnd);
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance
        {
            Seed = instance.Seed,
            Dimension = 12,
            InvariantRank = 2,
            SpuriousRank = 2,
            Samples = PaperSimulation.VariedSamples(instance),
            InitialScale = 1e-4,
            Spread = 8,
            Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => PhaseReplicas.RootMeanSquare(Facts.Id, instance, Replicas, trainer => Check(trainer));

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => PhaseReplicas.RootMeanSquare(Facts.Id, instance, Replicas, trainer =>
        {
            int last = PhaseSchedule.Create(trainer.Options).GrowthEnd;
            return Check(trainer, null, last - 1, last);
        });

    private static CheckResult Check(HeteroSgd<double> trainer, double? ripConstant, int first, int last)
    {
        TheoremSetting setting = TheoremSetting.Of(trainer, ripConstant);
        IReadOnlyList<PartNorms> rows = TrainedRun.Parts(trainer, last, first + 1);
        PhaseClaims phase = new(setting, rows);
        double unit = phase.Unit * setting.Bound;
        double distance = Math.Max(Math.Abs(rows[last].LargestInvariant - 1), Math.Abs(rows[last].SmallestInvariant - 1));
        IReadOnlyList<Inequality> claims =
        [
            Inequality.AtMost("max_j |σ_j(R_T2) − 1| ≤ δM1√(r1 + r2)", distance, unit),
            .. phase.Residual(first + 1, last, unit * -Math.Log(setting.InitialScale)),
        ];
        return CheckResult.Imply(
            Facts.Id,
            [
                Inequality.Below("α < 1/3 − η", setting.InitialScale, (1.0 / 3) - setting.StepSize),
                Inequality.Below("max_t ‖Q_t‖_F² < 0.01", rows.Max(row => row.Spurious * row.Spurious), 0.01),
            ],
            new ImpliedConstant("C in all O(·)", PhaseClaims.Largest(claims), IsSmallest: true),
            claims);
    }
}
