namespace Hetero.Core.Theory.Multipliers;

/// <summary>
/// How a spurious column grows under momentum while it is small: the top Lyapunov exponent of the product of 2×2 matrices [[1 + ηs + β, −β], [1, 0]]
/// (heavy ball) or [[(1 + β)(1 + ηs), −β], [1 + ηs, 0]] (Nesterov) with independent s of a law of finitely many values. The column dies out where it is
/// below 0. β = 0 is <see cref="MultiplierGrowth.LyapunovExponent(EntryLaw, double)"/>.
/// </summary>
/// <remarks>
/// <para>In q and w = q_t − q_{t−1}, up to a factor the velocity, a step is w ← βw + ηsq, q ← q + w for heavy ball and q ← q + ηsq + βw for Nesterov. Its
/// determinant is β and β(1 + ηs): the two exponents have the sum log β and log β + E log|1 + ηs|.</para>
/// <para>With f(θ) = E log‖A·u(θ)‖ for the directions u(θ) and (Pf)(θ) = E f(A·θ), the exponent is ∫f dν = ∫Pᵏf dν for the stationary law ν of the
/// direction, so that it lies between the least and the largest value of Pᵏf for each k; and these come together as the product contracts the
/// directions. On a grid of directions with linear interpolation P becomes a Markov chain, of which the same holds. Nothing is drawn. A long product
/// would need some 10¹⁰ factors for the same six digits: its error is about ηM/√steps.</para>
/// <para>The error of the grid depends on how smooth ν is; the estimate takes that of half the grid for it. Momenta from 0.999 on contract so slowly
/// that the iteration ends before the values have come together, which the error says. Thread-safe.</para>
/// </remarks>
public static class MomentumGrowth
{
    internal const int DefaultPoints = 2048;

    private const int MostRounds = 5_000;
    private const double Together = 1e-9;

    /// <summary>Returns the exponent.</summary>
    /// <param name="law">The law of s, of finitely many values.</param>
    /// <param name="stepSize">η, finite and above 0: η_eff·(1 − β) where η_eff is the step of equal directions.</param>
    /// <param name="momentum">β, 0 or more and below 1.</param>
    /// <param name="kind">Which momentum.</param>
    /// <returns>
    /// The exponent with an estimate of its error: 0 for β = 0 and for a single value of s, which have closed forms. −∞ if a step of Nesterov's has 1 + ηs =
    /// 0: two of them in a row leave nothing.
    /// </returns>
    /// <exception cref="ArgumentException">The law is not of finitely many values, ηs is not finite, or a number is out of range.</exception>
    public static GrowthEstimate Exponent(EntryLaw law, double stepSize, double momentum, MomentumKind kind)
    {
        Check(law, stepSize, momentum, kind);
        if (InClosedForm(law, stepSize, momentum, kind) is { } closed)
        {
            return new(closed, 0);
        }

        (double coarse, _) = OnGrid(law, stepSize, momentum, kind, DefaultPoints / 2);
        (double value, double left) = OnGrid(law, stepSize, momentum, kind, DefaultPoints);
        return new(value, Math.Abs(value - coarse) + left);
    }

    /// <summary>The exponent on a grid alone, where a sign or a first digit is enough.</summary>
    internal static double Value(EntryLaw law, double stepSize, double momentum, MomentumKind kind, int points)
        => InClosedForm(law, stepSize, momentum, kind) ?? OnGrid(law, stepSize, momentum, kind, points).Value;

    internal static void Check(EntryLaw law, double stepSize, double momentum, MomentumKind kind)
    {
        ArgumentNullException.ThrowIfNull(law);
        Guard.Positive(stepSize);
        Guard.InRange(momentum, 0, Math.BitDecrement(1.0));
        Guard.Defined(kind);
        if (!law.IsDiscrete)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(law)}' is uniform from {law.Minimum} to {law.Maximum}; accepted is a law of finitely many values."),
                nameof(law));
        }

        // Squares of the entries are taken.
        Guard.Accepted(stepSize, stepSize * law.Bound <= 1e100 ? null : FormattableString.Invariant($"one with |ηs| ≤ 1e100, |s| being up to {law.Bound}"), nameof(stepSize));
    }

    /// <summary>Without momentum, of a single value, and where a step has a nilpotent matrix; null elsewhere.</summary>
    private static double? InClosedForm(EntryLaw law, double stepSize, double momentum, MomentumKind kind)
    {
        if (momentum == 0)
        {
            return MultiplierGrowth.LyapunovExponent(law, stepSize);
        }

        if (kind == MomentumKind.Nesterov)
        {
            foreach (double s in law.Values)
            {
                if (1 + (stepSize * s) == 0)
                {
                    // [[0, −β], [0, 0]]: two such steps in a row, which come, end every column.
                    return double.NegativeInfinity;
                }
            }
        }

        return law.Values.Length == 1 ? OfConstant(stepSize * law.Minimum, momentum, kind)
            : stepSize * law.Bound == 0 ? 0
            : null;
    }

    /// <summary>The logarithm of the spectral radius, from trace and determinant.</summary>
    private static double OfConstant(double rate, double momentum, MomentumKind kind)
    {
        double factor = 1 + rate;
        (double trace, double determinant) = kind == MomentumKind.HeavyBall ? (factor + momentum, momentum) : ((1 + momentum) * factor, momentum * factor);
        double half = Math.Abs(trace) / 2, square = (half * half) - determinant;
        return square < 0 ? Math.Log(determinant) / 2 : Math.Log(half + Math.Sqrt(square));
    }

    /// <summary>The exponent of the chain on a grid, and half of what the values of Pᵏf still differ by.</summary>
    private static (double Value, double Left) OnGrid(EntryLaw law, double stepSize, double momentum, MomentumKind kind, int points)
    {
        int count = law.Values.Length;
        int[] places = new int[points * count];
        double[] weights = new double[points * count], values = new double[points + 1], next = new double[points + 1];
        Fill(law, stepSize, momentum, kind, places, weights, values);
        double least = 0, largest = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            (least, largest) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int i = 0, entry = 0; i < points; i++)
            {
                double sum = 0;
                for (int k = 0; k < count; k++, entry++)
                {
                    ref double below = ref values[places[entry]];
                    sum += law.Probabilities[k] * (below + (weights[entry] * (values[places[entry] + 1] - below)));
                }

                next[i] = sum;
                least = Math.Min(least, sum);
                largest = Math.Max(largest, sum);
            }

            // u(θ + π) is −u(θ): the same direction.
            next[points] = next[0];
            (values, next) = (next, values);
            if (largest - least < Together)
            {
                break;
            }
        }

        return ((least + largest) / 2, (largest - least) / 2);
    }

    /// <summary>For each direction and value of s: where it goes, as a place on the grid and a weight of the next one; and f.</summary>
    private static void Fill(EntryLaw law, double stepSize, double momentum, MomentumKind kind, int[] places, double[] weights, double[] values)
    {
        int points = values.Length - 1, count = law.Values.Length;

        // Between w of the size ηs·q, for small momenta, and √(ηs)·q, where a rotation has it: no measure of length changes the exponent, but the grid is finest where directions are even.
        double unit = Math.Sqrt(stepSize * law.Bound);
        for (int i = 0; i < points; i++)
        {
            (double sine, double cosine) = Math.SinCos(Math.PI * i / points);
            double velocity = unit * sine, sum = 0;
            for (int k = 0; k < count; k++)
            {
                double rate = stepSize * law.Values[k], newVelocity = (momentum * velocity) + (rate * cosine);
                double q = kind == MomentumKind.HeavyBall ? cosine + newVelocity : cosine + (rate * cosine) + (momentum * newVelocity);
                double w = newVelocity / unit;

                // Where a step that is nearly singular takes a direction of the grid to almost 0, f is its mean over the cell.
                double norm = Math.Max(Math.Sqrt((q * q) + (w * w)), Math.PI / (2 * Math.E * points));
                sum += law.Probabilities[k] * Math.Log(norm);
                double place = Math.Atan2(w, q) / Math.PI;
                place = (place - Math.Floor(place)) * points;
                int whole = Math.Min((int)place, points - 1);
                (places[(i * count) + k], weights[(i * count) + k]) = (whole, place - whole);
            }

            values[i] = sum;
        }

        values[points] = values[0];
    }
}
