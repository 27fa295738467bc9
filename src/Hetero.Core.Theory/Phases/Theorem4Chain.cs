using System.Globalization;
using Hetero.Core.Theory.Convergence;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// The middle of Theorem 4's second claim, p^−1.5·r2²·L_t ≤ δ* &lt; 0.01 at T1, where every hypothesis is met (<see cref="Theorem2Population"/>). It is arithmetic, and false.
/// </summary>
/// <remarks>
/// With δ* = p^−1.5·δ·r2²√(r1 + r2) the claim says L_t ≤ δ√(r1 + r2). But L_t ≥ 40·M1·δ√(r1 + r2)·R_t, so at T1, where R_t is 1/3, it fails by the
/// factor 40·M1/3 whatever the hypotheses: Theorem 5 prints 40·M1·δ*. And L_t ≥ α, so even 40·M1·δ* needs α ≤ 40·M1·δ√(r1 + r2), which α &gt; 1/d⁴ and
/// Assumption 3 leave room for only if d is large: here d = 10,000 and α = 2·10⁻¹⁶, so that α is not what breaks it.
/// </remarks>
public sealed class Theorem4Chain : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "T4-chain",
        Statement = "p^−1.5·r2^1.5·√r2·L_t ≤ δ* < 0.01 for t ≤ T1",
        Equations = "Theorem 4, (85)",
        Kind = StatementKind.Arithmetic,
        Stated = Verdict.Fails,
        Remark = "The printed chain drops the factor 40·M1 of L_t and fails by 40·M1/3; nothing on ‖Q_t‖_F itself fails (T4-population).",
        ControlStatement = "the same with 10·M1·δ*: a quarter less than the 40·M1/3 by which it fails",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the chain for a setting; no run is needed.</summary>
    /// <param name="setting">Problem, environments, δ, η, α and the constants.</param>
    /// <exception cref="ArgumentOutOfRangeException">T1 has more steps than an int counts.</exception>
    public static CheckResult Check(TheoremSetting setting) => Check(setting, 1);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
        => new Theorem2Population().Adapt(instance) with { Dimension = 10_000, InitialScale = 2e-16 };

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(Setting(instance));

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        TheoremSetting setting = Setting(instance);
        return Check(setting, 10 * setting.Bound);
    }

    // A two-hundredth of the limit of Assumption 3 makes δ* < 0.01. log⁴ 10,000 is 7196, so that C of Assumption 1 (a) may be 10⁻⁴.
    private static TheoremSetting Setting(TheoryInstance instance) => Theorem2Population.Setting(instance, 0.005, rankConstant: 1e-4);

    private static CheckResult Check(TheoremSetting setting, double factor)
    {
        ArgumentNullException.ThrowIfNull(setting);
        double ranks = Math.Sqrt(setting.Problem.InvariantRank + setting.Problem.SpuriousRank);
        double reference = setting.InitialScale;
        double entry = reference < 1.0 / 3 ? AuxiliarySequences.EntryBound(setting.StepSize, reference) : 0;
        Guard.InRange(entry, 0, int.MaxValue, "log(1/(3α))/η");
        for (int t = 0; t < entry && !(reference > (1.0 / 3) - setting.StepSize); t++)
        {
            reference = AuxiliarySequences.Advance(reference, setting.StepSize);
        }

        double line = Math.Max(setting.InitialScale, 40 * setting.Bound * setting.RipConstant * ranks * reference);
        double squares = setting.Problem.SpuriousRank * setting.Problem.SpuriousRank;
        return CheckResult.Judge(
            Facts.Id,
            setting.Hypotheses(),
            Inequality.AtMost("p^−1.5·r2²·L_T1 ≤ δ*", Math.Pow(setting.ViolationProbability, -1.5) * squares * line, factor * setting.DeltaStar),
            Inequality.Below("δ* < 0.01", setting.DeltaStar, 0.01)) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"L_T1 = {line:G4}, α = {setting.InitialScale:G4}: {(line > setting.InitialScale ? "α decides nothing" : "α alone breaks it")}"),
        };
    }
}
