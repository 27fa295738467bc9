using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// Lemma 7 by simulation: over T steps with Var(log X_{k,t}) ≤ 1 the mean of X_{k,k+T}^{2/3}/L_k^{2/3} falls below 1 where E(1 + ηΣ +
/// 2η)^{2/3} &lt; 1 and rises above 1 where it is above, and is the T-th power of that expectation.
/// </summary>
/// <remarks>
/// <para>Far beyond such horizons the mean sits in paths too rare to be drawn. Within them X^{2/3} is about lognormal with a logarithm of
/// variance 4/9 at most, skewness 2.7, and the mean of 60,000 paths is normal enough for a t interval.</para>
/// <para>The interval's level is 1 − 1e-10; the skewness, which by Edgeworth's expansion trebles it at most, makes that 10⁻⁸ at most for the 30 claims of a run.</para>
/// </remarks>
public sealed class Lemma7Simulated : TheoryCheck
{
    private const int Paths = 60_000;
    private const double Level = 1 - 1e-10;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L7-simulated",
        Statement = "the simulated mean of X^{2/3} falls where E(1 + ηΣ + 2η)^{2/3} < 1 and rises where it is > 1",
        Equations = "(42), (46)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark = "Over horizons with Var(log X) ≤ 1, where the mean can be simulated.",
        ControlStatement = "the same of the mean of X itself, as if X were the supermartingale",
        DefaultTrials = 10,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);

        // M from 0.5 to 0.75 or 1.5 to 1.85 times the threshold, so that the effect is visible; η from [0.003, 0.3] to [0.003, 0.0052], where
        // multipliers stay above 0.
        double stepSize = 0.003 * Math.Pow(instance.StepSize / 0.003, 0.12), mean = Math.Abs(instance.Mean) / 2;
        double variance = 6 * (2 + mean) / stepSize * (instance.Law == ScalarLaw.TwoPoint ? 1 : 3);
        double place = Math.Log(instance.Spread / 0.1) / Math.Log(300), factor = place < 0.5 ? 0.5 + (0.5 * place) : 1.5 + (0.7 * (place - 0.5));
        return instance with { StepSize = stepSize, Mean = mean, Spread = Math.Sqrt(variance) * factor, OffDiagonal = 0 };
    }

    /// <summary>Simulates X over the longest horizon with Var(log X) ≤ 1.</summary>
    /// <param name="law">The law of Σ_ii.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="stream">The stream of the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step size is out of range.</exception>
    public static CheckResult Check(EntryLaw law, double stepSize, RandomStream stream) => Check(law, stepSize, stream, 2.0 / 3);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(EntryLaw.Of(instance.CreateEnvironments()), instance.StepSize, instance.Stream(1), 2.0 / 3);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(EntryLaw.Of(instance.CreateEnvironments()), instance.StepSize, instance.Stream(1), 1);

    private static CheckResult Check(EntryLaw law, double stepSize, RandomStream stream, double power)
    {
        ArgumentNullException.ThrowIfNull(law);
        Guard.Positive(stepSize);
        EntryLaw shifted = law.Shifted(2);
        double excess = MultiplierGrowth.MomentExcess(shifted, stepSize, 2.0 / 3), least = 1 + (stepSize * shifted.Minimum);

        // Var(log(1 + ηs)) from a thousand strata of the law.
        double sum = 0, squares = 0;
        for (int i = 0; i < 1000; i++)
        {
            double log = Math.Log(Math.Abs(1 + (stepSize * shifted.Quantile((i + 0.5) / 1000))));
            sum += log / 1000;
            squares += log * log / 1000;
        }

        double variance = squares - (sum * sum);
        int steps = (int)Math.Clamp(1 / variance, 1, 100_000);
        ScalarDraws draws = new(shifted, stream);
        double[] powers = new double[Paths];
        for (int path = 0; path < Paths; path++)
        {
            double x = 1;
            for (int t = 0; t < steps; t++)
            {
                x *= 1 + (stepSize * draws.Next());
            }

            powers[path] = Math.Pow(Math.Abs(x), power);
        }

        ConfidenceInterval mean = ConfidenceInterval.OfMean(powers, Level);
        double exact = Math.Exp(steps * Elementary.LogOnePlus(excess));

        // An interval that is too short or too long would make nothing of its level: its error is that of the exact second moment.
        double first = Moment(power), error = Math.Sqrt((Moment(2 * power) - (first * first)) / Paths) * TailQuantile.StudentT((1 - Level) / 2, Paths - 1);
        double width = (mean.Upper - mean.Lower) / 2 / error;
        return CheckResult.Judge(
            Facts.Id,
            [
                Inequality.AtLeast("1 + ηΣ + 2η ≥ 0", least, 0),
                Inequality.AtMost("Var(log X) ≤ 1", steps * variance, 1, 1e-9),
                Inequality.AtLeast("|E X^{2/3} − 1| ≥ 0.05, to be seen", Math.Abs(exact - 1), 0.05),
            ],
            excess < 0
                ? Inequality.Below("upper end of the mean of X^{2/3} < 1", mean.Upper, 1)
                : Inequality.Above("lower end of the mean of X^{2/3} > 1", mean.Lower, 1),
            Inequality.AtLeast("upper end of the mean of X^{2/3} ≥ (E(1 + ηΣ + 2η)^{2/3})^T", mean.Upper, exact),
            Inequality.AtMost("lower end of the mean of X^{2/3} ≤ (E(1 + ηΣ + 2η)^{2/3})^T", mean.Lower, exact),
            Inequality.AtLeast("half the interval over its exact size ≥ 0.7", width, 0.7),
            Inequality.AtMost("half the interval over its exact size ≤ 1.4", width, 1.4)) with
        {
            Note = FormattableString.Invariant($"T = {steps}: mean {mean}, exact {exact:G6}"),
        };

        double Moment(double exponent) => Math.Exp(steps * Elementary.LogOnePlus(MultiplierGrowth.MomentExcess(shifted, stepSize, exponent)));
    }
}
