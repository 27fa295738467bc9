using System.Globalization;
using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// Lemma 17, (98): for a d×r matrix of independent N(0,1) entries √d − C(√r + t) ≤ σ_r ≤ σ_1 ≤ √d + C(√r + t) with probability at least 1 −
/// 2exp(−t²). C has no value: the smallest one that neither the simulation nor the exact law of d = r = 1 refutes is reported.
/// </summary>
/// <remarks>
/// The sharp form (<see cref="Lemma17Sharp"/>) with s = √2·t gives (98) with C = √2, and no smaller C will do for all t: as t → ∞ the tail of σ_1
/// is e^(−C²t²/2), which is below 2e^(−t²) only for C ≥ √2: at d = r = 1, where σ_1 is |N(0,1)|, t = 25 asks for 1.3165. At the t that a simulation can reach
/// less is enough. For each t a value is refuted if
/// it is exceeded more often than a binomial number with 2exp(−t²) would be but for a probability of 10⁻¹² (Chernoff): a run's false-alarm rate is
/// below 10⁻¹⁰.
/// </remarks>
public sealed class Lemma17 : TheoryCheck
{
    private const int Draws = 2000;
    private const double Level = 1e-12;
    private const double FarTime = 25;
    private static readonly double AtFarTime = Bisection.Solve(c => NormalTail(c) - (2 * Math.Exp(-FarTime * FarTime)), 0.5, 2);

    private static readonly StatementInfo Facts = new()
    {
        Id = "L17",
        Statement = "P(√d − C(√r + t) ≤ σ_r ≤ σ_1 ≤ √d + C(√r + t)) ≥ 1 − 2exp(−t²)",
        Equations = "(98)",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 1.4143,
        ConstantReached = 1.31,
        FalseAlarmRate = 1e-10,
        Remark =
            "C = √2 is enough by Davidson and Szarek and needed as t → ∞; here exact at d = r = 1, t = 25; simulations at moderate t ask for less than 1.",
        ControlStatement = "the same with √d ± Ct",
        DefaultTrials = 12,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with { Samples = Math.Clamp(instance.Samples, instance.Dimension, 60) };
    }

    /// <summary>Simulates the lemma.</summary>
    /// <param name="rows">The number d of rows, r or more.</param>
    /// <param name="columns">The number r of columns, 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draws">The number of draws, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(int rows, int columns, ulong seed, int draws = Draws)
        => Check(new TheoryInstance { Seed = seed }, rows, columns, draws, withRank: true);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        CheckResult simulated = Check(instance, Math.Max(instance.Samples, instance.Dimension), instance.Dimension, Draws, withRank: true);
        double found = simulated.Constant!.Value;
        return CheckResult.Imply(
            Facts.Id,
            [],
            simulated.Constant with { Value = Math.Max(AtFarTime, found) },
            [
                .. simulated.Claims,
                Inequality.AtMost(
                    FormattableString.Invariant($"d = r = 1, t = {FarTime}: P(σ_1 > √d + √r + t) ≤ 2exp(−t²)"), NormalTail(1), 2 * Math.Exp(-FarTime * FarTime)),
            ]) with
        {
            Note = FormattableString.Invariant($"C = {AtFarTime:G5} at d = r = 1, t = {FarTime}. Simulated, {found:G4}: {simulated.Note}"),
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(instance, Math.Max(instance.Samples, instance.Dimension), instance.Dimension, Draws, withRank: false);

    /// <summary>P(|N(0,1)| &gt; √d + C(√r + t)) with d = r = 1.</summary>
    private static double NormalTail(double constant)
    {
        double x = 1 + (constant * (1 + FarTime));
        return IncompleteGamma.Upper(0.5, 0.5 * x * x);
    }

    private static CheckResult Check(TheoryInstance instance, int rows, int columns, int draws, bool withRank)
    {
        Guard.AtLeast(columns, 1);
        Guard.AtLeast(rows, columns);
        Guard.ArrayLength(rows, columns, nameof(rows));
        Guard.AtLeast(draws, 1);
        double center = Math.Sqrt(rows), rank = withRank ? Math.Sqrt(columns) : 0;
        double[] deviations =
        [
            .. ExtremeSingularValues.Draw(instance, 1, rows, columns, draws)
                .Select(values => Math.Max(values.Largest - center, center - values.Smallest)).OrderDescending(),
        ];
        List<Inequality> claims = [];
        double constant = 0;
        foreach (double t in new[] { 1, 1.5, 2, 2.5 })
        {
            // The deviations that may be exceeded by all but `refuting` draws: with C·(√r + t) at that one, fewer exceed it.
            double probability = 2 * Math.Exp(-t * t);
            long refuting = ChernoffBound.RefutingSuccesses(draws, probability, Level);
            if (refuting <= draws)
            {
                constant = Math.Max(constant, deviations[refuting - 1] / (rank + t));
            }

            double width = rank + t;
            claims.Add(Inequality.AtMost(
                $"t = {t.ToString(CultureInfo.InvariantCulture)}: P({(withRank ? "√r + t" : "t")} is exceeded) ≤ 2exp(−t²)",
                ChernoffBound.LowerConfidence(deviations.Count(deviation => deviation > width), draws, Level),
                probability));
        }

        return CheckResult.Imply(Facts.Id, [], new ImpliedConstant("C", Math.Max(0, constant), IsSmallest: true), claims) with
        {
            Note = $"d = {rows}, r = {columns}, {draws} draws.",
        };
    }
}
