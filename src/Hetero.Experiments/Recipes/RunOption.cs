namespace Hetero.Experiments.Recipes;

/// <summary>
/// One value of a recipe that has a name: an option of the command, a member of the JSON, and what a message names. Its name, what it accepts, its
/// default and how it is read and written stand in one place, <see cref="RunOptions"/>.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class RunOption
{
    private protected RunOption(string name, string symbol, string description, string[] arguments)
        => (Name, Symbol, Description, Arguments) = (name, symbol, description, arguments);

    /// <summary>Gets the name, such as "step-size".</summary>
    public string Name { get; }

    /// <summary>Gets what stands for the value in a help text, such as "eta", or the words to choose from, such as "double|single".</summary>
    public string Symbol { get; }

    /// <summary>Gets what it is for, without what it accepts.</summary>
    public string Description { get; }

    /// <summary>Gets which texts it accepts, such as "a whole number from 1 to 9".</summary>
    public abstract string Accepted { get; }

    /// <summary>Gets the value of a recipe that says nothing; null if it is then derived from others.</summary>
    public string? DefaultText => TextOf(new RunRecipe());

    /// <summary>Gets whether the value is true or false.</summary>
    public bool IsFlag => Form == RecipeForm.Flag;

    /// <summary>The name as it stands on a command line.</summary>
    internal string CommandName => $"--{Name}";

    /// <summary>Whether <see cref="Symbol"/> has the words to choose from, which say already what is accepted.</summary>
    internal abstract bool IsChoice { get; }

    /// <summary>Whether it stands in JSON only where it has another value than the default.</summary>
    internal bool IsLeftOutAtDefault { get; init; }

    /// <summary>How the value stands in JSON.</summary>
    internal abstract RecipeForm Form { get; }

    /// <summary>Whether the value is a whole number.</summary>
    internal virtual bool IsWhole => false;

    /// <summary>What the library calls it, in refusals and in saved states; the last part of a dotted name.</summary>
    internal IReadOnlyList<string> Arguments { get; }

    /// <summary>Sets the value.</summary>
    /// <param name="recipe">The recipe to start from.</param>
    /// <param name="text">The value as a text.</param>
    /// <returns>The recipe with the value, whether or not it fits the others.</returns>
    /// <exception cref="RecipeException">The text is not accepted.</exception>
    public abstract RunRecipe Set(RunRecipe recipe, string text);

    /// <summary>Writes the value of a recipe, exactly; null if it is left to be derived from others.</summary>
    /// <param name="recipe">The recipe.</param>
    public abstract string? TextOf(RunRecipe recipe);

    /// <summary>Refuses a value that was set in code and that no text would be accepted for.</summary>
    internal abstract void Check(RunRecipe recipe);
}
