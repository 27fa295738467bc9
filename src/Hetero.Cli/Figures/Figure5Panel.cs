using Hetero.Cli.Training;

namespace Hetero.Cli.Figures;

/// <summary>One panel of Figure 5: an algorithm, its runs and their summary.</summary>
internal sealed class Figure5Panel(string algorithm, string title, RunSettings settings)
{
    public string Algorithm => algorithm;

    public string Title => title;

    /// <summary>The settings of the first seed.</summary>
    public RunSettings Settings => settings;

    /// <summary>The runs.</summary>
    public SeedSweep Sweep { get; } = new(title, settings, withSingleRun: true);

    /// <summary>A band for each quantity.</summary>
    public QuantileBand[] Bands { get; set; } = [];
}
