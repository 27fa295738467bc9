using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Sweeps;

/// <summary>Adds up the steps of runs that go on at the same time and differ much in length, and reports the share of the whole work, after each thousandth of it and each run.</summary>
internal sealed class BatchProgress(IReadOnlyList<RunRecipe> runs, IProgress<double> progress)
{
    // A step of a small run takes two microseconds; threads that reported each would wait for one another.
    private const int Reports = 1000;

    private readonly double _total = Math.Max(runs.Sum(RunWork.Of), 1);
    private readonly Lock _gate = new();
    private double _done;

    /// <summary>What a run reports its steps to.</summary>
    public Run Start(RunRecipe recipe) => new(this, recipe);

    private void Add(double work)
    {
        lock (_gate)
        {
            _done += work;
            progress.Report(Math.Min(_done / _total, 1));
        }
    }

    /// <summary>One run of the batch.</summary>
    internal sealed class Run(BatchProgress batch, RunRecipe recipe) : IProgress<int>
    {
        private readonly double _workOfStep = RunWork.OfStep(recipe);
        private int _reported;

        public void Report(int value)
        {
            if ((value - _reported) * _workOfStep * Reports >= batch._total)
            {
                Add(value);
            }
        }

        /// <summary>Counts all steps as done, wherever the run ended: one that diverged has no work left.</summary>
        public void Finish() => Add(recipe.Steps);

        private void Add(int value)
        {
            batch.Add((value - _reported) * _workOfStep);
            _reported = value;
        }
    }
}
