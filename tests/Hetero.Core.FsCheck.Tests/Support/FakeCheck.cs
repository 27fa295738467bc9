using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck.Tests.Support;

/// <summary>A made-up statement: what it finds and what its domain is are given.</summary>
internal sealed class FakeCheck(
    Func<TheoryInstance, CheckResult> find, Func<TheoryInstance, TheoryInstance>? adapt = null, StatementKind kind = StatementKind.Claim) : TheoryCheck
{
    public override StatementInfo Info => new()
    {
        Id = "L0",
        Statement = "a made-up lemma",
        Equations = "(0)",
        Kind = kind,
        Stated = Verdict.Holds,
        ConstantLimit = 5,
        Remark = "Made up.",
        ControlStatement = "the same",
        DefaultTrials = Trials,
    };

    public int Trials { get; init; } = 100;

    /// <summary>Claims that a quantity is at most a bound.</summary>
    public static FakeCheck AtMost(Func<TheoryInstance, double> left, double right, Func<TheoryInstance, TheoryInstance>? adapt = null)
        => new(instance => CheckResult.Judge("L0", [], Inequality.AtMost("left ≤ right", left(instance), right)), adapt);

    public override TheoryInstance Adapt(TheoryInstance instance) => adapt is null ? instance : adapt(instance);

    protected override CheckResult CheckCore(TheoryInstance instance) => find(instance);

    protected override CheckResult CheckControlCore(TheoryInstance instance) => find(instance);
}
