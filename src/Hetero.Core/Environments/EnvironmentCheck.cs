using Hetero.Core.Statistics;

namespace Hetero.Core.Environments;

/// <summary>Holds laws of one's own to what <see cref="EnvironmentDistribution"/> asks of them, by the names of its members. Thread-safe: no state.</summary>
internal static class EnvironmentCheck
{
    private const int MaxCount = 1 << 30;

    /// <summary>Refuses sizes that a law cannot have.</summary>
    public static void Sizes(EnvironmentDistribution law, string name)
    {
        Guard.InRange(law.Count ?? 1, 1, MaxCount, $"{name}.Count");
        Guard.InRange(law.LabelLength, 0, Array.MaxLength, $"{name}.LabelLength");
        Guard.NotNegative(law.LargestEntry, $"{name}.LargestEntry");
    }

    /// <summary>Refuses probabilities that are not above 0 with a sum of 1.</summary>
    public static void Weights(EnvironmentDistribution law, string name)
    {
        // Scalar environments have equal odds by construction, and there may be a billion of them.
        if (law is ScalarEnvironments || law.Count is not { } count)
        {
            return;
        }

        double[] probabilities = new double[count];
        for (int e = 0; e < count; e++)
        {
            probabilities[e] = law.GetProbability(e);
            Guard.Positive(probabilities[e], $"{name}.GetProbability({e})");
        }

        _ = Probabilities.Checked(probabilities, count, $"{name}.GetProbability");
    }

    /// <summary>Refuses the index of a draw that is none of the list's, or one of a law without a list.</summary>
    public static void Drawn(EnvironmentDistribution law, int? count, int index)
    {
        if (count is { } number ? (uint)index >= (uint)number : index != -1)
        {
            string accepted = count is null ? "-1, as its Count is null" : FormattableString.Invariant($"from 0 to {count - 1}, as its Count is {count}");
            throw new InvalidOperationException(FormattableString.Invariant($"'{law.GetType().Name}.Draw' returned {index}; accepted is {accepted}."));
        }
    }
}
