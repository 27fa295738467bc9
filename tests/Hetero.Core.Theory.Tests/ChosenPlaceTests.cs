using Hetero.Core.Theory;
using Hetero.Core.Theory.Dynamics;
using Xunit;

namespace Hetero.Core.Theory.Tests;

/// <summary>Where the values that follow from chosen ones lie, and that what is judged is the instance that is shown.</summary>
public class ChosenPlaceTests
{
    // A step made for a proof has η·64·M1 from 0.2 to 0.95, M1 = 1.01(|mean| + M), and ε1 at a share of a δ in which M1 stands as 1/M1 alone. Both products are what they are
    // without a choice, also for an M below the 20 and more that these instances have by themselves.
    [Theory]
    [InlineData("L10-step")]
    [InlineData("L11-step")]
    [InlineData("L12-step")]
    [InlineData("L13")]
    [InlineData("L14-step")]
    [InlineData("L15-step")]
    [InlineData("C1")]
    public void TheStepSizeAndTheOverlapFollowFromTheMeanAndM(string id)
    {
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        for (int trial = 0; trial < 12; trial++)
        {
            TheoryInstance drawn = TheoryInstance.Draw(6, trial), own = check.Adapt(drawn);
            foreach ((double mean, double spread) in new[] { (3.0, 2.0), (-40, 400), (0.5, 0.01) })
            {
                TheoryInstance chosen = check.Choose(drawn, instance => instance with { Mean = mean, Spread = spread })!;
                double bound = Math.Abs(mean) + spread, before = Math.Abs(own.Mean) + own.Spread;
                Assert.Equal((mean, spread), (chosen.Mean, chosen.Spread));
                Assert.Equal(1, chosen.StepSize * bound / (own.StepSize * before), 1e-12);
                Assert.Equal(own.Overlap!.Value * before, chosen.Overlap!.Value * bound, 1e-12 * own.Overlap.Value * before);
                Assert.Equal((own.OffDiagonal, own.Dimension), (chosen.OffDiagonal, chosen.Dimension));
            }
        }
    }

    // A run at η = 0.06 and M = 12.5 was judged beside the state at an eighth of the instances, and σ_1 = 10⁻⁵ shown with α = 0.06.
    [Fact]
    public void Lemma14IsJudgedOnTheInstanceThatIsShownAlone()
    {
        Lemma14Step check = new();
        for (ulong seed = 0; seed < 3; seed++)
        {
            TheoryInstance instance = check.Choose(TheoryInstance.Draw(1, (int)seed) with { Seed = seed }, moved => moved with { StepSize = 0.05 })!;
            ConstructedStep made = ConstructedStep.Create(instance, ConstructedState.Growth);
            CheckResult expected = Lemma14Step.Check(made.Step, made.Constants, made.Line, made.Time);
            Assert.Equal(expected with { Instance = instance.ToString() }, check.Check(instance));
        }
    }

    // Orthogonal subspaces were judged in the place of random ones, with ε1 = 0.
    [Fact]
    public void RandomSubspacesAreRandom()
    {
        TheoryInstance instance = new Lemma9().Choose(TheoryInstance.Draw(1, 0), moved => moved with { Overlap = null })!;
        Inequality overlap = Assert.Single(new Lemma9().Check(instance).Hypotheses, hypothesis => hypothesis.Statement.StartsWith("ε1 <", StringComparison.Ordinal));
        Matrix invariant = Matrix.Of(instance.CreateProblem().InvariantBasis), spurious = Matrix.Of(instance.CreateProblem().SpuriousBasis);
        Assert.Equal((invariant.T * spurious).Norm(), overlap.Left, 1e-12);
        Assert.InRange(overlap.Left, 0.01, 1);
    }
}
