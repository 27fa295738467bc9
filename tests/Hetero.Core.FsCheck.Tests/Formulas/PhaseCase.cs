using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.FsCheck.Tests.Formulas;

/// <summary>Made-up sizes of the parts at steps 0 to Last, and a setting with Σ_ii = 1 ± Spread, δ = Delta/1000 and α = 10^−Start.</summary>
public sealed record PhaseCase(int InvariantRank, int SpuriousRank, int Spread, int Delta, int Start, int First, int Last, ulong Seed)
{
    internal TheoremSetting Setting() => new(
        SensingProblem.Create(InvariantRank + SpuriousRank + 1, InvariantRank, SpuriousRank, 1, SubspaceLayout.Orthogonal),
        DiagonalEnvironments.TwoPoint(SpuriousRank, 1, Spread),
        Delta / 1000.0,
        0.05,
        Math.Pow(10, -Start));

    internal PartNorms[] Rows()
    {
        System.Random random = new((int)(Seed % int.MaxValue));
        double Next() => random.NextDouble();
        return [.. Enumerable.Range(0, Last + 1).Select(t => new PartNorms(t, Next(), Next(), Next(), Next(), Next()))];
    }
}
