using System.Diagnostics;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>
/// How far two threads are apart: what a cache line takes from one to the other and back. Around 50 ns they share a third-level cache; around 300 they do not, which a virtual machine's host may
/// change from one minute to the next, and then whatever one of them wrote comes from afar.
/// </summary>
internal static class ThreadDistance
{
    private const int Trips = 4000;

    /// <summary>Returns nanoseconds; null with one processor.</summary>
    public static double? Measure()
    {
        if (Environment.ProcessorCount == 1)
        {
            return null;
        }

        // Each on a line of its own.
        long[] there = new long[16], back = new long[16];
        Thread other = new(() =>
        {
            for (long trip = 1; trip <= Trips; trip++)
            {
                Await(ref there[8], trip);

                Volatile.Write(ref back[8], trip);
            }
        });
        other.Start();
        long start = 0;
        for (long trip = 1; trip <= Trips; trip++)
        {
            // The first half is for the thread to start and the code to be compiled.
            start = trip == Trips / 2 ? Stopwatch.GetTimestamp() : start;
            Volatile.Write(ref there[8], trip);
            Await(ref back[8], trip);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        other.Join();
        return seconds / (Trips / 2) * 1e9;
    }

    // On a busy machine the other thread may not be running: then this one makes room.
    private static void Await(ref long flag, long trip)
    {
        for (int look = 1; Volatile.Read(ref flag) < trip; look++)
        {
            if (look % 100_000 == 0)
            {
                Thread.Yield();
            }
        }
    }
}
