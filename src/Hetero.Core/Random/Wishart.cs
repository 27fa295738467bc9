namespace Hetero.Core.Random;

/// <summary>
/// Wishart variates by Bartlett's decomposition: if Z is m×q with independent N(0,1) entries, then ZᵀZ has the law of RᵀR with R upper
/// trapezoidal, R_ii² ~ χ²_{m−i} (i from 0) and R_ij ~ N(0,1) for j &gt; i, all independent. With m &lt; q, R has only m rows.
/// Thread-safe: no state.
/// </summary>
public static class Wishart
{
    /// <summary>Gets the number of rows of the factor, min(m, q).</summary>
    /// <param name="degrees">The degrees of freedom m, 1 or more.</param>
    /// <param name="order">The order q of the variate, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degrees or the order are below 1.</exception>
    public static int FactorRows(long degrees, int order)
    {
        Guard.AtLeast(degrees, 1);
        Guard.AtLeast(order, 1);
        return (int)Math.Min(degrees, order);
    }

    /// <summary>Draws the factor R of RᵀR ~ Wishart_q(I, m).</summary>
    /// <param name="sequence">Where the random numbers come from.</param>
    /// <param name="degrees">The degrees of freedom m, 1 to 2⁵³.</param>
    /// <param name="order">The order q, 1 or more.</param>
    /// <param name="factor">Receives min(m, q)·q numbers, row after row, with zeros below the diagonal.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degrees or the order are out of range.</exception>
    /// <exception cref="ArgumentException"><paramref name="factor"/> has not min(m, q)·q elements.</exception>
    public static void FillFactor(ref RandomSequence sequence, long degrees, int order, Span<double> factor)
    {
        Guard.InRange(degrees, 1, ExactCounts.Most);
        int rows = FactorRows(degrees, order);
        Guard.Length(factor.Length, (long)rows * order, nameof(factor));
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = factor.Slice(i * order, order);
            row[..i].Clear();
            row[i] = Math.Sqrt(sequence.NextChiSquared(degrees - i));
            for (int j = i + 1; j < order; j++)
            {
                row[j] = sequence.NextGaussian();
            }
        }
    }
}
