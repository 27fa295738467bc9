namespace Hetero.Core.FsCheck;

/// <summary>What a call allocates on the calling thread once it has run before.</summary>
internal static class Allocated
{
    private const int Rounds = 3;

    /// <summary>Returns the bytes of some calls: the most of three rounds, as what grows at times must not hide behind a round in which it did not.</summary>
    public static long Bytes(int repeats, Action action)
    {
        action();
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
