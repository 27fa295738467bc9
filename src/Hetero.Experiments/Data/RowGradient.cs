using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Experiments.Data;

/// <summary>
/// The gradient G = Σ a_iX_i, a_i = ⟨X_i, D⟩, of a residual D of length 1. Of measurements with E[⟨X, D⟩X] = c²D what it has beside D is the noise of sampling, of mean square Σ a_i²‖X_i − a_iD‖²:
/// whether it is more tells of correlated entries.
/// </summary>
internal sealed class RowGradient(double[] direction)
{
    private readonly double[] _gradient = new double[direction.Length];

    /// <summary>Gets Σ a_i².</summary>
    public double Along { get; private set; }

    /// <summary>Gets Σ a_i²‖X_i − a_iD‖².</summary>
    public double Noise { get; private set; }

    /// <summary>Gets ‖G − ⟨G, D⟩D‖².</summary>
    public double Beside
    {
        get
        {
            double along = Reductions.Dot<double>(_gradient, direction);
            return Math.Max(0, Reductions.Dot<double>(_gradient, _gradient) - (along * along));
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">X_i.</param>
    /// <param name="square">‖X_i‖².</param>
    public void Add(double[] row, double square)
    {
        double weight = Reductions.Dot<double>(row, direction), weightSquare = weight * weight;
        Along += weightSquare;
        Noise += weightSquare * Math.Max(0, square - weightSquare);
        TensorPrimitives.FusedMultiplyAdd(row, weight, _gradient, _gradient);
    }

    /// <summary>
    /// Whether there is more beside D than chance has: χ² with p − 1 degrees of freedom, in units of what Gaussian rows of scale c² have and of what these rows have, whose entries may depend on
    /// each other without correlation.
    /// </summary>
    /// <param name="scale">c².</param>
    /// <param name="limit">The quantile of χ².</param>
    public bool IsBeyondChance(double scale, double limit)
        => Along > 0 && Beside > limit * scale * Along && Beside * (direction.Length - 1) > limit * Noise;

    /// <summary>About the standard deviation of the eigenvalues of the entries' second moments, relative to their mean: what is beyond chance beside D.</summary>
    /// <param name="scale">c².</param>
    /// <param name="rows">The number of rows.</param>
    public double Spread(double scale, int rows) => Along > 0 ? Math.Sqrt(Math.Max(0, Beside - Noise) / (scale * Along * rows)) : 0;
}
