using Hetero.Core.Environments;
using Hetero.Core.Random;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>
/// Assumption 2, (6), (7): the quantities M1 and M2 of the environments, in closed form, against drawn environments, and what they imply
/// for Theorem 2's window of step sizes (24/M2, 1/(64·M1)): M2 ≤ Var ≤ M1², so that it is empty unless M1 &gt; 1536.
/// </summary>
/// <remarks>
/// <para>The constants C_0 of M1 &lt; C_0·M2 and c_o of (7) have no values: the note gives the least ones for which the environments
/// satisfy the assumption.</para>
/// <para>The paper's own simulations, s = 1 ± M with M about 5, have M1 = 6, M2 = 12.5, and the window (1.9, 0.0026): empty by a factor of
/// 700.</para>
/// <para>The variance of 2,000 draws must be within 10 of its standard errors of the closed form, Var·√((κ − 1)/2000) with κ the law's fourth
/// moment over Var², taken as 1.8 at least, that of the uniform law: by chance it is not in less than 1e-20 of the trials.</para>
/// </remarks>
public sealed class Assumption2 : TheoryCheck
{
    private const int Draws = 2000;

    private static readonly StatementInfo Facts = new()
    {
        Id = "A2",
        Statement = "M1 = |mean| + M, M2 = Var/(1 + |mean|) with Var = M² or M²/3; M2 ≤ M1², so (24/M2, 1/(64·M1)) is empty unless M1 > 1536",
        Equations = "(6), (7)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-15,
        Remark =
            "The closed forms are exact. The window is empty for every M below 3073 (mean 1, two points), the paper's simulations among them.",
        ControlStatement = "the uniform law has the variance M² too",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the quantities of a distribution against draws of it.</summary>
    /// <param name="environments">The distribution.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static CheckResult Check(EnvironmentDistribution environments, ulong seed)
        => Check(environments, SpuriousRegularity.Of(environments), seed);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        EnvironmentDistribution environments = instance.CreateEnvironments();
        double variance = instance.Spread * instance.Spread / (instance.Law == ScalarLaw.TwoPoint ? 1 : 3);
        return Closed(instance, variance, Check(environments, instance.Seed));
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Closed(instance, instance.Spread * instance.Spread, Check(instance.CreateEnvironments(), instance.Seed));

    private static CheckResult Closed(TheoryInstance instance, double variance, CheckResult drawn)
    {
        SpuriousRegularity found = SpuriousRegularity.Of(instance.CreateEnvironments());
        double bound = Math.Abs(instance.Mean) + instance.Spread, heterogeneity = variance / (1 + Math.Abs(instance.Mean));

        // The values mean ± M have the digits of the mean.
        double digits = instance.Spread > 0 ? 1 + (Math.Abs(instance.Mean) / instance.Spread) : 1;
        return CheckResult.Judge(
            Facts.Id,
            [Inequality.Above("M2 > 0, or the window has no lower end", heterogeneity, 0)],
            [
                .. drawn.Claims,
                Inequality.AtMost("|M1 − (|mean| + M)| ≤ 0", Math.Abs(found.Bound - bound), 0, 1e-13 * bound),
                Inequality.AtMost("|M2 − Var/(1 + |mean|)| ≤ 0", Math.Abs(found.Heterogeneity - heterogeneity), 0, 1e-12 * digits * heterogeneity),
                Inequality.AtMost("|lower end·M2/24 − 1| ≤ 0", Math.Abs((found.Window.Lower * heterogeneity / 24) - 1), 0, 1e-11 * digits),
                Inequality.AtMost("|upper end·64·M1 − 1| ≤ 0", Math.Abs((found.Window.Upper * 64 * bound) - 1), 0, 1e-11),
            ]) with
        {
            Note = drawn.Note,
        };
    }

    private static CheckResult Check(EnvironmentDistribution environments, SpuriousRegularity found, ulong seed)
    {
        int rank = environments.Rank;
        double[] sigma = new double[rank * rank], label = new double[environments.LabelLength], sums = new double[rank], squares = new double[rank];
        EntryLaw[] laws = [.. Enumerable.Range(0, rank).Select(i => EntryLaw.Of(environments, i))];
        double[] means = Array.ConvertAll(laws, law => law.Mean);
        double largest = 0, off = 0;
        for (int t = 0; t < Draws; t++)
        {
            environments.Draw(new RandomStream(seed, StreamPurpose.Theory, t, 1), sigma, label);
            for (int i = 0; i < rank; i++)
            {
                double entry = sigma[i * (rank + 1)], row = -Math.Abs(entry);
                for (int j = 0; j < rank; j++)
                {
                    row += Math.Abs(sigma[(i * rank) + j]);
                }

                largest = Math.Max(largest, Math.Abs(entry));
                off = Math.Max(off, rank * rank * row);
                double deviation = entry - means[i];
                sums[i] += deviation;
                squares[i] += deviation * deviation;
            }
        }

        double worst = 0;
        for (int i = 0; i < rank; i++)
        {
            double expected = laws[i].Variance;
            double variance = (squares[i] / Draws) - (sums[i] / Draws * (sums[i] / Draws));

            // Of a constant entry the closed form, too, is round-off.
            double none = 1e-24 * found.Bound * found.Bound;
            double errors = expected > none ? Math.Abs((variance / expected) - 1) / Math.Sqrt(Excess(laws[i]) / Draws)
                : variance > none ? double.PositiveInfinity : 0;
            worst = Math.Max(worst, errors);
        }

        double roundOff = 1e-13 * found.Bound;
        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtMost("max |Σ_ii| of 2,000 draws ≤ M1", largest, found.Bound, roundOff),
            Inequality.AtMost("max r2²·Σ_j |Σ_ij| of 2,000 draws ≤ its supremum", off, found.OffDiagonal, rank * rank * rank * roundOff),
            Inequality.AtMost("|Var of 2,000 draws/Var − 1| in standard errors ≤ 10", worst, 10),
            Inequality.AtMost("M2 ≤ M1²", found.Heterogeneity, found.Bound * found.Bound, roundOff * found.Bound)) with
        {
            Note = FormattableString.Invariant(
                $"M1 {found.Bound:G6}, M2 {found.Heterogeneity:G6}, C_0 ≥ {found.BoundRatio:G4}, c_o ≥ {found.DominanceConstant:G4}; ")
                + $"window {found.Window}, {(found.IsWindowEmpty ? "empty" : "not empty")}",
        };
    }

    // κ − 1. Two points have 0, where the error of the mean is all there is: the uniform law's 0.8 has room for it.
    private static double Excess(EntryLaw law)
    {
        double mean = law.Mean, variance = law.Variance, fourth = 0;
        for (int i = 0; i < law.Values.Length; i++)
        {
            double square = (law.Values[i] - mean) * (law.Values[i] - mean) / variance;
            fourth += law.Probabilities[i] * square * square;
        }

        return Math.Max(0.8, fourth - 1);
    }
}
