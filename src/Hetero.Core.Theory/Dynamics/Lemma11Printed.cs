using System.Globalization;
using Hetero.Core.Theory.Isometry;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Lemma 11, (61)–(63), as printed: under the assumptions of Theorem 2 and the event q_i^t &lt; p^{−1.5}r2^{1.5}·L_t for all i and t, if ‖E_t‖ ≤ ‖R_t‖ ≤ 1.1, ‖E_t‖_F²
/// &lt; 1 and ‖q_j‖ ≤ q_j^t for all columns of Q_t, then ‖q_i^{(t+1)}‖ ≤ q_i^{t+1}. False, with every hypothesis met.
/// </summary>
/// <remarks>
/// <para>It lacks ‖Q_t‖ &lt; 1.1, which Lemma 9 in its proof needs. At d = 2, s = 1 ± 3200, η = 4.8·10⁻⁶, α = 0.2 and m = ∞ the event allows ‖Q_t‖ up to 10⁹, and from
/// √(2/η) = 645 on the term −ηU_tᵀU_tQ_t overshoots: 1000 becomes about 3800, the controller 1000(1 + ηs + 2η).</para>
/// <para>Nor is ‖Q_t‖ &lt; 1.1 enough: Lemma 10 in its proof is false too (<see cref="Lemma10Printed"/>). At d = 10⁵, r1 = r2 = 17,600, α = d^{−3.99}, ‖Q_t‖ = 1.09 a batch with the
/// δ of Assumption 3 can add 7·ηL_t to a column at L_t, and the controller adds 2·ηL_t (<see cref="AlignedState"/>).</para>
/// <para>With both added it holds: see <see cref="Lemma11"/>.</para>
/// </remarks>
public sealed class Lemma11Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L11-printed",
        Statement = "under the assumptions of Theorem 2, ‖q_i^{(t+1)}‖ ≤ q_i^{t+1} < p^{−1.5}r2^{1.5}L_{t+1}",
        Equations = "(61)–(63)",
        Stated = Verdict.Fails,
        Remark =
            "It lacks ‖Q_t‖ < 1.1: at d = 2 a column of norm 1000 becomes 3800. And with ‖Q_t‖ = 1.09 it fails at d = 10⁵ for the sake of Lemma 10.",
        ControlStatement = "the same for ‖Q_t‖ < 1.1 at d = 10⁵",
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
    /// <param name="controllers">q_i^t, r2 numbers.</param>
    /// <param name="assumed">The constants without a value; null for all 1.</param>
    /// <exception cref="ArgumentException">The line does not reach t + 1 or is not that of the step and the constants, one of these is out of range, or there are not r2 controllers.</exception>
    public static CheckResult Check(
        AnalyzedStep step,
        AnalysisConstants constants,
        CalibrationLine line,
        int time,
        ReadOnlySpan<double> controllers,
        TheoremConstants? assumed = null)
        => CheckResult.Judge(
            Facts.Id,
            Lemma11.PrintedHypotheses(step, constants, line, time, controllers, assumed),
            Lemma11.Claims(step, constants, line, time, controllers, 2));

    /// <summary>Checks the printed lemma on a column at L_t beside others of norm ‖Q_t‖ = 1.09 in all.</summary>
    internal static CheckResult CheckBounded(PrintedSetting setting)
    {
        double level = setting.Line.Values[setting.Time];
        AlignedState state = setting.Aligned(1.09) with { Column = level };
        double next = Lemma11.Next(state.StepSize, state.Sigma, level, 2, setting.Line.Values[setting.Time + 1]);
        return CheckResult.Judge(
            Facts.Id,
            [.. Lemma11.PrintedHypotheses(setting, state), Inequality.Below("‖Q_t‖ < 1.1, which the lemma does not ask for", state.Sizes.Spurious, 1.1)],
            Inequality.AtMost("‖q_i^{(t+1)}‖ ≤ q_i^{t+1}", state.NextColumn, next));
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        PrintedSetting small = PrintedSetting.Small(instance), large = PrintedSetting.Large(instance);
        double size = 1000 * Math.Pow(10, small.Share);
        AnalyzedStep step = small.Diagonal(size);
        CheckResult one = Check(step, small.Constants, small.Line, small.Time, [size]), other = CheckBounded(large);
        double level = large.Line.Values[large.Time], unit = large.StepSize * level, added = large.Aligned(1.09).Push;
        return RipLemma.Decisive([one, other]) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"d = 2: ‖q‖ = {size:G4} becomes {one.Claims[0].Left:G4}, its controller {one.Claims[0].Right:G4}; "
                + $"d = 10⁵: the RIP error adds {added / unit:G4}·ηL_t to a column at L_t, the controller 2·ηL_t"),
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => CheckBounded(PrintedSetting.Large(instance));
}
