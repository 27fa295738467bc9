using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// A fixed number of threads that the caller owns and lends to kernels. A team of one starts no thread. Its workers sleep between
/// calls (they never spin), and a call allocates nothing, unlike <see cref="Parallel"/> and <see cref="Task"/>.
/// </summary>
/// <remarks>
/// <para>Results do not depend on the degree: a kernel splits its work by the problem's shape alone, and combines partial results in a fixed order.</para>
/// <para>Not thread-safe: one kernel at a time may use a team. The caller disposes of it after the last kernel has returned.</para>
/// </remarks>
public sealed unsafe class WorkerTeam : IDisposable
{
    private readonly object _gate = new();
    private readonly Thread[] _threads;
    private delegate*<void*, int, void> _execute;
    private void* _work;
    private int _parts;
    private int _nextPart;
    private int _generation;
    private int _busy;
    private bool _running;
    private bool _stopping;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts a team.</summary>
    /// <param name="degree">The number of threads that work at the same time, the calling one among them; 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degree"/> is outside 1 to 1024.</exception>
    public WorkerTeam(int degree)
    {
        Guard.InRange(degree, 1, 1024);
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
    /// done. Parts are handed out in ascending order to whichever thread is free.
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
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            if (_running)
            {
                throw new InvalidOperationException("The worker team is already running a kernel; give each thread a team of its own.");
            }

            _running = true;
            _execute = execute;
            _work = work;
            _parts = parts;
            _nextPart = 0;
            _busy = _threads.Length;
            _generation++;
            Monitor.PulseAll(_gate);
        }

        TakeParts();
        WaitForWorkers();
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            failure.Throw();
        }
    }

    /// <summary>Waits until no worker holds the address of the work any more, which lies on this thread's stack; an interruption has to wait too.</summary>
    private void WaitForWorkers()
    {
        bool interrupted = false;
        while (true)
        {
            try
            {
                // Entering the gate can be interrupted as well as waiting inside.
                lock (_gate)
                {
                    while (_busy != 0)
                    {
                        Monitor.Wait(_gate);
                    }

                    _running = false;
                    break;
                }
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    private void TakeParts()
    {
        try
        {
            int part;
            while ((part = Interlocked.Increment(ref _nextPart) - 1) < _parts)
            {
                _execute(_work, part);
            }
        }
        catch (Exception exception)
        {
            // The first failure is the one to report; the remaining parts are abandoned.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            Interlocked.Exchange(ref _nextPart, _parts);
        }
    }

    private void Work()
    {
        int seen = 0;
        while (true)
        {
            lock (_gate)
            {
                while (_generation == seen && !_stopping)
                {
                    Monitor.Wait(_gate);
                }

                // Work that was handed out before the end is done first: its caller counts on every worker.
                if (_generation == seen)
                {
                    return;
                }

                seen = _generation;
            }

            TakeParts();

            lock (_gate)
            {
                if (--_busy == 0)
                {
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }
}
