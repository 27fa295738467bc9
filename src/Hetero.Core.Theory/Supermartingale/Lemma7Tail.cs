using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// A column that is fed again and again, q ← |1 + ηs|q + b, has a stationary law with the tail P(q &gt; x) ∝ x^{−κ}, E|1 + ηs|^κ = 1
/// (Kesten): 0.168 at M = 7 and 0.369 at M = 8 with mean 1, η = 0.05. So below the threshold of <see cref="Lemma7Threshold"/> large values
/// still come back, the more often the nearer it is.
/// </summary>
/// <remarks>
/// <para>400 independent paths of 40,000 steps each; the first quarter is dropped, since log q forgets its start in a few times 2·Var(log|1
/// + ηs|)/λ² steps, 2,400 at M = 7 (λ the Lyapunov exponent). Every 20th value beyond 1,000·b counts; the interval comes from the
/// deviations between paths, so that dependence within a path does no harm.</para>
/// <para>The paths' sums are skewed, so that Student's interval misses more often than its level says: resampled from 1,500 paths, it lies too low by 6 of its errors in
/// 7·10⁻⁷ of the cases, and by one half more six times as seldom. At 1 − 10⁻¹³ it is 7.7 errors wide on each side: less than 10⁻⁸ for three instances.</para>
/// </remarks>
public sealed class Lemma7Tail : TheoryCheck
{
    private const int Paths = 400;
    private const int Steps = 40_000;
    private const int Stride = 20;
    private const double Level = 1 - 1e-13;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L7-tail",
        Statement = "q ← |1 + ηs|q + b has the tail P(q > x) ∝ x^{−κ} with E|1 + ηs|^κ = 1",
        Equations = "beyond (42)–(46)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark = "Kesten's theorem; κ = 0.168 at M = 7 and 0.369 at M = 8 (mean 1, η = 0.05).",
        ControlStatement = "the exponent of M + 1 for that of M",
        DefaultTrials = 3,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with
        {
            Mean = 1,
            StepSize = 0.05,
            Law = ScalarLaw.TwoPoint,
            SpuriousRank = 1,
            OffDiagonal = 0,
            Spread = 7 + (Math.Log(instance.Spread / 0.1) / Math.Log(300)),
        };
    }

    /// <summary>Measures the tail and compares it with κ.</summary>
    /// <param name="law">The law of s.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="seed">The seed of the paths.</param>
    /// <exception cref="ArgumentException">There is no finite κ: the Lyapunov exponent is not negative, or |1 + ηs| never exceeds
    /// 1.</exception>
    public static CheckResult Check(EntryLaw law, double stepSize, ulong seed) => Check(law, law, stepSize, seed);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(EntryLaw.Of(instance.CreateEnvironments()), instance.StepSize, instance.Seed);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        EnvironmentDistribution wider = (instance with { Spread = instance.Spread + 1 }).CreateEnvironments();
        return Check(EntryLaw.Of(instance.CreateEnvironments()), EntryLaw.Of(wider), instance.StepSize, instance.Seed);
    }

    private static CheckResult Check(EntryLaw law, EntryLaw claimed, double stepSize, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(law);
        Guard.Positive(stepSize);
        if (MultiplierGrowth.TailExponent(claimed, stepSize) is not { } exponent || double.IsInfinity(exponent))
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"'{nameof(law)}' has no power tail at the step size {stepSize}; accepted is E log|1 + ηs| < 0 and |1 + ηs| > 1 at times."),
                nameof(law));
        }

        const double Feed = 1;
        TailWindow[] windows = new TailWindow[Paths];
        for (int path = 0; path < Paths; path++)
        {
            TailWindow window = windows[path] = new TailWindow(1000 * Feed);
            ScalarDraws draws = new(law, new RandomStream(seed, StreamPurpose.Theory, path, 1));
            double q = Feed;
            for (int t = 0; t < Steps; t++)
            {
                q = (Math.Abs(1 + (stepSize * draws.Next())) * q) + Feed;
                if (t >= Steps / 4 && t % Stride == 0)
                {
                    window.Add(q);
                }
            }
        }

        ConfidenceInterval measured = TailExponentEstimate.OfRuns(windows, Level);
        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtMost("lower end of the measured exponent ≤ κ", measured.Lower, exponent),
            Inequality.AtLeast("upper end of the measured exponent ≥ κ", measured.Upper, exponent)) with
        {
            Note = FormattableString.Invariant($"κ = {exponent:G6}, measured {measured}"),
        };
    }
}
