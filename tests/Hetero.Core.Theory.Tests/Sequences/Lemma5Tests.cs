using Hetero.Core.Theory;
using Hetero.Core.Theory.Sequences;
using Xunit;

namespace Hetero.Core.Theory.Tests.Sequences;

public class Lemma5Tests
{
    [Fact]
    public void HoldsForEveryStepSizeAndEveryStartBelowAThird()
    {
        double largest = 0;
        foreach (double scale in new[] { 1e-12, 1e-8, 1e-4, 1e-2, 0.1, 0.2, 0.3, 0.333, Math.BitDecrement(1.0 / 3) })
        {
            foreach (double stepSize in new[] { 1e-3, 0.01, 0.1, 0.3, 1.0 / 3, 0.5, 1, 3, 100 })
            {
                CheckResult result = Lemma5.Check(stepSize, scale);
                Assert.True(result.Verdict == Verdict.Holds, $"α = {scale}, η = {stepSize}: {result}");
                largest = Math.Max(largest, Math.Max(result.Claims[0].Left - 1, 1 - result.Claims[1].Left));
            }
        }

        // The remark's limit for α, η → 0; at α = 1e-12 and η = 1e-3 it is nine tenths of it.
        Assert.InRange(largest, 0.028, Math.Exp(1.0 / 32) - 1);
    }

    [Theory]
    [InlineData(0.34)]
    [InlineData(0.99)]
    public void SaysNothingAboutAStartThatHasNoFirstPhase(double scale)
        => Assert.Equal(Verdict.HypothesisNotMet, Lemma5.Check(0.05, scale).Verdict);
}
