using System.Globalization;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.FsCheck.Tests.Supermartingale;

/// <summary>A place on one side of the exact threshold: inside the set of step sizes for which |X|^p is a supermartingale, or outside it.</summary>
/// <param name="IsInside">The side.</param>
/// <param name="Share">Where between the ends, on a logarithmic scale, above 0 and below 1.</param>
public sealed record StepSizePlace(bool IsInside, double Share)
{
    /// <summary>The largest step size at which R_t of (25) stays in [0, 1].</summary>
    private const double Largest = 0.5;

    /// <summary>
    /// A step size of the first interval of this side that has some up to a half, or of the last if the share is above a half; null if there is none.
    /// </summary>
    public double? Of(IReadOnlyList<StepSizeInterval> set)
    {
        // Around a step size with 1 + ηs = 0 a small power dips in an interval that may be narrower than what round-off leaves of 1 + ηs.
        StepSizeInterval[] side =
            [.. (IsInside ? set : Gaps(set)).Where(interval => interval.Lower < Largest && interval.Upper > interval.Lower * (1 + 1e-4))];
        if (side.Length == 0)
        {
            return null;
        }

        StepSizeInterval chosen = Share < 0.5 ? side[0] : side[^1];
        double upper = Math.Min(chosen.Upper, Largest), lower = Math.Max(chosen.Lower, 1e-3 * upper);
        return lower * Math.Pow(upper / lower, Share);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"η {(IsInside ? "inside" : "outside")} at {Share:R}");

    private static IEnumerable<StepSizeInterval> Gaps(IReadOnlyList<StepSizeInterval> set)
    {
        double from = 0;
        foreach (StepSizeInterval interval in set)
        {
            yield return new(from, interval.Lower);
            from = interval.Upper;
        }

        yield return new(from, double.PositiveInfinity);
    }
}
