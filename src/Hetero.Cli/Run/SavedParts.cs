using Hetero.Experiments.Recipes;

namespace Hetero.Cli.Run;

/// <summary>Which options stand behind what a saved state says of its run.</summary>
internal static class SavedParts
{
    /// <summary>Options that change a part of a state without being what the library refuses by that name.</summary>
    private static readonly (string Part, string Option)[] Others =
    [
        ("congruence", "--neurons"),
        ("eigenvalues", "--neurons"),
        ("shrinkage", "--model"),
    ];

    /// <summary>The option or options behind a name of a saved state, in quotes; the name itself if there is none.</summary>
    public static string OptionsOf(string part)
    {
        string[] options =
        [
            .. RecipeArguments.Find(part).Select(option => $"'{option.CommandName}'"),
            .. Others.Where(other => string.Equals(other.Part, part, StringComparison.OrdinalIgnoreCase)).Select(other => $"'{other.Option}'"),
        ];
        return options.Length == 0 ? $"'{part}'" : string.Join(" or ", options);
    }
}
