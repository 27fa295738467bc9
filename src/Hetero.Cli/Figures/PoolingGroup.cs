using Hetero.Cli.Training;

namespace Hetero.Cli.Figures;

/// <summary>Runs with one M and one pooled share, and the spurious share at their last step.</summary>
internal sealed class PoolingGroup(RunSettings settings)
{
    public RunSettings Settings => settings;

    /// <summary>Median, 10 % and 90 % quantile.</summary>
    public (double Median, double Low, double High) Measured { get; set; }

    /// <summary>The median at m = ∞ over the same seeds.</summary>
    public double Expected { get; set; }

    public double TrueShare { get; set; }
}
