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
        ("seed", "2"), ("samples", "50"), ("step-size", "0.01"), ("gradient-scale", "2"), ("init-scale", "0.1"), ("factor-columns", "4"), ("start", "frame"), ("noise", "0.1"),
        ("label-noise", "0.2"), ("truncation", "4"),
        ("pooled-sampling", "independent"), ("environment-order", "cyclic"), ("pooled-share", "0.5"),
    ];

    // Measurements that see single samples, which truncation needs.
    private static readonly RunRecipe Recipe = new() { Dimension = 6, Measurements = MeasurementKind.Regenerated };

    [Fact]
    public void Every_member_of_the_options_of_training_follows_a_recipe()
    {
        TrainingOptions unchanged = OptionsOf(Recipe);
        SortedSet<string> reached = [];
        foreach ((string name, string value) in Changes)
        {
            TrainingOptions changed = OptionsOf(RunOptions.Find(name)!.Set(Recipe, value));
            string[] differing = [.. Members().Where(member => !Equals(ValueOf(member, unchanged), ValueOf(member, changed)))];
            reached.UnionWith(differing);
            Assert.True(differing.Length > 0, $"'{name}' reaches no option of training.");
        }

        Assert.Equal(new SortedSet<string>(Members()), reached);
    }

    private static IEnumerable<string> Members() => typeof(TrainingOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

    private static object? ValueOf(string member, TrainingOptions options) => typeof(TrainingOptions).GetProperty(member)!.GetValue(options);

    private static TrainingOptions OptionsOf(RunRecipe recipe) => Runner.Create<double>(recipe).Trainer.Options;
}
