using System.Globalization;
using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// Lemma 19, (101), with its largest constant, c = φ + ½·ln φ, φ = (√5 − 1)/2 (<see cref="Lemma19.LargestConstant"/>), the sharper Chernoff bound
/// 2exp(−m·I(t)) behind it, and the identity (102), XY = ½((X + Y)/√2)² − ½((X − Y)/√2)².
/// </summary>
/// <remarks>Confidence bounds fail with probability 10⁻¹² each (Chernoff): a run's false-alarm rate is below 10⁻⁹.</remarks>
public sealed class Lemma19Sharp : TheoryCheck
{
    private const int Draws = 20_000;
    private const double Level = 1e-12;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L19-sharp",
        Statement = "P(|Σ X_iY_i|/m > t) ≤ 2exp(−m·I(t)) < 2exp(−0.377·min(t², t)·m), and (102)",
        Equations = "(101), (102)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-9,
        Remark = "I(t) = λt + ½·ln(1 − λ²), λ = (√(1 + 4t²) − 1)/(2t); I(t)/min(t², t) is least at t = 1.",
        ControlStatement = "P(|Σ X_iY_i|/m > t) ≤ 2exp(−2m·I(t))",
        DefaultTrials = 24,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Returns the rate I(t) = sup_λ λt + ½·ln(1 − λ²) of the mean of products of independent N(0,1) numbers.</summary>
    /// <param name="t">t, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">t is negative or not finite.</exception>
    public static double Rate(double t)
    {
        Guard.NotNegative(t);

        // (√(1 + 4t²) − 1)/(2t) without the cancellation of small t; 1 − λ² = λ/t without that of large t.
        double lambda = 2 * t / (1 + double.Hypot(1, 2 * t));
        return (lambda * t) + (0.5 * (t < 1 ? Elementary.LogOnePlus(-lambda * lambda) : Math.Log(lambda / t)));
    }

    /// <summary>Simulates the statement.</summary>
    /// <param name="pairs">The number m of products, 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draws">The number of draws, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(int pairs, ulong seed, int draws = Draws) => Check(new TheoryInstance { Seed = seed }, pairs, draws, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1 + (instance.Samples % 12), Draws, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 1 + (instance.Samples % 12), Draws, 2);

    private static CheckResult Check(TheoryInstance instance, int pairs, int draws, double factor)
    {
        Guard.InRange(pairs, 1, Array.MaxLength / 2);
        Guard.AtLeast(draws, 1);
        double[] means = ProductMeans.Draw(instance, 1, pairs, draws);
        List<Inequality> claims = [];
        foreach (double t in new[] { 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4 })
        {
            string text = t.ToString(CultureInfo.InvariantCulture);
            double rate = Rate(t), least = Lemma19.LargestConstant * Math.Min(t, t * t);
            claims.Add(Inequality.AtMost(
                $"t = {text}: P(|Σ XY|/m > t) ≤ 2exp(−{(factor == 1 ? "" : factor)}m·I(t))",
                ChernoffBound.LowerConfidence(means.Count(mean => mean > t), draws, Level),
                2 * Math.Exp(-factor * pairs * rate)));
            claims.Add(Inequality.AtLeast($"t = {text}: I(t) ≥ (φ + ½·ln φ)·min(t², t)", rate, least, 1e-15));
        }

        double[] numbers = new double[2 * pairs];
        instance.Stream(1).FillGaussian(0, numbers.AsSpan());
        for (int i = 0; i < pairs; i++)
        {
            double x = numbers[2 * i], y = numbers[(2 * i) + 1], root = Math.Sqrt(0.5);
            double plus = (root * x) + (root * y), minus = (root * x) - (root * y);
            claims.Add(Inequality.AtMost(
                "|XY − ½((X + Y)/√2)² + ½((X − Y)/√2)²| ≤ 0",
                Math.Abs((x * y) - (0.5 * plus * plus) + (0.5 * minus * minus)),
                0,
                Math.ScaleB((x * x) + (y * y), -50)));
        }

        return CheckResult.Judge(Facts.Id, [], claims) with { Note = $"m = {pairs}, {draws} draws." };
    }
}
