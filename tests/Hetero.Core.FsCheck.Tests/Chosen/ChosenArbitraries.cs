using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Environments;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck.Tests.Chosen;

/// <summary>Choices of an instance's values. They shrink towards fewer and smaller ones.</summary>
internal abstract class ChosenArbitraries
{
    public static Arbitrary<OwnChoiceCase> Own() => Arb.From(
        from number in Gen.Choose(0, OwnChoiceCase.Checks.Count - 1)
        from values in Gen.Choose(0, OwnChoiceCase.LastValues)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new OwnChoiceCase(number, values, (ulong)seed),
        given =>
        [
            .. Enumerable.Range(0, 14).Where(bit => (given.Values >> bit & 1) == 1).Select(bit => given with { Values = given.Values & ~(1 << bit) }),
            .. Shrink.Seed(given.Seed).Select(seed => given with { Seed = seed }),
        ]);

    public static Arbitrary<WindowChoiceCase> Windows() => Arb.From(
        from dimension in Gen.OneOf(Gen.Constant(0), Gen.Choose(4, 9))
        from invariant in Gen.Choose(0, 2)
        from spurious in Gen.Choose(0, 2)
        from mean in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 80))
        from law in Gen.Elements<ScalarLaw?>(null, ScalarLaw.TwoPoint, ScalarLaw.Uniform)
        from above in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 20), Gen.Choose(1, 2000))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new WindowChoiceCase(dimension, invariant, spurious, mean, law, above, (ulong)seed),
        given =>
        [
            .. given.Dimension == 0 ? [] : new[] { given with { Dimension = 0 } },
            .. Shrink.Whole(given.InvariantRank, 0).Select(rank => given with { InvariantRank = rank }),
            .. Shrink.Whole(given.SpuriousRank, 0).Select(rank => given with { SpuriousRank = rank }),
            .. Shrink.Whole(given.Mean, 0).Select(mean => given with { Mean = mean }),
            .. given.Law is null ? [] : new[] { given with { Law = null } },
            .. Shrink.Whole(given.Above, 0).Select(above => given with { Above = above }),
            .. Shrink.Seed(given.Seed).Select(seed => given with { Seed = seed }),
        ]);
}
