using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class SweepGridTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 32, Steps = 10, Seed = 5 };

    [Fact]
    public void Crossed_options_vary_the_last_one_fastest_and_seeds_within_cells()
    {
        SweepGrid grid = new(Small, [SweepAxis.Parse("spread=1,2"), SweepAxis.Parse("algorithm=pooled-sgd,hetero-sgd")], seeds: 2);
        Assert.Equal(["1,pooled-sgd", "1,hetero-sgd", "2,pooled-sgd", "2,hetero-sgd"], grid.Cells.Select(cell => string.Join(',', cell.Values)));
        Assert.Equal(
            [(0, 1, 5UL), (0, 1, 6UL), (1, 1, 5UL), (1, 1, 6UL), (2, 2, 5UL), (2, 2, 6UL), (3, 2, 5UL), (3, 2, 6UL)],
            grid.Runs.Select(run => (run.Cell, (int)run.Recipe.Spread, run.Recipe.Seed)));
        Assert.Equal(Algorithm.HeteroSgd, grid.Cells[3].Recipe.Algorithm);
    }

    [Fact]
    public void Zipped_options_go_in_step()
    {
        SweepGrid grid = new(Small, [SweepAxis.Parse("spread=1,1,3"), SweepAxis.Parse("step-size=0.1,0.2,0.1")], isZipped: true);
        Assert.Equal([(1.0, 0.1), (1, 0.2), (3, 0.1)], grid.Runs.Select(run => (run.Recipe.Spread, run.Recipe.StepSize)));
    }

    [Fact]
    public void A_value_takes_the_place_of_what_goes_with_another_alone()
    {
        RunRecipe ball = Small with { Update = new() { Rule = UpdateKind.HeavyBall, Momentum = 0.5 } };
        SweepGrid grid = new(ball, [SweepAxis.Parse("update-rule=heavy-ball,sgd")]);
        Assert.Equal([0.5, null], grid.Cells.Select(cell => cell.Recipe.Update.Momentum));

        // What is off takes no place.
        SweepGrid flags = new(Small with { Overlap = 0.5 }, [SweepAxis.Parse("orthogonal=false")]);
        Assert.Equal(0.5, flags.Cells[0].Recipe.Overlap);
    }

    [Fact]
    public void More_values_and_seeds_leave_the_identity_of_the_others_as_it_was()
    {
        SweepGrid few = new(Small, [SweepAxis.Parse("spread=1,3")], seeds: 2);
        SweepGrid many = new(Small with { Threads = 2, Memory = 1 << 30 }, [SweepAxis.Parse("samples=31,32"), SweepAxis.Parse("spread=0:3:4")], seeds: 3);
        Dictionary<string, SweepRun> byId = many.Runs.ToDictionary(run => run.Id);
        Assert.Equal(24, byId.Count);
        Assert.All(few.Runs, run => Assert.Equal(run.Recipe, byId[run.Id].Recipe with { Memory = null }));
    }

    [Fact]
    public void What_changes_a_row_changes_the_identity()
    {
        string[] ids =
        [
            .. new RunRecipe[]
            {
                Small, Small with { Seed = 6 }, Small with { Every = 2 }, Small with { StepSize = Math.BitIncrement(Small.StepSize) },
                Small with { Environments = new EnvironmentRecipe { List = [new ListedEnvironment([1]), new ListedEnvironment([2])] } },
                Small with { Environments = new EnvironmentRecipe { List = [new ListedEnvironment([1]), new ListedEnvironment([3])] } },
            }.Select(recipe => new SweepGrid(recipe, []).Runs[0].Id),
            new SweepGrid(Small, [], averageFrom: 0.25).Runs[0].Id,
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{16}$", id));

        // What a file is called, and a default that is said, do not.
        RunRecipe listed = Small with { Environments = new EnvironmentRecipe { List = [new ListedEnvironment([1]), new ListedEnvironment([2])] } };
        Assert.Equal(ids[4], new SweepGrid(listed with { EnvironmentFile = "e.json" }, []).Runs[0].Id);
        Assert.Equal(ids[0], new SweepGrid(Small with { FactorColumns = 6 }, []).Runs[0].Id);
    }

    [Theory]
    [InlineData("spread=1,2|spread=3,4", false, 1, "'vary' names 'spread' twice")]
    [InlineData("spread=1,2|samples=3,4,5", true, 1, "goes through 2 values of 'spread' and 3 of 'samples' in step")]
    [InlineData("spread=1:2:1000|samples=1:1000:1000|step-size=1:2:1000", false, 1, "1000000000 cells of 1 'seeds'; accepted are 1000000 runs at most")]
    [InlineData("spread=1:2:1000", false, 1001, "1000 cells of 1001 'seeds'; accepted are 1000000 runs at most")]
    [InlineData("spread=1,2|invariant-rank=1,6", false, 1, "(in the cell spread=1, invariant-rank=6)")]
    [InlineData("seed=1,2", false, 2, "the cells seed=1 and seed=2 make the same run, of seed 2")]
    [InlineData("spread=1,2,1", false, 1, "the cells spread=1 and spread=1 make the same run")]
    [InlineData("seed=1,18446744073709551615", false, 2, "'seed' is '18446744073709551615'")]
    public void A_bad_sweep_is_refused_in_a_line(string axes, bool isZipped, int seeds, string message)
    {
        RecipeException refusal = Assert.Throws<RecipeException>(() => new SweepGrid(Small, [.. axes.Split('|').Select(SweepAxis.Parse)], seeds, isZipped));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new SweepGrid(Small, [], seeds: 0));
        Assert.ThrowsAny<ArgumentException>(() => new SweepGrid(Small, [], averageFrom: double.NaN));
        Assert.ThrowsAny<ArgumentException>(() => new SweepGrid(Small, [], averageFrom: 1.5));
    }
}
