using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Figures;

/// <summary>
/// What HeteroSGD does to A itself, exactly: A_{t+1} = A_t − ηG_t is linear. With D = A_t − A* − A^(e) a gradient of m samples is D plus noise of the covariance (‖D‖²I + DDᵀ)/m in svec, so that
/// E A_t = A* + Ā + (1 − η)^t(A_0 − A* − Ā), and x_t = E‖A_t − A* − Ā‖² follows x ← ((1 − η)² + η²(p + 1)/m)·x + η²M²(1 + (p + 1)/m) with p = d(d + 1)/2.
/// </summary>
/// <remarks>For one spurious direction. Immutable and thread-safe.</remarks>
internal sealed class DirectRecursion
{
    private readonly double _factor;
    private readonly double _feed;

    /// <summary>Derives the recursion of a recipe with the two-point law.</summary>
    public DirectRecursion(RunRecipe recipe)
    {
        double p = recipe.Dimension * (recipe.Dimension + 1.0) / 2, eta = recipe.StepSize * recipe.GradientScale;
        double noise = recipe.Measurements == MeasurementKind.Population ? 0 : (p + 1) / recipe.Samples;
        _factor = ((1 - eta) * (1 - eta)) + (eta * eta * noise);
        _feed = eta * eta * recipe.Spread * recipe.Spread * (1 + noise);
        Bias = recipe.SpuriousMean * recipe.SpuriousMean;
        Start = (recipe.Eigenvalues.Count == 0 ? recipe.InvariantRank : recipe.Eigenvalues.Sum(eigenvalue => eigenvalue * eigenvalue)) + Bias;
    }

    /// <summary>‖Ā‖²: what the mean of A_t ends from A*.</summary>
    public double Bias { get; }

    /// <summary>x_0, for orthogonal subspaces and a start that is too small to count.</summary>
    public double Start { get; }

    /// <summary>x_∞, +∞ where batches are too small for any: m ≤ η(p + 1)/(2 − η).</summary>
    public double Stationary => _factor < 1 ? _feed / (1 - _factor) : double.PositiveInfinity;

    /// <summary>x_t, also where it grows without bound.</summary>
    public double At(int step)
    {
        if (_factor == 1)
        {
            return Start + (step * _feed);
        }

        // The fixed point, which a factor above 1 leads away from.
        double still = _feed / (1 - _factor);
        return still + (Math.Pow(_factor, step) * (Start - still));
    }
}
