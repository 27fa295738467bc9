using System.Globalization;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.EndToEnd;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// The bound of the spurious part in Theorems 4 and 5 along real runs, t ≤ T2: ‖Q_t‖_F ≤ p^−1.5·r2²·L_t with p = c_v/(M2·log d). Reported is the largest c_v.
/// </summary>
/// <remarks>
/// m = 10⁹, so that 40·M1·δ√(r1 + r2) is below 1 and L_t starts at α; at the paper's m = 8000 L_t exceeds R_t and the bound says nothing. Q_t has a power tail
/// over time and seeds, up to its saturation near √M: the bound asks for c_v ≤ M2·log d·(r2²L_t/‖Q_t‖_F)^{2/3}, which is of order 1 at worst.
/// The theorem allows a violation in 0.005 of the runs; the limit is below what saturation can do, ‖Q_t‖_F ≤ 4 against L_t ≥ α.
/// </remarks>
public sealed class Theorem5Spurious : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "T5-spurious";

    /// <inheritdoc/>
    public override string Statement => "real runs, t ≤ T2: ‖Q_t‖_F ≤ p^−1.5·r2²·L_t with p = c_v/(M2·log d)";

    /// <inheritdoc/>
    public override string Equations => "(39), (64), (85)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.ImpliedConstant;

    /// <inheritdoc/>
    public override string Remark => "Outside the theorem's window, inside the sharp one: M = 8, η = 0.05; m = 10⁹, or L_t would exceed 1.";

    /// <inheritdoc/>
    public override double? ConstantLimit => 0.5;

    /// <inheritdoc/>
    public override string ControlStatement => "‖Q_t‖_F ≤ √r2·L_t: without p^−1.5·r2^1.5, the room between the barriers";

    /// <inheritdoc/>
    public override int DefaultTrials => 5;

    /// <summary>Reports c_v of the user's own run.</summary>
    /// <param name="trainer">HeteroSGD at its start, with a constant step size; it is trained up to T2.</param>
    /// <param name="ripConstant">δ, above 0; null for √(d/m).</param>
    /// <exception cref="ArgumentException">The trainer is not at its start, the step size changes, or a number is out of range.</exception>
    public static CheckResult Check(HeteroSgd<double> trainer, double? ripConstant = null)
    {
        (TheoremSetting setting, PhaseClaims claims) = Train(trainer, ripConstant);
        return CheckResult.Imply(
            "T5-spurious",
            Hypotheses(setting),
            new ImpliedConstant("c_v", claims.LargestViolationConstant(), IsSmallest: false),
            claims.Spurious()) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"max_t ‖Q_t‖_F/(r2²·L_t) = {claims.SpuriousExcess():G4}"),
        };
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
            Samples = 1_000_000_000,
            Spread = 8,
            OwnDraws = true,
            Overlap = 0,
        };
    }

    private protected override CheckResult CheckCore(TheoryInstance instance) => Check(PaperSimulation.Hetero(instance));

    private protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        (TheoremSetting setting, PhaseClaims claims) = Train(PaperSimulation.Hetero(instance), null);
        double room = Math.Pow(setting.Problem.SpuriousRank, -1.5);
        return CheckResult.Judge(
            "T5-spurious", Hypotheses(setting), Inequality.AtMost("max_t ‖Q_t‖_F/(r2²·L_t) ≤ r2^−1.5", claims.SpuriousExcess(), room));
    }

    private static (TheoremSetting Setting, PhaseClaims Claims) Train(HeteroSgd<double> trainer, double? ripConstant)
    {
        TheoremSetting setting = TheoremSetting.Of(trainer, ripConstant);
        return (setting, new PhaseClaims(setting, TrainedRun.Parts(trainer, PhaseSchedule.Create(trainer.Options).ConvergenceEnd)));
    }

    private static IReadOnlyList<Inequality> Hypotheses(TheoremSetting setting) =>
    [
        Inequality.AtMost(
            "40·M1·δ√(r1 + r2) ≤ 1, so that L_0 = α",
            40 * setting.Bound * setting.RipConstant * Math.Sqrt(setting.Problem.InvariantRank + setting.Problem.SpuriousRank),
            1),
    ];
}
