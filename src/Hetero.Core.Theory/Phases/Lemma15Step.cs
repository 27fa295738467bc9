using Hetero.Core.Theory.Dynamics;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// The one-step inequalities of Lemma 15's proof, (90) σ_1^{(t+1)} ≤ (1 − ησ_1² + η + ηg)σ_1 and (92) σ_{r1}^{(t+1)} ≥ (1 − ησ_{r1}² + η − 5ηg)σ_{r1}, if
/// σ_1 ≤ 5σ_{r1}, σ_{r1} ≥ 1/4 and g is at least ‖Q_t‖² + ‖E_t‖² + 4‖U_tᵀE_t‖ + 4M1ε1‖Q_t‖ + 6ε1‖U_t‖².
/// </summary>
/// <remarks>
/// <para>(88) has the first three of these; the last two are the interaction error of (22) and the cross terms of Lemma 8, 0 for orthogonal subspaces.
/// (92) prints σ_1² for σ_{r1}², which (93) uses and which is stronger.</para>
/// </remarks>
public sealed class Lemma15Step : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L15-step",
        Statement = "with g = ‖Q‖² + ‖E‖² + 4‖UᵀE_t‖ + 4M1ε1‖Q‖ + 6ε1‖U‖², (90) and (92)",
        Equations = "(90), (92)",
        Stated = Verdict.Holds,
        Remark = "Deterministic: Weyl's inequality on (22).",
        ControlStatement = "the same without the term 4‖U_tᵀE_t‖ in g",
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return ConstructedStep.Adapt(instance);
    }

    /// <summary>Checks the inequalities on a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="bound">M1, 0 or above.</param>
    public static CheckResult Check(AnalyzedStep step, double bound) => Check(step, bound, control: false);

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return ConstructedStep.Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, control: true);

    private static CheckResult Check(TheoryInstance instance, bool control)
    {
        // Then 4‖U_tᵀE_t‖ is of the order of 0.001.
        ConstructedStep made = ConstructedStep.Create(
            instance, ConstructedState.Convergence, constants => 5e-4 / (constants.Bound * Math.Sqrt(instance.InvariantRank + instance.SpuriousRank)));
        return Check(made.Step, made.Constants.Bound, control);
    }

    private static CheckResult Check(AnalyzedStep step, double bound, bool control)
    {
        ArgumentNullException.ThrowIfNull(step);
        Guard.NotNegative(bound);
        (double smallest, double largest) = AnalyzedStep.SingularValues(step.Invariant);
        (double nextSmallest, double nextLargest) = AnalyzedStep.SingularValues(step.NextInvariant);
        double interaction = (4 * bound * step.Overlap * step.SpuriousNorm) + (6 * step.Overlap * step.FactorNorm * step.FactorNorm), eta = step.StepSize;
        double g = Lemma15.Left(step) + interaction - (control ? 4 * (step.Factor.T * step.RipError).Norm() : 0);
        return CheckResult.Judge(
            Facts.Id,
            [
                Inequality.Below("g < 0.01", g, 0.01),
                Inequality.AtLeast("σ_r1 ≥ 1/4", smallest, 0.25),
                Inequality.AtMost("σ_1 ≤ 5σ_r1", largest, 5 * smallest),
                Inequality.AtMost("‖Σ_t‖ ≤ M1", step.Sigma.Norm(), bound),
                Inequality.AtMost("η ≤ 1/4", eta, 0.25),
            ],
            Inequality.AtMost("(90) σ_1^{(t+1)} ≤ (1 − ησ_1² + η + ηg)σ_1", nextLargest, (1 - (eta * largest * largest) + eta + (eta * g)) * largest, 1e-13),
            Inequality.AtLeast(
                "(92) σ_r1^{(t+1)} ≥ (1 − ησ_r1² + η − 5ηg)σ_r1", nextSmallest, (1 - (eta * smallest * smallest) + eta - (5 * eta * g)) * smallest, 1e-13));
    }
}
