using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck.Shrinking;

/// <summary>
/// Simpler instances: a small dimension, ranks 1, plain environments, round numbers, few samples, a small seed. A check may move a candidate back into its
/// domain, and thereby undo it; so only what is smaller in the order of <see cref="Size"/> after that counts, and shrinking ends whatever a check does.
/// </summary>
internal static class InstanceShrink
{
    /// <summary>Simpler instances, the simplest first.</summary>
    /// <param name="instance">A valid instance.</param>
    /// <param name="adapt">Moves an instance into the domain.</param>
    public static IEnumerable<TheoryInstance> Of(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> adapt)
        => Candidates(instance).Select(adapt).Where(candidate => IsSmaller(candidate, instance)).Distinct();

    /// <summary>Whether an instance comes before another one; every descending chain is finite.</summary>
    public static bool IsSmaller(TheoryInstance instance, TheoryInstance other)
        => Size(instance).AsSpan().SequenceCompareTo(Size(other)) < 0;

    // Compared from the first element on, like words: a smaller dimension is worth a less simple number.
    private static ulong[] Size(TheoryInstance instance) =>
    [
        (ulong)instance.Dimension,
        (ulong)instance.InvariantRank,
        (ulong)instance.SpuriousRank,
        (ulong)(instance.Columns ?? 0),
        instance.Law == ScalarLaw.TwoPoint ? 0UL : 1UL,
        instance.OwnDraws ? 1UL : 0UL,
        (ulong)Simplicity.Of(instance.OffDiagonal),
        instance.Overlap is { } overlap ? (ulong)(overlap == 0 ? 0 : 1 + Simplicity.Of(overlap)) : 1,
        (ulong)Simplicity.Of(instance.Mean),
        (ulong)Simplicity.Of(instance.StepSize),
        (ulong)Simplicity.Of(instance.InitialScale),
        (ulong)Simplicity.Of(instance.Spread),
        (ulong)Simplicity.Of(instance.FactorSize),
        (ulong)instance.Samples,
        instance.Seed,
    ];

    private static IEnumerable<TheoryInstance> Candidates(TheoryInstance instance)
    {
        TheoryInstance plain = Plain(instance);
        return
        [
            plain with { Dimension = 2, InvariantRank = 1, SpuriousRank = 1, Columns = null },
            plain,
            instance with { Dimension = 2, InvariantRank = 1, SpuriousRank = 1, Columns = instance.Columns is null ? null : 1 },
            instance with { InvariantRank = 1, SpuriousRank = 1 },
            .. Shrink.Whole(instance.Dimension, 2).Select(dimension => OfDimension(instance, dimension)),
            .. Shrink.Whole(instance.InvariantRank, 1).Select(rank => instance with { InvariantRank = rank }),
            .. Shrink.Whole(instance.SpuriousRank, 1).Select(rank => instance with { SpuriousRank = rank }),
            instance with { Columns = null },
            .. Shrink.Whole(instance.Columns ?? 1, 1).Select(columns => instance with { Columns = columns }),
            instance with { Law = ScalarLaw.TwoPoint },
            instance with { OwnDraws = false },
            instance with { OffDiagonal = 0 },
            .. Simplicity.Simpler(instance.OffDiagonal).Select(size => instance with { OffDiagonal = size }),
            instance with { Overlap = 0 },
            instance with { Overlap = null },
            .. Simplicity.Simpler(instance.Overlap ?? 0).Where(overlap => overlap is >= 0 and <= 1).Select(overlap => instance with { Overlap = overlap }),
            instance with { Mean = 0 },
            .. Simplicity.Simpler(instance.Mean).Select(mean => instance with { Mean = mean }),
            .. Simplicity.Simpler(instance.StepSize).Select(step => instance with { StepSize = step }),
            .. Simplicity.Simpler(instance.InitialScale).Select(scale => instance with { InitialScale = scale }),
            .. Simplicity.Simpler(instance.Spread).Select(spread => instance with { Spread = spread }),
            .. Simplicity.Simpler(instance.FactorSize).Select(size => instance with { FactorSize = size }),
            .. Shrink.Whole(instance.Samples, Math.Max(1, Svec.Length(instance.Dimension) / 4)).Select(samples => instance with { Samples = samples }),
            .. Shrink.Seed(instance.Seed).Select(seed => instance with { Seed = seed }),
        ];
    }

    private static TheoryInstance OfDimension(TheoryInstance instance, int dimension)
    {
        int invariant = Math.Min(instance.InvariantRank, dimension - 1);
        return instance with
        {
            Dimension = dimension,
            InvariantRank = invariant,
            SpuriousRank = Math.Min(instance.SpuriousRank, dimension - invariant),
            Columns = instance.Columns is { } columns ? Math.Min(columns, dimension) : null,
        };
    }

    /// <summary>All numbers at once with one digit: it saves most of the steps of the usual case, in which they do not matter.</summary>
    private static TheoryInstance Plain(TheoryInstance instance) => instance with
    {
        Law = ScalarLaw.TwoPoint,
        OwnDraws = false,
        OffDiagonal = 0,
        Overlap = instance.Overlap is { } overlap ? Simplicity.Round(overlap, 1) : null,
        Mean = Simplicity.Round(instance.Mean, 1),
        StepSize = Simplicity.Round(instance.StepSize, 1),
        InitialScale = Simplicity.Round(instance.InitialScale, 1),
        Spread = Simplicity.Round(instance.Spread, 1),
        FactorSize = Simplicity.Round(instance.FactorSize, 1),
    };
}
