using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>What a figure says, without the picture.</summary>
internal record FigureNumbers
{
    /// <summary>The numbers.</summary>
    public required CsvTable Table { get; init; }

    /// <summary>What was expected and what was measured.</summary>
    public required IReadOnlyList<Verdict> Verdicts { get; init; }

    /// <summary>The groups of runs behind the numbers.</summary>
    public IReadOnlyList<RunGroup> Runs
    {
        get => field ?? [.. Sweeps.SelectMany(sweep => sweep.Describe())];
        init;
    }

    /// <summary>The runs themselves, where they are kept; empty for a figure that only computes.</summary>
    public IReadOnlyList<SeedSweep> Sweeps { get; init; } = [];

    /// <summary>Numbers that the figure depends on besides its runs, under their names in the manifest.</summary>
    public IReadOnlyList<(string Name, double Value)> Constants { get; init; } = [];
}
