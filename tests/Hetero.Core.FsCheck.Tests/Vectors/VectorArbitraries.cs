using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck.Tests.Vectors;

/// <summary>Runs of a few steps. They shrink towards one step on one number, v⊙v and seed 0; the noise stays, so that what fails is named.</summary>
internal abstract class VectorArbitraries
{
    public static Arbitrary<VectorCase> Cases() => Arb.From(
        from noise in Gen.Elements(Enum.GetValues<VectorNoise>())
        from isDifference in Gen.Elements(false, true)
        from isTruncated in Gen.Elements(false, true)
        from dimension in Gen.Choose(1, 20)
        from rows in Gen.Choose(1, 9)
        from environments in Gen.Choose(1, 3)
        from steps in Gen.Choose(1, 6)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new VectorCase(noise, isDifference, isTruncated, dimension, rows, noise == VectorNoise.OneSample ? 1 : environments, steps, (ulong)seed),
        Smaller);

    private static IEnumerable<VectorCase> Smaller(VectorCase given) =>
    [
        .. given.IsDifference ? new[] { given with { IsDifference = false } } : [],
        .. given.IsTruncated ? new[] { given with { IsTruncated = false } } : [],
        .. Shrink.Whole(given.Environments, 1).Select(environments => given with { Environments = environments }),
        .. Shrink.Whole(given.Steps, 1).Select(steps => given with { Steps = steps }),
        .. Shrink.Whole(given.Rows, 1).Select(rows => given with { Rows = rows }),
        .. Shrink.Whole(given.Dimension, 1).Select(dimension => given with { Dimension = dimension }),
        .. Shrink.Seed(given.Seed).Select(seed => given with { Seed = seed }),
    ];
}
