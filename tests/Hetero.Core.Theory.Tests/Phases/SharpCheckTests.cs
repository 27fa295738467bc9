using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Statistics;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Convergence;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Phases;
using Hetero.Core.Theory.Pooling;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Supermartingale;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Theory.Tests.Phases;

/// <summary>The constants that statements print, and the laws that sharp statements compare with, as numbers.</summary>
public class SharpCheckTests
{
    // σ_1 below ½ at T1 and a step of R alone: what is claimed of it is printed in (89), and from when on in the proof.
    [Theory]
    [InlineData(0.005)]
    [InlineData(0.0099)]
    public void Lemma15HasItsPrintedConstants(double g)
    {
        SensingProblem problem = SensingProblem.Create(2, 1, 1, 1, SubspaceLayout.Orthogonal);
        TheoryInstance instance = new() { Dimension = 2, Columns = 1, Mean = -1, Spread = 0, StepSize = 0.2 };
        List<AnalyzedStep> steps = SimulatedRun.Train(instance, problem, 0.3 * Matrix.Of(problem.InvariantBasis), null, 300);
        CheckResult result = Lemma15.Check(steps, g);
        Assert.Equal(Verdict.Holds, result.Verdict);
        Assert.Equal([1 - (5 * g), 1 + g], result.Claims.Select(claim => claim.Right));
        Assert.Equal(8 / 0.2 * Math.Log(1 / g), result.Hypotheses[^1].Left, 1e-9);
        Assert.Equal(0.01, result.Hypotheses[0].Right);

        // ‖Q‖² + ‖E‖² + 4‖UᵀE_t‖ as printed in (88).
        Matrix e = 0.01 * Matrix.Identity(2);
        Assert.Equal(0, Lemma15.Left(steps[5]), 1e-15);
        double[] gradient = [.. AnalyzedStep.Residual(problem, steps[5].Factor, [-1]).Zip(e.ToSvec(), (left, right) => left + right)];
        AnalyzedStep erring = new(problem, steps[5].Factor.Span, 0.2, [-1], gradient);
        Assert.Equal(4 * 0.01 * steps[5].Factor.Norm(), Lemma15.Left(erring), 1e-12);
    }

    // 0.005/(T2·p) at c_v = 1 with T2 from the plain recursion (25) and p = 1/(M2·log d).
    [Fact]
    public void Lemma6HasItsPrintedConstants()
    {
        const double Eta = 0.02, Alpha = 1e-3;
        int end = 0;
        for (double r = Alpha; !(r > (1.0 / 3) - Eta); end++)
        {
            r += Eta * (r - (r * r * r));
        }

        end += (int)Math.Ceiling(-Math.Log(Alpha) / Eta);
        CheckResult result = Lemma6.Check(DiagonalEnvironments.TwoPoint(1, 1, 6), Eta, Alpha, 50);
        Assert.Equal(0.005 * 18 * Math.Log(50) / end, result.Constant!.Value, 1e-12);
        Assert.Equal([24.0 / 18, 1.0 / (64 * 7), Math.Pow(50, -4), Math.Pow(50, -2)], result.Hypotheses.Select(hypothesis => hypothesis.Right));
    }

    // Condition (a) of Assumption 1 with C = 2 and r1 = r2 = r needs r ≥ 2·log⁴ d and 4r² ≤ d: from log d = 30 on.
    [Fact]
    public void Assumption1NeedsTheDimensionThatItsRemarkSays()
    {
        Assert.True(4 * Math.Pow(2 * Math.Pow(Math.Log(1.1e13), 4), 2) <= 1.1e13);
        Assert.False(4 * Math.Pow(2 * Math.Pow(Math.Log(0.9e13), 4), 2) <= 0.9e13);
    }

    // Coordinates counted by hand: r = 3 of d = 12 has 6 within and 27 across, r = 3 of d = 6 a tangent space of 15.
    [Fact]
    public void ThePooledLawsAreTheirFormulas()
    {
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(2, 1, 6);
        TrainingOptions options = new() { Seed = 1, Samples = 1000, StepSize = StepSizeSchedule.Constant(0.05) };
        Assert.Equal(((7 * 0.05 / 0.95) + (27 * 0.05 / 1.95)) * 72 / 1000, PooledLaw.Fresh(environments, 12, 1, options), 1e-15);
        Assert.Equal(16 * 36.0 / 1000, PooledLaw.Stored(environments, 6, 1, options), 1e-15);
    }

    // The failure of the chain of Theorem 4 is the factor 40·M1/3 and not α.
    [Fact]
    public void TheChainOfTheorem4FailsByItsMissingFactor()
    {
        Theorem4Chain check = new();
        CheckResult result = check.Check(check.Adapt(new TheoryInstance { Seed = 1 }));
        Assert.Equal(40 * 3201 / 3.0, result.Claims[0].Left / result.Claims[0].Right, 1.0);
        Assert.EndsWith("α decides nothing", result.Note, StringComparison.Ordinal);
        TheoremSetting small = new(SensingProblem.Create(5, 1, 1, 1, SubspaceLayout.Orthogonal), DiagonalEnvironments.TwoPoint(1, 1, 3200), 1e-15, 4.8e-6, 0.03);
        Assert.EndsWith("α alone breaks it", Theorem4Chain.Check(small).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExactPowerIsMeasuredWithoutError()
    {
        ConfidenceInterval[] powers = MeasuredPower.Measure(
            2, 6, 5, 3, (value, run) => [(1 + run) * Math.Pow(value, 3), Math.Pow(value, -1) * (run % 3 == 0 ? 2 : 1)]);
        Assert.Equal((1.5, 1.5), (Math.Round(powers[0].Estimate, 12), Math.Round(powers[0].Upper, 9)));
        Assert.Equal(-0.5, powers[1].Estimate, 1e-12);
        Assert.All(MeasuredPower.Claims("x", powers[0], 1.45, 0.1), claim => Assert.True(claim.Holds));
        Assert.Contains(MeasuredPower.Claims("x", powers[0], 1.3, 0.1), claim => !claim.Holds);
        Assert.Contains(MeasuredPower.Claims("x", new ConfidenceInterval(1, 0.8, 1.2, 0.5), 1, 0.1), claim => !claim.Holds);
    }
}
