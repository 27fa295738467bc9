using Hetero.Core.Theory;

namespace Hetero.Cli.Tests.Verify;

/// <summary>A check of a given id that finds what it is told to, with the dimension of the instance as left side.</summary>
internal sealed class FakeCheck(string id, Verdict stated, Func<TheoryInstance, CheckResult> find) : TheoryCheck
{
    public override StatementInfo Info => new()
    {
        Id = id,
        Statement = "|d| ≤ 12*",
        Equations = "(0)",
        Kind = KindOfStatement ?? (stated == Verdict.HypothesisNotMet ? StatementKind.Definition : StatementKind.Claim),
        Stated = stated,
        ConstantLimit = stated == Verdict.ImpliedConstant ? 5 : null,
        ConstantReached = stated == Verdict.ImpliedConstant ? 2 : null,
        Remark = "Made up.",
        ControlStatement = "none",
        DefaultTrials = 4,
    };

    public StatementKind? KindOfStatement { get; init; }

    public static FakeCheck Holding(string id, Verdict stated = Verdict.Holds)
        => new(id, stated, instance => CheckResult.Judge(id, [], Inequality.AtMost("d ≤ 12", instance.Dimension, 12)));

    public static FakeCheck OutOfReach(string id, Verdict stated = Verdict.HypothesisNotMet)
        => new(id, stated, instance => CheckResult.Judge(
            id, [Inequality.Above("d > 100", instance.Dimension, 100)], Inequality.AtMost("d ≤ ∞", instance.Dimension, double.PositiveInfinity)));

    public static FakeCheck Implying(string id, double constant)
        => new(id, Verdict.ImpliedConstant, instance => CheckResult.Imply(
            id, [], new ImpliedConstant("C", constant, IsSmallest: true), Inequality.AtMost("d ≤ C", instance.Dimension, 1)));

    protected override CheckResult CheckCore(TheoryInstance instance) => find(instance);

    protected override CheckResult CheckControlCore(TheoryInstance instance) => find(instance);
}
