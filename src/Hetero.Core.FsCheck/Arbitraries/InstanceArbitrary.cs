using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Shrinking;
using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck;

/// <summary>
/// Instances of the theory: the descriptions from which problem, environments, factor and measurements are made. They shrink towards d = 2, ranks 1, plain
/// environments, round numbers and a small seed, and end after finitely many steps.
/// </summary>
public static class InstanceArbitrary
{
    /// <summary>Instances as <see cref="TheoryInstance.Draw"/> draws them: d from 2 to 12, every kind of environments and layouts.</summary>
    public static Arbitrary<TheoryInstance> Any() => Create(instance => instance);

    /// <summary>Instances in the domain of a check, before and after shrinking.</summary>
    /// <param name="check">The check.</param>
    public static Arbitrary<TheoryInstance> For(TheoryCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return Create(check.Adapt);
    }

    private static Arbitrary<TheoryInstance> Create(Func<TheoryInstance, TheoryInstance> adapt)
        => Arb.From(Draws.Seeds.Select(seed => adapt(TheoryInstance.Draw(seed, 0))), instance => InstanceShrink.Of(instance, adapt));
}
