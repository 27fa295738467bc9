using System.Globalization;
using Hetero.Core.Theory.Isometry;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 10, (59), (60), as printed: under the assumptions of Theorem 2, if ‖E_t‖ ≤ ‖R_t‖ ≤ min(4R_t, 1.1) and ‖Q_t‖ ≤ √r2·p^{−1.5}r2^{1.5}·L_t, then
/// (M1ε1 + 2M1δ√(r1 + r2))‖U_t‖ ≤ L_t ∧ (5/576)·R_t/log(1/α). False, with every hypothesis met.
/// </summary>
/// <remarks>
/// <para>‖U_t‖ may be as large as the hypothesis lets ‖Q_t‖ be, and with δ at the limit c·(M2·log d)^{−1.5}r2^{−2.5}(r1 + r2)^{−1/2} of Assumption 3 and p =
/// c_v/(M2·log d) all powers of M2 and log d cancel: 2M1δ√(r1 + r2)·‖Q_t‖ is up to (2c/c_v^{1.5})·M1/√r2 times L_t. Whatever the absolute constants are, a large
/// enough M1 refutes it; M1 is above 1536 inside the window, so that at c = c_v = 1 any r2 up to 9·10⁶ does.</para>
/// <para>Two counterexamples, with all constants 1. At d = 2, r1 = r2 = 1 (the one d below 18,738 that Assumption 1 (a) admits), s = 1 ± 3200, η = 4.8·10⁻⁶, α = 0.2,
/// the hypothesis allows ‖Q_t‖ up to 1.3·10⁹; at 10⁶ it is 0.96 ≤ 0.0011. And with a ‖Q_t‖ that could occur: at d = 10⁵, r1 = r2 = 17,600, α = d^{−3.9} it allows 4.4,
/// and at 1.33 the left side is 14.5·L_t. Instances vary M, η, α and ‖Q_t‖ around them.</para>
/// <para>What mends it is a δ smaller by M1·log(1/α): see <see cref="Lemma10"/>. A bound on ‖Q_t‖ does not: the second counterexample has ‖Q_t‖ &lt; 1.1 as well if
/// scaled down to it.</para>
/// </remarks>
public sealed class Lemma10Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L10-printed",
        Statement = "under the assumptions of Theorem 2, (M1ε1 + 2M1δ√(r1 + r2))‖U‖ ≤ L_t ∧ (5/576)R_t/log(1/α)",
        Equations = "(59), (60)",
        Stated = Verdict.Fails,
        Remark =
            "With every hypothesis met: ‖Q_t‖ = 10⁶ at d = 2, α = 0.2 gives 0.96 ≤ 0.0011, and ‖Q_t‖ = 1.33 at d = 10⁵, r1 = r2 = 17,600 gives 14.5·L_t; δ lacks a factor M1·log(1/α).",
        ControlStatement = "the same without the second half, ≤ L_t alone, for ‖Q_t‖ < 1.1 at d = 10⁵",
        DefaultTrials = 10,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return WindowInstance.Place(instance with { Dimension = 2, InvariantRank = 1, SpuriousRank = 1, Columns = null, Overlap = 0 });
    }

    /// <summary>Checks the printed lemma on a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="constants">M1, M2, δ, α and p.</param>
    /// <param name="line">L_t at the steps t and t + 1 at least.</param>
    /// <param name="time">t.</param>
    /// <param name="assumed">The constants without a value; null for all 1.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1, or is not that of the step and the constants, or one of these is out of range.</exception>
    public static CheckResult Check(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, TheoremConstants? assumed = null)
    {
        TheoremAssumptions.CheckArguments(step, constants, line, time);
        return Check(StateSizes.Of(step), constants, line, time, assumed);
    }

    /// <summary>Checks the printed lemma on sizes.</summary>
    internal static CheckResult Check(StateSizes sizes, AnalysisConstants constants, CalibrationLine line, int time, TheoremConstants? assumed = null)
        => CheckResult.Judge(
            Facts.Id,
            [.. TheoremAssumptions.Of(sizes, constants, assumed), .. Lemma10.NormHypotheses(sizes, constants, line, time)],
            Lemma10.Claims(sizes, constants, line, time));

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        // R_t = ρe1, Q_t = qe2 at m = ∞, ‖Q_t‖ from 10⁶ to 10⁸.
        PrintedSetting small = PrintedSetting.Small(instance);
        AnalyzedStep step = small.Diagonal(1e6 * Math.Pow(100, small.Share));
        CheckResult one = Check(step, small.Constants, small.Line, small.Time);

        PrintedSetting large = PrintedSetting.Large(instance, 3.9);
        StateSizes sizes = large.Aligned(0.3 * large.LargestSpurious).Sizes;
        CheckResult other = Check(sizes, large.Constants, large.Line, large.Time);
        return RipLemma.Decisive([one, other]) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"d = 2: ‖Q_t‖ = {step.SpuriousNorm:G4}, {one.Claims[1].Left:G4} against {one.Claims[1].Right:G4}; "
                + $"d = 10⁵: ‖Q_t‖ = {sizes.Spurious:G4}, {other.Claims[0].Left / other.Claims[0].Right:G4}·L_t"),
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        PrintedSetting large = PrintedSetting.Large(instance);
        StateSizes sizes = large.Aligned(Math.Min(1.09, large.LargestSpurious)).Sizes;
        return CheckResult.Judge(Facts.Id, [], Lemma10.Claims(sizes, large.Constants, large.Line, large.Time)[0]);
    }
}
