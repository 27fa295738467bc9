using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;

namespace Hetero.Experiments.Figures;

/// <summary>A row of the table of rivals: runs, where they must end, and where they did.</summary>
/// <param name="Method">The method.</param>
/// <param name="Law">What the law is called.</param>
/// <param name="Spread">M where the law is mean ± M.</param>
/// <param name="Sweep">The runs.</param>
/// <param name="SmallStart">What a small start is predicted to reach; null for no prediction.</param>
/// <param name="Global">The global minimizer; null where there is none, or none is known.</param>
internal sealed record RivalCase(string Method, string Law, double? Spread, SeedSweep Sweep, (double A, double B)? SmallStart, (double A, double B)? Global)
{
    /// <summary>Whether m = ∞.</summary>
    public bool IsPopulation => Sweep.Recipe.Measurements == MeasurementKind.Population;

    /// <summary>λ, 0 where there is no penalty.</summary>
    public double Penalty => Sweep.Recipe.Objective.Penalty ?? 0;

    /// <summary>The median true share.</summary>
    public double A => Sweep.Band(row => row.Signal).Median[^1];

    /// <summary>The median spurious share.</summary>
    public double B => Sweep.Band(row => Math.Abs(row.Spurious)).Median[^1];

    /// <summary>The median of ‖M − A*‖, where ‖A*‖ = 1.</summary>
    public double Error => Sweep.Band(row => row.Error).Median[^1];

    /// <summary>The larger distance of a and b from what a small start reaches, in units of that, or of 0.1 where it is less.</summary>
    public double Distance
    {
        get
        {
            (double a, double b) = SmallStart!.Value;
            return Math.Max(Math.Abs(A - a) / Math.Max(a, 0.1), Math.Abs(B - b) / Math.Max(b, 0.1));
        }
    }
}
