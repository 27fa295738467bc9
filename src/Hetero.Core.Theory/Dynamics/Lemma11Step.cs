using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 11 on a step that satisfies what its proof uses: the conclusions of Lemmas 9 and 10, (62) with ηL_t on its right, ‖I − ηU_tᵀU_t + ηΣ_iiI‖ ≤ 1 +
/// ηΣ_ii, and the event for the step's controllers.
/// </summary>
/// <remarks>
/// <para>Then (63) gives ‖q_i^{(t+1)}‖ ≤ (1 + ηΣ_ii)‖q_i‖ + 2ηL_t, and both of its cases follow from L_t ≤ q_i^t.</para>
/// </remarks>
public sealed class Lemma11Step : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L11-step",
        Statement = "what the proof uses given, ‖q_i^{(t+1)}‖ ≤ q_i^{t+1} < p^{−1.5}r2^{1.5}L_{t+1}",
        Equations = "(61)–(63)",
        Stated = Verdict.Holds,
        Remark = "Deterministic; artificial parameters with M1 above 20, δ of 1e-6 and less, columns of Q_t just below their controllers.",
        ControlStatement = "the same with 1 + ηΣ_ii for the controller's 1 + ηΣ_ii + 2η",
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

    /// <summary>Checks the lemma on a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="constants">M1, M2, δ, α and p.</param>
    /// <param name="line">L_t at the steps t and t + 1 at least.</param>
    /// <param name="time">t.</param>
    /// <param name="controllers">q_i^t, r2 numbers.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1 or is not that of the step and the constants, one of these is out of range, or there are not r2 controllers.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers)
        => Check(step, constants, line, time, controllers, 2);

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return ConstructedStep.Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Any);
        return Check(made.Step, made.Constants, made.Line, made.Time, made.Controller, 2);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Any);
        return Check(made.Step, made.Constants, made.Line, made.Time, made.Controller, 0);
    }

    private static CheckResult Check(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers, double drift)
    {
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        Guard.Length(controllers.Length, step.Problem.SpuriousRank, nameof(controllers));
        double height = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, controllers.Length), level = line.Values[time];
        double norm = step.FactorNorm, rip = 2 * constants.Bound * constants.RipConstant * step.RootRank, smallest = double.PositiveInfinity;
        for (int i = 0; i < controllers.Length; i++)
        {
            smallest = Math.Min(smallest, step.Sigma[i, i]);
        }

        return CheckResult.Judge(
            Facts.Id,
            [
                Inequality.AtMost("(55) ‖U_tᵀE∘(…)‖ ≤ 2M1δ√(r1 + r2)‖U_t‖", (step.Factor.T * step.RipError).Norm(), rip * norm, step.RipRoundOff),
                Inequality.AtMost("(59) (ε1 + 2M1δ√(r1 + r2))‖U_t‖ ≤ L_t", (step.Overlap + rip) * norm, level),
                Inequality.AtMost("(62) max_i Σ_{j≠i}|Σ_ij|·p^{−1.5}r2^{1.5} ≤ 1", StateSizes.Of(step).OffDiagonal * height, 1),
                Inequality.AtMost("η‖U_t‖² ≤ 2(1 + ηΣ_ii)", step.StepSize * norm * norm, 2 * (1 + (step.StepSize * smallest))),
                .. Lemma11.ControllerHypotheses(step, constants, line, time, controllers),
            ],
            Lemma11.Claims(step, constants, line, time, controllers, drift));
    }
}
