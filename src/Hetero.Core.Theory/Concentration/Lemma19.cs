using System.Globalization;
using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// Lemma 19, (101): P(|Σ X_iY_i|/m &gt; t) &lt; 2exp(−c·min(t², t)·m) for independent N(0,1) numbers. c has no value: the largest one that the
/// simulation does not refute is reported.
/// </summary>
/// <remarks>
/// The largest c that is true is known (<see cref="LargestConstant"/>): E e^(λXY) = (1 − λ²)^(−1/2) gives the rate I(t) = λt + ½·ln(1 − λ²) at λ =
/// (√(1 + 4t²) − 1)/(2t), I(t)/min(t², t) is least at t = 1, and by Cramér's theorem no larger rate holds for all m. At m = 400 the sum is half the difference
/// of two χ² numbers and its tail, 10⁻⁶⁷, is
/// an integral, which asks for c ≤ 0.388. The confidence bounds on
/// probabilities fail with probability 10⁻¹² each (Chernoff): a run's false-alarm rate is below 10⁻⁹.
/// </remarks>
public sealed class Lemma19 : TheoryCheck
{
    private const int Draws = 20_000;
    private const double Level = 1e-12;
    private const int ManyPairs = 400;
    private static readonly double ManyPairsTail = TailAtOne(ManyPairs);

    /// <summary>Gets the largest c for which (101) is true, φ + ½·ln φ with φ = (√5 − 1)/2: 0.3774.</summary>
    public static double LargestConstant { get; } = ((Math.Sqrt(5) - 1) / 2) + (0.5 * Math.Log((Math.Sqrt(5) - 1) / 2));

    private static readonly StatementInfo Facts = new()
    {
        Id = "L19",
        Statement = "P(|Σ X_iY_i|/m > t) < 2exp(−c·min(t², t)·m)",
        Equations = "(101)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 0.377,
        ConstantReached = 0.39,
        FalseAlarmRate = 1e-9,
        Remark =
            "True for c up to φ + ½·ln φ = 0.3774 with φ = (√5 − 1)/2, and for no larger one: the rate at t = 1, here exact at m = 400; "
            + "simulated sums are far from it and decide nothing.",
        ControlStatement = "the same at m = 1 with t² instead of min(t², t)",
        DefaultTrials = 24,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Simulates the lemma.</summary>
    /// <param name="pairs">The number m of products, 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draws">The number of draws, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(int pairs, ulong seed, int draws = Draws)
        => Check(new TheoryInstance { Seed = seed }, pairs, draws, squareOnly: false);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        // 1 to 12 products: beyond, a simulation sees no tail.
        CheckResult simulated = Check(instance, 1 + (instance.Samples % 12), Draws, squareOnly: false);
        double exact = Math.Log(2 / ManyPairsTail) / ManyPairs, found = simulated.Constant!.Value;
        return CheckResult.Imply(
            Facts.Id,
            [],
            simulated.Constant with { Value = Math.Min(exact, found) },
            [
                .. simulated.Claims,
                Inequality.Below(
                    FormattableString.Invariant($"m = {ManyPairs}, t = 1: P(|Σ XY|/m > t) < 2exp(−min(t², t)·m)"), ManyPairsTail, 2 * Math.Exp(-ManyPairs)),
            ]) with
        {
            Note = FormattableString.Invariant($"c = {exact:G4} at m = {ManyPairs}, t = 1. Simulated, {found:G4}: {simulated.Note}"),
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 1, Draws, squareOnly: true);

    /// <summary>
    /// P(|Σ X_iY_i|/m &gt; 1) = 2P(A &gt; 2m + B) for independent A, B ~ χ²_m, as X_iY_i = ½((X_i + Y_i)/√2)² − ½((X_i − Y_i)/√2)²: an integral over B/2, by Simpson's
    /// rule, for m above 2.
    /// </summary>
    internal static double TailAtOne(int pairs)
    {
        const int Intervals = 2000;
        double half = 0.5 * pairs, normal = IncompleteGamma.LogGamma(half), step = ((1.5 * pairs) + 20) / Intervals, sum = 0;
        for (int i = 1; i < Intervals; i++)
        {
            double b = step * i;
            sum += (i % 2 == 1 ? 4 : 2) * Math.Exp(((half - 1) * Math.Log(b)) - b - normal) * IncompleteGamma.Upper(half, pairs + b);
        }

        return 2 * sum * step / 3;
    }

    private static CheckResult Check(TheoryInstance instance, int pairs, int draws, bool squareOnly)
    {
        Guard.InRange(pairs, 1, Array.MaxLength / 2);
        Guard.AtLeast(draws, 1);
        double[] means = ProductMeans.Draw(instance, 1, pairs, draws);
        List<Inequality> claims = [];
        double constant = double.PositiveInfinity;
        foreach (double t in new[] { 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 6 })
        {
            double exponent = (squareOnly ? t * t : Math.Min(t * t, t)) * pairs;
            double probability = ChernoffBound.LowerConfidence(means.Count(mean => mean > t), draws, Level);
            constant = Math.Min(constant, Math.Log(2 / probability) / exponent);
            claims.Add(Inequality.Below(
                $"t = {t.ToString(CultureInfo.InvariantCulture)}: P(|Σ XY|/m > t) < 2exp(−{(squareOnly ? "t²" : "min(t², t)")}·m)",
                probability,
                2 * Math.Exp(-exponent)));
        }

        return CheckResult.Imply(Facts.Id, [], new ImpliedConstant("c", constant, IsSmallest: false), claims) with
        {
            Note = $"m = {pairs}, {draws} draws.",
        };
    }
}
