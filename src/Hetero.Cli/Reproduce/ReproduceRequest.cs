using Hetero.Cli.FigureCharts;

namespace Hetero.Cli.Reproduce;

/// <summary>One call of hetero reproduce.</summary>
/// <param name="Directory">Where the files go.</param>
/// <param name="Seeds">The number of seeds.</param>
/// <param name="Seed">The first of them.</param>
/// <param name="IsQuick">Few seeds, and no verdicts.</param>
/// <param name="Threads">The number of runs at the same time.</param>
/// <param name="IsPerSeed">Whether each figure that trains gets a table with a row for each seed.</param>
internal sealed record ReproduceRequest(string Directory, int Seeds, ulong Seed, bool IsQuick, int Threads, bool IsPerSeed = false)
{
    /// <summary>Whether there are enough seeds for the verdicts of a figure.</summary>
    public bool Judges(IFigure figure) => !IsQuick && Seeds >= figure.LeastSeeds;
}
