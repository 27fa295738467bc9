using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// Lemma 6, (39), with the bound of (49), (50): P(q_i^t &lt; p^{−1.5}r2^{1.5}·L_t for all i, t ≤ T2) ≥ 1 − T2·p ≥ 0.995 for p = c_v/(M2·log
/// d) with a small enough c_v. The result is the largest c_v for which T2·p ≤ 0.005.
/// </summary>
/// <remarks>
/// <para>c_v is indeed absolute. For small η, ηT1 = log(1/α) + log(R/√(1 − R²)) at R = 1/3 with √(1 − α²) in place of 1, that is log(1/α) − 1.04, so T2·η &lt;
/// 2·log(1/α) &lt; 8·log d, and with η &gt; 24/M2 T2·p &lt; c_v/3: c_v = 0.015 always does, and no larger one, as instances in the corner α near d^{−4} and η
/// near 24/M2 show.</para>
/// <para>(49) prints q_i^τ ≤ p^{−1.5}r2^{1.5}·L_τ where ≥ is meant. (50) bounds T2·p by 0.01, which proves 0.99; (39) says 0.995, for which
/// c_v must be half as large. Whether the union bound (49) itself holds is simulated in <see cref="Lemma6Simulated"/>: inside the window T2
/// is above 10⁵ and the probability of absorption at p = 10⁻⁸ far below anything that could be seen.</para>
/// <para>T2 = T1 + log(1/α)/η, as the proof of Theorem 5 takes it.</para>
/// </remarks>
public sealed class Lemma6 : TheoryCheck
{
    // A quarter of the largest mean of a drawn instance.
    private const double LargestMean = 0.5;

    // Above T2 of every drawn instance; a second's work.
    private const double LongestPhases = 1.5e8;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L6",
        Statement = "P(q_i^t < p^{−1.5}r2^{1.5}·L_t for all i, t ≤ T2) ≥ 1 − T2·p ≥ 0.995 with p = c_v/(M2·log d)",
        Equations = "(39), (49), (50)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 0.015,
        ConstantReached = 0.0154,
        Remark = "Any c_v up to 0.015 does for all parameters of Theorem 2, and no larger one; (50) as printed, 0.01, proves 0.99 only.",
        ControlStatement = "the same probability above 0.9995",
        DefaultTrials = 3,
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Adapt(instance, moved => moved);
    }

    /// <summary>Checks the lemma's bound.</summary>
    /// <param name="environments">The distribution over environments: M1 and M2.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="initialScale">α, above 0 and below 1/3.</param>
    /// <param name="dimension">d, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or there may be more steps than an int
    /// counts.</exception>
    public static CheckResult Check(EnvironmentDistribution environments, double stepSize, double initialScale, int dimension)
        => Check(SpuriousRegularity.Of(environments), stepSize, initialScale, dimension, 0.005);

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(SpuriousRegularity.Varying(instance), instance.StepSize, instance.InitialScale, instance.Dimension, 0.005);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(SpuriousRegularity.Varying(instance), instance.StepSize, instance.InitialScale, instance.Dimension, 0.0005);

    private static TheoryInstance Adapt(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        // In the corner of Theorem 2's parameters that asks for the smallest c_v: T2 largest against M2·log d. M just above what opens the window, since T2 grows
        // with M; d is a number here and not the size of anything.
        TheoryInstance moved = choice(instance with { Dimension = 10_000, Mean = Math.Clamp(instance.Mean / 4, 0, LargestMean), OffDiagonal = 0 });
        double opening = (moved.Law == ScalarLaw.TwoPoint ? 3200 : 9500) * WindowOpening.Factor(moved, LargestMean, moved.Law);
        double spread = opening * Math.Pow(Math.Clamp(instance.Spread, 0.1, 30) / 0.1, 0.02);
        moved = WindowOpening.Fit(choice(moved with { Spread = spread }), choice);
        StepSizeInterval window = SpuriousRegularity.Of(moved.CreateEnvironments()).Window;
        moved = choice(moved with { InitialScale = Math.Pow(moved.Dimension, -3.999) });

        // Further up in the window where the phases would be too long to count their steps, and not beyond its middle where it is open by a hair.
        double least = -2 * Math.Log(moved.InitialScale) / LongestPhases, lowest = Math.Min(1.001 * window.Lower, Math.Sqrt(window.Lower * window.Upper));
        double stepSize = Math.Max(lowest, Math.Min(least, 0.999 * window.Upper));
        return moved with { StepSize = double.IsFinite(window.Lower) ? stepSize : moved.StepSize };
    }

    private static CheckResult Check(SpuriousRegularity regularity, double stepSize, double initialScale, int dimension, double violation)
    {
        Guard.Positive(stepSize);
        double end = PhaseSchedule.Create(stepSize, initialScale).ConvergenceEnd;
        double total = end * ControllerProcess.ViolationProbability(1, regularity.Heterogeneity, dimension);
        return CheckResult.Imply(
            Facts.Id,
            [
                Inequality.Above("η > 24/M2", stepSize, regularity.Window.Lower),
                Inequality.Below("η < 1/(64·M1)", stepSize, regularity.Window.Upper),
                Inequality.Above("α > d^{−4}", initialScale, Math.Pow(dimension, -4)),
                Inequality.Below("α < d^{−2}", initialScale, Math.Pow(dimension, -2)),
            ],
            new ImpliedConstant("c_v", violation / total, false),
            Inequality.AtMost(FormattableString.Invariant($"T2·p ≤ {violation} with c_v = 1"), total, violation)) with
        {
            Note = FormattableString.Invariant($"T2 = {end}; at c_v = {violation / total:G4} p is {violation / end:G4}"),
        };
    }
}
