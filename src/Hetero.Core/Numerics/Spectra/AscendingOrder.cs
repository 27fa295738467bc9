using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>The ascending order of few or nearly ordered values, which stay where they are. Thread-safe: no state.</summary>
internal static class AscendingOrder
{
    /// <summary>Finds the places of values in ascending order, equal ones in theirs.</summary>
    public static void Find<T>(ReadOnlySpan<T> values, Span<int> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < order.Length; i++)
        {
            int place = i;
            for (; place > 0 && values[order[place - 1]] > values[i]; place--)
            {
                order[place] = order[place - 1];
            }

            order[place] = i;
        }
    }
}
