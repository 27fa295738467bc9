using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// A fixed number of threads that the caller owns and lends to kernels. A team of one starts no thread. A call allocates nothing, unlike <see cref="Parallel"/> and <see cref="Task"/>.
/// Its workers look for the next call for some tens of microseconds and sleep then: a decomposition makes thousands of short calls, and waking a thread takes longer than many of them.
/// </summary>
/// <remarks>
/// <para>Results do not depend on the degree: a kernel splits its work by the problem's shape alone, and combines partial results in a fixed order.</para>
/// <para>Not thread-safe: one kernel at a time may use a team. The caller disposes of it after the last kernel has returned.</para>
/// <para>
/// A worker that wakes up late does no harm: the parts go to whoever is there, the calling thread at least, and the call ends when they are done and nobody is inside any more. So on a machine
/// with other work to do a team gains less, and loses little.
/// </para>
/// </remarks>
public sealed unsafe class WorkerTeam : IDisposable
{
    /// <summary>The number of workers inside while nobody may enter.</summary>
    private const int Closed = int.MinValue;

    /// <summary>
    /// How long a thread looks before it sleeps: about what a sleep and the wake-up after it take, so that with a processor for each thread looking never costs more than twice what the
    /// better choice in hindsight would. With fewer processors it would keep others from working.
    /// </summary>
    private readonly long _lookingTicks;

    private readonly object _gate = new();
    private readonly Thread[] _threads;
    private delegate*<void*, int, void> _execute;
    private void* _work;

    // The first part that is left, and above it what the last one is followed by.
    private long _left;
    private int _generation;
    private int _inside = Closed;
    private int _sleepers;
    private int _callerSleeps;
    private int _running;
    private bool _stopping;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts a team.</summary>
    /// <param name="degree">The number of threads that work at the same time, the calling one among them; 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degree"/> is outside 1 to 1024.</exception>
    public WorkerTeam(int degree)
    {
        Guard.InRange(degree, 1, 1024);
        _lookingTicks = degree <= Environment.ProcessorCount ? Stopwatch.Frequency / 20_000 : 0;
        _threads = new Thread[degree - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"Hetero.Core worker {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>Gets the number of threads that work at the same time, the calling one among them.</summary>
    public int Degree => _threads.Length + 1;

    /// <summary>Ends the worker threads and waits for them.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    /// <summary>
    /// Executes every part of <paramref name="work"/> once, on the team's threads or, without a team, on this one; returns when all are
    /// done. The calling thread takes the first that is left and a worker the last, so that in calls that follow one another a thread of two meets the parts that its cache still has.
    /// </summary>
    /// <param name="team">The team; null works on the calling thread.</param>
    /// <param name="work">The work. It must be a local of the caller (its address is shared with the workers for the length of the call).</param>
    /// <param name="parts">The number of parts.</param>
    internal static void Run<TWork>(WorkerTeam? team, ref TWork work, int parts)
        where TWork : struct, ITeamWork, allows ref struct
    {
        ObjectDisposedException.ThrowIf(team is { _stopping: true }, typeof(WorkerTeam));
        if (team is null || team._threads.Length == 0 || parts <= 1)
        {
            for (int part = 0; part < parts; part++)
            {
                work.Execute(part);
            }
        }
        else
        {
            team.Run(&Execute<TWork>, Unsafe.AsPointer(ref work), parts);
        }
    }

    private static void Execute<TWork>(void* work, int part)
        where TWork : struct, ITeamWork, allows ref struct
        => Unsafe.AsRef<TWork>(work).Execute(part);

    private void Run(delegate*<void*, int, void> execute, void* work, int parts)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("The worker team is already running a kernel; give each thread a team of its own.");
        }

        _execute = execute;
        _work = work;
        _left = (long)parts << 32;
        Volatile.Write(ref _inside, 0);
        Interlocked.Increment(ref _generation);

        // A worker counts itself among the sleepers before it looks at the generation for the last time.
        bool isInterrupted = Volatile.Read(ref _sleepers) > 0 && !TryWake();
        TakeParts(isCaller: true);
        isInterrupted |= CloseWhenEmpty();
        ExceptionDispatchInfo? failure = Interlocked.Exchange(ref _failure, null);
        Volatile.Write(ref _running, 0);
        if (isInterrupted)
        {
            Thread.CurrentThread.Interrupt();
        }

        failure?.Throw();
    }

    /// <summary>Wakes sleeping workers; an interruption leaves them asleep, and the parts to the others.</summary>
    private bool TryWake()
    {
        try
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }

            return true;
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Waits until no worker holds the address of the work any more, which lies on this thread's stack, and lets none in; an interruption has to wait too.</summary>
    /// <returns>Whether there was one.</returns>
    private bool CloseWhenEmpty()
    {
        bool isInterrupted = false;
        long start = Stopwatch.GetTimestamp();
        while (Interlocked.CompareExchange(ref _inside, Closed, 0) != 0)
        {
            if (Stopwatch.GetTimestamp() - start < _lookingTicks)
            {
                Thread.SpinWait(1);
                continue;
            }

            try
            {
                lock (_gate)
                {
                    // The last worker to leave looks at this after it has left.
                    Interlocked.Exchange(ref _callerSleeps, 1);
                    while (Volatile.Read(ref _inside) > 0)
                    {
                        Monitor.Wait(_gate);
                    }
                }
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }

            Volatile.Write(ref _callerSleeps, 0);
        }

        return isInterrupted;
    }

    private void TakeParts(bool isCaller)
    {
        try
        {
            while (true)
            {
                long left = Volatile.Read(ref _left);
                (int first, int end) = ((int)left, (int)(left >> 32));
                if (first >= end)
                {
                    return;
                }

                long taken = isCaller ? left + 1 : left - (1L << 32);
                if (Interlocked.CompareExchange(ref _left, taken, left) == left)
                {
                    _execute(_work, isCaller ? first : end - 1);
                }
            }
        }
        catch (Exception exception)
        {
            // The first failure is the one to report; the remaining parts are abandoned.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            Interlocked.Exchange(ref _left, 0);
        }
    }

    private void Work()
    {
        int seen = 0;
        while (Await(ref seen))
        {
            if (TryEnter())
            {
                TakeParts(isCaller: false);
                if (Interlocked.Decrement(ref _inside) == 0 && Volatile.Read(ref _callerSleeps) != 0)
                {
                    lock (_gate)
                    {
                        Monitor.PulseAll(_gate);
                    }
                }
            }
        }
    }

    /// <summary>Waits for a call that this worker has not seen, or the end.</summary>
    private bool Await(ref int seen)
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _generation) == seen && !Volatile.Read(ref _stopping))
        {
            if (Stopwatch.GetTimestamp() - start < _lookingTicks)
            {
                Thread.SpinWait(1);
                continue;
            }

            lock (_gate)
            {
                Interlocked.Increment(ref _sleepers);
                while (_generation == seen && !_stopping)
                {
                    Monitor.Wait(_gate);
                }

                _sleepers--;
            }
        }

        seen = Volatile.Read(ref _generation);
        return !Volatile.Read(ref _stopping);
    }

    /// <summary>Enters the call that is going on, unless it is over.</summary>
    private bool TryEnter()
    {
        int inside = Volatile.Read(ref _inside);
        while (inside >= 0)
        {
            int found = Interlocked.CompareExchange(ref _inside, inside + 1, inside);
            if (found == inside)
            {
                return true;
            }

            inside = found;
        }

        return false;
    }
}
