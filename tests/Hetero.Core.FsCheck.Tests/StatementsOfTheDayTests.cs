using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.FsCheck.Tests;

/// <summary>
/// The statements that leave nothing to chance but round-off, on other instances every day; all of them on pinned ones are in
/// <see cref="TheoryPropertiesTests"/>.
/// </summary>
[DailySeed(25)]
public class StatementsOfTheDayTests
{
    // Few trials by default are a slow check's.
    private const int QuickTrials = 40;

    private static readonly TheoryCheck[] Checks =
    [
        .. TheoryChecks.All.Where(check => check.FalseAlarmRate == 0 && check.DefaultTrials >= QuickTrials
            && check.Stated is Verdict.Holds or Verdict.ImpliedConstant),
    ];

    [Fact]
    public void There_are_many() => Assert.True(Checks.Length >= 15, string.Join(", ", Checks.Select(check => check.Id)));

    // An instance of any kind, moved into the domain of each statement. At least one has its hypotheses met.
    [Property]
    public Property No_instance_refutes_one(TheoryInstance instance)
    {
        CheckResult[] results = [.. Checks.Select(check => check.Check(check.Adapt(instance)))];
        CheckResult[] refuting = [.. Checks.Zip(results).Where(pair => pair.First.Refutes(pair.Second)).Select(pair => pair.Second)];
        return (refuting.Length == 0)
            .When(results.Any(result => result.Verdict != Verdict.HypothesisNotMet))
            .Label(string.Join("; ", refuting.Select(result => $"{result}")));
    }
}
