using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck.Tests.Formulas;

/// <summary>Cases for formulas. They shrink towards the smallest whole numbers, ranks first.</summary>
internal abstract class FormulaArbitraries
{
    public static Arbitrary<PhaseCase> Phases() => Arb.From(
        from invariant in Gen.Choose(1, 4)
        from spurious in Gen.Choose(1, 4)
        from spread in Gen.Choose(1, 20)
        from delta in Gen.Choose(1, 1000)
        from start in Gen.Choose(1, 8)
        from first in Gen.Choose(0, 6)
        from more in Gen.Choose(0, 6)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new PhaseCase(invariant, spurious, spread, delta, start, first, first + more, (ulong)seed),
        given =>
        [
            .. Shrink.Whole(given.InvariantRank, 1).Select(rank => given with { InvariantRank = rank }),
            .. Shrink.Whole(given.SpuriousRank, 1).Select(rank => given with { SpuriousRank = rank }),
            .. Shrink.Whole(given.Spread, 1).Select(spread => given with { Spread = spread }),
            .. Shrink.Whole(given.Delta, 1).Select(delta => given with { Delta = delta }),
            .. Shrink.Whole(given.Start, 1).Select(start => given with { Start = start }),
            .. Shrink.Whole(given.First, 0).Select(first => given with { First = first }),
            .. Shrink.Whole(given.Last, given.First).Select(last => given with { Last = last }),
            .. Shrink.Seed(given.Seed).Select(seed => given with { Seed = seed }),
        ]);

    public static Arbitrary<ClosingCase> Closings() => Arb.From(
        from dimension in Gen.Choose(2, 500)
        from invariant in Gen.Choose(1, 9)
        from spurious in Gen.Choose(1, 9)
        from bound in Gen.Choose(1, 5000)
        from heterogeneity in Gen.Choose(1, 5000)
        from start in Gen.Choose(1, 12)
        from percent in Gen.Choose(1, 25)
        select new ClosingCase(dimension, invariant, spurious, bound, heterogeneity, start, percent),
        given =>
        [
            .. Shrink.Whole(given.Dimension, 2).Select(dimension => given with { Dimension = dimension }),
            .. Shrink.Whole(given.InvariantRank, 1).Select(rank => given with { InvariantRank = rank }),
            .. Shrink.Whole(given.SpuriousRank, 1).Select(rank => given with { SpuriousRank = rank }),
            .. Shrink.Whole(given.Bound, 1).Select(bound => given with { Bound = bound }),
            .. Shrink.Whole(given.Heterogeneity, 1).Select(heterogeneity => given with { Heterogeneity = heterogeneity }),
            .. Shrink.Whole(given.Start, 1).Select(start => given with { Start = start }),
            .. Shrink.Whole(given.Percent, 1).Select(percent => given with { Percent = percent }),
        ]);

    public static Arbitrary<PooledCase> Pooled() => Arb.From(
        from invariant in Gen.Choose(1, 2)
        from spurious in Gen.Choose(1, 2)
        from rest in Gen.Choose(0, 2)
        from spread in Gen.Choose(1, 9)
        from percent in Gen.Choose(5, 90)
        from factor in Gen.Choose(1, 2)
        from samples in Gen.Choose(1, 1000)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new PooledCase(Math.Min(4, invariant + spurious + rest), invariant, spurious, spread, percent, factor, 2 * samples, (ulong)seed),
        given =>
        [
            .. Shrink.Whole(given.Dimension, given.InvariantRank + given.SpuriousRank).Select(dimension => given with { Dimension = dimension }),
            .. Shrink.Whole(given.InvariantRank, 1).Select(rank => given with { InvariantRank = rank }),
            .. Shrink.Whole(given.SpuriousRank, 1).Select(rank => given with { SpuriousRank = rank }),
            .. Shrink.Whole(given.Spread, 1).Select(spread => given with { Spread = spread }),
            .. Shrink.Whole(given.Percent, 5).Select(percent => given with { Percent = percent }),
            .. Shrink.Whole(given.Factor, 1).Select(factor => given with { Factor = factor }),
            .. Shrink.Whole(given.Samples / 2, 1).Select(half => given with { Samples = 2 * half }),
            .. Shrink.Seed(given.Seed).Select(seed => given with { Seed = seed }),
        ]);

    public static Arbitrary<EdgeCase> Edges() => Arb.From(
        from invariant in Gen.Choose(1, 200)
        from spurious in Gen.Choose(1, 200)
        from rest in Gen.OneOf(Gen.Choose(1, 10), Gen.Choose(1, 1000))
        select new EdgeCase(invariant, spurious, rest),
        given =>
        [
            .. Shrink.Whole(given.InvariantRank, 1).Select(rank => given with { InvariantRank = rank }),
            .. Shrink.Whole(given.SpuriousRank, 1).Select(rank => given with { SpuriousRank = rank }),
            .. Shrink.Whole(given.Rest, 1).Select(rest => given with { Rest = rest }),
        ]);
}
