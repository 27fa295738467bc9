using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>An option whose texts a format reads.</summary>
/// <param name="name">The name.</param>
/// <param name="symbol">What stands for the value, where the format has no words of its own.</param>
/// <param name="format">What is accepted.</param>
/// <param name="description">What it is for.</param>
/// <param name="text">Writes the value of a recipe.</param>
/// <param name="set">Sets the value.</param>
/// <param name="arguments">What the library calls it.</param>
internal sealed class ReadOption<T>(
    string name,
    string symbol,
    ValueSyntax<T> format,
    string description,
    Func<RunRecipe, string?> text,
    Func<RunRecipe, T, RunRecipe> set,
    params string[] arguments) : RunOption(name, format.HelpName ?? symbol, description, arguments)
{
    public override string Accepted => format.Accepted;

    internal override bool IsChoice => format.HelpName is not null;

    internal override RecipeForm Form { get; } = typeof(T) == typeof(bool) ? RecipeForm.Flag
        : typeof(T).IsEnum || typeof(T) == typeof(StepSizeChange[]) ? RecipeForm.Word
        : typeof(T).IsArray ? RecipeForm.List
        : RecipeForm.Number;

    internal override bool IsWhole => typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(ulong);

    public override RunRecipe Set(RunRecipe recipe, string text)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(text);
        return format.TryRead(text, out T value) ? set(recipe, value) : throw Refuse(text);
    }

    public override string? TextOf(RunRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return text(recipe);
    }

    internal override void Check(RunRecipe recipe)
    {
        if (text(recipe) is { } found && !format.TryRead(found, out _))
        {
            throw Refuse(found);
        }
    }

    private RecipeException Refuse(string found) => RecipeException.Of(CommandName, found, format.Accepted);
}
