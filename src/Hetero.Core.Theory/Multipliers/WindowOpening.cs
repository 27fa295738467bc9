using Hetero.Core.Environments;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>Where Theorem 2's window (24/M2, 1/(64·M1)) opens for s = mean ± M, that is where M2 &gt; 1536·M1: from which M on, and up to which mean.</summary>
internal static class WindowOpening
{
    private const double Ratio = 24 * 64;

    // A window that is open by a hair has no room for an η in it.
    private const double Room = 0.9;

    /// <summary>
    /// Returns how many times the M is needed that a setting with a smaller mean or two points needs, 1 or more: the M of the opening is the positive root of
    /// M²/v = 1536(1 + |mean|)(|mean| + M), v = 1 for two points and 3 for the uniform law.
    /// </summary>
    /// <param name="instance">The instance with the mean and the law.</param>
    /// <param name="mean">The other mean, 0 or more.</param>
    /// <param name="law">The other law.</param>
    public static double Factor(TheoryInstance instance, double mean, ScalarLaw law)
        => Math.Max(1, SpreadOf(Math.Abs(instance.Mean), instance.Law) / SpreadOf(mean, law));

    /// <summary>
    /// Gives an instance two points in the place of a uniform law, and a smaller mean, where its M asks for that: |mean| at most 0.9 times the root μ of
    /// M²/v = 1536(1 + μ)(μ + M). Where that opens no window either, the instance stays as it is.
    /// </summary>
    public static TheoryInstance Fit(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        TheoryInstance fitting = choice(instance with { Mean = MeanWithin(instance) });
        if (IsOpen(fitting))
        {
            return fitting;
        }

        TheoryInstance twoPoint = choice(instance with { Law = ScalarLaw.TwoPoint });
        fitting = choice(twoPoint with { Mean = MeanWithin(twoPoint) });
        return IsOpen(fitting) ? fitting : instance;
    }

    /// <summary>Returns the M above which the window is open.</summary>
    /// <param name="mean">|mean|, 0 or more.</param>
    /// <param name="law">The law.</param>
    public static double SpreadOf(double mean, ScalarLaw law)
    {
        double half = 0.5 * Ratio * Divisor(law) * (1 + mean);
        return half + Math.Sqrt(half * (half + (2 * mean)));
    }

    private static bool IsOpen(TheoryInstance instance) => SpreadOf(Math.Abs(instance.Mean), instance.Law) < instance.Spread;

    private static double MeanWithin(TheoryInstance instance)
    {
        double spread = instance.Spread, half = 0.5 * (1 + spread), square = (spread * spread / (Ratio * Divisor(instance.Law))) - spread;
        double largest = square > 0 ? square / (half + Math.Sqrt((half * half) + square)) : 0;
        return Math.Abs(instance.Mean) <= Room * largest ? instance.Mean : Math.CopySign(Room * largest, instance.Mean);
    }

    private static double Divisor(ScalarLaw law) => law == ScalarLaw.TwoPoint ? 1 : 3;
}
