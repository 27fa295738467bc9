using Hetero.Experiments.Figures;

namespace Hetero.Cli.FigureCharts;

/// <summary>A figure that the command can reproduce.</summary>
internal interface IFigure
{
    /// <summary>The name on the command line and of the files.</summary>
    string Name { get; }

    /// <summary>What it shows, in a line.</summary>
    string Description { get; }

    /// <summary>Returns how many seeds the figure takes, from the first one on, for a number of seeds of each of its points.</summary>
    long SeedCount(int seeds) => seeds;

    /// <summary>Gets the number of seeds from which on verdicts are stated.</summary>
    int LeastSeeds => 1;

    /// <summary>Gets whether the result has the runs, one by one.</summary>
    bool KeepsRuns { get; }

    /// <summary>Computes numbers, picture and verdicts.</summary>
    FigureResult Run(FigureRequest request);
}
