using System.Numerics;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Support;

/// <summary>Which steps of a run allocate, looked at one by one.</summary>
internal static class StepAllocations
{
    private const int Runs = 3;

    /// <summary>
    /// Returns the steps after the first one that allocate on the calling thread in each of some fresh runs: what a run's own memory grows by comes at the same step of all of them, what the runtime
    /// allocates once does not.
    /// </summary>
    public static int[] Of<T>(Func<Trainer<T>> create, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long[] least = new long[steps];
        Array.Fill(least, long.MaxValue);
        for (int run = 0; run < Runs; run++)
        {
            Trainer<T> trainer = create();
            for (int step = 0; step < steps; step++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                TrainingStatus status = trainer.Advance();
                long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                if (status != TrainingStatus.Completed)
                {
                    throw new InvalidOperationException($"The run ended in step {step}: a step that is not made allocates nothing.");
                }

                least[step] = Math.Min(least[step], bytes);
            }
        }

        return [.. Enumerable.Range(1, steps - 1).Where(step => least[step] > 0)];
    }
}
