using Hetero.Core.Environments;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>
/// The law of one diagonal entry s = Σ_ii of Σ^(e): a list of values with probabilities, or the uniform law of an interval. All that the
/// growth of a spurious column depends on while it is small.
/// </summary>
/// <remarks>Thread-safe: immutable.</remarks>
public sealed class EntryLaw
{
    private readonly double[] _values;
    private readonly double[] _probabilities;

    private EntryLaw(double[] values, double[] probabilities, double minimum, double maximum)
        => (_values, _probabilities, Minimum, Maximum) = (values, probabilities, minimum, maximum);

    /// <summary>Gets whether the law is a list of values; otherwise it is uniform on [<see cref="Minimum"/>,
    /// <see cref="Maximum"/>].</summary>
    public bool IsDiscrete => _values.Length > 0;

    /// <summary>Gets the values, ascending and all different; empty for a uniform law.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Gets the values' probabilities.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>Gets the smallest value.</summary>
    public double Minimum { get; }

    /// <summary>Gets the largest value.</summary>
    public double Maximum { get; }

    /// <summary>Gets sup |s|, the M1 of (6) for this direction.</summary>
    public double Bound => Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));

    /// <summary>Gets E s.</summary>
    public double Mean
    {
        get
        {
            if (!IsDiscrete)
            {
                return Minimum + ((Maximum - Minimum) / 2);
            }

            double mean = 0;
            for (int i = 0; i < _values.Length; i++)
            {
                mean += _probabilities[i] * _values[i];
            }

            return mean;
        }
    }

    /// <summary>Gets Var s: M² for mean ± M, M²/3 for the uniform law of half-width M. Infinite if it is not representable.</summary>
    public double Variance => ScaledVariance(1);

    /// <summary>Gets Var s/(1 + |E s|), the M2 of (6) for this direction, also where Var s alone is not representable.</summary>
    internal double Heterogeneity
    {
        get
        {
            double variance = Variance, size = 1 + Math.Abs(Mean);
            return double.IsFinite(variance) ? variance / size : Math.ScaleB(ScaledVariance(Math.ScaleB(1, -600)) / size, 1200);
        }
    }

    /// <summary>Returns Var(scale·s).</summary>
    private double ScaledVariance(double scale)
    {
        if (!IsDiscrete)
        {
            double width = scale * (Maximum - Minimum);
            return width * width / 12;
        }

        double mean = Mean, variance = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double deviation = (scale * _values[i]) - (scale * mean);
            variance += _probabilities[i] * deviation * deviation;
        }

        return variance;
    }

    /// <summary>Returns the law of a diagonal entry.</summary>
    /// <param name="environments">The distribution over environments.</param>
    /// <param name="direction">i, 0 to r2 − 1.</param>
    /// <exception cref="ArgumentException">The direction is out of range.</exception>
    public static EntryLaw Of(EnvironmentDistribution environments, int direction = 0)
    {
        ArgumentNullException.ThrowIfNull(environments);
        Guard.InRange(direction, 0, environments.Rank - 1);
        switch (environments)
        {
            case OffDiagonalEnvironments off:
                return Of(off.Diagonal, direction);
            case DiagonalEnvironments diagonal:
                return diagonal.Law == ScalarLaw.TwoPoint ? TwoPoint(diagonal.Mean, diagonal.Spread) : Uniform(diagonal.Mean, diagonal.Spread);
        }

        if (environments.Count is not { } count)
        {
            throw new ArgumentException(
                $"'{nameof(environments)}' is a {environments.GetType().Name}, whose diagonal has no known law; accepted are diagonal, "
                + "off-diagonal and finite environments.",
                nameof(environments));
        }

        double[] values = new double[count], probabilities = new double[count], sigma = new double[environments.Rank * environments.Rank];
        for (int e = 0; e < count; e++)
        {
            environments.CopyMatrix(e, sigma);
            (values[e], probabilities[e]) = (sigma[direction * (environments.Rank + 1)], environments.GetProbability(e));
        }

        return Discrete(values, probabilities);
    }

    /// <summary>Returns the law of mean ± M with equal odds.</summary>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="spread">M, not negative, with finite values.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static EntryLaw TwoPoint(double mean, double spread)
    {
        Guard.Finite(mean);
        Guard.NotNegative(spread);
        Guard.Finite(Math.Abs(mean) + spread, nameof(spread));
        return Discrete([mean - spread, mean + spread], [0.5, 0.5]);
    }

    /// <summary>Returns the uniform law on [mean − M, mean + M].</summary>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="spread">M, not negative, with a finite range; 0 gives a single value.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static EntryLaw Uniform(double mean, double spread)
    {
        Guard.Finite(mean);
        Guard.NotNegative(spread);
        Guard.Finite(Math.Abs(mean) + spread, nameof(spread));
        Guard.Finite(2 * spread, nameof(spread));
        return mean - spread == mean + spread ? Discrete([mean], [1]) : new EntryLaw([], [], mean - spread, mean + spread);
    }

    /// <summary>Returns the law of a list of values.</summary>
    /// <param name="values">One or more finite values, in any order; equal ones are put together.</param>
    /// <param name="probabilities">As many probabilities above 0, with the sum 1 within 1e-9.</param>
    /// <exception cref="ArgumentException">The list is empty, the lengths differ, or a number is out of range.</exception>
    public static EntryLaw Discrete(ReadOnlySpan<double> values, ReadOnlySpan<double> probabilities)
    {
        Guard.MinimumLength(values.Length, 1, nameof(values));
        Guard.Length(probabilities.Length, values.Length, nameof(probabilities));
        Guard.AllFinite(values, nameof(values));
        double sum = 0;
        foreach (double probability in probabilities)
        {
            Guard.Positive(probability, nameof(probabilities));
            sum += probability;
        }

        Guard.InRange(sum, 1 - 1e-9, 1 + 1e-9, "the sum of probabilities");
        SortedDictionary<double, double> merged = [];
        for (int i = 0; i < values.Length; i++)
        {
            // Adding 0 turns −0 into 0.
            merged[values[i] + 0] = merged.GetValueOrDefault(values[i] + 0) + probabilities[i];
        }

        double[] sorted = [.. merged.Keys];
        return new EntryLaw(sorted, [.. merged.Values], sorted[0], sorted[^1]);
    }

    /// <summary>Returns the number below which a share of the law lies: with u uniform on [0, 1) it is a draw of s.</summary>
    /// <param name="share">u, 0 or more and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public double Quantile(double share)
    {
        Guard.InRange(share, 0, Math.BitDecrement(1.0));
        if (!IsDiscrete)
        {
            return Minimum + (share * (Maximum - Minimum));
        }

        int index = 0;
        while (index < _values.Length - 1 && share >= _probabilities[index])
        {
            share -= _probabilities[index++];
        }

        return _values[index];
    }

    /// <summary>Turns numbers that are uniform on [0, 1) into draws of s, each into its <see cref="Quantile"/>.</summary>
    internal void ToDraws(Span<double> shares)
    {
        if (IsDiscrete && _values.Length == 2)
        {
            // A choice without a jump: which of two values is drawn no processor can foresee.
            double low = _values[0], high = _values[1], odds = _probabilities[0];
            for (int i = 0; i < shares.Length; i++)
            {
                shares[i] = shares[i] >= odds ? high : low;
            }

            return;
        }

        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = Quantile(shares[i]);
        }
    }

    /// <summary>Returns the law of s + shift: with shift 2 that of Lemma 7, where a step multiplies by 1 + ηs + 2η.</summary>
    /// <param name="shift">The shift, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shift is not finite, or a value overflows.</exception>
    public EntryLaw Shifted(double shift)
    {
        Guard.Finite(shift);
        Guard.Finite(Minimum + shift, nameof(shift));
        Guard.Finite(Maximum + shift, nameof(shift));
        return IsDiscrete
            ? Discrete(Array.ConvertAll(_values, value => value + shift), _probabilities)
            : new EntryLaw([], [], Minimum + shift, Maximum + shift);
    }
}
