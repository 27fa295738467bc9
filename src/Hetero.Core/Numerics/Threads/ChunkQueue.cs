namespace Hetero.Core.Numerics;

/// <summary>
/// The chunks that are left of a work, taken from both ends: by the part 0, which a team's calling thread works at, from the front, by all others from the back. In calls that follow one another a
/// thread of two then meets the chunks that its own cache still has, and what is handed over from one to the other is what has to be so that they end together. A field that is not readonly, used in
/// place. Thread-safe.
/// </summary>
internal struct ChunkQueue(int count)
{
    // The first chunk that is left, and above it what the last one is followed by.
    private long _left = (long)count << 32;

    /// <summary>Takes a chunk for a part, if one is left.</summary>
    public bool TryTake(int part, out int chunk)
    {
        while (true)
        {
            long left = Volatile.Read(ref _left);
            (int first, int end) = ((int)left, (int)(left >> 32));
            chunk = part == 0 ? first : end - 1;
            if (first >= end)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _left, part == 0 ? left + 1 : left - (1L << 32), left) == left)
            {
                return true;
            }
        }
    }
}
