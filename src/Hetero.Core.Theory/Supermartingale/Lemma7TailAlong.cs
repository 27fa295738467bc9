using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// The other part of q_t in real runs of HeteroSGD: along R_t the learned signal, ‖R_t‖ = 1, makes the multiplier 1 + η(s − 1), so its tail
/// exponent is the κ with E|1 + η(s − 1)|^κ = 1. With mean 1 that is 1, whatever M is: a much faster tail than that of
/// <see cref="Lemma7TailRun"/>, on a much higher floor.
/// </summary>
/// <remarks>
/// At m = 8000 the floor, about 0.01, and saturation at 0.3 leave no window, so m = 10⁸ here, where the floor is 10⁻⁴; the exact law costs
/// the same for every m. The window is that of <see cref="Lemma7TailRun"/>. Runs differ more here, so that Student's interval misses more often than its level says: with
/// 96 runs, resampled from 400, it lies too low by 6.5 of its errors in 8·10⁻⁷ of the cases, and by one half more four times as seldom. At 1 − 10⁻¹³ it is 8.7 errors
/// wide on each side: less than 10⁻⁸.
/// </remarks>
public sealed class Lemma7TailAlong : TheoryCheck
{
    private const int Runs = 96;
    private const double Level = 1 - 1e-13;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L7-tail-along",
        Statement = "in HeteroSGD at m = 10⁸ the part of q_t along R_t has the tail exponent κ, E|1 + η(s − 1)|^κ = 1",
        Equations = "beyond (42)–(46)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark = "1 for mean 1, as E|1 ± ηM| = 1: the damping by the learned signal, −ηU_tᵀU_tq_t, counts.",
        ControlStatement = "the exponent of s, that of the part orthogonal to R_t",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Lemma7TailRun.Setting(instance) with { Samples = 100_000_000, Spread = 8 };
    }

    /// <summary>Measures the exponent of the part along R_t from 0.001 to 0.2 and compares it with that of s − 1.</summary>
    /// <param name="dimension">d, 3 or more.</param>
    /// <param name="environments">Environments of rank 1.</param>
    /// <param name="options">The runs' options with a constant step size; run i adds i to the seed.</param>
    /// <param name="runs">The number of runs, 2 or more.</param>
    /// <param name="steps">The steps of a run, of which the first quarter is dropped.</param>
    /// <param name="level">The interval's level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range, a run diverges, or there is no finite κ.</exception>
    public static CheckResult Check(int dimension, EnvironmentDistribution environments, TrainingOptions options, int runs, int steps, double level)
    {
        EntryLaw damped = EntryLaw.Of(environments).Shifted(-1);
        return Lemma7TailRun.Check(Facts.Id, SpuriousPart.AlongSignal, damped, dimension, environments, options, runs, steps, level);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Lemma7TailRun.Check(Id, SpuriousPart.AlongSignal, -1, instance, Runs, Level);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Lemma7TailRun.Check(Id, SpuriousPart.AlongSignal, 0, instance, Runs, Level);
}
