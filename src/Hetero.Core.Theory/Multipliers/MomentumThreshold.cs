namespace Hetero.Core.Theory.Multipliers;

/// <summary>Where the exponent of <see cref="MomentumGrowth"/> is below 0 along a family of laws, such as over M for s = mean ± M.</summary>
/// <remarks>Thread-safe.</remarks>
public static class MomentumThreshold
{
    // Signs and minima are looked for on a grid whose error, some 1e-5, is beside nothing; ends on a finer one.
    private const int ScanSteps = 80;
    private const int ScanPoints = 512;
    private const int GoldenSteps = 20;
    private const int ZeroSteps = 60;
    private const double EndAccuracy = 1e-7;

    /// <summary>Returns the lowest interval of parameters at which the column dies out, its ends to about 1e-4 of themselves or better.</summary>
    /// <param name="family">The law of s for a parameter, such as M ↦ <see cref="EntryLaw.TwoPoint"/>(1, M); continuous, of finitely many values.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="momentum">β, 0 or more and below 1.</param>
    /// <param name="kind">Which momentum.</param>
    /// <param name="low">The lower end of the search, finite and above 0.</param>
    /// <param name="high">The upper end, finite, also in units of the lower one, and not below it.</param>
    /// <returns>The interval, with an end of the search where it reaches beyond; null if there is none.</returns>
    /// <remarks>
    /// The search is in 80 steps of the logarithm; a minimum that its neighbors enclose is followed. An interval that lies within one step without such a
    /// minimum is not seen: for large η_eff Nesterov's determinant β(1 + ηs) makes such ones near ηs = −1.
    /// </remarks>
    /// <exception cref="ArgumentException">A law or a number is out of range.</exception>
    public static (double Lower, double Upper)? Window(
        Func<double, EntryLaw> family, double stepSize, double momentum, MomentumKind kind, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(family);
        Guard.Positive(low);
        Guard.Finite(high);
        Guard.AtLeast(high, low);
        Guard.Accepted(high, double.IsFinite(high / low) ? null : "one that is finite in units of the lower end", nameof(high));
        double[] places = [.. Enumerable.Range(0, ScanSteps + 1).Select(i => low * Math.Pow(high / low, (double)i / ScanSteps))];
        double[] values = new double[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            EntryLaw law = family(places[i]);
            if (law is not { IsDiscrete: true })
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"'{nameof(family)}' gives a law at {places[i]} that is {(law is null ? "null" : "uniform")}; accepted are laws of finitely many values."),
                    nameof(family));
            }

            MomentumGrowth.Check(law, stepSize, momentum, kind);
            values[i] = MomentumGrowth.Value(law, stepSize, momentum, kind, ScanPoints);
        }

        // The first place below 0, or the bottom of the first dip that goes below 0 between places.
        for (int i = 0; i < places.Length; i++)
        {
            double inside = places[i];
            bool isDip = i > 0 && i < places.Length - 1 && values[i] <= values[i - 1] && values[i] <= values[i + 1];
            if (values[i] >= 0 && isDip)
            {
                inside = Lowest(At(ScanPoints), places[i - 1], places[i + 1]);
            }

            if (values[i] >= 0 && !(isDip && At(ScanPoints)(inside) < 0))
            {
                continue;
            }

            int below = i - 1;
            while (below >= 0 && values[below] < 0)
            {
                below--;
            }

            int above = i + 1;
            while (above < places.Length && values[above] < 0)
            {
                above++;
            }

            Func<double, double> exponent = At(MomentumGrowth.DefaultPoints);
            return (
                below < 0 ? low : Zero(exponent, inside, places[below]),
                above == places.Length ? high : Zero(exponent, above == i + 1 ? inside : places[above - 1], places[above]));
        }

        return null;

        Func<double, double> At(int points) => parameter => MomentumGrowth.Value(family(parameter), stepSize, momentum, kind, points);
    }

    /// <summary>The zero between a place below 0 and one that is not, by regula falsi with halved weights (Illinois).</summary>
    private static double Zero(Func<double, double> exponent, double inside, double outside)
    {
        double atInside = exponent(inside), atOutside = exponent(outside);
        if (atInside >= 0 || atOutside < 0)
        {
            // The finer grid moved the zero over the place.
            return atInside >= 0 ? inside : outside;
        }

        int side = 0;
        for (int i = 0; i < ZeroSteps && Math.Abs(outside - inside) > EndAccuracy * Math.Abs(outside); i++)
        {
            // Where a step leaves nothing the exponent is −∞: no line leads from there, so half of the way is taken.
            double part = double.IsFinite(atInside) ? atOutside / (atOutside - atInside) : 0.5;
            double middle = outside + (part * (inside - outside)), value = exponent(middle);
            if (value < 0)
            {
                (inside, atInside, atOutside) = (middle, value, side < 0 ? atOutside / 2 : atOutside);
                side = -1;
            }
            else
            {
                (outside, atOutside, atInside) = (middle, value, side > 0 ? atInside / 2 : atInside);
                side = 1;
            }
        }

        return (inside + outside) / 2;
    }

    /// <summary>A lowest place between two, by golden section.</summary>
    private static double Lowest(Func<double, double> exponent, double low, double high)
    {
        double golden = (Math.Sqrt(5) - 1) / 2;
        double left = high - (golden * (high - low)), right = low + (golden * (high - low)), atLeft = exponent(left), atRight = exponent(right);
        for (int i = 0; i < GoldenSteps; i++)
        {
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (golden * (high - low));
                atLeft = exponent(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (golden * (high - low));
                atRight = exponent(right);
            }
        }

        return atLeft < atRight ? left : right;
    }
}
