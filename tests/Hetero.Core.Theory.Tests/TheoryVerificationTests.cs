using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.Theory.Tests;

public class TheoryVerificationTests
{
    private static readonly OwnCheck Dimensions = new("mine-1", instance => instance.Dimension);

    [Fact]
    public void FindingsAreThoseOfTheSeriesInTheOrderOfTheChecks()
    {
        TheoryCheck[] checks = [new OwnCheck("mine-2", _ => 13), TheoryCatalog.Find("L5")[0], Dimensions];
        IReadOnlyList<TheoryFinding> findings = TheoryVerification.Run(checks, seed: 3, trials: 5);
        Assert.Equal(checks, findings.Select(finding => finding.Check));
        Assert.Equal(checks.Select(check => check.Run(3, 5)), findings.Select(finding => finding.Result));
        Assert.Equal([false, true, true], findings.Select(finding => finding.Agrees));
        Assert.EndsWith("; not as stated: Holds", findings[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(findings[2].Result.ToString(), findings[2].ToString());
    }

    [Fact]
    public void ProgressCountsTheChecks()
    {
        List<int> counts = [];
        TheoryVerification.Run([Dimensions, new OwnCheck("mine-2", _ => 0)], 1, 2, new Recorder(counts));
        Assert.Equal([1, 2], counts.Order());
    }

    [Fact]
    public void WhatIsFinishedComesBackWhenItIsCancelled()
    {
        using CancellationTokenSource source = new();
        OwnCheck cancelling = new("mine-2", _ =>
        {
            source.Cancel();
            return 0;
        });
        Assert.Empty(TheoryVerification.Run([cancelling], 1, 3, null, source.Token));
    }

    [Fact]
    public void BadChecksAreNamed()
    {
        Contains<ArgumentException>("two checks of the id 'MINE-1'", () => TheoryVerification.Run([Dimensions, new OwnCheck("MINE-1", _ => 0)], 1));
        Contains<ArgumentException>("holds null", () => TheoryVerification.Run([null!], 1));
        Assert.Equal("trials", Assert.Throws<ArgumentOutOfRangeException>(() => TheoryVerification.Run([Dimensions], 1, 0)).ParamName);
    }

    // A series of none would find nothing and refuse nothing.
    [Fact]
    public void ASeriesOfNoInstancesCannotBeStated()
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Dimensions.Info with { DefaultTrials = 0 });
        Assert.StartsWith("'DefaultTrials' is 0; accepted is at least 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckThatBreaksOffTakesNoFindingAlong()
    {
        InvalidOperationException broken = new("no answer");
        OwnCheck refusing = new("mine-3", _ => throw new ArgumentException("no")), failing = new("mine-4", _ => throw broken),
            giving = new("mine-5", _ => throw new OperationCanceledException("enough"));
        TheoryCheck lemma = TheoryCatalog.Find("L5")[0];
        TheoryVerificationException exception = Assert.Throws<TheoryVerificationException>(
            () => TheoryVerification.Run([Dimensions, refusing, failing, lemma, giving], 3, 5));
        Assert.Equal([Dimensions, lemma], exception.Findings.Select(finding => finding.Check));
        Assert.Equal([Dimensions.Run(3, 5), lemma.Run(3, 5)], exception.Findings.Select(finding => finding.Result));
        Assert.Equal([refusing, failing, giving], exception.Failures.Select(failure => failure.Check));
        Assert.Same(broken, exception.Failures[1].Failure);
        Assert.Equal(
            "mine-3 refused an instance of its own: no; mine-4 broke off: no answer; mine-5 broke off: enough; Findings has those of the other checks, 2.",
            exception.Message);
        Assert.Equal(3, Assert.IsType<AggregateException>(exception.InnerException).InnerExceptions.Count);
        Assert.Same(broken, Assert.Throws<TheoryVerificationException>(() => TheoryVerification.Run([failing], 1)).InnerException);
    }

    [Fact]
    public void EveryCheckHasItsOutcomeWithChosenValues()
    {
        OwnCheck failing = new("mine-2", _ => throw new FormatException("no answer")), refusing = new("mine-3", _ => throw new ArgumentException("no"));
        TheoryCheck[] checks = [TheoryCatalog.Find("L8")[0], TheoryCatalog.Find("L7-tail-run")[0], failing, refusing, Dimensions];
        static TheoryInstance Choice(TheoryInstance instance) => instance with { Dimension = 20, Spread = 9 };
        IReadOnlyList<TheoryOutcome> outcomes = TheoryVerification.RunEach(checks, 5, Choice, 3);
        Assert.Equal(checks, outcomes.Select(outcome => outcome.Check));
        Assert.Equal(checks[0].RunChosen(5, Choice, 3), outcomes[0].Finding!.Result);
        Assert.Equal([true, false, false, false, true], outcomes.Select(outcome => outcome.Finding is { IsChosen: true }));
        Assert.Equal([false, true, false, false, false], outcomes.Select(outcome => outcome.Refusal is not null));
        Assert.IsType<FormatException>(outcomes[2].Failure);
        Assert.IsType<ArgumentException>(outcomes[3].Failure);
        Assert.StartsWith("L7-tail-run does not take the chosen values: 'Dimension' is 20, and L7-tail-run sets ", outcomes[1].ToString(), StringComparison.Ordinal);
        Assert.False(outcomes[4].Finding!.Agrees);
        Assert.All(outcomes, outcome => Assert.Equal(1, new object?[] { outcome.Finding, outcome.Refusal, outcome.Failure }.Count(part => part is not null)));
    }

    [Fact]
    public void WhatTheReceiverOfProgressThrowsIsNoOutcome()
        => Assert.Throws<FormatException>(() => TheoryVerification.RunEach([Dimensions], 1, null, 2, new Broken()));

    [Fact]
    public void AResultOfAnotherIdIsRefused()
    {
        TheoryInstance instance = new();
        OwnCheck other = new("mine-4", _ => 0, "L8"), none = new("mine-4", _ => 0, null);
        Contains<InvalidOperationException>("OwnCheck has the id 'mine-4' and returned a result of 'L8'", () => other.Check(instance));
        Contains<InvalidOperationException>("returned no result", () => none.CheckControl(instance));
    }

    private static void Contains<TException>(string part, Action action)
        where TException : Exception
        => Assert.Contains(part, Assert.Throws<TException>(action).Message, StringComparison.Ordinal);

    /// <summary>Claims that a number is at most 12, with a result of its own id or of another one.</summary>
    private sealed class OwnCheck(string id, Func<TheoryInstance, double> left, string? answered) : TheoryCheck
    {
        public OwnCheck(string id, Func<TheoryInstance, double> left)
            : this(id, left, id)
        {
        }

        public override StatementInfo Info => new()
        {
            Id = id,
            Statement = "left ≤ 12",
            Equations = "(0)",
            Stated = Verdict.Holds,
            Remark = "Made up.",
            ControlStatement = "the same",
        };

        protected override CheckResult CheckCore(TheoryInstance instance)
            => answered is null ? null! : CheckResult.Judge(answered, [], Inequality.AtMost("left ≤ 12", left(instance), 12));

        protected override CheckResult CheckControlCore(TheoryInstance instance) => CheckCore(instance);
    }

    private sealed class Broken : IProgress<int>
    {
        public void Report(int value) => throw new FormatException();
    }

    private sealed class Recorder(List<int> counts) : IProgress<int>
    {
        public void Report(int value)
        {
            lock (counts)
            {
                counts.Add(value);
            }
        }
    }
}
