using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;
using Hetero.Core.Sensing;

namespace Hetero.Core.FsCheck;

/// <summary>Batches of measurements. They shrink towards d = 1, m = 1 and seed 0.</summary>
public static class MeasurementArbitrary
{
    private const int MaxRatio = 16;

    /// <summary>Batches from a quarter of p = d(d + 1)/2 measurements, which cannot determine a symmetric matrix, to sixteen times as many.</summary>
    /// <param name="maxDimension">The largest dimension d, 1 or more; the dimension is uniform from 1 to it. A batch takes up to 32·d²(d + 1)² bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static Arbitrary<MeasurementDescription> Any(int maxDimension = Draws.MaxDimension)
    {
        // At d = 100, sixteen times p are 80,800 measurements and 3 GB; more is not for property tests.
        Require.InRange(maxDimension, 1, 100);
        Gen<MeasurementDescription> generator =
            from dimension in Gen.Choose(1, maxDimension)
            from ratio in Draws.LogBetween(0.25, MaxRatio)
            from seed in Draws.Seeds
            select new MeasurementDescription(dimension, Math.Max(1, (int)(ratio * Svec.Length(dimension))), seed);
        return Arb.From(generator, Smaller);
    }

    private static IEnumerable<MeasurementDescription> Smaller(MeasurementDescription batch) =>
    [
        .. Shrink.Whole(batch.Dimension, 1).Select(dimension => batch with
        {
            Dimension = dimension,
            Samples = Math.Min(batch.Samples, MaxRatio * Svec.Length(dimension)),
        }),
        .. Shrink.Whole(batch.Samples, 1).Select(samples => batch with { Samples = samples }),
        .. Shrink.Seed(batch.Seed).Select(seed => batch with { Seed = seed }),
    ];
}
