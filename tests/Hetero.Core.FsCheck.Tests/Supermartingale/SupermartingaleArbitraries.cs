using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck.Tests.Supermartingale;

/// <summary>Laws, paths and excursions. They shrink towards two points, mean 0, round numbers, one step and small seeds.</summary>
internal abstract class SupermartingaleArbitraries
{
    private static readonly Gen<StepSizePlace> AllPlaces
        = from isInside in Gen.Elements(false, true) from percent in Gen.Choose(1, 99) select new StepSizePlace(isInside, percent / 100.0);

    private static readonly Gen<LawCase> AllLaws = Laws(LawKind.TwoPoint, LawKind.Uniform, LawKind.Listed);

    public static Arbitrary<LawCase> Laws() => Arb.From(AllLaws, Smaller);

    public static Arbitrary<StepSizePlace> Places() => Arb.From(AllPlaces, Smaller);

    public static Arbitrary<PathCase> Paths() => Arb.From(
        from law in AllLaws
        from power in Gen.Choose(5, 95)
        from place in AllPlaces
        from steps in Gen.Choose(1, 12)
        from row in Gen.Choose(0, steps - 1)
        from isRising in Gen.Elements(false, true)
        from seed in Draws.Seeds
        select new PathCase(law, power / 100.0, place, row, steps, isRising, seed),
        Smaller);

    public static Arbitrary<ExcursionCase> Excursions() => Arb.From(
        from law in AllLaws
        from place in AllPlaces
        from percent in Gen.Choose(5, 90)
        from rank in Gen.Choose(1, 3)
        from steps in Gen.Choose(1, 9)
        from isRising in Gen.Elements(false, true)
        select new ExcursionCase(law, place, percent / 100.0, rank, steps, isRising),
        Smaller);

    // Three decimals, so that a case reads well; half-widths from 4, where hardly a step size is inside, to 80.
    private static Gen<LawCase> Laws(params LawKind[] kinds)
        => from kind in Gen.Elements(kinds)
           from mean in Draws.Between(-2, 2)
           from spread in Draws.LogBetween(4, 80)
           from count in kind == LawKind.Listed ? Gen.Choose(2, 4) : Gen.Constant(0)
           from places in Gen.Choose(-1000, 1000).ArrayOf(count)
           from weights in Gen.Choose(1, 5).ArrayOf(count)
           select new LawCase(kind, Math.Round(mean, 3), Math.Round(spread, 3), [.. places.Select(place => place / 1000.0)], weights);

    private static IEnumerable<LawCase> Smaller(LawCase law)
    {
        bool isListed = law.Kind == LawKind.Listed;
        return
        [
            .. law.Kind == LawKind.TwoPoint ? [] : new[] { law with { Kind = LawKind.TwoPoint, Places = [], Weights = [] } },
            .. Enumerable.Range(0, isListed && law.Places.Count > 2 ? law.Places.Count : 0).Select(index => law with
            {
                Places = [.. law.Places.Where((_, other) => other != index)],
                Weights = [.. law.Weights.Where((_, other) => other != index)],
            }),
            .. isListed && law.Weights.Any(weight => weight > 1) ? new[] { law with { Weights = [.. law.Weights.Select(_ => 1)] } } : [],
            .. law.Mean == 0 ? [] : new[] { law with { Mean = 0 } },
            .. Simplicity.Simpler(law.Mean).Select(mean => law with { Mean = mean }),
            .. Simplicity.Simpler(law.Spread).Select(spread => law with { Spread = spread }),
            .. Enumerable.Range(0, law.Places.Count).SelectMany(index => Simplicity.Simpler(law.Places[index])
                .Select(place => law with { Places = [.. law.Places.Select((old, other) => other == index ? place : old)] })),
        ];
    }

    private static IEnumerable<StepSizePlace> Smaller(StepSizePlace place)
        => new[] { 0.5, 0.1, 0.9 }.TakeWhile(share => share != place.Share).Select(share => place with { Share = share });

    private static IEnumerable<PathCase> Smaller(PathCase given) =>
    [
        .. Shrink.Whole(given.Steps, 1).Select(steps => given with { Steps = steps, Row = Math.Min(given.Row, steps - 1) }),
        .. Shrink.Whole(given.Row, 0).Select(row => given with { Row = row }),
        .. given.IsRising ? new[] { given with { IsRising = false } } : [],
        .. Smaller(given.Law).Select(law => given with { Law = law }),
        .. given.Power == 0.5 ? [] : new[] { given with { Power = 0.5 } },
        .. Smaller(given.Place).Select(place => given with { Place = place }),
        .. Shrink.Seed(given.Seed).Select(seed => given with { Seed = seed }),
    ];

    private static IEnumerable<ExcursionCase> Smaller(ExcursionCase given) =>
    [
        .. Shrink.Whole(given.Steps, 1).Select(steps => given with { Steps = steps }),
        .. Shrink.Whole(given.SpuriousRank, 1).Select(rank => given with { SpuriousRank = rank }),
        .. given.IsRising ? new[] { given with { IsRising = false } } : [],
        .. Smaller(given.Law).Select(law => given with { Law = law }),
        .. Smaller(given.Place).Select(place => given with { Place = place }),
        .. Simplicity.Simpler(given.Violation).Where(violation => violation < 1).Select(violation => given with { Violation = violation }),
    ];
}
