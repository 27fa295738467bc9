using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// Theorem 4's bounds of the residual along real runs, t ≤ T1, with δ = √(d/m): ‖E_t‖ ≤ C·δ·√(r1 + r2) and ‖E_t‖_F² ≤ C·δ²M1²(r1 + r2)^1.5·log²(1/α), (83), (84).
/// </summary>
/// <remarks>
/// The printed ‖E_t‖ ≲ δ√(r1 + r2) has no M1, while (83) has 40·M1; C takes it up. At t = 0 it needs α ≲ δ√(r1 + r2), and the printed
/// δ√(r1 + r2) ≤ ‖R_t‖ needs the opposite, as ‖R_0‖ = α: only the outer inequality ‖E_t‖ ≤ ‖R_t‖ can be meant, which (87) shows.
/// The root mean square of 64 runs is 0.182 with a deviation of 0.004, whatever δ is: α = 10⁻⁵ is too small for the start to count. The largest of three is 0.186, and the
/// limit and what is reached are eight of its deviations away.
/// </remarks>
public sealed class Theorem4Residual : TheoryCheck
{
    private const int Replicas = 64;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T4-residual",
        Statement = "real runs, t ≤ T1: ‖E_t‖ ≤ C·δ√(r1 + r2) and ‖E_t‖_F² ≤ C·δ²M1²(r1 + r2)^1.5·log²(1/α)",
        Equations = "(83), (84)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 0.215,
        ConstantReached = 0.16,
        FalseAlarmRate = 1e-8,
        Remark =
            "Outside the theorem's window, inside the sharp one: M = 8, η = 0.05, δ = √(d/m) with m from 10⁶ to 10⁸, "
            + "where ‖Q_t‖² stays below 0.01; a root mean square over 64 runs. ‖E_t‖ decides; the bound of ‖E_t‖_F² is far away and decides nothing.",
        ControlStatement = "the same with δ = d/m",
        DefaultTrials = 3,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Reports C of the user's own run.</summary>
    /// <param name="trainer">HeteroSGD at its start, with a constant step size; it is trained up to T1.</param>
    /// <param name="ripConstant">δ, above 0; null for √(d/m).</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the step size changes, or a number is out of range.</exception>
    public static CheckResult Check(HeteroSgd<double> trainer, double? ripConstant = null)
    {
        TheoremSetting setting = TheoremSetting.Of(trainer, ripConstant);
        int last = PhaseSchedule.Create(trainer.Options).GrowthEnd;
        IReadOnlyList<PartNorms> rows = TrainedRun.Parts(trainer, last, 0);
        PhaseClaims phase = new(setting, rows);
        IReadOnlyList<Inequality> claims = phase.Residual(0, last, phase.Unit);
        return CheckResult.Imply(
            Facts.Id,
            [
                Inequality.Below("α < 1/3 − η", setting.InitialScale, (1.0 / 3) - setting.StepSize),
                Inequality.Below("max_t ‖Q_t‖_F² < 0.01", rows.Max(row => row.Spurious * row.Spurious), 0.01),
            ],
            new ImpliedConstant("C in both ≲", PhaseClaims.Largest(claims), IsSmallest: true),
            claims);
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
            InitialScale = 1e-5,
            Spread = 8,
            Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => PhaseReplicas.RootMeanSquare(Facts.Id, instance, Replicas, trainer => Check(trainer));

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => PhaseReplicas.RootMeanSquare(
            Facts.Id, instance, Replicas, trainer => Check(trainer, (double)instance.Dimension / instance.Samples));
}
