namespace Hetero.Charts;

/// <summary>Round tick positions on a linear axis.</summary>
internal static class NiceTicks
{
    private static readonly int[] Mantissas = [10, 20, 25, 50];

    /// <summary>The finest step whose ticks around [low, high], the ends included, number at most <paramref name="most"/>.</summary>
    public static NiceStep Covering(double low, double high, int most, bool isWhole = false) =>
        Finest(low, high, most, isWhole, static (s, a, b) => s.IndexAbove(b) - s.IndexBelow(a) + 1);

    /// <summary>The finest step with at most <paramref name="most"/> ticks inside [low, high].</summary>
    public static NiceStep Within(double low, double high, int most, bool isWhole = false) =>
        Finest(low, high, most, isWhole, static (s, a, b) => s.IndexBelow(b) - s.IndexAbove(a) + 1);

    /// <summary>The multiples of a step inside [low, high].</summary>
    public static double[] Values(NiceStep step, double low, double high)
    {
        double first = step.IndexAbove(low);
        int count = (int)(step.IndexBelow(high) - first) + 1;
        return [.. Enumerable.Range(0, Math.Max(count, 0)).Select(i => step.At(first + i))];
    }

    private static NiceStep Finest(double low, double high, int most, bool isWhole, Func<NiceStep, double, double, double> count)
    {
        // A step this small certainly gives more ticks than anybody asks for; go up from there.
        int exponent = PowerOfTen.Floor((high - low) / most) - 2;
        for (; ; exponent++)
        {
            foreach (int tenths in Mantissas)
            {
                NiceStep step = new(tenths, exponent);
                if (count(step, low, high) <= most && !(isWhole && step.Decimals > 0))
                {
                    return step;
                }
            }
        }
    }
}
