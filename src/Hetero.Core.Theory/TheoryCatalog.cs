namespace Hetero.Core.Theory;

/// <summary>Every statement of the theory that can be checked.</summary>
/// <remarks>
/// The list is written during the build from the files of the topics' folders: a sealed class that derives from a check stands in a file of its
/// name, so that adding a statement is adding a file, and no reflection is needed. Thread-safe: immutable.
/// </remarks>
public static partial class TheoryCatalog
{
    // The paper map's order: assumptions and quantities, lemmas and their corollary, proposition, theorems.
    private const string Letters = "ALCPT";

    /// <summary>Gets all checks: A1, …, L1, …, C1, P1, T2, …, the parts of a statement one after another.</summary>
    public static IReadOnlyList<TheoryCheck> All { get; } = Sorted(CreateAll());

    /// <summary>Finds the checks of a statement: the one of that id and its parts.</summary>
    /// <param name="id">An id such as "L7", in any case: "L7" finds "L7-simulated" too, not the other way round.</param>
    /// <returns>The checks; empty if there is none of that id.</returns>
    public static IReadOnlyList<TheoryCheck> Find(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return
        [
            .. All.Where(check => check.Id.Equals(id, StringComparison.OrdinalIgnoreCase)
                || check.Id.StartsWith(id + "-", StringComparison.OrdinalIgnoreCase)),
        ];
    }

    private static TheoryCheck[] Sorted(TheoryCheck[] checks)
        => [.. checks.OrderBy(check => Letters.IndexOf(check.Id[0])).ThenBy(Number).ThenBy(check => check.Id, StringComparer.Ordinal)];

    private static int Number(TheoryCheck check)
    {
        int end = check.Id.IndexOf('-');
        return int.Parse(check.Id.AsSpan(1, (end < 0 ? check.Id.Length : end) - 1), System.Globalization.CultureInfo.InvariantCulture);
    }
}
