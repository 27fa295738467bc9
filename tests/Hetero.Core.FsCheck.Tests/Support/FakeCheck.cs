using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck.Tests.Support;

/// <summary>A made-up statement: what it finds and what its domain is are given.</summary>
internal sealed class FakeCheck(
    Func<TheoryInstance, CheckResult> find, Func<TheoryInstance, TheoryInstance>? adapt = null, StatementKind kind = StatementKind.Claim) : TheoryCheck
{
    public override string Id => "L0";

    public override string Statement => "a made-up lemma";

    public override string Equations => "(0)";

    public override Verdict Stated => Verdict.Holds;

    public override string Remark => "Made up.";

    public override StatementKind Kind => kind;

    public override string ControlStatement => "the same";

    public override double? ConstantLimit => 5;

    public int Trials { get; init; } = 100;

    public override int DefaultTrials => Trials;

    /// <summary>Claims that a quantity is at most a bound.</summary>
    public static FakeCheck AtMost(Func<TheoryInstance, double> left, double right, Func<TheoryInstance, TheoryInstance>? adapt = null)
        => new(instance => CheckResult.Judge("L0", [], Inequality.AtMost("left ≤ right", left(instance), right)), adapt);

    public override TheoryInstance Adapt(TheoryInstance instance) => adapt is null ? instance : adapt(instance);

    protected override CheckResult CheckCore(TheoryInstance instance) => find(instance);

    protected override CheckResult CheckControlCore(TheoryInstance instance) => find(instance);
}
