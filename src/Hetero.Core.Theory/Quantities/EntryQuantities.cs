using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Quantities;

/// <summary>What the theory says of one spurious direction, a column that a step multiplies by 1 + ηs while it is small, s = Σ_ii.</summary>
/// <remarks>Thread-safe: immutable.</remarks>
public sealed class EntryQuantities
{
    /// <summary>Computes the quantities of a law.</summary>
    /// <param name="law">The law of s.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="gamma">γ, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">A number is out of range, or a value of s below 0 has no finite inverse.</exception>
    /// <remarks>The sets of step sizes take about n² moments for a list of n values below 0.</remarks>
    public EntryQuantities(EntryLaw law, double stepSize, double gamma)
    {
        ArgumentNullException.ThrowIfNull(law);
        Guard.Positive(stepSize);
        Guard.InRange(gamma, double.Epsilon, Math.BitDecrement(1.0));
        EntryLaw drifting = law.Shifted(2);
        Law = law;
        MomentExcess = MultiplierGrowth.MomentExcess(law, stepSize, 1 - gamma);
        DriftingMomentExcess = MultiplierGrowth.MomentExcess(drifting, stepSize, 1 - gamma);
        LyapunovExponent = MultiplierGrowth.LyapunovExponent(law, stepSize);
        TailExponent = MultiplierGrowth.TailExponent(law, stepSize);
        StableStepSizes = StepSizeSets.Stable(law);
        SupermartingaleStepSizes = StepSizeSets.Supermartingale(law, 1 - gamma);
        DriftingStepSizes = StepSizeSets.Supermartingale(drifting, 1 - gamma);

        // Var s alone may not be representable where Var s/(1 + |E s|) is.
        double lower = double.IsFinite(law.Variance)
            ? 4 * (2 + law.Mean) / gamma / law.Variance
            : 4 * ((2 + law.Mean) / (1 + Math.Abs(law.Mean))) / law.Heterogeneity / gamma;
        LemmaWindow = new StepSizeInterval(law.Mean <= -2 ? 0 : lower, 1 / (64 * law.Bound));
    }

    /// <summary>Gets the law of s.</summary>
    public EntryLaw Law { get; }

    /// <summary>Gets E|1 + ηs|^{1−γ} − 1: where it is not above 0, ‖q_t‖^{1−γ} is a supermartingale while q_t is small.</summary>
    public double MomentExcess { get; }

    /// <summary>
    /// Gets E|1 + ηs + 2η|^{1−γ} − 1 of (42), with the drift 2η that pays for all errors: where it is not above 0, X_{k,t}^{1−γ} is a
    /// supermartingale.
    /// </summary>
    public double DriftingMomentExcess { get; }

    /// <summary>Gets E log|1 + ηs|: below 0, and there alone, q_t dies out almost surely (m = ∞, orthogonal subspaces, diagonal Σ).</summary>
    public double LyapunovExponent { get; }

    /// <summary>
    /// Gets κ, E|1 + ηs|^κ = 1: where q_t is fed again and again, it has the tail P(q &gt; x) ∝ x^{−κ}. Null if the exponent is 0 or above, as
    /// nothing is stationary
    /// then; +∞ if |1 + ηs| ≤ 1 always.
    /// </summary>
    public double? TailExponent { get; }

    /// <summary>Gets the step sizes with E log|1 + ηs| &lt; 0: disjoint intervals, ascending; empty if there are none.</summary>
    public IReadOnlyList<StepSizeInterval> StableStepSizes { get; }

    /// <summary>Gets the step sizes with E|1 + ηs|^{1−γ} ≤ 1.</summary>
    public IReadOnlyList<StepSizeInterval> SupermartingaleStepSizes { get; }

    /// <summary>Gets the step sizes with E|1 + ηs + 2η|^{1−γ} ≤ 1, those for which the conclusion of Lemma 7 holds, its window or not.</summary>
    public IReadOnlyList<StepSizeInterval> DriftingStepSizes { get; }

    /// <summary>
    /// Gets what the proof of Lemma 7 asks for at this γ, (45): (4(2 + E s)/(γ·Var s), 1/(64·sup|s|)); empty if the first number is not below the
    /// second.
    /// </summary>
    public StepSizeInterval LemmaWindow { get; }
}
