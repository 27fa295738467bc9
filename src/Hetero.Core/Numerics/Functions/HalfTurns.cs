namespace Hetero.Core.Numerics;

/// <summary>sin(πx) by polynomials of fused operations: the same bits everywhere, which Math.Sin does not promise. Thread-safe: no state.</summary>
internal static class HalfTurns
{
    /// <summary>Returns sin(πx) for x in [0, 1/2], within a few ulps of itself: 0 at 0, 1 at 1/2.</summary>
    public static double Sin(double x) => x <= 0.25 ? SinQuarter(x) : CosQuarter(0.5 - x);

    // Taylor's series on |πx| ≤ π/4: what is left out is below 2.1e-18 of the cosine and 1e-19 of the sine.
    private static double CosQuarter(double x)
    {
        double z = Square(x);
        double sum = 1.0 / 20922789888000;
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 87178291200);
        sum = Math.FusedMultiplyAdd(sum, z, 1.0 / 479001600);
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 3628800);
        sum = Math.FusedMultiplyAdd(sum, z, 1.0 / 40320);
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 720);
        sum = Math.FusedMultiplyAdd(sum, z, 1.0 / 24);
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 2);
        return Math.FusedMultiplyAdd(sum, z, 1);
    }

    private static double SinQuarter(double x)
    {
        double z = Square(x);
        double sum = 1.0 / 355687428096000;
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 1307674368000);
        sum = Math.FusedMultiplyAdd(sum, z, 1.0 / 6227020800);
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 39916800);
        sum = Math.FusedMultiplyAdd(sum, z, 1.0 / 362880);
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 5040);
        sum = Math.FusedMultiplyAdd(sum, z, 1.0 / 120);
        sum = Math.FusedMultiplyAdd(sum, z, -1.0 / 6);
        return Math.PI * x * Math.FusedMultiplyAdd(sum, z, 1);
    }

    private static double Square(double x) => Math.PI * x * (Math.PI * x);
}
