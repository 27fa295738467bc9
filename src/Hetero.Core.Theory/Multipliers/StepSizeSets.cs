using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>The step sizes η &gt; 0 for which a column that a step multiplies by 1 + ηs contracts: in the mean of a power, or almost
/// surely.</summary>
/// <remarks>
/// <para>No crossing can be missed. With p in (0, 1), f(η) = E|1 + ηs|^p − 1 has kinks at η = −1/s for the values s &lt; 0 and is concave
/// between them, as |x|^p is on either side of 0: at most two zeros in each piece, found from the piece's highest point. E log|1 + ηs| is
/// the same with poles for kinks. For a uniform law whose range of 1 + ηs contains 0, u^p·f(1/u) with u = 1/η is convex: the difference of
/// ((u + b)^{p+1} + (−a − u)^{p+1})/((p + 1)(b − a)) and u^p, both convex and concave in turn. For p ≥ 1, f is convex in η altogether and
/// f(0) = 0.</para>
/// <para>Ends are accurate to round-off of f over its slope, usually 1e-14 of their size. Thread-safe.</para>
/// </remarks>
public static class StepSizeSets
{
    // A golden-section step leaves 0.618 of the interval: 100 leave 1e-21.
    private const int GoldenSteps = 100;

    /// <summary>Returns the step sizes with E|1 + ηs|^p ≤ 1, for which |q|^p is a supermartingale: disjoint intervals, ascending.</summary>
    /// <param name="law">The law of s.</param>
    /// <param name="exponent">p = 1 − γ, finite and above 0; 2/3 in Lemma 7.</param>
    /// <exception cref="ArgumentException">The exponent is out of range, or a value below 0 has no finite inverse.</exception>
    public static IReadOnlyList<StepSizeInterval> Supermartingale(EntryLaw law, double exponent)
    {
        CheckSizes(law);
        Guard.Positive(exponent);
        if (law.Minimum == 0 && law.Maximum == 0)
        {
            return [new(0, double.PositiveInfinity)];
        }

        return exponent < 1
            ? Pieces(law, eta => MultiplierGrowth.MomentExcess(law, eta, exponent), exponent)
            : Convex(law, exponent);
    }

    /// <summary>Returns the step sizes with E log|1 + ηs| &lt; 0, for which q dies out almost surely: disjoint intervals,
    /// ascending.</summary>
    /// <param name="law">The law of s.</param>
    /// <exception cref="ArgumentException">A value below 0 has no finite inverse.</exception>
    public static IReadOnlyList<StepSizeInterval> Stable(EntryLaw law)
    {
        CheckSizes(law);
        return law.Minimum == 0 && law.Maximum == 0 ? [] : Pieces(law, eta => MultiplierGrowth.LyapunovExponent(law, eta), 0);
    }

    // From 1/2^1024 down 1/|s| has no number, and so the step size that takes 1 + ηs to 0 has none.
    private static void CheckSizes(EntryLaw law)
    {
        ArgumentNullException.ThrowIfNull(law);
        double smallest = law.IsDiscrete
            ? law.Values.ToArray().Where(s => s < 0).Select(s => -s).DefaultIfEmpty(1).Min()
            : law.Minimum < 0 ? (law.Maximum < 0 ? -law.Maximum : -law.Minimum) : 1;
        if (double.IsInfinity(1 / smallest))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(law)}' has the value {-smallest}; accepted are values below 0 with a finite inverse."), nameof(law));
        }
    }

    private static List<StepSizeInterval> Convex(EntryLaw law, double exponent)
    {
        double mean = law.Mean;
        if (mean > 0 || (mean == 0 && exponent > 1))
        {
            return [];
        }

        if (mean == 0)
        {
            // E|1 + ηs| is 1 as long as 1 + ηs keeps its sign.
            return [new(0, -1 / law.Minimum)];
        }

        // Negative from 0 on, by the slope.
        double low = -1 / law.Minimum;
        while (low > 0 && Excess(low) >= 0)
        {
            low /= 2;
        }

        return low == 0 ? [] : [new(0, ZeroAbove(Excess, low))];

        double Excess(double eta) => MultiplierGrowth.MomentExcess(law, eta, exponent);
    }

    /// <summary>The set where f ≤ 0, from the pieces between the kinks.</summary>
    private static List<StepSizeInterval> Pieces(EntryLaw law, Func<double, double> f, double exponent)
    {
        if (law.Minimum >= 0)
        {
            return [];
        }

        double[] kinks = law.IsDiscrete
            ? [.. law.Values.ToArray().Where(s => s < 0).Select(s => -1 / s)]
            : law.Maximum < 0 ? [-1 / law.Minimum, -1 / law.Maximum] : [-1 / law.Minimum];
        List<StepSizeInterval> set = [];
        AddFirst(set, law.Mean, f, kinks[0]);
        for (int i = 1; i < kinks.Length && law.IsDiscrete; i++)
        {
            AddBetween(set, f, kinks[i - 1], kinks[i], convex: false);
        }

        if (!law.IsDiscrete)
        {
            // From u = −min down to −max, or to 0, where f tends to +∞: the convex piece.
            double low = Math.Max(0, -law.Maximum), high = -law.Minimum;
            List<StepSizeInterval> inverse = [];
            AddBetween(inverse, u => u == 0 ? 1 : Math.Pow(u, exponent) * f(1 / u), low, high, convex: true);
            foreach (StepSizeInterval piece in inverse)
            {
                Add(set, 1 / piece.Upper, 1 / piece.Lower);
            }
        }

        if (law.IsDiscrete || law.Maximum < 0)
        {
            // Concave and unbounded, so it rises.
            if (f(kinks[^1]) < 0)
            {
                Add(set, kinks[^1], ZeroAbove(f, kinks[^1]));
            }
        }

        return set;
    }

    /// <summary>The piece from 0, where f is 0 and concave with the slope of the mean's sign.</summary>
    private static void AddFirst(List<StepSizeInterval> set, double mean, Func<double, double> f, double kink)
    {
        if (mean <= 0)
        {
            Add(set, 0, kink);
            return;
        }

        if (f(kink) > 0)
        {
            return;
        }

        double high = kink, low = kink / 2;
        while (f(low) <= 0)
        {
            (high, low) = (low, low / 2);
            if (low == 0)
            {
                // The mean is too small beside the spread to be seen: the zero is 0 to round-off.
                Add(set, 0, kink);
                return;
            }
        }

        Add(set, Bisection.Solve(f, low, high), kink);
    }

    /// <summary>A concave or convex piece: at most two zeros, around its extreme point.</summary>
    private static void AddBetween(List<StepSizeInterval> set, Func<double, double> f, double low, double high, bool convex)
    {
        double top = Extreme(convex ? x => -f(x) : f, low, high), atTop = f(top);
        (double atLow, double atHigh) = (f(low), f(high));
        if (convex)
        {
            // Negative around the lowest point, if anywhere.
            if (atTop < 0 || atLow <= 0 || atHigh <= 0)
            {
                double inside = atTop < 0 ? top : atLow <= 0 ? low : high;
                Add(set, atLow <= 0 ? low : Bisection.Solve(f, low, inside), atHigh <= 0 ? high : Bisection.Solve(f, inside, high));
            }

            return;
        }

        if (atTop <= 0)
        {
            Add(set, low, high);
            return;
        }

        if (atLow <= 0)
        {
            Add(set, low, Bisection.Solve(f, low, top));
        }

        if (atHigh <= 0)
        {
            Add(set, Bisection.Solve(f, top, high), high);
        }
    }

    /// <summary>The highest point of a concave function, by golden section.</summary>
    private static double Extreme(Func<double, double> f, double low, double high)
    {
        double golden = (Math.Sqrt(5) - 1) / 2;
        double left = high - (golden * (high - low)), right = low + (golden * (high - low)), atLeft = f(left), atRight = f(right);
        for (int i = 0; i < GoldenSteps; i++)
        {
            if (atLeft > atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (golden * (high - low));
                atLeft = f(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (golden * (high - low));
                atRight = f(right);
            }
        }

        return atLeft > atRight ? left : right;
    }

    /// <summary>The zero above a point where f is negative and from which on it crosses 0 once.</summary>
    private static double ZeroAbove(Func<double, double> f, double low)
    {
        double high = 2 * low;
        while (f(high) <= 0)
        {
            high *= 2;
        }

        return Bisection.Solve(f, low, high);
    }

    /// <summary>Adds a piece, joined to the one that it touches.</summary>
    private static void Add(List<StepSizeInterval> set, double lower, double upper)
    {
        if (upper <= lower)
        {
            return;
        }

        if (set.Count > 0 && set[^1].Upper >= lower)
        {
            set[^1] = new StepSizeInterval(set[^1].Lower, upper);
        }
        else
        {
            set.Add(new StepSizeInterval(lower, upper));
        }
    }
}
