using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck.Tests.Isometry;

/// <summary>Forms with a known δ_s, and small batches of measurements. They shrink towards d = 2, ranks 1, θ = 1/2 and small seeds.</summary>
internal abstract class IsometryArbitraries
{
    private const int MaxDimension = 6;

    public static Arbitrary<IsometryCase> Cases() => Arb.From(
        from kind in Gen.Elements(IsometryKind.Spike, IsometryKind.EqualPair, IsometryKind.UnevenPair)
        from dimension in Gen.Choose(2, MaxDimension)
        from rank in Gen.Choose(1, KnownIsometry.MaxRank(kind, dimension))
        from percent in Gen.Choose(10, 90)
        from sign in Gen.Elements(-1, 1)
        from basis in Gen.Choose(0, int.MaxValue - 1)
        from r in Gen.Choose(1, dimension)
        from seed in Gen.Choose(0, int.MaxValue - 2)
        select new IsometryCase(new KnownIsometry(kind, dimension, rank, sign * percent / 100.0, (ulong)basis), r, (ulong)seed),
        Smaller);

    public static Arbitrary<MeasurementDescription> Batches() => MeasurementArbitrary.Any(maxDimension: 4);

    private static IEnumerable<IsometryCase> Smaller(IsometryCase given)
    {
        KnownIsometry isometry = given.Isometry;
        return
        [
            .. Shrink.Whole(isometry.Dimension, 2).Select(dimension => given with
            {
                Isometry = isometry with { Dimension = dimension, Rank = Math.Min(isometry.Rank, KnownIsometry.MaxRank(isometry.Kind, dimension)) },
                Rank = Math.Min(given.Rank, dimension),
            }),
            .. Shrink.Whole(isometry.Rank, 1).Select(rank => given with { Isometry = isometry with { Rank = rank } }),
            .. Shrink.Whole(given.Rank, 1).Select(rank => given with { Rank = rank }),
            .. new[] { 0.5, Math.Abs(isometry.Theta) }.Where(theta => theta != isometry.Theta && isometry.Theta != 0.5)
                .Select(theta => given with { Isometry = isometry with { Theta = theta } }),
            .. Shrink.Seed(isometry.Seed).Select(seed => given with { Isometry = isometry with { Seed = seed } }),
            .. Shrink.Seed(given.Seed).Select(seed => given with { Seed = seed }),
        ];
    }
}
