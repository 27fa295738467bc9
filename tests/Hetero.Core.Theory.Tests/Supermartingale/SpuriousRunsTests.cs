using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Supermartingale;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Theory.Tests.Supermartingale;

/// <summary>What the exponents predict, in runs of the algorithm itself.</summary>
public class SpuriousRunsTests
{
    // The threshold is M = √41 = 6.40: below it the spurious signal stays, above it it dies out. Orthogonal subspaces, m = ∞, mean 1, η =
    // 0.05; the share is averaged over the second half of 2,000 steps, and the median over 100 seeds judged.
    [Theory]
    [InlineData(5.5, 0.1, double.PositiveInfinity)]
    [InlineData(7.5, 0, 0.001)]
    public void TheThresholdDividesLongRunsOfThePopulation(double spread, double low, double high)
    {
        const int Seeds = 100, Steps = 2000;
        SensingProblem problem = SensingProblem.Create(6, 1, 1, 1, SubspaceLayout.PrescribedOverlap, 0);
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(1, 1, spread);
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(problem, 1e-3);
        double[] shares = new double[Seeds];
        for (int seed = 0; seed < Seeds; seed++)
        {
            double sum = 0;
            TrainingOptions options = new() { Seed = (ulong)seed };
            reduced.RunHetero(environments, options, Steps, step => sum += step > Steps / 2 ? reduced.SpuriousShare : 0);
            shares[seed] = sum / (Steps / 2);
        }

        Array.Sort(shares);
        double median = (shares[(Seeds / 2) - 1] + shares[Seeds / 2]) / 2;
        Assert.InRange(median, low, high);
        Assert.Equal(spread < Math.Sqrt(41), MultiplierGrowth.LyapunovExponent(EntryLaw.Of(environments), 0.05) > 0);
    }

    // Fixed seeds, so that the 99 % intervals cover or do not once and for all. Relaxation takes 2,400 steps at M = 7 and 370 at M = 8.
    [Theory]
    [InlineData(7, 24, 24_000, 0.05)]
    [InlineData(8, 24, 12_000, 0.12)]
    public void RunsAtTheirSampleSizeHaveKestensTail(double spread, int runs, int steps, double halfWidth)
    {
        CheckResult result = Lemma7TailRun.Check(
            4, DiagonalEnvironments.TwoPoint(1, 1, spread), new TrainingOptions { Seed = 100, Samples = 8000 }, runs, steps, 0.99);
        Assert.True(result.Verdict == Verdict.Holds, result.Note);
        Assert.True(result.Claims[1].Left - result.Claims[0].Left < 2 * halfWidth, $"too wide to say anything: {result.Note}");
    }

    [Fact]
    public void AlongTheLearnedSignalTheTailIsThatOfADampedMultiplier()
    {
        // 1 + η(s − 1) = 1 ± 0.35: exponent 1, and 0.168 is far outside.
        CheckResult result = Lemma7TailAlong.Check(
            4, DiagonalEnvironments.TwoPoint(1, 1, 7), new TrainingOptions { Seed = 100, Samples = 100_000_000 }, 24, 8000, 0.99);
        Assert.True(result.Verdict == Verdict.Holds, result.Note);
        Assert.InRange(result.Claims[0].Left, 0.6, 1);
    }

    [Fact]
    public void RefusesRunsWithoutATail()
    {
        TrainingOptions options = new() { Seed = 1 };
        DiagonalEnvironments wide = DiagonalEnvironments.TwoPoint(1, 1, 8);
        Assert.Throws<ArgumentException>(() => Lemma7TailRun.Check(4, DiagonalEnvironments.TwoPoint(1, 1, 5), options, 4, 100, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lemma7TailRun.Check(2, wide, options, 4, 100, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lemma7TailRun.Check(4, wide, options, 1, 100, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SpuriousTail.Measure((SpuriousPart)7, 4, wide, options, 1e-3, 0.2, 4, 100, 0.9));
    }
}
