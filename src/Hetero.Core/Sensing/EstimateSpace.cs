namespace Hetero.Core.Sensing;

/// <summary>
/// The Euclidean space in which training estimates, and its coordinates in memory: symmetric d×d matrices M as <see cref="Svec"/>(M), or vectors w ∈ ℝ^d as they are. ⟨·,·⟩ is the dot product of the
/// coordinates in both. Matrices in factored form have no coordinates in memory: M = UUᵀ is known by U alone, and a gradient by its product with columns.
/// </summary>
/// <remarks>Thread-safe: an immutable value. Everything else in a step (data, batches, objectives, update rules) works on coordinates and is the same for both.</remarks>
public readonly record struct EstimateSpace
{
    private EstimateSpace(int dimension, bool isVector, bool isFactored = false) => (Dimension, IsVector, IsFactored) = (dimension, isVector, isFactored);

    /// <summary>Gets d.</summary>
    public int Dimension { get; }

    /// <summary>Gets whether estimates are vectors; else they are symmetric matrices.</summary>
    public bool IsVector { get; }

    /// <summary>Gets whether estimates are matrices in factored form, of which no d×d numbers are in memory.</summary>
    public bool IsFactored { get; }

    /// <summary>Gets the number p of coordinates: d for vectors, d(d+1)/2 for matrices, 0 for those in factored form.</summary>
    public int Length => IsFactored ? 0 : IsVector ? Dimension : Svec.Length(Dimension);

    /// <summary>Returns the space of symmetric d×d matrices.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static EstimateSpace Matrices(int dimension)
    {
        Guard.InRange(dimension, 1, Svec.MaxDimension);
        return new EstimateSpace(dimension, isVector: false);
    }

    /// <summary>Returns the space of vectors of d numbers.</summary>
    /// <param name="dimension">The dimension d, 1 or more: as many as an array holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static EstimateSpace Vectors(int dimension)
    {
        Guard.InRange(dimension, 1, Array.MaxLength);
        return new EstimateSpace(dimension, isVector: true);
    }

    /// <summary>Returns the space of symmetric d×d matrices in factored form.</summary>
    /// <param name="dimension">The dimension d, 1 or more: a d×k factor must fit into an array.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static EstimateSpace FactoredMatrices(int dimension)
    {
        Guard.InRange(dimension, 1, Array.MaxLength);
        return new EstimateSpace(dimension, isVector: false, isFactored: true);
    }

    /// <summary>Returns what it is, as messages say it.</summary>
    public override string ToString()
        => IsVector ? FormattableString.Invariant($"vectors of {Dimension} numbers")
            : FormattableString.Invariant($"symmetric {Dimension}×{Dimension} matrices{(IsFactored ? " in factored form" : "")}");
}
