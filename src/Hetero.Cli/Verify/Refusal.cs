using Hetero.Core.Theory;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Verify;

/// <summary>A check that does not take the parameters that the user chose, and why.</summary>
/// <param name="Check">The check.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
internal sealed record Refusal(TheoryCheck Check, string Reason)
{
    private const int Probes = 10;

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
            (string Name, string Value)[] moved = check.TakesAnyInstance ? [] : [.. chosen.Moved(adapted)];
            if (moved.Length > 0)
            {
                HashSet<string> drawn = Drawn(check, chosen.WithValuesOf(adapted), seed);
                string set = string.Join(", ", moved.Where(option => !drawn.Contains(option.Name)).Select(option => $"{option.Name} {option.Value}"));
                string own = string.Join(", ", moved.Where(option => drawn.Contains(option.Name)).Select(option => option.Name));
                string about = set.Length == 0 ? "it" : $"it is about instances with {set}", and = set.Length == 0 ? "" : " and";
                return new Refusal(check, own.Length == 0 ? about : $"{about}{and} draws its own {own}");
            }
        }
        catch (ArgumentException)
        {
            // It cannot even be moved into the domain; the library's own words say why.
        }

        return new Refusal(check, ArgumentText.Of(exception).TrimEnd('.'));
    }

    /// <summary>What a check moves even from the values that it gave them itself: these are no domain, but other values in every instance.</summary>
    private static HashSet<string> Drawn(TheoryCheck check, ChosenParameters itsOwn, ulong seed)
    {
        IEnumerable<TheoryInstance> adapted = Enumerable.Range(0, Probes).Select(trial => check.Adapt(itsOwn.Apply(TheoryInstance.Draw(seed, trial))));
        return [.. adapted.SelectMany(itsOwn.Moved).Select(option => option.Name)];
    }
}
