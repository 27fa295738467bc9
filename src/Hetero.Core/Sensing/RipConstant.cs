namespace Hetero.Core.Sensing;

/// <summary>
/// What is known of the RIP constant δ_s of (8) at rank s: the smallest and the largest ratio (1/m) Σ ⟨X_i, M⟩² / ‖M‖_F² found over symmetric M of
/// rank at most s, with the matrices that attain them.
/// </summary>
/// <param name="Rank">The rank s.</param>
/// <param name="Smallest">The smallest ratio, and its matrix.</param>
/// <param name="Largest">The largest ratio, and its matrix.</param>
/// <param name="IsExact">True if <see cref="Delta"/> is δ_s itself, up to round-off; false if it is a lower bound of it.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RipConstant(int Rank, IsometryExtreme Smallest, IsometryExtreme Largest, bool IsExact)
{
    /// <summary>
    /// Gets max(largest − 1, 1 − smallest), the least δ for which (8) holds on both matrices. The two ends differ: Gaussian measurements have
    /// largest − 1 above 1 − smallest.
    /// </summary>
    public double Delta => Math.Max(Largest.Ratio - 1, 1 - Smallest.Ratio);
}
