using System.Globalization;
using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// Lemma 17 with its sharp constants (Davidson and Szarek 2001): √d − √r − s ≤ σ_r ≤ σ_1 ≤ √d + √r + s with probability at least 1 − 2exp(−s²/2),
/// for any s ≥ 0.
/// </summary>
/// <remarks>
/// The claim is refuted if it is missed more often than a binomial number with 2exp(−s²/2) would be but for a probability of 10⁻⁹ (Chernoff); a
/// run's false-alarm rate is below 10⁻⁷.
/// </remarks>
public sealed class Lemma17Sharp : TheoryCheck
{
    private const int Draws = 2000;
    private const double Level = 1e-12;

    // Were Chernoff's bound tighter than the exact one, claims would fail more often than is stated; were it far wider, they hardly could.
    private static readonly Lazy<Inequality[]> Confidence = new(() =>
    {
        double chernoff = ChernoffBound.LowerConfidence(Draws / 4, Draws, Level);
        double exact = ConfidenceInterval.OfProportion(Draws / 4, Draws, 1 - (2 * Level)).Lower;
        return
        [
            Inequality.AtMost("500 of 2000: Chernoff's lower end ≤ Clopper and Pearson's", chernoff, exact, 1e-9),
            Inequality.AtLeast("500 of 2000: Chernoff's lower end ≥ 0.9 of Clopper and Pearson's", chernoff, 0.9 * exact, 1e-9),
        ];
    });

    private static readonly StatementInfo Facts = new()
    {
        Id = "L17-sharp",
        Statement = "P(√d − √r − s ≤ σ_r ≤ σ_1 ≤ √d + √r + s) ≥ 1 − 2exp(−s²/2)",
        Equations = "(98)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-10,
        Remark = "Monte Carlo with confidence bounds; s = √2·t turns it into (98) with C = √2.",
        ControlStatement = "the same with √r/4 instead of √r",
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

    /// <summary>Simulates the statement.</summary>
    /// <param name="rows">The number d of rows, r or more.</param>
    /// <param name="columns">The number r of columns, 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draws">The number of draws, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(int rows, int columns, ulong seed, int draws = Draws)
        => Check(new TheoryInstance { Seed = seed }, rows, columns, draws, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(instance, Math.Max(instance.Samples, instance.Dimension), instance.Dimension, Draws, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(instance, Math.Max(instance.Samples, instance.Dimension), instance.Dimension, Draws, 0.25);

    private static CheckResult Check(TheoryInstance instance, int rows, int columns, int draws, double share)
    {
        Guard.AtLeast(columns, 1);
        Guard.AtLeast(rows, columns);
        Guard.ArrayLength(rows, columns, nameof(rows));
        Guard.AtLeast(draws, 1);
        (double Smallest, double Largest)[] values = ExtremeSingularValues.Draw(instance, 1, rows, columns, draws);
        List<Inequality> claims = [];
        foreach (double s in new[] { 1.25, 1.5, 2, 3 })
        {
            double width = (share * Math.Sqrt(columns)) + s;
            int missed = values.Count(value => value.Largest > Math.Sqrt(rows) + width || value.Smallest < Math.Sqrt(rows) - width);
            claims.Add(Inequality.AtMost(
                $"s = {s.ToString(CultureInfo.InvariantCulture)}: P(σ_1 or σ_r outside) ≤ 2exp(−s²/2)",
                ChernoffBound.LowerConfidence(missed, draws, Level),
                2 * Math.Exp(-0.5 * s * s)));
        }

        claims.AddRange(Confidence.Value);
        return CheckResult.Judge(Facts.Id, [], claims) with { Note = $"d = {rows}, r = {columns}, {draws} draws." };
    }
}
