using System.Globalization;
using Hetero.Core.Theory.Convergence;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// Theorem 4 where every hypothesis is met: m = ∞, orthogonal subspaces, s = 1 ± 3200, η = 4.8·10⁻⁶, r1 = 1 (see <see cref="Theorem2Population"/>). Growth of
/// σ(R_t) by more than 1 + η/3 at each of a million steps, σ(R_T1) ∈ (1/4, 7/18), and ‖Q_t‖_F ≤ p^−1.5·r2²·L_t with c_v = 1.
/// </summary>
/// <remarks>
/// At m = ∞ with orthogonal subspaces R_t is the reference (25) itself, and a step multiplies by 1 + η(1 − σ²) ≥ 1 + 8η/9. Q_t is random: Theorem 4
/// allows a violation in 0.005 of the runs; here p^−1.5·α is 7·10⁸, beyond the saturation of Q_t, so there is none. R_t and Q_t are read off the reduced
/// dynamics, whose shares are their squares for r1 = r2 = 1.
/// </remarks>
public sealed class Theorem4Population : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "T4-population",
        Statement = "Theorem 4 on R_t and Q_t at m = ∞ with every hypothesis met",
        Equations = "(75), (76), (85), (86)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-9,
        Remark =
            "Needs M1 > 1536, and so a million steps; the bound of Q_t is then far beyond what Q_t can reach, and 8/9 is what 1/3 could be: T4-sharp has both.",
        ControlStatement = "the same with 1 + 0.9η",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks phase 1 at m = ∞.</summary>
    /// <param name="setting">Problem with r1 = r2 = 1, environments, δ, η, α and the constants.</param>
    /// <param name="seed">The seed of the environments.</param>
    /// <exception cref="ArgumentException">A rank is not 1, or α is not below 1/3.</exception>
    public static CheckResult Check(TheoremSetting setting, ulong seed) => Check(setting, seed, 1.0 / 3);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance) => new Theorem2Population().Adapt(instance);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(Theorem2Population.Setting(instance), instance.Seed);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(Theorem2Population.Setting(instance), instance.Seed, 0.9);

    private static CheckResult Check(TheoremSetting setting, ulong seed, double factor)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Guard.InRange(setting.Problem.InvariantRank, 1, 1, "setting.Problem.InvariantRank");
        Guard.InRange(setting.Problem.SpuriousRank, 1, 1, "setting.Problem.SpuriousRank");
        TrainingOptions options = new() { Seed = seed, StepSize = StepSizeSchedule.Constant(setting.StepSize), InitialScale = setting.InitialScale };
        int last = PhaseSchedule.Create(options).GrowthEnd;
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(setting.Problem, setting.InitialScale);
        double slope = 40 * setting.Bound * setting.RipConstant * Math.Sqrt(2);
        double reference = setting.InitialScale, before = double.NaN, slowest = double.PositiveInfinity, excess = 0;
        reduced.RunHetero(
            setting.Environments,
            options,
            last,
            step =>
            {
                double size = Math.Sqrt(reduced.SignalShare);
                if (step > 0)
                {
                    reference = AuxiliarySequences.Advance(reference, setting.StepSize);
                    slowest = Math.Min(slowest, (size - before) / before);
                }

                before = size;
                excess = Math.Max(excess, Math.Sqrt(reduced.SpuriousShare) / Math.Max(setting.InitialScale, slope * reference));
            });
        return CheckResult.Judge(
            Facts.Id,
            setting.Hypotheses(),
            Inequality.Above(FormattableString.Invariant($"min (σ(R_(t+1))/σ(R_t) − 1)/η > {factor:G3}"), slowest / setting.StepSize, factor),
            Inequality.Above("σ(R_T1) > 1/4", before, 0.25),
            Inequality.Below("σ(R_T1) < 7/18", before, 7.0 / 18),
            Inequality.AtMost("max_t ‖Q_t‖_F/(r2²·L_t) ≤ p^−1.5", excess, Math.Pow(setting.ViolationProbability, -1.5))) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"T1 = {last}; max ‖Q_t‖_F/L_t = {excess:G4}"),
        };
    }
}
