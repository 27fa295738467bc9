using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.Theory.Tests;

public class CheckResultTests
{
    private static readonly Inequality Held = Inequality.AtMost("a ≤ b", 1, 2);
    private static readonly Inequality Tight = Inequality.AtMost("a ≤ b", 1.9, 2);
    private static readonly Inequality Broken = Inequality.AtMost("a ≤ b", 3, 2);

    [Fact]
    public void AnInequalityHoldsUpToItsRoundOff()
    {
        Assert.True(Inequality.AtMost("=", 1, 1).Holds);
        Assert.False(Inequality.Below("=", 1, 1).Holds);
        Assert.True(Inequality.AtLeast("=", 1, 1).Holds);
        Assert.False(Inequality.Above("=", 1, 1).Holds);
        Assert.False(Inequality.AtMost(">", 1.001, 1, 1e-4).Holds);
        Assert.True(Inequality.AtMost(">", 1.001, 1, 1e-2).Holds);
        Assert.False(Inequality.AtMost("NaN", double.NaN, 1).Holds);
        Assert.False(Inequality.Above("NaN", 1, double.NaN).Holds);
        Assert.Equal(-1, Broken.Margin);
        Assert.Equal(1, Inequality.Above(">", 3, 2).Margin);
        Assert.Equal(0.5, Held.RelativeMargin);
    }

    // ∞ against ∞ has no margin: it must be reported as not held, not end the report.
    [Fact]
    public void WhatHasNoMarginDoesNotHoldAndCountsAsTheWorst()
    {
        Inequality endless = Inequality.AtMost("∞ ≤ ∞", double.PositiveInfinity, double.PositiveInfinity);
        Assert.False(endless.Holds);
        Assert.True(double.IsNaN(endless.RelativeMargin));
        Assert.Same(endless, CheckResult.Judge("L0", [], Broken, endless, Held).Claim);
        ImpliedConstant known = new("C", 1, true), unknown = new("C", double.NaN, true);
        Assert.Same(unknown, known.Stricter(unknown));
        Assert.Same(unknown, unknown.Stricter(known));
        Assert.Same(unknown, CheckResult.Merge([CheckResult.Imply("L0", [], known, Held), CheckResult.Imply("L0", [], unknown, Held)]).Constant);
    }

    [Fact]
    public void AVerdictLooksAtTheHypothesesFirst()
    {
        Assert.Equal(Verdict.Holds, CheckResult.Judge("L0", [Held], Held, Tight).Verdict);
        Assert.Equal(Verdict.Fails, CheckResult.Judge("L0", [Held], Held, Broken).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, CheckResult.Judge("L0", [Broken], Broken).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, CheckResult.Imply("L0", [Broken], new("C", 1, true), Held).Verdict);
        Assert.Equal(Verdict.ImpliedConstant, CheckResult.Imply("L0", [], new("C", 1, true), Broken).Verdict);
        Assert.Same(Broken, CheckResult.Judge("L0", [], Held, Broken, Tight).Claim);
        Assert.Same(Tight, CheckResult.Judge("L0", [], Held, Tight).Claim);
        Assert.Throws<ArgumentException>(() => CheckResult.Judge("L0", []));
    }

    [Fact]
    public void TheDecisiveInstanceSpeaksForAll()
    {
        CheckResult held = CheckResult.Judge("L0", [], Held) with { Instance = "held" };
        CheckResult tight = CheckResult.Judge("L0", [], Tight) with { Instance = "tight" };
        CheckResult broken = CheckResult.Judge("L0", [], Broken) with { Instance = "broken" };
        CheckResult outside = CheckResult.Judge("L0", [Broken], Broken) with { Instance = "outside" };
        Assert.Equal("tight", CheckResult.Merge([held, outside, tight]).Instance);
        Assert.Equal("broken", CheckResult.Merge([held, broken, tight, outside]).Instance);
        CheckResult merged = CheckResult.Merge([outside, held, held]);
        Assert.Equal((Verdict.Holds, 3, 2), (merged.Verdict, merged.Trials, merged.HypothesesMet));
        CheckResult small = CheckResult.Imply("L0", [], new("C", 1, IsSmallest: true), Held);
        CheckResult large = CheckResult.Imply("L0", [], new("C", 5, IsSmallest: true), Held);
        Assert.Equal(5, CheckResult.Merge([small, large, small]).Constant!.Value);
        Assert.Throws<ArgumentException>(() => CheckResult.Merge([held, CheckResult.Judge("L1", [], Held)]));
    }
}
