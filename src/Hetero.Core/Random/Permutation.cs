namespace Hetero.Core.Random;

/// <summary>Uniformly random permutations by Fisher and Yates, in Durstenfeld's order. Thread-safe: no state.</summary>
internal static class Permutation
{
    /// <summary>Writes 0, 1, …, n − 1 in a random order.</summary>
    /// <param name="order">Receives n numbers.</param>
    /// <param name="stream">Where the random numbers come from; the same stream gives the same order.</param>
    public static void Fill(Span<int> order, RandomStream stream) => FillEnd(order, order.Length, stream);

    /// <summary>Writes the numbers 0, 1, …, n − 1 so that the last places have some of them in a random order: a draw without replacement.</summary>
    /// <param name="order">Receives n numbers.</param>
    /// <param name="count">The number of places, 1 to n.</param>
    /// <param name="stream">As for <see cref="Fill"/>, whose last places these are.</param>
    public static void FillEnd(Span<int> order, int count, RandomStream stream)
    {
        Identity(order);
        RandomSequence sequence = new(stream);
        for (int i = order.Length - 1; i > 0 && i >= order.Length - count; i--)
        {
            int other = (int)sequence.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    /// <summary>Writes 0, 1, …, n − 1.</summary>
    public static void Identity(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
    }
}
