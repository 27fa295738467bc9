using Hetero.Experiments.Recipes;

namespace Hetero.Cli.Run;

/// <summary>Which options stand behind what a saved state says of its run.</summary>
internal static class SavedParts
{
    /// <summary>The option or options behind a name of a saved state, in quotes; the name itself if there is none.</summary>
    public static string OptionsOf(string part)
    {
        string[] options = [.. RecipeArguments.Find(part).Select(option => $"'{option.CommandName}'")];
        return options.Length == 0 ? $"'{part}'" : string.Join(" or ", options);
    }
}
