using Hetero.Cli.Training;

namespace Hetero.Cli.Figures;

/// <summary>Adds up the steps of runs that go on at the same time and differ much in length, and reports the share of the whole work.</summary>
internal sealed class BatchProgress(IReadOnlyList<RunSettings> runs, IProgress<double> progress)
{
    private readonly double _total = Math.Max(runs.Sum(RunWork.Of), 1);
    private readonly Lock _gate = new();
    private double _done;

    /// <summary>What a run reports its steps to.</summary>
    public IProgress<int> Of(RunSettings settings) => new Steps(this, RunWork.OfStep(settings));

    /// <summary>Counts a run as finished, wherever it ended: one that diverged has no work left.</summary>
    public void Finish(RunSettings settings, int lastStep) => Add((settings.Steps - lastStep) * RunWork.OfStep(settings));

    private void Add(double work)
    {
        lock (_gate)
        {
            _done += work;
            progress.Report(Math.Min(_done / _total, 1));
        }
    }

    private sealed class Steps(BatchProgress batch, double workOfStep) : IProgress<int>
    {
        public void Report(int value) => batch.Add(workOfStep);
    }
}
