using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck.Tests.Mixture;

/// <summary>
/// Mixtures of one direction or more, some with more samples than are worked on at a time. They shrink towards ones, no noise and seed 0.
/// </summary>
internal abstract class MixtureArbitraries
{
    public static Arbitrary<MixtureCase> Cases() => Arb.From(
        from dimension in Gen.Choose(1, 4)
        from directions in Gen.Choose(1, 3)
        from samples in Gen.OneOf(Gen.Choose(1, 12), Gen.Choose(250, 600))
        from noise in Gen.Choose(0, 10)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new MixtureCase(dimension, directions, samples, noise, (ulong)seed),
        Smaller);

    private static IEnumerable<MixtureCase> Smaller(MixtureCase given) =>
    [
        .. Shrink.Whole(given.Dimension, 1).Select(dimension => given with { Dimension = dimension }),
        .. Shrink.Whole(given.Directions, 1).Select(directions => given with { Directions = directions }),
        .. Shrink.Whole(given.Samples, 1).Select(samples => given with { Samples = samples }),
        .. Shrink.Whole(given.Noise, 0).Select(noise => given with { Noise = noise }),
        .. Shrink.Seed(given.Seed).Select(seed => given with { Seed = seed }),
    ];
}
