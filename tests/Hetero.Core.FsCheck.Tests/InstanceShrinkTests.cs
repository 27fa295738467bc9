using Hetero.Core.FsCheck.Shrinking;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.FsCheck.Tests;

public class InstanceShrinkTests
{
    [Fact]
    public void A_lemma_that_is_always_false_ends_at_the_simplest_instance()
    {
        TheoryInstance shrunk = Outcomes.Shrunk<TheoryInstance>(TheoryProperties.For(FakeCheck.AtMost(_ => 1, 0)));
        Assert.Equal((2, 1, 1, 2, 0UL), (shrunk.Dimension, shrunk.InvariantRank, shrunk.SpuriousRank, shrunk.FactorColumns, shrunk.Seed));
        Assert.Equal((0.0, 0.0, 0.0, false), (shrunk.Mean, shrunk.OffDiagonal, shrunk.Overlap, shrunk.OwnDraws));
        Assert.All([shrunk.StepSize, shrunk.InitialScale, shrunk.Spread, shrunk.FactorSize], number => Assert.True(Simplicity.Of(number) <= 4, $"{number}"));
    }

    // The smallest dimension on which it is false, and no smaller one.
    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void A_lemma_that_is_false_from_a_dimension_on_ends_there(int dimension)
    {
        TheoryInstance shrunk = Outcomes.Shrunk<TheoryInstance>(TheoryProperties.For(FakeCheck.AtMost(instance => instance.Dimension, dimension - 1)));
        Assert.Equal((dimension, 1, 1), (shrunk.Dimension, shrunk.InvariantRank, shrunk.SpuriousRank));
    }

    [Fact]
    public void Ranks_that_matter_stay()
    {
        TheoryInstance shrunk = Outcomes.Shrunk<TheoryInstance>(
            TheoryProperties.For(FakeCheck.AtMost(instance => instance.InvariantRank * instance.SpuriousRank, 3)));
        Assert.Equal((4, 2, 2), (shrunk.Dimension, shrunk.InvariantRank, shrunk.SpuriousRank));
    }

    // Lemma 8 with a tenth of its bound is false for almost every factor.
    [Fact]
    public void A_false_lemma_on_real_data_ends_at_dimension_3_or_less()
    {
        TheoryInstance shrunk = Outcomes.Shrunk<TheoryInstance>(TheoryProperties.ControlOf("L8"));
        Assert.InRange(shrunk.Dimension, 2, 3);
        Assert.Equal((1, 1), (shrunk.InvariantRank, shrunk.SpuriousRank));
        Assert.InRange(shrunk.Seed, 0UL, 999_999UL);
        Assert.True(TheoryCatalog.Find("L8")[0].Refutes(TheoryCatalog.Find("L8")[0].CheckControl(shrunk)));
    }

    // Data can be made from every candidate, and each comes before what it was made from, so no chain is endless.
    [Fact]
    public void Candidates_are_valid_and_smaller()
    {
        for (int trial = 0; trial < 60; trial++)
        {
            TheoryInstance instance = TheoryInstance.Draw(1, trial);
            TheoryInstance[] candidates = [.. InstanceShrink.Of(instance, candidate => candidate)];
            Assert.NotEmpty(candidates);
            Assert.All(candidates, candidate =>
            {
                Assert.True(InstanceShrink.IsSmaller(candidate, instance) && !InstanceShrink.IsSmaller(instance, candidate));
                Assert.InRange(candidate.FactorColumns, 1, candidate.Dimension);
                Assert.InRange(candidate.Samples, 1, instance.Samples);
                Assert.Equal(candidate.SpuriousRank, candidate.CreateProblem().SpuriousRank);
                Assert.Equal(candidate.SpuriousRank, candidate.CreateEnvironments().Rank);
                Assert.Equal(candidate.Dimension * candidate.FactorColumns, candidate.CreateFactor().Length);
            });
        }
    }

    // The domain pulls every candidate back, to a dimension above the smallest, an unround step size and a larger seed, and flips what a cycle could
    // run through: if it were enough for a candidate to differ, this would never end. FsCheck itself would give up after some steps, so it is not asked.
    [Fact]
    public void Shrinking_ends_whatever_the_domain_does()
    {
        static TheoryInstance Adapt(TheoryInstance instance) => instance with
        {
            Dimension = Math.Max(instance.Dimension, 5),
            StepSize = 0.0123456789 + (instance.StepSize / 1024),
            Seed = instance.Seed + 1,
            OwnDraws = !instance.OwnDraws,
        };
        for (int trial = 0; trial < 20; trial++)
        {
            TheoryInstance instance = Adapt(TheoryInstance.Draw(3, trial));
            int steps = 0;
            while (InstanceShrink.Of(instance, Adapt).FirstOrDefault() is { } smaller)
            {
                instance = smaller;
                Assert.True(++steps < 300, $"{instance}");
            }

            Assert.Equal((5, 1, 1), (instance.Dimension, instance.InvariantRank, instance.SpuriousRank));
        }
    }

    // Instances of a check are in its domain before and after shrinking, so that shrinking finds no counterexample outside it.
    [Fact]
    public void Candidates_stay_in_the_domain()
    {
        FakeCheck check = FakeCheck.AtMost(instance => instance.Dimension % 2, -1, instance => instance with
        {
            Dimension = instance.Dimension - (instance.Dimension % 2),
            InvariantRank = 1,
            SpuriousRank = 1,
            Columns = null,
        });
        TheoryInstance[] drawn = [.. Enumerable.Range(0, 30).Select(trial => check.Adapt(TheoryInstance.Draw(2, trial)))];
        Assert.All(drawn.SelectMany(instance => InstanceArbitrary.For(check).Shrinker(instance)), candidate => Assert.Equal(0, candidate.Dimension % 2));
    }
}
