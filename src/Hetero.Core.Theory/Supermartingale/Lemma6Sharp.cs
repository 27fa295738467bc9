using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// The steps (48), (49) of Lemma 6 on laws for which they are nearly equalities: with probability a a step multiplies by u, just below a^{−1.5}, else by nearly
/// 0, so that E(1 + ηΣ + 2η)^{2/3} is 1, and p/r2 = a².
/// </summary>
/// <remarks>
/// <para>An excursion reaches p^{−1.5}r2^{1.5} = a^{−3} by two factors u in a row, and in no other way: its probability is a², the whole of p/r2. Elsewhere (48) is
/// loose, as an excursion that ends below L_t keeps some of its X^{2/3} and one that ends above the barrier has more than it needs.</para>
/// <para>(49) takes an excursion from every k. Here a share 1 − a of the steps ends on the line, independent of the direction, and for T·p = 0.1 about 0.88·T·p of the
/// paths are absorbed.</para>
/// <para>The bounds are compared with the far ends of Clopper and Pearson's intervals at 1 − 2e-10: by chance an upper bound fails in at most 1e-10 of the
/// instances; a lower one is five of the counts' deviations away from the end of the interval.</para>
/// </remarks>
public sealed class Lemma6Sharp : TheoryCheck
{
    private const int Paths = 100_000;
    private const int Excursions = 4_000_000;
    private const double Level = 1 - 2e-10;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L6-sharp",
        Statement =
            "laws with 0.85·p/r2 ≤ P(τ_k^1 < τ_k^0) ≤ p/r2 and 0.75·T·p ≤ P(some q_i^t ≥ p^{−1.5}r2^{1.5}·L_t, t ≤ T) ≤ T·p, E(1 + ηΣ + 2η)^{2/3} ≤ 1",
        Equations = "(39), (48), (49)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-9,
        Remark = "Rare large factors and otherwise nearly 0: neither the powers of p and r2 nor the constants of (48), (49) leave room there.",
        ControlStatement = "the same with 0.75·p/r2 and 0.7·T·p as upper bounds",
        DefaultTrials = 3,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with { SpuriousRank = Math.Min(2, instance.SpuriousRank), OffDiagonal = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.75, 0.7);

    private static CheckResult Check(TheoryInstance instance, double excursionShare, double absorptionShare)
    {
        int rank = instance.SpuriousRank;
        double odds = 0.045 + (0.01 * new RandomSequence(instance.Stream(2)).NextUniform());
        double violation = rank * odds * odds * (1 + 1e-5), bound = violation / rank;
        int steps = (int)Math.Round(0.1 / violation);
        EnvironmentDistribution environments = Rare(rank, odds, instance.StepSize);
        CalibrationLine line = new(
            new AuxiliarySequences(instance.StepSize, instance.InitialScale, steps), 1, 0, instance.InvariantRank, rank);
        ControllerSimulation found = ControllerSimulation.Run(environments, line, violation, instance.Seed, Paths, Excursions, Level);
        double total = steps * violation;
        return CheckResult.Judge(
            Facts.Id,
            ControllerSimulation.Hypotheses(environments, line),
            Inequality.AtMost("lower end of P(τ^1 < τ^0) ≤ p/r2", found.Excursion.Lower, excursionShare * bound),
            Inequality.AtLeast("upper end of P(τ^1 < τ^0) ≥ p/r2", found.Excursion.Upper, bound),
            Inequality.AtLeast("lower end of P(τ^1 < τ^0) ≥ 0.85·p/r2", found.Excursion.Lower, 0.85 * bound),
            Inequality.AtMost("lower end of P(some q_i^t ≥ p^{−1.5}r2^{1.5}·L_t) ≤ T·p", found.Absorption.Lower, absorptionShare * total),
            Inequality.AtLeast("lower end of P(some q_i^t ≥ p^{−1.5}r2^{1.5}·L_t) ≥ 0.75·T·p", found.Absorption.Lower, 0.75 * total)) with
        {
            Note = FormattableString.Invariant($"a = {odds:G4}, p = {violation:G4}, T = {steps}: excursion {found.Excursion}, any {found.Absorption}"),
        };
    }

    /// <summary>Own draws of each direction: 1 + ηs + 2η = u with probability a, else 10⁻⁹.</summary>
    private static FiniteEnvironments Rare(int rank, double odds, double stepSize)
    {
        const double Low = 1e-9;
        double high = Math.Pow((1 - (1e-6 * (1 - odds))) / odds, 1.5) * (1 - 1e-7), rise = (high - 1 - (2 * stepSize)) / stepSize, fall = (Low - 1 - (2 * stepSize)) / stepSize;
        List<double[]> matrices = [];
        List<double> probabilities = [];
        for (int mask = 0; mask < 1 << rank; mask++)
        {
            double[] sigma = new double[rank * rank];
            double probability = 1;
            for (int i = 0; i < rank; i++)
            {
                bool isHigh = (mask >> i & 1) == 1;
                sigma[i * (rank + 1)] = isHigh ? rise : fall;
                probability *= isHigh ? odds : 1 - odds;
            }

            matrices.Add(sigma);
            probabilities.Add(probability);
        }

        return new FiniteEnvironments(rank, matrices, [.. probabilities]);
    }
}
