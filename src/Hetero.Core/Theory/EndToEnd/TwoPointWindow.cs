namespace Hetero.Core.Theory.EndToEnd;

/// <summary>
/// The step sizes for which the spurious part dies out at m = ∞ with orthogonal subspaces and s = mean ± M: E log|1 + ηs| &lt; 0, that is
/// |(1 + η·mean)² − η²M²| &lt; 1, for M &gt; mean &gt; 0.
/// </summary>
/// <remarks>2·mean/(M² − mean²) &lt; η &lt; (mean + √(mean² + 2(M² − mean²)))/(M² − mean²); never for 0 &lt; M ≤ mean.</remarks>
internal static class TwoPointWindow
{
    /// <summary>Returns the ends of the interval; both are NaN unless M &gt; mean &gt; 0.</summary>
    public static (double Lower, double Upper) Of(double mean, double spread)
    {
        double gap = (spread - mean) * (spread + mean);
        return mean > 0 && spread > mean
            ? (2 * mean / gap, (mean + Math.Sqrt((mean * mean) + (2 * gap))) / gap)
            : (double.NaN, double.NaN);
    }

    /// <summary>Returns both ends as hypotheses on η.</summary>
    public static IReadOnlyList<Inequality> Hypotheses(double mean, double spread, double stepSize)
    {
        (double lower, double upper) = Of(mean, spread);
        return
        [
            Inequality.Above("η > 2·mean/(M² − mean²), the sharp lower end", stepSize, lower),
            Inequality.Below("η < (mean + √(mean² + 2(M² − mean²)))/(M² − mean²), the sharp upper end", stepSize, upper),
        ];
    }
}
