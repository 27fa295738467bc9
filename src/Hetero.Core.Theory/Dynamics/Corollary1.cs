using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Corollary 1, (64): given Lemma 11's ‖q_i^{(t+1)}‖ ≤ q_i^{t+1} &lt; p^{−1.5}r2^{1.5}·L_{t+1} for all columns, ‖Q_{t+1}‖ ≤ ‖Q_{t+1}‖_F ≤ √(Σ_i
/// (q_i^{t+1})²) &lt; p^{−1.5}r2^{1.5}√r2·L_{t+1}.
/// </summary>
/// <remarks>
/// <para>The corollary is stated under the conditions of Lemma 11; all that it uses is (61), which is tested here as its hypothesis.</para>
/// </remarks>
public sealed class Corollary1 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "C1",
        Statement = "(61) given, ‖Q_{t+1}‖ ≤ ‖Q_{t+1}‖_F ≤ √(Σ_i (q_i^{t+1})²) < p^{−1.5}r2^{1.5}√r2·L_{t+1}",
        Equations = "(64)",
        Kind = StatementKind.Arithmetic,
        Stated = Verdict.Holds,
        Remark = "Arithmetic of norms on the conclusion of Lemma 11.",
        ControlStatement = "the same without the factor √r2",
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

    /// <summary>Checks the corollary on a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="constants">M1, M2, δ, α and p.</param>
    /// <param name="line">L_t at the steps t and t + 1 at least.</param>
    /// <param name="time">t.</param>
    /// <param name="controllers">q_i^t, r2 numbers.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1 or is not that of the step and the constants, one of these is out of range, or there are not r2 controllers.</exception>
    public static CheckResult Check(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers)
        => Check(step, constants, line, time, controllers, control: false);

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
        ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Any);
        return Check(made.Step, made.Constants, made.Line, made.Time, made.Controller, control);
    }

    private static CheckResult Check(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, ReadOnlySpan<double> controllers, bool control)
    {
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        Guard.Length(controllers.Length, step.Problem.SpuriousRank, nameof(controllers));
        double sum = 0, frobenius = step.NextSpurious.FrobeniusNorm();
        for (int i = 0; i < controllers.Length; i++)
        {
            double next = Lemma11.Next(step, line, time, controllers[i], i, 2);
            sum += next * next;
        }

        double right = ControllerProcess.GetBarrierFactor(constants.ViolationProbability, controllers.Length) * line.Values[time + 1]
            * (control ? 1 : Math.Sqrt(controllers.Length));
        return CheckResult.Judge(
            Facts.Id,
            Lemma11.Claims(step, constants, line, time, controllers, 2),
            Inequality.AtMost("‖Q_{t+1}‖ ≤ ‖Q_{t+1}‖_F", step.NextSpurious.Norm(), frobenius, 1e-13 * frobenius),
            Inequality.AtMost("‖Q_{t+1}‖_F ≤ √(Σ_i (q_i^{t+1})²)", frobenius, Math.Sqrt(sum), 1e-12 * frobenius),
            Inequality.Below($"√(Σ_i (q_i^{{t+1}})²) < p^{{−1.5}}r2^{{1.5}}{(control ? "" : "√r2·")}L_{{t+1}}", Math.Sqrt(sum), right));
    }
}
