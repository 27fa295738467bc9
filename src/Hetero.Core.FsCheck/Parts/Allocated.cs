namespace Hetero.Core.FsCheck;

/// <summary>What a call allocates on the calling thread once it has run before.</summary>
internal static class Allocated
{
    private const int Rounds = 3;
    private const int MostCollections = 20;

    /// <summary>Returns the bytes of some calls: the most of three rounds, as what grows at times must not hide behind a round in which it did not.</summary>
    /// <remarks>
    /// A collection, which other threads may cause, takes the thread's chunk of free memory from it, and what was left of that counts as allocated: a round with one is made once more. Calls that
    /// allocate so much that they cause collections themselves count in the end.
    /// </remarks>
    public static long Bytes(int repeats, Action action)
    {
        action();
        long most = 0;
        for (int round = 0, collections = 0; round < Rounds; round++)
        {
            int collected = GC.CollectionCount(0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < repeats; i++)
            {
                action();
            }

            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (GC.CollectionCount(0) != collected && collections++ < MostCollections)
            {
                round--;
                continue;
            }

            most = Math.Max(most, bytes);
        }

        return most;
    }
}
