using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

/// <summary>A step is as much work as the gradients that it measures, beside the model's own products.</summary>
public class RunWorkTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, FactorColumns = 1, Samples = 30, Steps = 10, Measurements = MeasurementKind.Stored };

    private static readonly EnvironmentRecipe Three = new() { List = [new([5.0], 0.2), new([1.0], 0.3), new([-3.0], 0.5)] };

    // 36 for the products, and 30·36 for each gradient.
    [Fact]
    public void PooledGd_measures_a_gradient_of_each_environment()
    {
        Assert.Equal(36 + 1080, RunWork.OfStep(Small));
        Assert.Equal(36 + 1080, RunWork.OfStep(Small with { Algorithm = Algorithm.PooledSgd }));
        Assert.Equal(6 * (36 + 1080), RunWork.OfStep(Small with { Clients = 2, LocalSteps = 3 }));
        Assert.Equal(36 + (2 * 1080), RunWork.OfStep(Small with { Algorithm = Algorithm.PooledGd }));
        Assert.Equal(36 + (3 * 1080), RunWork.OfStep(Small with { Algorithm = Algorithm.PooledGd, Environments = Three }));
        Assert.Equal(10 * (36 + (3 * 1080)), RunWork.Of(Small with { Algorithm = Algorithm.PooledGd, Environments = Three }));
    }

    [Fact]
    public void Objectives_that_apply_the_measurements_do_so_once_more()
    {
        RunRecipe pooled = Small with { Algorithm = Algorithm.PooledGd };
        Assert.Equal(36 + (2 * 1080), RunWork.OfStep(pooled with { Objective = new() { Kind = ObjectiveKind.VRex, Penalty = 1 } }));
        Assert.Equal(36 + (4 * 1080), RunWork.OfStep(pooled with { Objective = new() { Kind = ObjectiveKind.IrmV1, Penalty = 1 } }));
    }

    // 8·k numbers and 4·(k + r1 + r2)² operations for each row.
    [Fact]
    public void A_factored_step_is_linear_in_the_dimension()
    {
        RunRecipe factored = Small with { Measurements = MeasurementKind.ExactLawFactored };
        Assert.Equal(6 * (8 + (4 * 9)), RunWork.OfStep(factored));
        Assert.Equal(10 * RunWork.OfStep(factored), RunWork.OfStep(factored with { Dimension = 60 }));
        Assert.Equal(2 * RunWork.OfStep(factored), RunWork.OfStep(factored with { Algorithm = Algorithm.PooledGd }));
    }

    // At m = ∞ and over a continuous law the mean is one gradient, unless an objective looks at each.
    [Fact]
    public void A_mean_that_is_known_is_one_gradient()
    {
        RunRecipe population = Small with { Measurements = MeasurementKind.Population };
        double one = RunWork.OfStep(population);
        Assert.Equal(one, RunWork.OfStep(population with { Algorithm = Algorithm.PooledGd }));
        Assert.Equal(36 + (2 * (one - 36)), RunWork.OfStep(population with { Algorithm = Algorithm.PooledGd, Objective = new() { Kind = ObjectiveKind.GroupDro } }));
        RunRecipe exact = Small with { Measurements = MeasurementKind.ExactLaw, Law = ScalarLaw.Uniform };
        Assert.Equal(RunWork.OfStep(exact), RunWork.OfStep(exact with { Algorithm = Algorithm.PooledGd }));
    }

    [Fact]
    public void A_recipe_that_is_refused_is_reported_as_itself()
        => Assert.Throws<RecipeException>(() => RunBatch.Execute([Small with { Algorithm = Algorithm.PooledGd, SpuriousRank = 0 }], 1, new Progress<double>()));
}
