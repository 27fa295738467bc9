namespace Hetero.Cli.CommandLine;

/// <summary>How far apart two words are, to guess what a mistyped one was meant to be.</summary>
internal static class EditDistance
{
    /// <summary>The number of letters to insert, delete or replace (Levenshtein).</summary>
    public static int Between(string first, string second)
    {
        int[] row = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 1; i <= first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int replaced = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }

    /// <summary>The candidate nearest to a word, the first of equally near ones; null if there is none.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => candidates.MinBy(candidate => Between(word, candidate));
}
