using Hetero.Cli.Training;

namespace Hetero.Cli.Figures;

/// <summary>Runs with one order of the environments and one M, and their summary.</summary>
internal sealed class OrderGroup(string name, RunSettings settings)
{
    /// <summary>The order in words.</summary>
    public string Name => name;

    public RunSettings Settings => settings;

    /// <summary>The spurious share.</summary>
    public QuantileBand Band { get; set; } = null!;

    /// <summary>At each row the share of runs whose spurious share is above ½; a diverged one counts.</summary>
    public double[] Above { get; set; } = [];
}
