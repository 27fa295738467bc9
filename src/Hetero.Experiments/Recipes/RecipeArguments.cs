using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>
/// Which option stands behind an argument of the library when a run is made. <see cref="RecipeCheck"/> refuses first what it knows; this names the option
/// where the library knows better.
/// </summary>
internal static class RecipeArguments
{
    /// <summary>The options that the library calls by a name.</summary>
    public static IEnumerable<RunOption> Find(string argument)
        => RunOptions.All.Where(option => option.Arguments.Contains(argument, StringComparer.OrdinalIgnoreCase));

    /// <summary>Makes the library's refusal one of an option; null where no option stands behind the argument.</summary>
    public static RecipeException? Translate(ArgumentException exception, RunRecipe recipe)
    {
        // A property, such as options.Samples or environments.Count, has an option of its own or that of the whole.
        string[] names = (exception.ParamName ?? "").Split('.');
        RunOption? option = Find(names[^1]).Concat(Find(names[0])).FirstOrDefault();
        return option is null ? null : RecipeException.Refused(option.CommandName, option.TextOf(recipe.Resolve()) ?? "", ArgumentText.Of(exception));
    }
}
