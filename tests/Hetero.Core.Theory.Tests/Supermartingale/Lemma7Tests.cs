using Hetero.Core.Environments;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Supermartingale;
using Xunit;

namespace Hetero.Core.Theory.Tests.Supermartingale;

public class Lemma7Tests
{
    [Fact]
    public void TheWindowDecidesOnTheHypothesis()
    {
        // M = 4000, mean 1: (24/M2, 1/(64·M1)) = (3.0e-6, 3.9e-6).
        DiagonalEnvironments wide = DiagonalEnvironments.TwoPoint(2, 1, 4000);
        Assert.Equal(Verdict.Holds, Lemma7.Check(wide, 3.5e-6).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, Lemma7.Check(wide, 2.9e-6).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, Lemma7.Check(wide, 4e-6).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, Lemma7.Check(DiagonalEnvironments.TwoPoint(1, 1, 5), 0.05).Verdict);
    }

    [Fact]
    public void TheExpectationIsAsComputedByHand()
    {
        // (1 + 0.05·(3 ± 5))^{2/3}: 1.4 and 0.9.
        CheckResult result = Lemma7.Check(DiagonalEnvironments.TwoPoint(1, 1, 5), 0.05);
        Assert.Equal(((Math.Pow(1.4, 2.0 / 3) + Math.Pow(0.9, 2.0 / 3)) / 2) - 1, result.Claims[0].Left, 14);
        Assert.Single(result.Claims);
    }

    [Fact]
    public void AStepWithoutDirectionOfItsOwnStillCounts()
    {
        // One direction contracts, the other does not vary: M2 is 0 and the window empty.
        FiniteEnvironments environments = new(2, [[4000, 0, 0, 1], [-3998, 0, 0, 1]]);
        CheckResult result = Lemma7.Check(environments, 3.5e-6);
        Assert.Equal(Verdict.HypothesisNotMet, result.Verdict);
        Assert.Contains(result.Claims, claim => !claim.Holds);
    }
}
