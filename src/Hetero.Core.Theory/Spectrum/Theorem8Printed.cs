using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Population;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Spectrum;

/// <summary>
/// T = Θ(log(1/α)/η) of Theorem 8 with a constant that does not know κ, here 2, where every hypothesis is met: at m = ∞, inside the window, with κ =
/// 4. The eigenvalue 1/κ has then grown from α² to α^{2(1 − 2/κ)} alone, so the error is all of it.
/// </summary>
/// <remarks>
/// <para>s = 1 ± 3200, η = 4.8·10⁻⁶, d = 5, r1 = 2, r2 = 1, α = 0.004 in (d⁻⁴, d⁻³), C = 0.1 in Assumption 1 (a): with C = 1 nothing between d = 2
/// and d ≈ 20,000 meets it. The run is in r1 + r2 dimensions (<see cref="ReducedPopulation"/>), which is exact at m = ∞. The spurious part's
/// logarithm is −260 ± 23 at T, so that a run in which it counts has a chance below 10⁻¹³.</para>
/// <para>For a fixed κ the constant may hide κ; the theorem's poly(κ) in δ shows that it is not meant to be fixed. T = κ·2·log(1/α)/η does: 1/κ takes
/// log(√(1/κ)/α)/log(1 + η/κ) steps.</para>
/// </remarks>
public sealed class Theorem8Printed : TheoryCheck
{
    private const double ConditionNumber = 4;
    private const double Multiple = 2;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T8-printed",
        Statement = "T = 2·log(1/α)/η steps bring ‖U_TU_Tᵀ − A*‖_F below half of A*'s smallest eigenvalue, at m = ∞ with κ = 4",
        Equations = "Theorem 8, T = Θ(log(1/α)/η)",
        Stated = Verdict.Fails,
        FalseAlarmRate = 1e-13,
        Remark = "Eigenvalue λ takes log(√λ/α)/log(1 + ηλ) steps, so T grows like κ·log(1/α)/η; every other constant in Θ has a κ at which it fails.",
        ControlStatement = "the same after T = ¾·κ·log(1/α)/η steps",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance
        {
            Seed = instance.Seed, Dimension = 5, InvariantRank = 2, Mean = 1, Spread = 3200, StepSize = 4.8e-6, InitialScale = 0.004, Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, Multiple);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.75 * ConditionNumber);

    private static CheckResult Check(TheoryInstance instance, double multiple)
    {
        SensingProblem problem = Theorem8Setting.CreateProblem(instance.Dimension, instance.InvariantRank, instance.SpuriousRank, ConditionNumber, instance.Seed);
        EnvironmentDistribution environments = instance.CreateEnvironments();
        double length = Math.Ceiling(multiple * -Math.Log(instance.InitialScale) / instance.StepSize);
        Guard.InRange(length, 1, int.MaxValue, "multiple·log(1/α)/η");
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(problem, instance.InitialScale);
        reduced.RunHetero(
            environments,
            new TrainingOptions { Seed = instance.Seed, StepSize = StepSizeSchedule.Constant(instance.StepSize), InitialScale = instance.InitialScale },
            (int)length);
        double least = problem.Eigenvalues[^1];
        return CheckResult.Judge(
            Facts.Id,
            Theorem8Setting.Hypotheses(problem, environments, null, instance.StepSize, instance.InitialScale, rankConstant: 0.1),
            Inequality.AtMost("‖U_TU_Tᵀ − A*‖_F ≤ λ_min/2", reduced.Error, least / 2)) with
        {
            Note = FormattableString.Invariant(
                $"{length:G9} steps: error {reduced.Error:G4}, λ_min = {least:G4}, which takes {SpectrumLaws.HalfTime(least, instance.StepSize, instance.InitialScale):G6} steps to its half"),
        };
    }
}
