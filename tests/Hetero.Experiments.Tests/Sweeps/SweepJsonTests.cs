using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class SweepJsonTests
{
    [Fact]
    public void A_recipe_with_lists_is_a_sweep()
    {
        SweepGrid grid = SweepJson.Parse("""
            {"dimension": 6, "samples": [16, 32], "spread": "0:2:3", "algorithm": ["pooled-sgd"], "orthogonal": [true, false], "eigenvalues": [[2], [1]], "init-scale": 0.1,
             "invariant-rank": 1, "seeds": 2, "average-from": 0.25}
            """);
        Assert.Equal(["samples", "spread", "algorithm", "orthogonal", "eigenvalues"], grid.Axes.Select(axis => axis.Option));
        Assert.Equal((24, 2, 0.25, false, 0.1), (grid.Cells.Count, grid.Seeds, grid.AverageFrom, grid.IsZipped, grid.Recipe.InitialScale));
        Assert.Equal(["16", "0", "pooled-sgd", "true", "1"], grid.Cells[1].Values);
        Assert.Equal([2.0], grid.Cells[0].Recipe.Eigenvalues);

        SweepGrid zipped = SweepJson.Parse("""{"eigenvalues": [1, 2], "invariant-rank": 2, "zip": true, "spread": [1, 2], "step-size": "0.1:0.2:2"}""");
        Assert.Equal((2, 2), (zipped.Cells.Count, zipped.Axes.Count));
    }

    [Fact]
    public void What_comes_back_has_the_same_runs_and_the_same_text()
    {
        IReadOnlyList<ListedEnvironment> list = [new([1, 0, 0, 2], 0.5), new([3, 0, 0, 4], 0.5)];
        RunRecipe recipe = new() { Dimension = 6, SpuriousRank = 2, Threads = 2, Memory = 1 << 30, Seed = ulong.MaxValue - 9 };
        foreach (SweepGrid grid in new SweepGrid[]
        {
            new(recipe, [SweepAxis.Parse("spread=0:1:3"), SweepAxis.Parse("step-changes=1:0.1,2:0.2;3:0.1"), SweepAxis.Parse("schedule=piecewise")], seeds: 3, averageFrom: 0.75),
            new(recipe, [new SweepAxis("environments", ["two-point", "e.json"], [null, list]), SweepAxis.Parse("factor-columns=3,6")], isZipped: true),
            new(recipe with { Environments = new EnvironmentRecipe { List = list }, EnvironmentFile = "e.json" }, [SweepAxis.Parse("neurons=true,false")]),
        })
        {
            string text = SweepJson.ToText(grid);
            SweepGrid read = SweepJson.Parse(text);
            Assert.Equal(grid.Runs.Select(run => (run.Cell, run.Id)), read.Runs.Select(run => (run.Cell, run.Id)));
            Assert.Equal(grid.Cells.SelectMany(cell => cell.Values), read.Cells.SelectMany(cell => cell.Values));
            Assert.Equal(text, SweepJson.ToText(read));
            Assert.DoesNotContain("threads", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[]", "accepted is an object")]
    [InlineData("{", "not JSON at line 1")]
    [InlineData("""{"spred": [1, 2]}""", "'spred' is not an option of a run (did you mean 'spread'?)")]
    [InlineData("""{"spread": []}""", "'spread' has 0 values")]
    [InlineData("""{"spread": [1], "spread": [2]}""", "'spread' stands twice")]
    [InlineData("""{"spread": [1], "spread": 2}""", "'spread' stands twice")]
    [InlineData("""{"spread": ["1"]}""", "'spread' is '\"1\"'")]
    [InlineData("""{"spread": "1:2"}""", "'spread' is '1:2'")]
    [InlineData("""{"spread": [[1]]}""", "'spread' is '[1]'")]
    [InlineData("""{"eigenvalues": [[1], 2]}""", "'eigenvalues'")]
    [InlineData("""{"threads": [1, 2]}""", "'threads' changes no number")]
    [InlineData("""{"seeds": 0}""", "'seeds' is '0'")]
    [InlineData("""{"seeds": "3"}""", "without quotes")]
    [InlineData("""{"zip": 1}""", "'zip' is '1'")]
    [InlineData("""{"average-from": 2}""", "'average-from' is '2'")]
    [InlineData("""{"environments": ["two-point", "x.json"]}""", "'environments' is 'x.json'")]
    [InlineData("""{"spread": [1, 2], "algorithm": "\ud800"}""", "'algorithm' is")]
    [InlineData("""{"factor-columns": [null, 4]}""", "'factor-columns' is 'null'")]
    [InlineData("""{"environments": ["two-point", 3]}""", "'environments' is '3'")]
    public void What_is_none_is_refused_by_name(string text, string message)
        => Assert.Contains(message, Assert.Throws<RecipeException>(() => SweepJson.Parse(text)).Message, StringComparison.Ordinal);
}
