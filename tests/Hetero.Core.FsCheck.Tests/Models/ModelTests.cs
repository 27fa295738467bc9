using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Models;

/// <summary>UUᵀ − VVᵀ and A itself: directions that are gradients, and runs with the same bits on every team, continued as if never broken off, without memory for a step.</summary>
[DailySeed(25, Arbitrary = [typeof(ModelArbitraries)])]
public class ModelTests
{
    [Property]
    public void The_direction_is_the_gradient_and_nothing_is_kept(ModelCase given) => Assert.Empty(PartChecks.FaultsOfModel(given.Model));

    [Property]
    public void A_run_keeps_its_bits_its_states_and_its_memory(ModelCase given) => Assert.Empty(PartChecks.FaultsOfTrainer(given.Trainer));

    [Property]
    public void What_the_numbers_depend_on_is_described(ModelCase given)
    {
        ModelCase other = given with { Columns = given.Columns == 0 ? given.Dimension : 0 };
        Assert.Empty(PartChecks.FaultsOfDescriptions([() => given.Trainer(null), () => other.Trainer(null)]));
    }
}
