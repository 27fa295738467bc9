namespace Hetero.Core.Sensing;

/// <summary>What one's own measurements X_i are, and how they stand in memory.</summary>
public enum MeasurementLayout
{
    /// <summary>Symmetric matrices as svec(X_i): d(d+1)/2 numbers, see <see cref="Svec"/>. Used where it is.</summary>
    Svec,

    /// <summary>Matrices of d×d numbers, row after row. A matrix that is not symmetric counts as its symmetric part, (X + Xᵀ)/2. Packed into memory of the library's own.</summary>
    Square,

    /// <summary>Vectors x_i of d numbers: what is estimated is a vector w ∈ ℝ^d with y ≈ ⟨x, w⟩. Used where they are.</summary>
    Vector,

    /// <summary>
    /// Inputs x_i of d numbers, d at most <see cref="RankOneMeasurements{T}.MaxDimension"/>, of the matrices X_i = x_ix_iᵀ, which are never formed:
    /// y ≈ x_iᵀMx_i, as of a two-layer network with quadratic activation. Used where they are.
    /// </summary>
    RankOne,
}
