namespace Hetero.Experiments.Fits;

/// <summary>The share of a fit's runs that are made, each of which counts the same.</summary>
internal sealed class FitProgress(IProgress<double>? target, int runs)
{
    private int _begun;

    /// <summary>Begins the next run.</summary>
    /// <param name="steps">Its steps.</param>
    /// <returns>What to report them to; null if nobody asks.</returns>
    public IProgress<int>? Next(int steps) => target is null ? null : new StepProgress(target, _begun++, runs, steps);

    /// <summary>Counts runs that are not made.</summary>
    public void Skip(int count) => _begun += count;

    private sealed class StepProgress(IProgress<double> target, int run, int runs, int steps) : IProgress<int>
    {
        public void Report(int value) => target.Report((run + ((double)value / Math.Max(1, steps))) / runs);
    }
}
