namespace Hetero.Core.FsCheck;

/// <summary>What a call allocates on the calling thread once it has run before.</summary>
internal static class Allocated
{
    private const int Windows = 3;

    /// <summary>Returns the bytes of some calls: the least of three rounds, since the runtime itself allocates once in a while.</summary>
    public static long Bytes(int repeats, Action action)
    {
        action();
        long least = long.MaxValue;
        for (int window = 0; window < Windows && least > 0; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < repeats; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
