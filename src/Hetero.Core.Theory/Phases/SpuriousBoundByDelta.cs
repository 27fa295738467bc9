using System.Globalization;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Phases;

/// <summary>
/// δ* of Theorem 2 against Definition 4: Theorem 5's p^−1.5·r2^1.5·√r2·40M1δ√(r1 + r2) = 40M1·δ* with p = c_v/(M2·log d) and δ* = (c_v·M2·log d)^1.5·δ·r2²√(r1 + r2), and its
/// proof's p^−1.5·40M1·δ* for the same number.
/// </summary>
/// <remarks>
/// p^−1.5 is c_v^−1.5(M2·log d)^1.5, so the printed δ* is too small by c_v³ for every c_v but 1; here c_v = 0.1, as it is to be "small". The proof of
/// Theorem 5, and (95) and (96) with p^−3·δ*², multiply by p^−1.5 once more although δ* has it.
/// <see cref="TheoremSetting.DeltaStar"/> is the consistent one, <see cref="TheoremSetting.PrintedDeltaStar"/> the printed one; <see cref="SpuriousBoundFormulas"/> holds
/// both against Definition 4.
/// </remarks>
public sealed class SpuriousBoundByDelta : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "A9-delta",
        Statement = "p^−1.5·r2²·40M1δ√(r1 + r2) ≤ 40M1·δ* with the δ* of Theorem 2",
        Equations = "(9), (94)–(96), Definition 4",
        Kind = StatementKind.Arithmetic,
        Stated = Verdict.Fails,
        Remark = "Definition 4 leads to c_v^−1.5 where δ* has c_v^1.5; the two agree for c_v = 1 alone. (95), (96) have p^−3 too much.",
        ControlStatement = "the same with c_v^1 in place of c_v^1.5",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Compares the two sides for a setting.</summary>
    /// <param name="setting">Problem, environments, δ, η, α and the constants, c_v among them.</param>
    public static CheckResult Check(TheoremSetting setting) => Check(setting, 1.5);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with { OffDiagonal = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(Setting(instance), 1.5);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(Setting(instance), 1);

    internal static TheoremSetting Setting(TheoryInstance instance) => new(
        instance.CreateProblem(),
        instance.CreateEnvironments(),
        0.1,
        instance.StepSize,
        instance.InitialScale,
        new TheoremConstants { ViolationConstant = 0.1 });

    private static CheckResult Check(TheoremSetting setting, double power)
    {
        ArgumentNullException.ThrowIfNull(setting);
        double scale = 40 * setting.Bound, constant = setting.Constants.ViolationConstant;
        double left = scale * setting.DeltaStar, right = scale * setting.PrintedDeltaStar * Math.Pow(constant, power - 1.5);
        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtMost("p^−1.5·r2²·40M1δ√(r1 + r2) ≤ 40M1·δ*", left, right, Math.ScaleB(Math.Max(left, right), -48))) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"c_v³ = {Math.Pow(constant, 3):G4} between the two; p^−1.5 = {Math.Pow(setting.ViolationProbability, -1.5):G4} once more in Theorem 5's proof, squared in (95), (96)"),
        };
    }
}
