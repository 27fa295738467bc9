using Hetero.Cli.Training;

namespace Hetero.Cli.Figures;

/// <summary>One panel of Figure 5: an algorithm, its runs and their summary.</summary>
internal sealed class Figure5Panel(string algorithm, string title, RunSettings settings)
{
    public string Algorithm => algorithm;

    public string Title => title;

    /// <summary>The settings of the first seed.</summary>
    public RunSettings Settings => settings;

    /// <summary>The same run with every measurement drawn, so that nobody has to take the exact law on trust.</summary>
    public RunSettings SingleRun => settings with { Measurements = MeasurementKind.Regenerated };

    public RecordedRun? Single { get; set; }

    public int Diverged { get; set; }

    /// <summary>A band for each quantity.</summary>
    public QuantileBand[] Bands { get; set; } = [];
}
