using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>What a case is built from: the number of threads, our team of as many, and the workers, started when first asked for.</summary>
internal sealed class PeerContext(string python, int threads) : IDisposable
{
    private readonly Dictionary<string, PythonWorker> _workers = [];
    private readonly Dictionary<string, string> _missing = [];

    /// <summary>Gets the number of threads on both sides.</summary>
    public int Threads { get; } = threads;

    /// <summary>Gets our threads; null for one.</summary>
    public WorkerTeam? Team { get; } = threads > 1 ? new WorkerTeam(threads) : null;

    /// <summary>Gets what the workers reported, by script.</summary>
    public Dictionary<string, WorkerInfo> Reports { get; } = [];

    /// <summary>Returns the worker of a script, a new one in place of one that has ended. One that could not be started is not tried again.</summary>
    /// <exception cref="PeerException">It cannot be had.</exception>
    public PythonWorker Worker(string script)
    {
        if (_missing.TryGetValue(script, out string? reason))
        {
            throw new PeerException(reason);
        }

        if (_workers.TryGetValue(script, out PythonWorker? worker) && !worker.HasEnded)
        {
            return worker;
        }

        try
        {
            return _workers[script] = new PythonWorker(python, script, Threads);
        }
        catch (PeerException problem)
        {
            _workers.Remove(script);
            _missing.Add(script, problem.Message);
            throw;
        }
    }

    /// <summary>Ends the workers, whose arrays may be large, and keeps what they report.</summary>
    public void EndWorkers()
    {
        foreach ((string script, PythonWorker worker) in _workers)
        {
            try
            {
                Reports[script] = worker.CheckSettings();
            }
            catch (PeerException)
            {
                // Its rows were skipped, with the reason.
            }

            worker.Dispose();
        }

        _workers.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndWorkers();
        Team?.Dispose();
    }
}
