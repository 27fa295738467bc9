namespace Hetero.Cli.Figures;

/// <summary>
/// Sample quantiles of type 7 (Hyndman and Fan, 1996), the default of R and NumPy: at h = (n − 1)p of the sorted numbers x_0…x_{n−1}, linear
/// between x_⌊h⌋ and x_⌊h⌋+1.
/// </summary>
internal static class Quantiles
{
    /// <summary>The quantile of ascending numbers; +∞ is allowed, for runs that diverged.</summary>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        double position = (sorted.Length - 1) * probability;
        int index = (int)Math.Floor(position);
        double fraction = position - index;
        double low = sorted[index];

        // Without this, two infinities would give NaN.
        return fraction == 0 || sorted[index + 1] == low ? low : low + (fraction * (sorted[index + 1] - low));
    }
}
