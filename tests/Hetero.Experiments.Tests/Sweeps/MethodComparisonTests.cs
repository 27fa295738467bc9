using Hetero.Core.Environments;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class MethodComparisonTests
{
    private static readonly RunRecipe Problem = new() { Dimension = 6, Samples = 30, Steps = 7, Every = 3, Seed = 4 };

    private static readonly RunRecipe Pooled = Problem with { Algorithm = Algorithm.PooledSgd, Steps = 5 };

    [Fact]
    public void Every_method_has_the_runs_of_its_recipe_over_the_seeds_on_any_number_of_threads()
    {
        foreach (int threads in new[] { 1, 4 })
        {
            MethodComparison comparison = MethodComparison.Execute([new("hetero", Problem), new("pooled", Pooled), new("wild", Problem with { StepSize = 1000 })], 3, threads);
            Assert.Equal(["hetero", "pooled", "wild"], comparison.Methods.Select(method => method.Title));
            Assert.Equal([0, 0, 3], comparison.Methods.Select(method => method.Diverged));
            foreach ((RunRecipe recipe, SeedSweep method) in new[] { Problem, Pooled }.Zip(comparison.Methods))
            {
                TrajectoryRow[][] expected = [.. Enumerable.Range(4, 3).Select(seed => Runner.Execute(recipe with { Seed = (ulong)seed }).Trajectory.Rows.ToArray())];
                Assert.Equal(expected, method.Runs.Select(run => run.Trajectory.Rows.ToArray()));
            }

            Assert.All(comparison.StepSeconds, seconds => Assert.True(seconds > 0));
        }
    }

    [Fact]
    public void Without_a_step_there_is_no_time_of_one()
        => Assert.Equal([double.NaN], MethodComparison.Execute([new("none", Problem with { Steps = 0 })], 1, 1).StepSeconds);

    [Fact]
    public void Tables_have_the_quantiles_of_the_runs()
    {
        MethodComparison comparison = MethodComparison.Execute(
            [new("a, b", Problem), new("direct", Problem with { Model = ModelKind.Direct }), new("wild", Problem with { StepSize = 1000 })], 2, 2);
        string[][] table = Read(comparison.WriteTable);
        Assert.Equal(["method", "seeds", "completed", "diverged", "step", "signal_median", "signal_q10", "signal_q90"], table[0][..8]);
        Assert.Equal(4, table.Length);
        double first = comparison.Methods[0].Runs[0].Trajectory.Rows[^1].Signal, second = comparison.Methods[0].Runs[1].Trajectory.Rows[^1].Signal;

        // The name is quoted: its comma splits it here.
        Assert.Equal(["\"a", " b\"", "2", "2", "0", "7"], table[1][..6]);
        Assert.Equal((first + second) / 2, double.Parse(table[1][6], System.Globalization.CultureInfo.InvariantCulture), 1e-12);
        Assert.Equal(Math.Min(first, second) + (0.1 * Math.Abs(first - second)), double.Parse(table[1][7], System.Globalization.CultureInfo.InvariantCulture), 1e-12);
        int residual = Array.IndexOf(table[0], "residual_median");
        Assert.Equal(["", "", ""], table[2][residual..(residual + 3)]);
        Assert.Equal(["wild", "2", "0", "2", "7", "Infinity", "Infinity", "Infinity"], table[3][..8]);
        string[][] bands = Read(comparison.WriteBands);
        Assert.Equal(1 + (3 * 4 * 5), bands.Length);
        Assert.Equal(table[1][6], bands[1 + (3 * 5)][4]);
        Assert.Equal(1 + (3 * 2), Read(comparison.WriteRuns).Length);
    }

    [Fact]
    public void What_is_no_comparison_is_refused()
    {
        (string Option, RunRecipe Other)[] others =
        [
            ("dimension", Problem with { Dimension = 7 }), ("spread", Problem with { Spread = 2 }), ("seed", Problem with { Seed = 5 }), ("noise", Problem with { Noise = 1 }),
            ("overlap", Problem with { Overlap = 0.5 }), ("orthogonal", Problem with { Orthogonal = true }), ("eigenvalues", Problem with { Eigenvalues = [2] }),
            ("environments", Problem with { Law = ScalarLaw.Uniform }), ("environments", Problem with { Environments = new() { List = [new ListedEnvironment([1.0])] } }),
        ];
        foreach ((string option, RunRecipe other) in others)
        {
            RecipeException refusal = Assert.Throws<RecipeException>(() => MethodComparison.Check([new("a", Problem), new("b", other)], 1, 1));
            Assert.Contains("in 'b', as in 'a'", refusal.Message.Replace("the list of 'a' in 'b'", "in 'b', as in 'a'", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Equal(option, refusal.Option);
        }

        RunRecipe[] lists = [.. new[] { 1.0, 2 }.Select(s => Problem with { Environments = new() { List = [new ListedEnvironment([s])] } })];
        Assert.Equal("environments", Assert.Throws<RecipeException>(() => MethodComparison.Check([new("a", lists[0]), new("b", lists[1])], 1, 1)).Option);
        MethodComparison.Check([new("a", lists[0]), new("b", lists[0] with { StepSize = 0.1, Eigenvalues = [1] })], 1, 1);

        Assert.Contains("'a' 2 times", Assert.Throws<ArgumentException>(() => MethodComparison.Check([new("a", Problem), new("a", Pooled)], 1, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => MethodComparison.Check([], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MethodComparison.Check([new("a", Problem)], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MethodComparison.Check([new("a", Problem)], 1, 0));
        Assert.Equal("seed", Assert.Throws<RecipeException>(() => MethodComparison.Check([new("a", Problem with { Seed = ulong.MaxValue })], 2, 1)).Option);
        Assert.Equal("samples", Assert.Throws<RecipeException>(() => MethodComparison.Check([new("a", Problem with { Samples = 0 })], 1, 1)).Option);
    }

    [Fact]
    public void The_memory_is_that_of_all_runs_at_the_same_time()
    {
        MemoryEstimate one = MemoryEstimate.Of(Problem);
        SeedSweep[] Method(Int128 memory) => [new("a", Problem with { Memory = (long)memory })];
        Int128 three = (one.Rows * 3) + ((one.Total - one.Rows) * 2);
        MethodComparison.Check(Method(three), 3, 2);
        RecipeException refusal = Assert.Throws<RecipeException>(() => MethodComparison.Check(Method(three - 1), 3, 2));
        Assert.Contains("of the 2 runs at the same time ('threads')", refusal.Message, StringComparison.Ordinal);

        // No more than there are.
        MethodComparison.Check(Method(one.Total), 1, 100);
    }

    private static string[][] Read(Action<TextWriter> write)
    {
        using StringWriter text = new();
        write(text);
        return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
    }
}
