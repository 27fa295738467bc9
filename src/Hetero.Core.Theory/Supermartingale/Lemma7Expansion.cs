using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// (43): x^{1−γ} ≤ 1 + (1−γ)(x−1) − ¼(1−γ)γ(x−1)² for γ in (0, 1) and |x − 1| &lt; 1/16. It holds with ¼ replaced by anything up to ½ −
/// (1+γ)/96, 0.479 at worst: the third-order term takes (1+γ)(x−1)/6 off ½ for x above 1.
/// </summary>
/// <remarks>Taken on 400 points with |x − 1| from 1/6400 to 1/16, as the smallest coefficient ((1−γ)h + 1 − (1+h)^{1−γ})/h²: nearer to 1 it
/// tends to ½(1−γ)γ.</remarks>
public sealed class Lemma7Expansion : TheoryCheck
{
    private const int Points = 400;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L7-expansion",
        Statement = "x^{1−γ} ≤ 1 + (1−γ)(x−1) − ¼(1−γ)γ(x−1)² for |x − 1| < 1/16",
        Equations = "(43)",
        Stated = Verdict.Holds,
        Remark = "0.479 would do in place of ¼: a factor of nearly 2 is lost in the window's lower end.",
        ControlStatement = "the same with ½, Taylor's coefficient, for ¼",
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks (43) for one γ.</summary>
    /// <param name="gamma">γ, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is out of range.</exception>
    public static CheckResult Check(double gamma) => Check(gamma, 0.25);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(Gamma(instance), 0.25);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(Gamma(instance), 0.5);

    private static double Gamma(TheoryInstance instance) => 0.01 + (0.98 * new Random.RandomSequence(instance.Stream(1)).NextUniform());

    private static CheckResult Check(double gamma, double coefficient)
    {
        Guard.InRange(gamma, double.Epsilon, Math.BitDecrement(1.0));
        double smallest = double.PositiveInfinity, half = Points / 2;
        for (int i = 1; i <= half; i++)
        {
            foreach (double sign in (ReadOnlySpan<double>)[-1, 1])
            {
                double h = sign * i / half / 16;
                double left = Elementary.ExpMinusOne((1 - gamma) * Elementary.LogOnePlus(h));
                smallest = Math.Min(smallest, (((1 - gamma) * h) - left) / (h * h * (1 - gamma) * gamma));
            }
        }

        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtLeast($"min ((1−γ)h + 1 − (1+h)^{{1−γ}})/((1−γ)γh²) ≥ {coefficient}", smallest, coefficient, 1e-9));
    }
}
