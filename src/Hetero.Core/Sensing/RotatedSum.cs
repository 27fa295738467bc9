namespace Hetero.Core.Sensing;

/// <summary>
/// Σ c_i X_i of one residual by its exact law, c_i = ⟨X_i, D⟩ − ξ_i: ν·χ_m·(W + (ρ·χ_m + (√(1 − ρ²) − 1)·g)·D̂) with g = ⟨W, D̂⟩, ν² = ‖D‖² + σ² and
/// ρ = ‖D‖/ν. What is the same whether W has d² numbers
/// or is known inside a span alone.
/// </summary>
/// <remarks>Lengths are in units of a power of two, in which no square overflows; what underflows is below round-off next to the larger of the two.
/// An immutable value; thread-safe.</remarks>
internal readonly struct RotatedSum
{
    /// <summary>Takes the sizes of residual and noise.</summary>
    /// <param name="norm">‖D‖_F.</param>
    /// <param name="sigma">σ.</param>
    public RotatedSum(double norm, double sigma)
    {
        Exponent = norm > 0 || sigma > 0 ? Math.ILogB(Math.Max(norm, sigma)) : 0;
        Length = Math.ScaleB(norm, -Exponent);
        Deviation = Math.ScaleB(sigma, -Exponent);
        Nu = Math.Sqrt((Length * Length) + (Deviation * Deviation));
    }

    /// <summary>Gets the exponent of the unit.</summary>
    public int Exponent { get; }

    /// <summary>Gets ‖D‖_F in units.</summary>
    public double Length { get; }

    /// <summary>Gets σ in units.</summary>
    public double Deviation { get; }

    /// <summary>Gets ν in units; 0 where the sum is.</summary>
    public double Nu { get; }

    /// <summary>Returns what D, in its own units, is to be multiplied by and added to W: W' − W along D̂ is ρχ + (√(1 − ρ²) − 1)g = ρ·(χ − ‖D‖g/(ν +
    /// σ)), where nothing cancels.</summary>
    /// <param name="chi">χ_m.</param>
    /// <param name="g">⟨W, D̂⟩.</param>
    /// <returns>The coefficient of D in units.</returns>
    public double Along(double chi, double g) => (chi - (Length / (Nu + Deviation) * g)) / Nu;
}
