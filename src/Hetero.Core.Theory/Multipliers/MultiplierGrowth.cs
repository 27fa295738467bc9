using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>
/// How a column grows that a step multiplies by 1 + ηs, s of a given law and independent from step to step: the expectation E|1 + ηs|^p,
/// whose place below 1 makes |q|^p a supermartingale (Lemma 7, p = 1 − γ), the Lyapunov exponent E log|1 + ηs|, whose sign decides whether
/// q dies out, and the exponent of its tail.
/// </summary>
/// <remarks>
/// <para>Exact up to round-off: sums over the values of a discrete law; for the uniform law antiderivatives, or, where their difference
/// would lose digits because 1 + ηs varies by less than half of its middle, a quadrature whose error is below round-off.</para>
/// <para>The drift 2 of Lemma 7, 1 + ηs + 2η, is <see cref="EntryLaw.Shifted"/> by 2. Thread-safe.</para>
/// </remarks>
public static class MultiplierGrowth
{
    // Below, E|x|^p is so close to 1 that its difference from 1 would lose digits.
    private const double SmallExponent = 1e-3;

    /// <summary>Returns E|1 + ηs|^p.</summary>
    /// <param name="law">The law of s.</param>
    /// <param name="stepSize">η, finite and not negative.</param>
    /// <param name="exponent">p, finite. Below 0 the expectation is +∞ if 1 + ηs = 0 has a probability, and for p ≤ −1 if 0 lies in a
    /// uniform range.</param>
    /// <returns>The expectation; infinite where it is not representable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Moment(EntryLaw law, double stepSize, double exponent) => 1 + MomentExcess(law, stepSize, exponent);

    /// <summary>Returns E|1 + ηs|^p − 1, with its relative accuracy where it is small and cancellation between the values of s
    /// allows; infinite where it is not representable, too.</summary>
    /// <param name="law">The law of s.</param>
    /// <param name="stepSize">η, finite and not negative.</param>
    /// <param name="exponent">p, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double MomentExcess(EntryLaw law, double stepSize, double exponent)
    {
        Check(law, stepSize);
        Guard.Finite(exponent);
        double Excess(double s) => Elementary.ExpMinusOne(exponent * LogAbsolute(stepSize, s));
        if (exponent == 0)
        {
            return 0;
        }

        if (law.IsDiscrete || IsNarrow(law, stepSize))
        {
            return Mean(law, Excess);
        }

        (double low, double high) = Range(law, stepSize);
        if (Math.Abs(exponent) < SmallExponent)
        {
            return ((high * SmallExcess(high, exponent)) - (low * SmallExcess(low, exponent))) / (high - low);
        }

        if (low > 0 || high < 0)
        {
            (double near, double far) = low > 0 ? (low, high) : (-high, -low);
            double moment = PowerIntegral(near, far, exponent + 1) / (high - low);
            return (double.IsFinite(moment) ? moment : MeanOverWidth(near, far, exponent + 1, high - low)) - 1;
        }

        if (exponent <= -1)
        {
            return double.PositiveInfinity;
        }

        double sum = (Math.Pow(high, exponent + 1) + Math.Pow(-low, exponent + 1)) / (exponent + 1) / (high - low);
        return (double.IsFinite(sum) ? sum : MeanOverWidth(0, high, exponent + 1, high - low) + MeanOverWidth(0, -low, exponent + 1, high - low)) - 1;
    }

    /// <summary>Returns the Lyapunov exponent E log|1 + ηs|; −∞ if 1 + ηs = 0 has a probability: then q is 0 after finitely many
    /// steps.</summary>
    /// <param name="law">The law of s.</param>
    /// <param name="stepSize">η, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double LyapunovExponent(EntryLaw law, double stepSize) => LyapunovExponent(law, stepSize, nameof(stepSize));

    /// <summary>The same of a step size that the caller knows by another name.</summary>
    internal static double LyapunovExponent(EntryLaw law, double stepSize, string name)
    {
        Check(law, stepSize, name);
        if (law.IsDiscrete || IsNarrow(law, stepSize))
        {
            return Mean(law, s => LogAbsolute(stepSize, s));
        }

        (double low, double high) = Range(law, stepSize, name);
        double difference = Antiderivative(high, 1) - Antiderivative(low, 1);
        return (double.IsFinite(difference) ? difference / (high - low) : Antiderivative(high, high - low) - Antiderivative(low, high - low)) - 1;

        static double Antiderivative(double x, double width) => x == 0 ? 0 : x / width * Math.Log(Math.Abs(x));
    }

    /// <summary>
    /// Returns Kesten's tail exponent, the κ &gt; 0 with E|1 + ηs|^κ = 1: a column that shrinks on average but is fed again and again, q ←
    /// |1 + ηs|q + b, has the stationary tail P(q &gt; x) ∝ x^{−κ}.
    /// </summary>
    /// <param name="law">The law of s.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <returns>
    /// κ; null if the Lyapunov exponent is 0 or above, as there is no stationary law then; +∞ if |1 + ηs| ≤ 1 always, as q is bounded.
    /// </returns>
    /// <remarks>E|1 + ηs|^κ is convex in κ, 1 at 0 with the slope E log|1 + ηs| &lt; 0, so κ is the only solution. Kesten's theorem asks
    /// that log|1 + ηs| be no lattice variable; else the tail is x^{−κ} times a periodic function of log x.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double? TailExponent(EntryLaw law, double stepSize)
    {
        Check(law, stepSize);
        Guard.Positive(stepSize);
        if (LyapunovExponent(law, stepSize) >= 0)
        {
            return null;
        }

        if (1 + (stepSize * law.Maximum) <= 1 && 1 + (stepSize * law.Minimum) >= -1)
        {
            return double.PositiveInfinity;
        }

        double low = 1, high = 1;
        while (MomentExcess(law, stepSize, low) >= 0)
        {
            low /= 2;
            if (low < 1e-12)
            {
                // The Lyapunov exponent is 0 to round-off.
                return null;
            }
        }

        while (MomentExcess(law, stepSize, high) <= 0)
        {
            high *= 2;
            if (double.IsInfinity(high))
            {
                // The growth factor exceeds 1 by no more than round-off.
                return high;
            }
        }

        return Bisection.Solve(exponent => MomentExcess(law, stepSize, exponent), low, high);
    }

    /// <summary>|x|^p/(p + 1) − 1, whose product with x is the antiderivative of |x|^p − 1.</summary>
    private static double SmallExcess(double x, double exponent)
        => x == 0 ? 0 : Elementary.ExpMinusOne((exponent * Math.Log(Math.Abs(x))) - Elementary.LogOnePlus(exponent));

    /// <summary>log|1 + ηs|.</summary>
    private static double LogAbsolute(double stepSize, double s)
    {
        double x = stepSize * s;
        return double.IsInfinity(x) ? Math.Log(stepSize) + Math.Log(Math.Abs(s))
            : x > -1 ? Elementary.LogOnePlus(x)
            : Math.Log(Math.Abs(1 + x));
    }

    /// <summary>The range of 1 + ηs under a uniform law.</summary>
    private static (double Low, double High) Range(EntryLaw law, double stepSize, string name = "stepSize")
    {
        (double low, double high) = (1 + (stepSize * law.Minimum), 1 + (stepSize * law.Maximum));
        if (!double.IsFinite(high - low))
        {
            throw new ArgumentOutOfRangeException(
                name,
                stepSize,
                FormattableString.Invariant($"'{name}' is {stepSize}; accepted are numbers with a finite range of 1 + ηs, not {low} to {high}."));
        }

        return (low, high);
    }

    /// <summary>
    /// ∫ x^{power − 1} dx over 0 &lt; near ≤ x ≤ far, with far^power (for a negative power near^power) taken out: the rest is between 0 and 1, so
    /// nothing overflows alone, and its limit at power 0 is log(far/near).
    /// </summary>
    private static double PowerIntegral(double near, double far, double power)
    {
        double ratio = Elementary.LogRatio(far, near), size = Math.Abs(power);
        return power == 0 ? ratio : Math.Pow(power > 0 ? far : near, power) * (-Elementary.ExpMinusOne(-size * ratio) / size);
    }

    /// <summary>The same integral over the width of the range, where the integral alone is not representable: by logarithms, to about 1e-13.</summary>
    private static double MeanOverWidth(double near, double far, double power, double width)
    {
        double size = Math.Abs(power), rest = near == 0 ? 1 : -Elementary.ExpMinusOne(-size * Elementary.LogRatio(far, near));
        return Math.Exp((power * Math.Log(power > 0 ? far : near)) + Math.Log(rest / size) - Math.Log(width));
    }

    private static bool IsNarrow(EntryLaw law, double stepSize)
    {
        double middle = Math.Abs(1 + (stepSize * (law.Minimum + ((law.Maximum - law.Minimum) / 2))));
        return stepSize * (law.Maximum - law.Minimum) <= middle;
    }

    private static double Mean(EntryLaw law, Func<double, double> function)
    {
        if (!law.IsDiscrete)
        {
            return GaussLegendre.Mean(function, law.Minimum, law.Maximum);
        }

        double sum = 0;
        for (int i = 0; i < law.Values.Length; i++)
        {
            sum += law.Probabilities[i] * function(law.Values[i]);
        }

        return sum;
    }

    private static void Check(EntryLaw law, double stepSize, string name = "stepSize")
    {
        ArgumentNullException.ThrowIfNull(law);
        Guard.NotNegative(stepSize, name);
    }
}
