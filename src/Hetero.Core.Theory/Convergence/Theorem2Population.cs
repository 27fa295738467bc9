using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Subspaces;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// (9) with the start's share added, where all hypotheses of Theorem 2 are met: at m = ∞ with orthogonal subspaces ‖U_TU_Tᵀ − A*‖_F ≤ √(r1(1 − R_T²)² + (d − r1 −
/// r2)·α⁴/(1 + 2α²ηT)²), so that (9) with this term holds for every δ, with C = 0.
/// </summary>
/// <remarks>
/// <para>s = 1 ± 3200, for which the window (24/M2, 1/(64·M1)) is (4.69, 4.88)·10⁻⁶; T = 2·log(1/α)/η, a million and a half steps. d = 5 with r1 = r2 = 1 needs C ≤ 0.149 in
/// Assumption 1 (a), here 0.1; with C = 1 nothing between d = 2 and d ≈ 20,000 meets it. The two sides agree to a relative 10⁻⁵, as the true signal is R_T of
/// (25) exactly, what is outside both subspaces follows e ← (1 − ηe²)e, and the spurious part is gone: its logarithm at T is −170 ± 20 in the window, so that a run in
/// which it counts has a chance below 10⁻¹³.</para>
/// <para>Without the term (9) is false: see <see cref="Theorem2Printed"/>. Its own right side says nothing where Assumption 3 lets δ be: δ* is then 1 and the bound of the
/// order of M1² log² d, some 10⁷.</para>
/// </remarks>
public sealed class Theorem2Population : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "T2-population",
        Statement = "(9) with √(r1(1 − R_T²)² + (d − r1 − r2)α⁴/(1 + 2α²ηT)²) added, C = 0, at m = ∞ with every hypothesis met",
        Equations = "(9)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-13,
        Remark = "Inside the window, M1 = 3201: at m = ∞ the start is all that is left, whatever δ is; (9) without it is false (T2-printed).",
        ControlStatement = "the same with √r1·(1 − R_T²) alone, the share of the true signal",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the error at m = ∞.</summary>
    /// <param name="setting">Problem with orthogonal subspaces, environments, δ, η, α and the constants.</param>
    /// <param name="seed">The seed of the environments.</param>
    /// <param name="multiple">T in units of log(1/α)/η, above 0.</param>
    /// <exception cref="ArgumentException">The multiple is out of range, or there are more than 2³¹ steps.</exception>
    public static CheckResult Check(TheoremSetting setting, ulong seed, double multiple = PopulationError.Multiple)
    {
        PopulationError run = PopulationError.Run(setting, seed, multiple);
        return Judge(setting, run, run.Start);
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance
        {
            Seed = instance.Seed,
            Dimension = 5,
            Mean = 1,
            Spread = 3200,
            StepSize = 4.8e-6,
            InitialScale = 0.03,
            Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(Setting(instance), instance.Seed);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        TheoremSetting setting = Setting(instance);
        PopulationError run = PopulationError.Run(setting, instance.Seed, PopulationError.Multiple);
        return Judge(setting, run, run.TrueShare);
    }

    /// <summary>The instance at m = ∞ with δ at a share of the limit of Assumption 3.</summary>
    internal static TheoremSetting Setting(TheoryInstance instance, double share = 1, double constant = 1, double rankConstant = 0.1)
    {
        TheoremConstants constants = new() { RankConstant = rankConstant, ErrorConstant = constant };
        TheoremSetting any = new(instance.CreateProblem(), instance.CreateEnvironments(), 1, instance.StepSize, instance.InitialScale, constants);
        return new TheoremSetting(any.Problem, any.Environments, share * any.RipThreshold, instance.StepSize, instance.InitialScale, constants);
    }

    private static CheckResult Judge(TheoremSetting setting, PopulationError run, double start)
        => CheckResult.Judge(
            Facts.Id,
            [
                .. setting.Hypotheses(),
                Inequality.AtMost("U* ⟂ V*: ‖U*ᵀV*‖ = 0", SubspaceOverlap.Of(setting.Problem), 0, 8 * setting.Problem.Dimension * Math.ScaleB(1, -52)),
            ],
            Inequality.AtMost("‖U_TU_Tᵀ − A*‖_F ≤ the start's share", run.Error, start, 1e-9 * start),
            Inequality.AtLeast("‖U_TU_Tᵀ − A*‖_F ≥ 0.9999 of the start's share", run.Error, 0.9999 * start)) with
        {
            Note = FormattableString.Invariant(
                $"{run.Steps:G9} steps: error {run.Error:G6}, of it the true signal {run.TrueShare:G4}; (9) alone has {setting.ErrorBound:G4} at δ* = {setting.PrintedDeltaStar:G4}"),
        };
}
