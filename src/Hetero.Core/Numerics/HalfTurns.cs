namespace Hetero.Core.Numerics;

/// <summary>cos(πx) by polynomials of fused operations: the same bits everywhere, which Math.Cos does not promise. Thread-safe: no state.</summary>
internal static class HalfTurns
{
    /// <summary>Returns cos(πx) for x in [0, 1], within 2 ulps of 1.</summary>
    public static double Cos(double x)
        => x <= 0.25 ? CosQuarter(x) : x <= 0.75 ? -SinQuarter(x - 0.5) : -CosQuarter(x - 1);

    // Taylor's series on |πx| ≤ π/4: what is left out is below 1e-18.
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
