using Hetero.Core;

namespace Hetero.Experiments.Sweeps;

/// <summary>
/// Sample quantiles of type 7 (Hyndman and Fan, 1996), the default of R and NumPy: at h = (n − 1)p of the sorted numbers x_0…x_{n−1}, linear
/// between x_⌊h⌋ and x_⌊h⌋+1.
/// </summary>
public static class Quantiles
{
    /// <summary>Returns the quantile of ascending numbers; +∞ is allowed, for runs that diverged.</summary>
    /// <param name="sorted">The numbers, one or more, ascending.</param>
    /// <param name="probability">The probability, 0 to 1.</param>
    /// <exception cref="ArgumentException">There is no number, or the probability is out of range.</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        Guard.AtLeast(sorted.Length, 1, "sorted.Length");
        Guard.InRange(probability, 0.0, 1.0);
        double position = (sorted.Length - 1) * probability;
        int index = (int)Math.Floor(position);
        double fraction = position - index;
        double low = sorted[index];

        // Without this, two infinities would give NaN.
        return fraction == 0 || sorted[index + 1] == low ? low : low + (fraction * (sorted[index + 1] - low));
    }
}
