using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class SweepPlanTests
{
    private static readonly RunRecipe Small = new() { Dimension = 6, Samples = 32, Steps = 10, Seed = 5 };

    [Theory]
    [InlineData("spread=1:5:5", 3, 0.25)]
    [InlineData("spread=1:5:5", 3, 1.01)]
    [InlineData("spread=1:5:5", 3, 3.7)]
    [InlineData("spread=1:5:5", 3, 5)]
    [InlineData("spread=1:5:5", 3, 1e6)]
    [InlineData("steps=1:1000:12:log", 2, 40)]
    [InlineData("dimension=4,40,4,80,4", 4, 100)]
    public void Every_run_is_in_one_task_and_tasks_differ_from_what_was_asked_for_by_a_run_at_most(string axis, int seeds, double runsEach)
    {
        // One value may come twice where the other options differ in step.
        SweepAxis[] axes = [SweepAxis.Parse(axis), SweepAxis.Parse($"spurious-mean=1:2:{SweepAxis.Parse(axis).Values.Count}")];
        SweepGrid grid = new(Small, axes, seeds, isZipped: true);
        double wanted = runsEach * RunSeconds.Of(grid.Runs[0].Recipe);
        SweepPlan plan = SweepPlan.Of(grid, wanted);
        Assert.Equal(grid.Runs, plan.Tasks.SelectMany(task => task.Runs));
        Assert.Equal(Enumerable.Range(1, plan.Tasks.Count), plan.Tasks.Select(task => task.Number));
        double total = grid.Runs.Sum(run => RunSeconds.Of(run.Recipe)), share = total / Math.Ceiling((total / wanted) - 1e-6);
        Assert.All(plan.Tasks, task =>
        {
            double longest = task.Runs.Max(run => RunSeconds.Of(run.Recipe));
            Assert.Equal(task.Runs.Sum(run => RunSeconds.Of(run.Recipe)), task.Seconds, 1e-9 * task.Seconds);
            Assert.True(task.Seconds < share + longest + 1e-9, $"{task.Seconds} of {share}");
            Assert.NotEmpty(task.Runs);
        });
    }

    // The measured microseconds of a step, without and with a recorded row, of a core of a Zen 4.
    [Theory]
    [InlineData(20, 2.1, 4)]
    [InlineData(40, 7.7, 11)]
    [InlineData(100, 76, 96)]
    public void A_step_is_within_a_factor_of_two_of_what_was_measured(int dimension, double bare, double recorded)
    {
        RunRecipe recipe = new() { Dimension = dimension, Steps = 1000 };
        double step = 1e6 * (RunSeconds.Of(recipe with { Steps = 2000 }) - RunSeconds.Of(recipe)) / 1000;
        Assert.InRange(step, recorded / 2, 2 * bare);
    }

    [Fact]
    public void Runs_of_one_length_are_cut_evenly()
    {
        SweepGrid grid = new(Small, [SweepAxis.Parse("spread=1:5:5")], seeds: 4);
        SweepPlan plan = SweepPlan.Of(grid, 5.01 * RunSeconds.Of(Small));
        Assert.Equal([5, 5, 5, 5], plan.Tasks.Select(task => task.Runs.Count));
    }

    // As the id is said to be, and so that the id of a task does not depend on what else is planned.
    [Fact]
    public void The_id_is_the_hash_of_the_ids_of_the_runs()
    {
        SweepGrid grid = new(Small, [SweepAxis.Parse("spread=1,2")], seeds: 2), more = new(Small, [SweepAxis.Parse("spread=1,2,3")], seeds: 2);
        SweepTask task = SweepPlan.Of(grid, 2 * RunSeconds.Of(Small)).Tasks[1];
        string ids = $"{grid.Runs[2].Id}\n{grid.Runs[3].Id}";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(ids)))[..16], task.Id);
        Assert.Equal(task.Id, SweepPlan.Of(more, 2 * RunSeconds.Of(Small)).Tasks[1].Id);
    }

    [Fact]
    public void It_comes_back_from_its_text()
    {
        SweepGrid grid = new(Small, [SweepAxis.Parse("steps=10:1000:9")], seeds: 3);
        SweepPlan plan = SweepPlan.Of(grid, 0.01), back = SweepPlanJson.Parse(SweepPlanJson.ToText(plan), grid);
        Assert.True(plan.Tasks.Count > 2);
        Assert.Equal(plan.Tasks.Select(task => (task.Number, task.Id, task.Runs.Count)), back.Tasks.Select(task => (task.Number, task.Id, task.Runs.Count)));
        Assert.Equal(plan.Tasks.SelectMany(task => task.Runs), back.Tasks.SelectMany(task => task.Runs));
        using JsonDocument document = JsonDocument.Parse(SweepPlanJson.ToText(plan));
        Assert.Equal(plan.Tasks.Count, document.RootElement.GetProperty("tasks").GetArrayLength());
    }

    // The bytes themselves: what is in them is the same on every machine, and nothing of this one is.
    [Fact]
    public void Its_text_is_the_same_everywhere()
    {
        SweepGrid grid = new(Small, [SweepAxis.Parse("steps=10,1000")], seeds: 2);
        string text = SweepPlanJson.ToText(SweepPlan.Of(grid, 0.004));
        string[] ids = [.. grid.Runs.Chunk(3).Select(runs => SweepTask.Of(1, runs, 1).Id)];
        Assert.Equal(
            string.Join(
                '\n',
                "{",
                "  \"task-seconds\": 0.004,",
                $"  \"streamVersion\": {Core.Random.RandomStream.Version},",
                $"  \"arithmeticVersion\": {Core.Numerics.Arithmetic.Version},",
                "  \"tasks\": [",
                $"    {{\"task\": 1, \"runs\": 3, \"seconds\": 0.0029, \"id\": \"{ids[0]}\"}},",
                $"    {{\"task\": 2, \"runs\": 1, \"seconds\": 0.00265, \"id\": \"{ids[1]}\"}}",
                "  ]",
                "}",
                ""),
            text);
    }

    [Theory]
    [InlineData("", "the text is no plan")]
    [InlineData("[]", "the text is no plan")]
    [InlineData("{}", "the text is no plan")]
    [InlineData("\"arithmeticVersion\": 99", "made with arithmeticVersion 99")]
    [InlineData("\"streamVersion\": 99", "made with streamVersion 99")]
    [InlineData("\"streamVersion\": \"1\"", "the text is no plan")]
    [InlineData("\"runs\": 0", "the text is no plan")]
    [InlineData("\"runs\": 3", "of other runs")]
    [InlineData("\"id\": \"0123456789abcdef\"", "of other runs")]
    [InlineData("\"id\": 1", "the text is no plan")]
    public void What_is_no_plan_of_the_sweep_is_refused(string text, string reason)
    {
        SweepGrid grid = new(Small, [SweepAxis.Parse("spread=1,2")], seeds: 2);
        string[] parts = text.Split(": ");
        string changed = parts.Length == 1 ? text
            : System.Text.RegularExpressions.Regex.Replace(SweepPlanJson.ToText(SweepPlan.Of(grid, 2 * RunSeconds.Of(Small))), $"{parts[0]}: [^,}}\n]*", text);
        Assert.Contains(reason, Assert.Throws<RecipeException>(() => SweepPlanJson.Parse(changed, grid)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_of_another_sweep_is_refused()
    {
        SweepGrid grid = new(Small, [SweepAxis.Parse("spread=1,2")], seeds: 2), other = new(Small with { Seed = 6 }, [SweepAxis.Parse("spread=1,2")], seeds: 2);
        string text = SweepPlanJson.ToText(SweepPlan.Of(grid, 1));
        Assert.Contains("of other runs", Assert.Throws<RecipeException>(() => SweepPlanJson.Parse(text, other)).Message, StringComparison.Ordinal);
    }
}
