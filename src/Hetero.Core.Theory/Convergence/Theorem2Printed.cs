using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// Theorem 2, (9), as printed: ‖U_TU_Tᵀ − A*‖_F ≤ C·max{δ*²√r1·M1², δ*M1}·log² d after T = Θ(log(1/α)/η) steps. False for small δ, whatever the absolute constant C is,
/// with every hypothesis met: it has no term for the start.
/// </summary>
/// <remarks>
/// <para>At m = ∞, where every δ above 0 is a RIP constant, the error at T is what is left of the start, <see cref="PopulationError.Start"/>, while the right side goes to 0
/// with δ. At d = 5, r1 = r2 = 1, s = 1 ± 3200, α = 0.03, T = 2·log(1/α)/η the error is 0.0018, and C = 1 fails for δ* &lt; 2·10⁻⁷; here δ* is 10⁻¹², which refutes every
/// C up to 10⁵. d = 5 needs C ≤ 0.149 in Assumption 1 (a), here 0.1; at d = 2, with C = 1, it is the same with 1 − R_T² alone.</para>
/// <para>The proof drops the start by dα² ≪ δ²r^1.5, which no hypothesis gives: Assumption 3 bounds δ from above. With the start's share added it holds:
/// see <see cref="Theorem2Population"/>.</para>
/// </remarks>
public sealed class Theorem2Printed : TheoryCheck
{
    private const double DeltaStar = 1e-12;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T2-printed",
        Statement = "‖U_TU_Tᵀ − A*‖_F ≤ C·max(δ*²√r1·M1², δ*M1)·log² d with C = 1 at δ* = 10⁻¹², m = ∞",
        Equations = "(9)",
        Stated = Verdict.Fails,
        Remark = "With every hypothesis met: (9) has no term for the start, so that C = 1 fails for δ* < 2·10⁻⁷, and every C for a smaller one.",
        ControlStatement = "the same with C = 1000",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks (9) at m = ∞.</summary>
    /// <param name="setting">Problem, environments, δ, η, α and the constants.</param>
    /// <param name="seed">The seed of the environments.</param>
    /// <param name="multiple">T in units of log(1/α)/η, above 0.</param>
    /// <exception cref="ArgumentException">The multiple is out of range, or there are more than 2³¹ steps.</exception>
    public static CheckResult Check(TheoremSetting setting, ulong seed, double multiple = PopulationError.Multiple)
    {
        PopulationError run = PopulationError.Run(setting, seed, multiple);
        double logarithm = Math.Log(setting.Problem.Dimension);
        return CheckResult.Judge(
            Facts.Id,
            setting.Hypotheses(),
            Inequality.AtMost("‖U_TU_Tᵀ − A*‖_F ≤ C·max(δ*²√r1·M1², δ*M1)·log² d", run.Error, setting.ErrorBound)) with
        {
            Note = FormattableString.Invariant(
                $"{run.Steps:G9} steps, δ* = {setting.PrintedDeltaStar:G4}; C = 1 fails for δ* < {run.Error / (setting.Bound * logarithm * logarithm):G4}"),
        };
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance) => new Theorem2Population().Adapt(instance);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 1000);

    private static CheckResult Check(TheoryInstance instance, double constant)
    {
        // δ at the limit of Assumption 3 has δ* = 1 for r2 = 1.
        TheoremSetting limit = Theorem2Population.Setting(instance);
        return Check(Theorem2Population.Setting(instance, DeltaStar / limit.PrintedDeltaStar, constant), instance.Seed);
    }
}
