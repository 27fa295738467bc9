using System.Globalization;

namespace Hetero.Charts;

/// <summary>Powers of ten by parsing, which rounds correctly everywhere; Math.Pow may differ in the last bit between machines.</summary>
internal static class PowerOfTen
{
    private const int Reach = 305;

    private static readonly double[] Table =
        [.. Enumerable.Range(-Reach, (2 * Reach) + 1).Select(k => double.Parse(Guard.Invariant($"1e{k}"), CultureInfo.InvariantCulture))];

    public static double Of(int exponent) => Table[exponent + Reach];

    /// <summary>The largest k with 10^k ≤ value.</summary>
    public static int Floor(double value)
    {
        int k = (int)Math.Floor(Math.Log10(value));
        if (Of(k + 1) <= value)
        {
            return k + 1;
        }

        return Of(k) > value ? k - 1 : k;
    }
}
