using Hetero.Core.Numerics;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class ChunkQueueTests
{
    [Fact]
    public void TheFirstPartTakesFromTheFrontAndOthersFromTheBack()
    {
        ChunkQueue queue = new(5);
        foreach ((int part, int expected) in (ReadOnlySpan<(int, int)>)[(0, 0), (1, 4), (2, 3), (0, 1), (3, 2)])
        {
            Assert.True(queue.TryTake(part, out int chunk));
            Assert.Equal(expected, chunk);
        }

        Assert.False(queue.TryTake(0, out _) || queue.TryTake(1, out _));
    }

    [Fact]
    public void NothingIsTakenFromNothing() => Assert.False(default(ChunkQueue).TryTake(0, out _));

    [Fact]
    public void ThreadsTakeEveryChunkOnce()
    {
        int[] taken = new int[10_000];
        Queue shared = new() { Chunks = new ChunkQueue(taken.Length) };
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(part => new Thread(() =>
        {
            while (shared.Chunks.TryTake(part, out int chunk))
            {
                Interlocked.Increment(ref taken[chunk]);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(taken, count => Assert.Equal(1, count));
    }

    private sealed class Queue
    {
        public ChunkQueue Chunks;
    }
}
