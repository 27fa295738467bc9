using Hetero.Core.Numerics;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void EveryPartRunsExactlyOnce(int degree)
    {
        using WorkerTeam? team = degree == 0 ? null : new(degree);
        foreach (int parts in (int[])[0, 1, 2, 3, 7, 8, 9, 100, 1000])
        {
            for (int repetition = 0; repetition < 20; repetition++)
            {
                Counting work = new() { Counts = new int[parts] };
                WorkerTeam.Run(team, ref work, parts);
                Assert.All(work.Counts, count => Assert.Equal(1, count));
            }
        }
    }

    [Fact]
    public void TheWorkItselfIsSharedNotCopied()
    {
        using WorkerTeam team = new(3);
        Adding work = default;
        WorkerTeam.Run(team, ref work, 1000);
        Assert.Equal(999 * 1000 / 2, work.Sum);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void AnExceptionReachesTheCallerAndTheTeamSurvives(int degree)
    {
        using WorkerTeam team = new(degree);
        for (int bad = 0; bad < 20; bad++)
        {
            Failing failing = new() { Bad = bad };
            Exception? caught = null;
            try
            {
                WorkerTeam.Run(team, ref failing, 20);
            }
            catch (InvalidDataException exception)
            {
                caught = exception;
            }

            Assert.Equal($"part {bad}", caught?.Message);

            Counting work = new() { Counts = new int[50] };
            WorkerTeam.Run(team, ref work, 50);
            Assert.All(work.Counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void DegreeIsChecked()
    {
        Assert.Equal("degree", Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0)).ParamName);
        Assert.Equal("degree", Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(1025)).ParamName);
        using WorkerTeam team = new(4);
        Assert.Equal(4, team.Degree);
    }

    [Fact]
    public void UseAfterDisposeIsRefused()
    {
        WorkerTeam team = new(2);
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
        {
            Counting work = new() { Counts = new int[4] };
            WorkerTeam.Run(team, ref work, 4);
        });
    }

    [Fact]
    public void ASecondKernelAtTheSameTimeIsRefused()
    {
        using WorkerTeam team = new(2);
        Nesting work = new() { Team = team };
        try
        {
            WorkerTeam.Run(team, ref work, 2);
            Assert.Fail("The nested run was accepted.");
        }
        catch (InvalidOperationException exception)
        {
            Assert.Contains("already running", exception.Message, StringComparison.Ordinal);
        }
    }

    // The worker has long done its part when the second caller comes; the first caller is still in its own.
    [Fact]
    public void ASecondCallerIsRefusedWhileTheFirstIsStillAtIt()
    {
        using WorkerTeam team = new(2);
        using ManualResetEventSlim started = new(), finish = new();
        Thread first = new(() =>
        {
            Blocking work = new() { Caller = Environment.CurrentManagedThreadId, Started = started, Finish = finish };
            WorkerTeam.Run(team, ref work, 2);
        });
        first.Start();
        started.Wait();
        Assert.Throws<InvalidOperationException>(() =>
        {
            Counting work = new() { Counts = new int[2] };
            WorkerTeam.Run(team, ref work, 2);
        });
        finish.Set();
        first.Join();
    }

    // An interruption must not unwind the stack that the workers still use: it comes after the kernel, and the team stays usable.
    [Fact]
    public void InterruptingTheCallerLeavesTheTeamWhole()
    {
        using WorkerTeam team = new(4);
        int interruptions = 0;
        bool stop = false;
        Thread caller = new(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                try
                {
                    Counting work = new() { Counts = new int[64] };
                    WorkerTeam.Run(team, ref work, 64);
                    Assert.All(work.Counts, count => Assert.Equal(1, count));

                    // An interruption is passed on to whatever blocks next.
                    Thread.CurrentThread.Join(0);
                }
                catch (ThreadInterruptedException)
                {
                    Interlocked.Increment(ref interruptions);
                }
            }
        });
        caller.Start();
        for (int i = 0; i < 2000; i++)
        {
            caller.Interrupt();
            Thread.Yield();
        }

        Volatile.Write(ref stop, true);
        caller.Join();
        Assert.True(interruptions > 0);
        Counting last = new() { Counts = new int[64] };
        WorkerTeam.Run(team, ref last, 64);
        Assert.All(last.Counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void DisposingDuringAKernelWaitsForIt()
    {
        for (int repetition = 0; repetition < 50; repetition++)
        {
            WorkerTeam team = new(3);
            int[] counts = new int[200];
            Thread caller = new(() =>
            {
                Counting work = new() { Counts = counts };
                try
                {
                    WorkerTeam.Run(team, ref work, 200);
                }
                catch (ObjectDisposedException)
                {
                    Array.Fill(counts, 1);
                }
            });
            caller.Start();
            team.Dispose();
            caller.Join();
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    private struct Blocking : ITeamWork
    {
        public int Caller;
        public ManualResetEventSlim Started;
        public ManualResetEventSlim Finish;

        public readonly void Execute(int part)
        {
            if (Environment.CurrentManagedThreadId == Caller)
            {
                Started.Set();
                Finish.Wait();
            }
            else
            {
                // Else the worker might take all parts before the caller has one.
                Started.Wait();
            }
        }
    }

    private struct Counting : ITeamWork
    {
        public int[] Counts;

        public readonly void Execute(int part) => Interlocked.Increment(ref Counts[part]);
    }

    private struct Adding : ITeamWork
    {
        public long Sum;

        public void Execute(int part) => Interlocked.Add(ref Sum, part);
    }

    private struct Failing : ITeamWork
    {
        public int Bad;

        public readonly void Execute(int part)
        {
            if (part == Bad)
            {
                throw new InvalidDataException($"part {part}");
            }
        }
    }

    private struct Nesting : ITeamWork
    {
        public WorkerTeam Team;

        public readonly void Execute(int part)
        {
            Counting inner = new() { Counts = new int[2] };
            WorkerTeam.Run(Team, ref inner, 2);
        }
    }
}
