namespace Hetero.Core.Statistics;

/// <summary>Finds where a function changes its sign, down to neighbouring numbers: slow, and cannot miss.</summary>
internal static class Bisection
{
    // Doubling the exponent's range and the mantissa's 53 bits: more halvings than that leave nothing between two numbers.
    private const int MaxHalvings = 1200;

    /// <summary>Returns a zero of a function of opposite signs (or 0) at two numbers, as close as its values' round-off allows.</summary>
    /// <param name="function">The function.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public static double Solve(Func<double, double> function, double low, double high)
    {
        double first = function(low);
        bool rising = first < 0 || (first == 0 && function(high) > 0);
        for (int i = 0; i < MaxHalvings; i++)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                break;
            }

            if (function(middle) <= 0 == rising)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low + ((high - low) / 2);
    }
}
