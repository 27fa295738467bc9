using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Xunit;

namespace Hetero.Experiments.Tests.Recipes;

/// <summary>Every option of training is reached from a recipe: a new one that the recipe does not pass on is found here.</summary>
public class RecipeReachTests
{
    private static readonly (string Name, string Value)[] Changes =
    [
        ("seed", "2"), ("samples", "50"), ("step-size", "0.01"), ("schedule", "inverse-time"),
        ("gradient-scale", "2"), ("init-scale", "0.1"), ("factor-columns", "4"), ("start", "frame"), ("noise", "0.1"),
        ("label-noise", "0.2"), ("truncation", "4"),
        ("pooled-sampling", "independent"), ("environment-order", "cyclic"), ("pooled-share", "0.5"),
    ];

    // Measurements that see single samples, which truncation needs.
    private static readonly RunRecipe Recipe = new() { Dimension = 6, Measurements = MeasurementKind.Regenerated };

    // For each option of the rule, the schedule, the objective and the rounds a recipe that has it, and another value.
    private static readonly (string Name, string Value, RunRecipe Recipe)[] RuleChanges =
    [
        ("update-rule", "nesterov", Ruled(new() { Rule = UpdateKind.HeavyBall })),
        ("momentum", "0.5", Ruled(new() { Rule = UpdateKind.HeavyBall })),
        ("first-decay", "0.5", Ruled(new() { Rule = UpdateKind.Adam })),
        ("second-decay", "0.5", Ruled(new() { Rule = UpdateKind.Adam })),
        ("epsilon", "0.5", Ruled(new() { Rule = UpdateKind.Adam })),
        ("orthogonalization", "polar", Ruled(new() { Rule = UpdateKind.Muon })),
        ("weight-decay", "0.5", Ruled(new())),
        ("clip-norm", "0.5", Ruled(new())),
        ("schedule", "inverse-time", Recipe with { Schedule = new() { Halving = 3 } }),
        ("step-changes", "4:0.02", Recipe with { Schedule = new() { Kind = ScheduleKind.Piecewise, Changes = [new(4, 0.01)] } }),
        ("last-step-size", "0.02", Recipe with { Schedule = new() { Kind = ScheduleKind.Cosine, LastStepSize = 0.01 } }),
        ("schedule-steps", "7", Recipe with { Schedule = new() { Kind = ScheduleKind.Cosine, LastStepSize = 0.01 } }),
        ("objective", "matrix-irm", Asked(new() { Kind = ObjectiveKind.VRex, Penalty = 1 })),
        ("penalty", "0.5", Asked(new() { Kind = ObjectiveKind.VRex, Penalty = 1 })),
        ("agreement", "0.5", Asked(new() { Kind = ObjectiveKind.AndMask })),
        ("clients", "3", Recipe with { Clients = 2 }),
        ("local-steps", "3", Recipe with { Clients = 2 }),
        ("participation", "distinct", Recipe with { Clients = 2 }),
        ("halving", "4", Recipe with { Schedule = new() { Kind = ScheduleKind.InverseTime, Halving = 3 } }),
    ];

    [Fact]
    public void Every_member_of_the_options_of_training_follows_a_recipe()
    {
        TrainingOptions unchanged = OptionsOf(Recipe);
        SortedSet<string> reached = [];
        foreach ((string name, string value) in Changes)
        {
            RunRecipe start = name == "schedule" ? Recipe with { Schedule = new() { Halving = 3 } } : Recipe;
            TrainingOptions changed = OptionsOf(RunOptions.Find(name)!.Set(start, value));
            string[] differing = [.. Members().Where(member => !Equals(ValueOf(member, unchanged), ValueOf(member, changed)))];
            reached.UnionWith(differing);
            Assert.True(differing.Length > 0, $"'{name}' reaches no option of training.");
        }

        Assert.Equal(new SortedSet<string>(Members()), reached);
    }

    // What a saved state says of a run has every number of the rule, the schedule, the objective and the rounds: one that is not passed on changes nothing there.
    [Fact]
    public void Every_number_of_the_rule_the_schedule_the_objective_and_the_rounds_follows_a_recipe()
    {
        foreach ((string name, string value, RunRecipe recipe) in RuleChanges)
        {
            Assert.NotEqual(StateOf(recipe), StateOf(RunOptions.Find(name)!.Set(recipe, value)));
        }
    }

    private static RunRecipe Asked(ObjectiveRecipe objective) => Recipe with { Algorithm = Algorithm.PooledGd, Objective = objective };

    private static RunRecipe Ruled(UpdateRecipe update) => Recipe with { Update = update };

    private static string StateOf(RunRecipe recipe)
    {
        // A schedule's number without its kind is refused before a run, as is a kind without its number.
        using MemoryStream state = new();
        Runner.Build<double>(recipe, null, null).Trainer.Save(state);
        return System.Text.Encoding.UTF8.GetString(state.ToArray().AsSpan(0, (int)state.Length)).Split('\n')[1];
    }

    private static IEnumerable<string> Members() => typeof(TrainingOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

    private static object? ValueOf(string member, TrainingOptions options) => typeof(TrainingOptions).GetProperty(member)!.GetValue(options);

    private static TrainingOptions OptionsOf(RunRecipe recipe) => Runner.Build<double>(recipe, null, null).Trainer.Options;
}
