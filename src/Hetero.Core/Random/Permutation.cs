namespace Hetero.Core.Random;

/// <summary>Uniformly random permutations by Fisher and Yates, in Durstenfeld's order. Thread-safe: no state.</summary>
internal static class Permutation
{
    /// <summary>Writes 0, 1, …, n − 1 in a random order.</summary>
    /// <param name="order">Receives n numbers.</param>
    /// <param name="stream">Where the random numbers come from; the same stream gives the same order.</param>
    public static void Fill(Span<int> order, RandomStream stream)
    {
        Identity(order);
        RandomSequence sequence = new(stream);
        for (int i = order.Length - 1; i > 0; i--)
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
