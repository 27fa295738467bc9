using Hetero.Core.Theory;
using Hetero.Experiments.Values;

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
            ChosenOption[] moved = check.TakesAnyInstance ? [] : [.. chosen.Moved(adapted)];
            if (moved.Length > 0)
            {
                (bool IsFixed, string Text)[] accepted = [.. moved.Select(option => AcceptedValues.Describe(check, option, chosen, seed))];
                string same = string.Join(", ", accepted.Where(value => value.IsFixed).Select(value => value.Text));
                string[] about = same.Length == 0 ? [] : [$"is about instances with {same}"];
                return new Refusal(check, $"it {string.Join(" and ", [.. about, .. accepted.Where(value => !value.IsFixed).Select(value => value.Text)])}");
            }
        }
        catch (ArgumentException)
        {
            // It cannot even be moved into the domain; the library's own words say why.
        }

        return new Refusal(check, chosen.InOptions(ArgumentText.Of(exception).TrimEnd('.')));
    }
}
