using System.Globalization;
using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// (10) as printed: P(‖U_TU_Tᵀ − A*‖_F ≤ C1·log d·√(d/m)) ≥ 1 − C1(d·log d/m)^{2/5} for δ = √(d/m), α = Θ(1/d), T = Θ(log d). At fixed d it is false for large m, with
/// every hypothesis met: T does not grow with m, so that what is left of the start stays while C1·log d·√(d/m) vanishes.
/// </summary>
/// <remarks>
/// <para>Inside the window at d = 2, r1 = r2 = 1, s = ± M with M near 1600, α = 0.24, and m = 10²¹, from which on Assumption 3 admits δ = √(d/m) with its constant 1. The
/// measurements are those of m = ∞, which have the RIP with every δ. At T = 2·log(1/α)/η the true signal is 0.05 away from 1, in every run, as R_T of (25) does not
/// depend on the environments; C1·log d·√(d/m) is 3·10⁻¹¹·C1. So every C1 up to 10⁹ is refuted, here 10, and a larger one by a larger m.</para>
/// <para>A T that grows with m would not mend it: by then the law of error/√(d/m) has a limit, which C1·log d exceeds with a fixed chance, see
/// <see cref="Theorem2Probability"/>. What (10) may mean is d → ∞ with m, which no finite experiment decides.</para>
/// </remarks>
public sealed class Theorem2ProbabilityPrinted : TheoryCheck
{
    private const double Samples = 1e21;
    private const double Constant = 10;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T2-probability-printed",
        Statement = "P(‖U_TU_Tᵀ − A*‖_F > C1·log d·√(d/m)) ≤ C1(d·log d/m)^{2/5} with C1 = 10 at d = 2, m = 10²¹",
        Equations = "(10)",
        Stated = Verdict.Fails,
        Remark =
            "With every hypothesis met: T = Θ(log d) does not grow with m, so the start's 0.05 stays while C1·log d·√(d/m) → 0, whatever C1 is.",
        ControlStatement = "the same with C1 = 10⁵",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks (10) with measurements of m = ∞.</summary>
    /// <param name="setting">Problem with orthogonal subspaces, environments, δ, η, α and the constants.</param>
    /// <param name="samples">m, for which δ is √(d/m), above 0.</param>
    /// <param name="seed">The seed of the environments.</param>
    /// <param name="constant">C1, above 0.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static CheckResult Check(TheoremSetting setting, double samples, ulong seed, double constant = Constant)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Guard.Positive(samples);
        Guard.Positive(constant);
        PopulationError run = PopulationError.Run(setting, seed, PopulationError.Multiple);
        double d = setting.Problem.Dimension, logarithm = Math.Log(d), delta = Math.Sqrt(d / samples), bound = constant * logarithm * delta;

        // Whatever the environments are, the error is at least the true signal's share: the chance is 0 or 1.
        double chance = run.TrueShare > bound ? 1 : 0;
        return CheckResult.Judge(
            Facts.Id,
            [
                .. setting.Hypotheses(),
                Inequality.AtMost("|δ − √(d/m)| = 0", Math.Abs(setting.RipConstant - delta), 0, 1e-12 * delta),
                Inequality.Below("d·log² d ≪ m, d·log² d < 10⁻⁶·m", d * logarithm * logarithm, 1e-6 * samples),
            ],
            Inequality.AtMost(
                "P(‖U_TU_Tᵀ − A*‖_F > C1·log d·√(d/m)) ≤ C1(d·log d/m)^(2/5)", chance, constant * Math.Pow(d * logarithm / samples, 0.4))) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Steps} steps: error {run.Error:G4}, of it the true signal {run.TrueShare:G4}, against C1·log d·√(d/m) = {bound:G4}"),
        };
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        double spread = 1600 + (100 * ((instance.Seed >> 40) % 1000 / 1000.0)), lower = 24 / (spread * spread), upper = 1 / (64 * spread);
        return new TheoryInstance
        {
            Seed = instance.Seed, Dimension = 2, Mean = 0, Spread = spread, StepSize = (lower + upper) / 2, InitialScale = 0.24, Overlap = 0,
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, Constant);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 1e5);

    private static CheckResult Check(TheoryInstance instance, double constant)
    {
        TheoremSetting setting = new(
            instance.CreateProblem(), instance.CreateEnvironments(), Math.Sqrt(instance.Dimension / Samples), instance.StepSize, instance.InitialScale);
        return Check(setting, Samples, instance.Seed, constant);
    }
}
