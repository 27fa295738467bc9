using Hetero.Experiments.Values;

namespace Hetero.Cli.Cluster;

/// <summary>Numbers of tasks as schedulers take them for an array, such as 1,3,7-8.</summary>
internal static class ArrayExpression
{
    /// <summary>Writes numbers that ascend.</summary>
    public static string Of(IReadOnlyList<int> numbers)
    {
        List<string> parts = [];
        for (int first = 0, i = 0; i < numbers.Count; i++)
        {
            if (i + 1 == numbers.Count || numbers[i + 1] != numbers[i] + 1)
            {
                parts.Add(first == i ? Texts.Of(numbers[i]) : $"{Texts.Of(numbers[first])}-{Texts.Of(numbers[i])}");
                first = i + 1;
            }
        }

        return string.Join(',', parts);
    }
}
