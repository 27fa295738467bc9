using Hetero.Core.Environments;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// Lemma 7, (42), (46), as printed: X_{k,t}^{2/3} is a supermartingale for t = 0…T2. False for t &lt; k: there X_{k,t} = L_t (40), which rises once 40·M1·δ√(r1 + r2)·R_t
/// exceeds α, so that the first line of (42), E[X_{k,t+1}^{2/3} | F_t] = X_{k,t}^{2/3}, is wrong.
/// </summary>
/// <remarks>
/// <para>With every hypothesis of Theorem 2 met: at d = 10⁵, r1 = r2 = 17,600, α = d^{−3.99}, s = 1 ± 3200 and the δ of Assumption 3 L_t rises from about step 8·10⁶ on,
/// by a factor 1 + η in a step; k is a bound of T1.</para>
/// <para>From t = k on it holds: see <see cref="Lemma7"/>. Lemma 6 needs no more: (48) starts its excursion at k, E X_{k,τ}^{2/3} ≤ X_{k,k}^{2/3} = L_k^{2/3}, where it
/// prints E X_{k,0}^{2/3}, and what follows stays as it is ("L6-simulated").</para>
/// </remarks>
public sealed class Lemma7Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L7-printed",
        Statement = "for η in (24/M2, 1/(64·M1)) and t < k: E[X_{k,t+1}^{2/3} | F_t] ≤ X_{k,t}^{2/3}",
        Equations = "(42), (46)",
        Stated = Verdict.Fails,
        Remark = "Up to k X_{k,t} is L_t, which rises; from k on it holds (L7), and (48) needs no more if it is started at k.",
        ControlStatement = "the same with the power 1/3",
        DefaultTrials = 5,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the first line of (42) at the first t &lt; k at which L_t rises.</summary>
    /// <param name="environments">The distribution over environments: M1 and M2.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="initialScale">α, above 0 and below 1.</param>
    /// <param name="slope">40·M1·δ√(r1 + r2) of (38), finite, 0 or above.</param>
    /// <param name="row">k, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(EnvironmentDistribution environments, double stepSize, double initialScale, double slope, int row)
        => Check(environments, stepSize, initialScale, slope, row, 2.0 / 3);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 2.0 / 3);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 1.0 / 3);

    private static CheckResult Check(TheoryInstance instance, double power)
    {
        PrintedSetting setting = PrintedSetting.Large(instance);
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(1, setting.Instance.Mean, setting.Instance.Spread);
        double alpha = setting.Constants.InitialScale;
        return Check(environments, setting.StepSize, alpha, setting.Line.Slope, (int)AuxiliarySequences.EntryBound(setting.StepSize, alpha), power);
    }

    private static CheckResult Check(EnvironmentDistribution environments, double stepSize, double initialScale, double slope, int row, double power)
    {
        Guard.Positive(stepSize);
        Guard.InRange(initialScale, AuxiliarySequences.SmallestScale, Math.BitDecrement(1.0));
        Guard.NotNegative(slope);
        Guard.AtLeast(row, 1);
        StepSizeInterval window = SpuriousRegularity.Of(environments).Window;
        double reference = initialScale, level = Math.Max(initialScale, slope * reference), next = level;
        int step = 0;
        for (; step < row; step++)
        {
            reference = AuxiliarySequences.Advance(reference, stepSize);
            next = Math.Max(initialScale, slope * reference);
            if (next > level)
            {
                break;
            }
        }

        return CheckResult.Judge(
            Facts.Id,
            [Inequality.Above("η > 24/M2", stepSize, window.Lower), Inequality.Below("η < 1/(64·M1)", stepSize, window.Upper)],
            Inequality.AtMost(
                power == 2.0 / 3 ? "E[X_{k,t+1}^{2/3} | F_t]/X_{k,t}^{2/3} − 1 ≤ 0" : "E[X_{k,t+1}^{1/3} | F_t]/X_{k,t}^{1/3} − 1 ≤ 0",
                Elementary.ExpMinusOne(power * Elementary.LogOnePlus((next - level) / level)),
                0)) with
        {
            Note = step == row ? $"L_t = {level:G4} up to k = {row}" : FormattableString.Invariant($"k = {row}: L_t rises at t = {step}, from {level:G6} by {(next - level) / level:G4} of it"),
        };
    }
}
