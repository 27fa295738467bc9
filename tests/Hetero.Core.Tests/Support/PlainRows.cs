using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Tests.Support;

/// <summary>Which stored samples a batch takes, written down plainly: whole epochs are listed and cut into batches.</summary>
internal static class PlainRows
{
    /// <summary>The rows of a step's batch of m samples out of n.</summary>
    public static long[] OfBatch(RowOrder order, int rows, int batch, ulong seed, int set, int step)
    {
        if (order == RowOrder.WithReplacement)
        {
            RandomSequence draws = new(new RandomStream(seed, StreamPurpose.Rows, step, set));
            long[] drawn = new long[batch];
            for (int i = 0; i < batch; i++)
            {
                drawn[i] = draws.NextBelow(rows);
            }

            return drawn;
        }

        bool shuffled = order == RowOrder.Shuffled && batch < rows;
        List<long> visits = [];
        for (int epoch = 0; visits.Count < (step + 1) * batch; epoch++)
        {
            long[] ascending = [.. Enumerable.Range(0, rows).Select(row => (long)row)];
            visits.AddRange(shuffled ? Permutation(rows, new RandomStream(seed, StreamPurpose.Rows, epoch, set)) : ascending);
        }

        return [.. visits.Skip(step * batch).Take(batch)];
    }

    /// <summary>The positions that a step's samples take where each draws its environment.</summary>
    public static long[] Positions(int batch, ulong seed, int step)
        => Permutation(batch, new RandomStream(seed, StreamPurpose.Assignment, step, 1));

    private static long[] Permutation(int length, RandomStream stream)
    {
        List<long> left = [.. Enumerable.Range(0, length).Select(entry => (long)entry)];
        long[] result = new long[length];
        RandomSequence draws = new(stream);

        // Fisher and Yates: the last place first; what stood there takes the place of what was chosen.
        for (int place = length - 1; place > 0; place--)
        {
            int chosen = (int)draws.NextBelow(place + 1);
            result[place] = left[chosen];
            left[chosen] = left[place];
        }

        result[0] = left[0];
        return result;
    }
}
