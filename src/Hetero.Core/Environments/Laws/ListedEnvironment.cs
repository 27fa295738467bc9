using Hetero.Core.Numerics;

namespace Hetero.Core.Environments;

/// <summary>One environment of an <see cref="EnvironmentRecipe"/>'s list.</summary>
/// <remarks>Two are equal if all numbers are. Immutable and thread-safe.</remarks>
public sealed record ListedEnvironment
{
    private readonly ValueList<double> _sigma;

    /// <summary>Takes a copy of a matrix.</summary>
    /// <param name="sigma">Σ^(e), r2² numbers, row after row.</param>
    /// <param name="probability">The probability π_e; null in all environments of a list means equal odds.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sigma"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not a finite number above 0.</exception>
    public ListedEnvironment(IReadOnlyList<double> sigma, double? probability = null)
    {
        ArgumentNullException.ThrowIfNull(sigma);
        Guard.Positive(probability ?? 1, nameof(probability));
        (_sigma, Probability) = (new(sigma), probability);
    }

    /// <summary>Gets Σ^(e), r2² numbers, row after row.</summary>
    public IReadOnlyList<double> Sigma => _sigma;

    /// <summary>Gets the probability π_e; null for equal odds.</summary>
    public double? Probability { get; }
}
