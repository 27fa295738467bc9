using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// What Lemma 7's supermartingale is a sufficient condition for, sharply: q ← (1 + ηs)q dies out almost surely exactly for the step sizes
/// with E log|1 + ηs| &lt; 0. For s = mean ± M with M &gt; mean &gt; 0 that is 2·mean/(M² − mean²) &lt; η &lt; (mean + √(mean² + 2(M² −
/// mean²)))/(M² − mean²).
/// </summary>
/// <remarks>
/// <para>The set of step sizes is compared with the sign of the simulated growth of log|q| in environments drawn as training draws them,
/// 100 stretches of 2,000 steps. With η = 0.05 and mean 1 the threshold is M = √41; with M = 5 it is η = 1/12.</para>
/// <para>Hypothesis is that the exponent is twice as large as the simulation's error, so a trial fails by chance only if the interval at 1
/// − 1e-9 misses: 1e-9 of them.</para>
/// </remarks>
public sealed class Lemma7Threshold : TheoryCheck
{
    private const int Steps = 200_000;
    private const double Level = 1 - 1e-10;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L7-threshold",
        Statement = "log|q| of q ← (1 + ηs)q falls in the long run exactly for η with E log|1 + ηs| < 0",
        Equations = "beyond (42)–(46)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 2e-9,
        Remark = "The strong law of large numbers for log|1 + ηs|; sharp at m = ∞ with orthogonal subspaces and diagonal Σ.",
        ControlStatement = "exactly for η with E|1 + ηs|^{2/3} ≤ 1, Lemma 7's condition without its drift",
        DefaultTrials = 20,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);

        // M between 0.6 and 1.65 times the threshold, away from it by 0.15; η from [0.003, 0.3] to [0.02, 0.13]; one direction.
        double mean = 0.5 + (Math.Abs(instance.Mean) / 2), stepSize = 0.02 * Math.Pow(instance.StepSize / 0.003, 0.4);
        double factor = instance.Law == ScalarLaw.TwoPoint ? 1 : Math.Sqrt(3);
        double place = Math.Log(instance.Spread / 0.1) / Math.Log(300);
        TheoryInstance moved = instance with { Mean = mean, StepSize = stepSize, OffDiagonal = 0, SpuriousRank = 1 };
        double threshold = StabilityThreshold.Find(
            spread => EntryLaw.Of((moved with { Spread = spread }).CreateEnvironments()), stepSize, 0, factor * (mean + (1 / stepSize)));
        return moved with { Spread = threshold * (place < 0.5 ? 0.6 + (0.5 * place) : 1.15 + (place - 0.5)) };
    }

    /// <summary>Compares the set of step sizes with the simulated growth, for a single direction.</summary>
    /// <param name="environments">Environments of rank 1.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="stream">Names the simulation.</param>
    /// <exception cref="ArgumentException">The rank is not 1, or the step size is out of range.</exception>
    public static CheckResult Check(EnvironmentDistribution environments, double stepSize, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(environments);
        return Check(environments, stepSize, stream, StepSizeSets.Stable(EntryLaw.Of(environments)));
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(instance.CreateEnvironments(), instance.StepSize, instance.Stream(1));

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        EnvironmentDistribution environments = instance.CreateEnvironments();
        return Check(environments, instance.StepSize, instance.Stream(1), StepSizeSets.Supermartingale(EntryLaw.Of(environments), 2.0 / 3));
    }

    private static CheckResult Check(EnvironmentDistribution environments, double stepSize, RandomStream stream, IReadOnlyList<StepSizeInterval> set)
    {
        Guard.Length(environments.Rank, 1, nameof(environments));
        Guard.Positive(stepSize);
        double exponent = MultiplierGrowth.LyapunovExponent(EntryLaw.Of(environments), stepSize);
        ConfidenceInterval growth = ConfidenceInterval.OfMean(ProductGrowth.BatchMeans(environments, stepSize, stream, Steps), Level);
        bool contracts = set.Any(interval => interval.Contains(stepSize));
        double half = (growth.Upper - growth.Lower) / 2;
        return CheckResult.Judge(
            Facts.Id,
            [Inequality.AtLeast("|E log|1 + ηs|| ≥ twice the simulation's error", Math.Abs(exponent), 2 * half)],
            [
                contracts
                    ? Inequality.Below("upper end of the growth of log|q| in a step < 0, as η is in the set", growth.Upper, 0)
                    : Inequality.Above("lower end of the growth of log|q| in a step > 0, as η is not in the set", growth.Lower, 0),
                .. ClosedForm(environments),
            ]) with
        {
            Note = FormattableString.Invariant($"E log|1 + ηs| = {exponent:G6}, simulated {growth}; set {string.Join(", ", set)}"),
        };
    }

    /// <summary>The claims that E log|1 + ηs| is 0 at both ends of the closed form for two points.</summary>
    private static IEnumerable<Inequality> ClosedForm(EnvironmentDistribution environments)
    {
        if (environments is not DiagonalEnvironments { Law: ScalarLaw.TwoPoint, Mean: >= 0 } points
            || StabilityThreshold.TwoPointStepSizes(points.Mean, points.Spread) is not { } window)
        {
            yield break;
        }

        foreach (double end in new[] { window.Lower, window.Upper })
        {
            yield return Inequality.AtMost(
                FormattableString.Invariant($"|E log|1 + ηs|| ≤ 0 at η = {end:G6}, an end of the closed form"),
                Math.Abs(MultiplierGrowth.LyapunovExponent(EntryLaw.Of(points), end)),
                0,
                1e-11);
        }
    }
}
