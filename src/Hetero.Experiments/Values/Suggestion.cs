namespace Hetero.Experiments.Values;

/// <summary>Guesses what a mistyped word was meant to be. Upper and lower case are the same, and so is a word with or without its dashes.</summary>
internal static class Suggestion
{
    // Two letters are part of too many names.
    private const int ShortestPart = 3;

    /// <summary>
    /// A remark, " (did you mean 'x'?)", with the candidate nearest to a word, at most one change for every three letters away (one for
    /// fewer), or with the only one that the word is a part of; empty if there is none.
    /// </summary>
    public static string For(string word, IEnumerable<string> candidates)
        => Find(word, [.. candidates]) is { } found ? $" (did you mean '{found}'?)" : "";

    internal static string? Find(string word, IReadOnlyList<string> candidates)
    {
        string bare = Bare(word);
        string? nearest = candidates.MinBy(candidate => Distance(bare, Bare(candidate)));
        if (nearest is not null && Distance(bare, Bare(nearest)) <= Math.Max(1, bare.Length / 3) && bare.Length > 1)
        {
            return nearest;
        }

        string[] longer = [.. candidates.Where(candidate => Bare(candidate).Contains(bare, StringComparison.Ordinal))];
        return bare.Length >= ShortestPart && longer.Length == 1 ? longer[0] : null;
    }

    /// <summary>The number of letters to insert, delete, replace or swap with the next one, each letter once (optimal string alignment).</summary>
    internal static int Distance(string first, string second)
    {
        // Three rows of the table: that of the letter before last, of the last and of this one.
        int[] before = new int[second.Length + 1], last = [.. Enumerable.Range(0, second.Length + 1)], row = new int[second.Length + 1];
        for (int i = 1; i <= first.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                row[j] = Math.Min(last[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1), 1 + Math.Min(row[j - 1], last[j]));
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[^1];
    }

    private static string Bare(string word) => word.TrimStart('-').ToLowerInvariant();
}
