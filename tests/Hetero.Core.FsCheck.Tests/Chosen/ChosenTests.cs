using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Chosen;

/// <summary>Instances around values of the user's own. Nothing is left to chance: a failure on any seed is a fault.</summary>
[DailySeed(60, Arbitrary = [typeof(ChosenArbitraries)])]
public class ChosenTests
{
    // The ten of "under the assumptions of Theorem 2", which come first.
    private const int Assumptions = 10;

    // The only thing that a choice may change then is a k above d, which is what a check that lowers d leaves.
    [Property]
    public void To_choose_what_an_instance_has_by_itself_changes_nothing(OwnChoiceCase given)
    {
        TheoryInstance drawn = TheoryInstance.Draw(given.Seed, 0), own = given.Check.Adapt(drawn);
        TheoryInstance fitting = own with { Columns = own.Columns > own.Dimension ? own.Dimension : own.Columns };
        Assert.Equal(given.Choose(fitting, own), given.Check.Choose(drawn, instance => given.Choose(instance, own)));
    }

    // Wherever a window can be opened for what is chosen, the rest follows: M, or the mean and the law, and with them η, α, δ, ε1 and the entries off the diagonal.
    [Property(MaxTest = 25)]
    public void Where_a_window_can_be_opened_for_the_choice_it_is_open(WindowChoiceCase given)
    {
        foreach (string id in new[] { "L7", "L9", "L10", "L11", "L12", "L14" })
        {
            CheckResult result = TheoryCatalog.Find(id)[0].RunChosen(given.Seed, given.Choose, 1);
            Assert.Equal((1, 0), (result.Trials, result.LeftOut));
            IEnumerable<Inequality> asked = id is "L7" or "L9" or "L10" ? result.Hypotheses : result.Hypotheses.Take(Assumptions);
            Assert.All(asked, hypothesis => Assert.True(hypothesis.Holds, $"{id} {result.Instance}: {hypothesis}"));
        }
    }
}
