using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck;

namespace Hetero.Core.Tests.Support;

/// <summary>Runs FsCheck properties with a fixed seed, so that a failure is the same everywhere.</summary>
internal static class Properties
{
    /// <summary>Checks a property over generated cases; a failure is shrunk and thrown.</summary>
    public static void Check<TCase>(Arbitrary<TCase> cases, Action<TCase> body, int trials = 100)
        => Prop.ForAll(cases, body).Check(TheoryConfig.Default.WithTests(trials).WithReplay(20240301, 421));

    /// <summary>Integers of a range, shrinking towards its lower end.</summary>
    public static Arbitrary<int> Between(int low, int high)
        => Arb.From(Gen.Choose(low, high), value => Enumerable.Range(low, value - low).Select(i => value - 1 - (i - low)).Take(8));
}
