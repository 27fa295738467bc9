using Hetero.Cli.CommandLine;
using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>A check that does not take the parameters that the user chose, and why.</summary>
/// <param name="Check">The check.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
internal sealed record Refusal(TheoryCheck Check, string Reason)
{
    /// <summary>Finds the reason.</summary>
    /// <param name="check">The check.</param>
    /// <param name="chosen">What the user chose.</param>
    /// <param name="seed">The seed of the instances.</param>
    /// <param name="exception">What the library said.</param>
    public static Refusal Of(TheoryCheck check, ChosenParameters chosen, ulong seed, ArgumentException exception)
    {
        if (check.HasOwnSettings)
        {
            return new Refusal(check, "it is about settings of its own");
        }

        try
        {
            TheoryInstance adapted = check.Adapt(chosen.Apply(TheoryInstance.Draw(seed, 0)));
            string[] moved = check.TakesAnyInstance ? [] : [.. chosen.Moved(adapted)];
            if (moved.Length > 0)
            {
                return new Refusal(check, $"it is about instances with {string.Join(", ", moved)}");
            }
        }
        catch (ArgumentException)
        {
            // It cannot even be moved into the domain; the library's own words say why.
        }

        return new Refusal(check, ArgumentText.Of(exception).TrimEnd('.'));
    }
}
