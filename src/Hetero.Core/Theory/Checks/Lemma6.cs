using Hetero.Core.Environments;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Stability;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// Lemma 6, (39), with the bound of (49), (50): P(q_i^t &lt; p^{−1.5}r2^{1.5}·L_t for all i, t ≤ T2) ≥ 1 − T2·p ≥ 0.995 for p = c_v/(M2·log
/// d) with a small enough c_v. The result is the largest c_v for which T2·p ≤ 0.005.
/// </summary>
/// <remarks>
/// <para>c_v is indeed absolute: T2·η ≤ (9/8 + 1)·log(1/α) with α &gt; d^{−4} and η &gt; 24/M2 give T2 ≤ 0.355·M2·log d, so that c_v =
/// 0.0141 always does.</para>
/// <para>(49) prints q_i^τ ≤ p^{−1.5}r2^{1.5}·L_τ where ≥ is meant. (50) bounds T2·p by 0.01, which proves 0.99; (39) says 0.995, for which
/// c_v must be half as large. Whether the union bound (49) itself holds is simulated in <see cref="Lemma6Simulated"/>: inside the window T2
/// is above 10⁵ and the probability of absorption at p = 10⁻⁸ far below anything that could be seen.</para>
/// <para>T2 = T1 + log(1/α)/η, as the proof of Theorem 5 takes it.</para>
/// </remarks>
public sealed class Lemma6 : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "L6";

    /// <inheritdoc/>
    public override string Statement => "P(q_i^t < p^{−1.5}r2^{1.5}·L_t for all i, t ≤ T2) ≥ 1 − T2·p ≥ 0.995 with p = c_v/(M2·log d)";

    /// <inheritdoc/>
    public override string Equations => "(39), (49), (50)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.ImpliedConstant;

    /// <inheritdoc/>
    public override string Remark => "Any c_v up to 0.0141 does for all parameters of Theorem 2; (50) as printed, 0.01, proves 0.99 only.";

    /// <inheritdoc/>
    public override double? ConstantLimit => 0.0141;

    /// <inheritdoc/>
    public override string ControlStatement => "the same probability above 0.9995";

    /// <inheritdoc/>
    public override int DefaultTrials => 10;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);

        // Inside the window of Lemma 7, just above what opens it, since T2 grows with M; α log-uniform in (d^{−4}, d^{−2}), from [1e-4,
        // 0.1].
        double opening = instance.Law == ScalarLaw.TwoPoint ? 3200 : 9500;
        TheoryInstance moved = instance with
        {
            Mean = Math.Abs(instance.Mean) / 4,
            Spread = opening * Math.Pow(instance.Spread / 0.1, 0.1),
            OffDiagonal = 0,
        };
        StepSizeInterval window = SpuriousRegularity.Of(moved.CreateEnvironments()).Window;
        double place = 0.001 + (0.998 * Math.Log(instance.StepSize / 0.003) / Math.Log(100));
        double power = 2.001 + (1.998 * Math.Log(0.1 / instance.InitialScale) / Math.Log(1000));
        return moved with
        {
            StepSize = window.Lower * Math.Pow(window.Upper / window.Lower, place),
            InitialScale = Math.Pow(instance.Dimension, -power),
        };
    }

    /// <summary>Checks the lemma's bound.</summary>
    /// <param name="environments">The distribution over environments: M1 and M2.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="initialScale">α, above 0 and below 1/3.</param>
    /// <param name="dimension">d, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or there may be more steps than an int
    /// counts.</exception>
    public static CheckResult Check(EnvironmentDistribution environments, double stepSize, double initialScale, int dimension)
        => Check(environments, stepSize, initialScale, dimension, 0.005);

    private protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(instance.CreateEnvironments(), instance.StepSize, instance.InitialScale, instance.Dimension, 0.005);

    private protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(instance.CreateEnvironments(), instance.StepSize, instance.InitialScale, instance.Dimension, 0.0005);

    private static CheckResult Check(EnvironmentDistribution environments, double stepSize, double initialScale, int dimension, double violation)
    {
        Guard.Positive(stepSize);
        SpuriousRegularity regularity = SpuriousRegularity.Of(environments);
        double end = PhaseSchedule.Create(stepSize, initialScale).ConvergenceEnd;
        double total = end * ControllerProcess.ViolationProbability(1, regularity.Heterogeneity, dimension);
        return CheckResult.Imply(
            "L6",
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
