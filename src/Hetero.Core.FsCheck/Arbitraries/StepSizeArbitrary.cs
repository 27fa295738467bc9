using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck;

/// <summary>Step sizes. They shrink towards powers of ten and round numbers.</summary>
public static class StepSizeArbitrary
{
    /// <summary>Step sizes log-uniform over a range.</summary>
    /// <param name="lowest">The lower end, above 0.</param>
    /// <param name="highest">The upper end, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not above 0, or they are in the wrong order.</exception>
    public static Arbitrary<StepSize> Any(double lowest = 0.003, double highest = 0.3)
    {
        Require.Positive(lowest);
        Require.Positive(highest);
        if (lowest > highest)
        {
            throw new ArgumentOutOfRangeException(nameof(lowest), lowest, FormattableString.Invariant($"'{nameof(lowest)}' is {lowest}; accepted is at most '{nameof(highest)}', {highest}."));
        }

        // A power may round past an end.
        return Arb.From(
            Draws.LogBetween(lowest, highest).Select(value => new StepSize(Math.Clamp(value, lowest, highest))),
            step => Simplicity.Simpler(step.Value).Where(value => value >= lowest && value <= highest).Select(value => new StepSize(value)));
    }
}
