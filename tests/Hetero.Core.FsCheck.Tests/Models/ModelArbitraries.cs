using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;

namespace Hetero.Core.FsCheck.Tests.Models;

/// <summary>Small runs of every source and algorithm. They shrink towards three dimensions, A itself, m = ∞, HeteroSGD and seed 0.</summary>
internal abstract class ModelArbitraries
{
    public static Arbitrary<ModelCase> Cases() => Arb.From(
        from dimension in Gen.Choose(3, 9)
        from columns in Gen.Choose(0, dimension)
        from source in Gen.Choose(0, 3)
        from algorithm in Gen.Choose(0, 2)
        from samples in Gen.Choose(2, 40)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new ModelCase(dimension, columns, source, algorithm, samples, (ulong)seed),
        Smaller);

    private static IEnumerable<ModelCase> Smaller(ModelCase given) =>
    [
        .. Shrink.Whole(given.Dimension, Math.Max(3, given.Columns)).Select(dimension => given with { Dimension = dimension }),
        .. Shrink.Whole(given.Columns, 0).Select(columns => given with { Columns = columns }),
        .. Shrink.Whole(given.Source, 0).Select(source => given with { Source = source }),
        .. Shrink.Whole(given.Algorithm, 0).Select(algorithm => given with { Algorithm = algorithm }),
        .. Shrink.Whole(given.Samples, 2).Select(samples => given with { Samples = samples }),
        .. Shrink.Seed(given.Seed).Select(seed => given with { Seed = seed }),
    ];
}
