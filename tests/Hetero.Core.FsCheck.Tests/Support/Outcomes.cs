using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Hetero.Core.FsCheck.Tests.Support;

/// <summary>Runs properties with a fixed seed and keeps FsCheck's result instead of printing it.</summary>
internal static class Outcomes
{
    /// <summary>The seed of all properties here.</summary>
    public static Config Replayed(this Config config) => config.WithReplay(20240301, 421);

    public static TestResult Of(Property property, int trials)
    {
        Keeper keeper = new();
        property.Check(Config.Quick.WithQuietOnSuccess(true).WithTests(trials).WithRunner(keeper).Replayed());
        return keeper.Result!;
    }

    /// <summary>What falsified a property; empty if nothing did.</summary>
    public static string Finding(TestResult result) => result is TestResult.Failed failed ? string.Join(", ", failed.Item1.Labels) : "";

    /// <summary>What a falsified property was shrunk to.</summary>
    public static T Shrunk<T>(Property property, int trials = 100)
        => Of(property, trials) is TestResult.Failed failed ? (T)failed.Item3.Head : throw new InvalidOperationException("The property was not falsified.");

    private sealed class Keeper : IRunner
    {
        public TestResult? Result { get; private set; }

        public void OnStartFixture(Type t)
        {
        }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
        {
        }

        public void OnFinished(string name, TestResult result) => Result = result;
    }
}
