using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// The steps (48), (49) of Lemma 6 by simulation, wherever X^{2/3} is a supermartingale: an excursion X_{k,t} reaches p^{−1.5}r2^{1.5}·L_t
/// before it falls below L_t with probability p/r2 at most, and some q_i^t reaches it up to step T with probability T·p at most.
/// </summary>
/// <remarks>
/// <para>The hypothesis is the conclusion of Lemma 7, computed exactly, not its window: that needs M &gt; 3073, where a barrier that is
/// ever reached is not a small p. Instances lie 1 % inside the supermartingale's threshold, where (48) has the least room, with p from 0.01
/// to 0.03.</para>
/// <para>(49) prints ≤ for the event q ≥ barrier. The processes are Definition 4's and (40)'s; the barrier of an absorbed q is its last
/// value.</para>
/// <para>A claim fails if the lower end of Clopper and Pearson's interval at 1 − 2e-11 is above the bound: by chance in at most 1e-11 of the
/// instances, 2e-10 of the runs.</para>
/// </remarks>
public sealed class Lemma6Simulated : TheoryCheck
{
    private const int Steps = 30;
    private const int Paths = 2000;
    private const int Excursions = 50_000;
    private const double Level = 1 - 2e-11;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L6-simulated",
        Statement = "P(τ_k^1 < τ_k^0) ≤ p/r2 and P(some q_i^t ≥ p^{−1.5}r2^{1.5}·L_t, t ≤ T) ≤ T·p, if E(1 + ηΣ + 2η)^{2/3} ≤ 1",
        Equations = "(39), (48), (49)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 2e-10,
        Remark =
            "Read with ≥ in (49); with bounded factors an excursion's probability is about a third of the bound, and T·p is far away: L6-sharp leaves no room.",
        ControlStatement = "P(τ_k^1 < τ_k^0) ≤ (p/r2)^{1.5}, as if X itself were a supermartingale",
        DefaultTrials = 10,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);

        // Multipliers stay above 0 up to these step sizes: η from [0.003, 0.3] to [0.003, 0.03].
        TheoryInstance moved = instance with
        {
            Mean = Math.Abs(instance.Mean) / 2,
            StepSize = 0.003 * Math.Sqrt(instance.StepSize / 0.003),
            OffDiagonal = 0,
            SpuriousRank = Math.Min(2, instance.SpuriousRank),
        };
        double root = Math.Sqrt(moved.Law == ScalarLaw.TwoPoint ? 1 : 3);
        double threshold = Bisection.Solve(
            spread => -MultiplierGrowth.MomentExcess(Law(moved with { Spread = spread }), moved.StepSize, 2.0 / 3), 1e-3, root * 1.2 / moved.StepSize);
        return moved with { Spread = 1.01 * threshold };
    }

    /// <summary>Simulates the controller and an excursion.</summary>
    /// <param name="environments">The distribution over environments.</param>
    /// <param name="line">L_t, with η and α, for T steps.</param>
    /// <param name="violationProbability">p, above 0.</param>
    /// <param name="seed">The seed of the simulation.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is out of range.</exception>
    public static CheckResult Check(EnvironmentDistribution environments, CalibrationLine line, double violationProbability, ulong seed)
        => Check(environments, line, violationProbability, seed, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 1.5);

    private static EntryLaw Law(TheoryInstance instance) => EntryLaw.Of(instance.CreateEnvironments()).Shifted(2);

    private static CheckResult Check(TheoryInstance instance, double power)
    {
        EnvironmentDistribution environments = instance.CreateEnvironments();
        double bound = SpuriousRegularity.Of(environments).Bound;
        double ripConstant = Math.Min(0.9, instance.FactorSize) / (40 * bound * Math.Sqrt(instance.InvariantRank + instance.SpuriousRank));
        CalibrationLine line = new(
            new AuxiliarySequences(instance.StepSize, instance.InitialScale, Steps), bound, ripConstant, instance.InvariantRank, instance.SpuriousRank);
        double violation = 0.01 * Math.Pow(3, new RandomSequence(instance.Stream(2)).NextUniform());
        return Check(environments, line, violation, instance.Seed, power);
    }

    private static CheckResult Check(EnvironmentDistribution environments, CalibrationLine line, double violationProbability, ulong seed, double power)
    {
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentNullException.ThrowIfNull(line);
        int rank = environments.Rank, steps = line.LastStep;
        ControllerSimulation found = ControllerSimulation.Run(environments, line, violationProbability, seed, Paths, Excursions, Level);
        double bound = Math.Pow(violationProbability / rank, power);
        return CheckResult.Judge(
            Facts.Id,
            ControllerSimulation.Hypotheses(environments, line),
            Inequality.AtMost("lower end of P(τ^1 < τ^0) ≤ " + (power == 1 ? "p/r2" : "(p/r2)^{1.5}"), found.Excursion.Lower, bound),
            Inequality.AtMost("lower end of P(some q_i^t ≥ p^{−1.5}r2^{1.5}·L_t) ≤ T·p", found.Absorption.Lower, steps * violationProbability)) with
        {
            Note = FormattableString.Invariant($"p = {violationProbability:G4}, T = {steps}: excursion {found.Excursion}, any {found.Absorption}"),
        };
    }
}
