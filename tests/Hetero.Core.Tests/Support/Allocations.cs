using Xunit;

namespace Hetero.Core.Tests.Support;

/// <summary>Measures what a call allocates once it has run before. Tests that use it run alone.</summary>
internal static class Allocations
{
    /// <summary>The name of the collection whose tests run alone.</summary>
    public const string Collection = "Allocations";

    /// <summary>
    /// Returns the bytes that all threads allocate during a call: the least of some runs, as the test runner allocates at times, now and then for many milliseconds. What the call itself allocates, it
    /// allocates in each.
    /// </summary>
    public static long Of(Action call, int runs = 60)
    {
        call();
        long least = long.MaxValue;
        for (int run = 0; run < runs && least > 0; run++)
        {
            if (run >= 20)
            {
                Thread.Sleep(10);
            }

            long before = GC.GetTotalAllocatedBytes(true);
            call();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(true) - before);
        }

        return least;
    }
}

[CollectionDefinition(Allocations.Collection, DisableParallelization = true)]
public sealed class AllocationsCollection;
