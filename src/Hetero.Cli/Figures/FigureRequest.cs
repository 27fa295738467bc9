using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Figures;

/// <summary>How a figure is to be made.</summary>
/// <param name="Seed">The first seed.</param>
/// <param name="Seeds">The number of seeds; run i has seed <paramref name="Seed"/> + i.</param>
/// <param name="Threads">The number of runs at the same time; the numbers do not depend on it.</param>
/// <param name="Context">Where progress goes, and the wish to stop.</param>
internal sealed record FigureRequest(ulong Seed, int Seeds, int Threads, CommandContext Context)
{
    /// <summary>Trains all the sweeps of a figure in one batch and shows progress.</summary>
    /// <param name="figure">The figure's name, for the progress line.</param>
    /// <param name="sweeps">What to train.</param>
    public void Train(string figure, IReadOnlyList<SeedSweep> sweeps)
    {
        using ProgressLine? progress = ProgressLine.Start(Context, figure, 0, 100);
        SweepBatch.Execute(sweeps, Seeds, Threads, progress, Context.Cancellation);
    }
}
