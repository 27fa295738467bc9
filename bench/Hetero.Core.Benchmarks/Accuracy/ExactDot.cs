namespace Hetero.Core.Benchmarks.Accuracy;

/// <summary>
/// Sums of products with twice the digits (Ogita, Rump, Oishi, SIAM Journal on Scientific Computing 26, 2005, algorithm 5.3): what is measured here is a few
/// roundings, which a plain sum would add itself.
/// </summary>
internal static class ExactDot
{
    /// <summary>Returns Σᵢ xᵢ·yᵢ − z·s.</summary>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double z, double s)
    {
        double sum = -z * s, error = Math.FusedMultiplyAdd(-z, s, -sum);
        for (int i = 0; i < x.Length; i++)
        {
            double product = x[i] * y[i];
            double total = sum + product;
            double part = total - sum;
            error += Math.FusedMultiplyAdd(x[i], y[i], -product) + (sum - (total - part)) + (product - part);
            sum = total;
        }

        return sum + error;
    }
}
