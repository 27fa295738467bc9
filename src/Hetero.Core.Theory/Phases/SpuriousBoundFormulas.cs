using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// The formulas of <see cref="TheoremSetting"/> against Definition 4, (38) and (9), for all ranks: p^−1.5·r2^1.5·√r2·40M1δ√(r1 + r2) = 40M1·δ* for the δ* with c_v^−1.5, the
/// printed δ* is c_v³ times that, and the right side of (9) is C·max(δ*²√r1·M1², δ*M1)·log² d.
/// </summary>
/// <remarks>Identities, each side computed another way: the barrier of the controller, and logarithms.</remarks>
public sealed class SpuriousBoundFormulas : TheoryCheck
{
    private const double RoundOff = 1e-12;

    private static readonly StatementInfo Facts = new()
    {
        Id = "A9-formulas",
        Statement =
            "p^−1.5·r2^1.5·√r2·40M1δ√(r1 + r2) = 40M1·δ* with c_v^−1.5 in δ*, c_v³ times it as printed; (9) = C·max(δ*²√r1·M1², δ*M1)·log² d",
        Equations = "(9), (64), Definition 4",
        Kind = StatementKind.Arithmetic,
        Stated = Verdict.Holds,
        Remark = "The formulas that other checks use, for all ranks and laws.",
        ControlStatement = "the same with r2 in place of r2² in δ*",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Compares both sides for a setting.</summary>
    /// <param name="setting">Problem, environments, δ, η, α and the constants.</param>
    public static CheckResult Check(TheoremSetting setting) => Check(setting, 1);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance) => new SpuriousBoundByDelta().Adapt(instance);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(SpuriousBoundByDelta.Setting(instance), 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(SpuriousBoundByDelta.Setting(instance), instance.SpuriousRank);

    private static CheckResult Check(TheoremSetting setting, double divisor)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int r1 = setting.Problem.InvariantRank, r2 = setting.Problem.SpuriousRank;
        double barrier = ControllerProcess.GetBarrierFactor(setting.ViolationProbability, r2) * Math.Sqrt(r2) * setting.RipConstant * Math.Sqrt(r1 + r2);
        double first = Math.Log(setting.PrintedDeltaStar) + Math.Log(setting.Bound), second = (2 * first) + (0.5 * Math.Log(r1));
        double nine = setting.Constants.ErrorConstant * Math.Exp(Math.Max(first, second) + (2 * Math.Log(Math.Log(setting.Problem.Dimension))));
        double cube = Math.Pow(setting.Constants.ViolationConstant, 3);
        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtMost("|p^−1.5·r2^1.5·√r2·40M1δ√(r1 + r2)/(40M1·δ*) − 1| ≤ 0", Math.Abs((barrier / (setting.DeltaStar / divisor)) - 1), 0, RoundOff),
            Inequality.AtMost("|printed δ*/(c_v³·δ*) − 1| ≤ 0", Math.Abs((setting.PrintedDeltaStar / (cube * setting.DeltaStar)) - 1), 0, RoundOff),
            Inequality.AtMost("|right side of (9)/(C·max(δ*²√r1·M1², δ*M1)·log² d) − 1| ≤ 0", Math.Abs((setting.ErrorBound / nine) - 1), 0, RoundOff));
    }
}
