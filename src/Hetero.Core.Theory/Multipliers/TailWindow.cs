using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>What one independent run saw of a tail: how often a number lay in a window, and the mean of its logarithm there.</summary>
/// <remarks>Not thread-safe: it counts.</remarks>
internal sealed class TailWindow
{
    /// <summary>Makes an empty count.</summary>
    /// <param name="lower">The lower end of the window, above 0 and finite.</param>
    /// <param name="upper">The upper end, above the lower one; +∞ for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is out of range.</exception>
    public TailWindow(double lower, double upper = double.PositiveInfinity)
    {
        Guard.Positive(lower);
        if (!(upper > lower))
        {
            throw new ArgumentOutOfRangeException(
                nameof(upper), upper, FormattableString.Invariant($"'{nameof(upper)}' is {upper}; accepted is a number above {lower}, the lower end."));
        }

        (Lower, Upper) = (lower, upper);
    }

    /// <summary>Gets the lower end.</summary>
    public double Lower { get; }

    /// <summary>Gets the upper end.</summary>
    public double Upper { get; }

    /// <summary>Gets the numbers that lay above the lower and below the upper end.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the sum of log(x/lower) over them.</summary>
    public double LogSum { get; private set; }

    /// <summary>Counts a number if it lies inside.</summary>
    /// <param name="value">The number, not NaN.</param>
    /// <exception cref="ArgumentException">The number is NaN.</exception>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            throw new ArgumentException($"'{nameof(value)}' is NaN; accepted is a number.", nameof(value));
        }

        if (value > Lower && value < Upper)
        {
            Count++;
            LogSum += Elementary.LogRatio(value, Lower);
        }
    }
}
