using Hetero.Core.Theory.Spectrum;
using Xunit;

namespace Hetero.Core.Theory.Tests.Spectrum;

public class Theorem8HypothesesTests
{
    // By hand for d = 100, r1 = 3, r2 = 1, m = 32,000, s = 1 ± 8, η = 0.05, α = 10⁻³, κ = 10: the verdict alone, that a hypothesis is not met, would
    // not change if another one were written down wrongly.
    [Fact]
    public void EachHypothesisHasItsNumbers()
    {
        Theorem8 check = new();
        IReadOnlyList<Inequality> found = check.CheckControl(check.Adapt(TheoryInstance.Draw(1, 0))).Claims;
        double log = Math.Log(100);
        (Comparison Comparison, double Left, double Right, bool Holds)[] expected =
        [
            (Comparison.AtMost, Math.Pow(log, 4), 1, false),
            (Comparison.AtLeast, 100, 4, true),
            (Comparison.AtMost, 0, 0, true),
            (Comparison.Below, 9, 32, true),
            (Comparison.AtMost, 0, 1 / (32 * Math.Sqrt(32)), true),
            (Comparison.AtLeast, 32, 16, true),
            (Comparison.Below, 0, 1 / Math.Sqrt(320), true),
            (Comparison.Above, 0.05, 0.75, false),
            (Comparison.Below, 0.05, 1.0 / 576, false),
            (Comparison.Above, 1e-3, 1e-8, true),
            (Comparison.Below, 1e-3, 1e-6, false),
            (Comparison.AtMost, 1 / Math.Sqrt(320), 1 / (4 * log * 41 * 10), false),
        ];
        Assert.Equal(expected.Length, found.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Comparison, found[i].Comparison);
            Assert.Equal(expected[i].Left, found[i].Left, 1e-12 * Math.Max(1, expected[i].Left));
            Assert.Equal(expected[i].Right, found[i].Right, 1e-12 * Math.Max(1, expected[i].Right));
            Assert.Equal(expected[i].Holds, found[i].Holds);
        }
    }
}
