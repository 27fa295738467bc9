using Hetero.Charts;
using Hetero.Cli.Output;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Figures;

/// <summary>What a figure consists of.</summary>
internal sealed record FigureResult
{
    /// <summary>The numbers.</summary>
    public required CsvTable Table { get; init; }

    /// <summary>The picture.</summary>
    public required Chart Chart { get; init; }

    /// <summary>What was expected and what was measured.</summary>
    public required IReadOnlyList<Verdict> Verdicts { get; init; }

    /// <summary>The groups of runs behind the numbers.</summary>
    public required IReadOnlyList<RunGroup> Runs { get; init; }

    /// <summary>Numbers that the figure depends on besides its runs, under their names in the manifest.</summary>
    public IReadOnlyList<(string Name, double Value)> Constants { get; init; } = [];
}
