using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// Residuals that differ from sample to sample inside the span of a few matrices: D_i = D + Σ_j a_ij·V_j. This is how a pooled batch over
/// a continuous distribution of environments looks, where every sample has its own.
/// </summary>
/// <remarks>A direction is svec(V_j); of matrices in factored form the r2² numbers of B_j, V_j = V*B_jV*ᵀ, row after row. Owned and refilled by the trainer; not thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ResidualMixture<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _directions;
    private readonly double[] _coefficients;

    /// <summary>Makes room for the coefficients of a number of samples.</summary>
    /// <param name="directions">V_1…V_n, one after another; the memory is the mixture's from now on.</param>
    /// <param name="count">The number n of directions, 1 or more.</param>
    /// <param name="samples">The number of samples, 0 or more; an array must hold n numbers for each.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="directions"/> is not a positive multiple of the count, a number is not
    /// finite, or the count or the number of samples is out of range.</exception>
    public ResidualMixture(T[] directions, int count, int samples)
    {
        Guard.AtLeast(count, 1);
        Guard.InRange(samples, 0, Array.MaxLength / count);
        if (directions.Length == 0 || directions.Length % count != 0)
        {
            throw new ArgumentException(
                $"'{nameof(directions)}' has {directions.Length} elements; accepted is a positive multiple of the count, {count}.", nameof(directions));
        }

        Guard.AllFinite<T>(directions, nameof(directions));
        Count = count;
        _directions = directions;
        _coefficients = new double[samples * count];
    }

    /// <summary>Gets the number n of directions.</summary>
    public int Count { get; }

    /// <summary>Gets V_1…V_n, one after another.</summary>
    public ReadOnlySpan<T> Directions => _directions;

    /// <summary>Gets the coefficients a_ij, sample after sample.</summary>
    public Span<double> Coefficients => _coefficients;

    /// <summary>Gets V_{<paramref name="index"/>+1}.</summary>
    /// <param name="index">0 to n − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such direction.</exception>
    public ReadOnlySpan<T> Direction(int index)
    {
        Guard.InRange(index, 0, Count - 1);
        int length = _directions.Length / Count;
        return _directions.AsSpan(index * length, length);
    }
}
