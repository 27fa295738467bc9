namespace Hetero.Core.FsCheck;

/// <summary>What a call allocates on the calling thread once it has run before.</summary>
internal static class Allocated
{
    private const int Rounds = 3;

    /// <summary>
    /// Returns the bytes of some calls: the most of three rounds, as what grows at times must not hide behind a round in which it did not. What is found has to be found twice, since the runtime
    /// counts bytes of its own now and then, about once in ten thousand measurements beside threads that allocate.
    /// </summary>
    public static long Bytes(int repeats, Action action)
    {
        action();
        long bytes = MostOfRounds(repeats, action);
        return bytes == 0 ? 0 : Math.Min(bytes, MostOfRounds(repeats, action));
    }

    private static long MostOfRounds(int repeats, Action action)
    {
        long most = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < repeats; i++)
            {
                action();
            }

            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return most;
    }
}
