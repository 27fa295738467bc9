using FsCheck;
using Hetero.Core.Environments;
using Hetero.Core.FsCheck;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Subspaces;
using Xunit;

namespace YourTests;

/// <summary>Where pooled training ends, A* + E[A^(e)], has the norm max(1, |E s|) if the subspaces are orthogonal and Σ^(e) is diagonal.</summary>
public sealed class PooledLimitNorm : TheoryCheck
{
    public override StatementInfo Info { get; } = new()
    {
        Id = "Mine-1",
        Statement = "‖A* + E[A^(e)]‖ ≤ max(1, |E s|)",
        Equations = "(4)",
        Stated = Verdict.Holds,
        Remark = "The two parts act on orthogonal subspaces.",
        ControlStatement = "the same with 0.9 of the right side",
    };

    // Random instances are moved to where the statement says something; the seed stays.
    public override TheoryInstance Adapt(TheoryInstance instance) => instance with { Overlap = 0, OffDiagonal = 0 };

    protected override CheckResult CheckCore(TheoryInstance instance) => Judge(instance, 1);

    protected override CheckResult CheckControlCore(TheoryInstance instance) => Judge(instance, 0.9);

    private CheckResult Judge(TheoryInstance instance, double share)
    {
        SensingProblem problem = instance.CreateProblem();
        EnvironmentDistribution environments = instance.CreateEnvironments();
        int d = problem.Dimension, r2 = problem.SpuriousRank;
        double[] mean = new double[r2 * r2], limit = new double[d * d];
        environments.CopyMean(mean);
        for (int row = 0; row < d; row++)
        {
            for (int column = 0; column < d; column++)
            {
                for (int i = 0; i < problem.InvariantRank; i++)
                {
                    limit[(row * d) + column] += problem.InvariantBasis[row, i] * problem.InvariantBasis[column, i];
                }

                for (int i = 0; i < r2; i++)
                {
                    limit[(row * d) + column] += mean[i * (r2 + 1)] * problem.SpuriousBasis[row, i] * problem.SpuriousBasis[column, i];
                }
            }
        }

        double norm = Norms.Spectral<double>(new(limit, d, d), new double[Norms.GetSpectralScratchLength<double>(d, d)]);
        return CheckResult.Judge(
            Id,
            [
                Inequality.AtMost("‖U*ᵀV*‖ ≤ 0", SubspaceOverlap.Of(problem), 0, roundOff: 1e-12),
                Inequality.AtMost("|Σ_ij| ≤ 0 off the diagonal", r2 == 1 ? 0 : instance.OffDiagonal, 0),
            ],
            Inequality.AtMost(Statement, norm, share * Math.Max(1, Math.Abs(mean[0])), roundOff: 1e-12));
    }
}

public class OwnCheckExample
{
    private static readonly PooledLimitNorm Check = new();

    // What hetero verify does, for any list of checks.
    [Fact]
    public void VerifiedBesideTheLibrarysOwn()
    {
        foreach (TheoryFinding finding in TheoryVerification.Run([Check, .. TheoryCatalog.Find("L8")], seed: 1))
        {
            Assert.True(finding.Agrees, finding.ToString());
        }
    }

    // Over instances that FsCheck draws and shrinks; the control must be refuted, or the check could not fail.
    [Fact]
    public void HoldsAsAProperty()
    {
        TheoryProperties.For(Check).Check(TheoryConfig.For(Check));
        Assert.Throws<TheoryFalsifiedException>(() => TheoryProperties.ControlOf(Check).Check(TheoryConfig.For(Check)));
    }
}
