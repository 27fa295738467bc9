using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Hetero.Core.FsCheck;

/// <summary>Says nothing until a property is falsified, and then one line: the smallest case, what was found there, and how to replay it.</summary>
/// <remarks>Stateless, hence thread-safe.</remarks>
internal sealed class OneLineRunner : IRunner
{
    public void OnStartFixture(Type t)
    {
    }

    public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
    {
    }

    public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
    {
    }

    public void OnFinished(string name, TestResult result)
    {
        string subject = string.IsNullOrEmpty(name) ? "the property" : name;
        switch (result)
        {
            case TestResult.Failed failed:
                throw new TheoryFalsifiedException($"{subject} is falsified after {Count(failed.Item1)}: {Finding(failed)}; replay with {Replay(failed)}", Thrown(failed));
            case TestResult.Exhausted exhausted:
                throw new TheoryFalsifiedException(
                    $"{subject} is exhausted after {Count(exhausted.Item)}: its hypotheses are met on too small a share of the cases, "
                    + "by default fewer than a fifth.");
        }
    }

    private static string Count(TestData data)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{data.NumberOfTests} test{(data.NumberOfTests == 1 ? "" : "s")} and {data.NumberOfShrinks} shrink{(data.NumberOfShrinks == 1 ? "" : "s")}");

    // A label says it all, instance and sides; without one the case itself must do, with the exception if there was one of the property's own.
    private static string Finding(TestResult.Failed failed)
    {
        if (!failed.Item1.Labels.IsEmpty)
        {
            return string.Join(", ", failed.Item1.Labels);
        }

        string cases = string.Join(", ", failed.Item3);
        return Thrown(failed) is { } exception ? $"{cases}: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}" : cases;
    }

    // FsCheck turns a false into an exception of its own, which says nothing.
    private static Exception? Thrown(TestResult.Failed failed)
        => failed.Item4 is Outcome.Failed { Item: { } exception } && exception.Message != "Expected true, got false." ? exception : null;

    // The seed and size of the case that failed, so that the replay fails at its first test.
    private static string Replay(TestResult.Failed failed)
        => string.Create(CultureInfo.InvariantCulture, $"WithReplay({failed.Item6.Seed}UL, {failed.Item6.Gamma}UL, {failed.Item7})");
}
