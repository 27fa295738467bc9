using FsCheck.Fluent;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Sequences;
using Xunit;

namespace Hetero.Core.Theory.Tests.Dynamics;

public class AnalyzedStepTests
{
    // U* = e1, V* = c·e1 + s·e2 and U = diag(2, 3, 5): everything by hand.
    [Fact]
    public void NormsAreThoseOfTheDecomposition()
    {
        const double C = 0.6, S = 0.8;
        SensingProblem problem = new(new([1, 0, 0], 3, 1), new([C, S, 0], 3, 1));
        AnalyzedStep step = new(problem, new([2, 0, 0, 0, 3, 0, 0, 0, 5], 3, 3), 0.1, [7], new double[6]);
        Assert.Equal(C, step.Overlap, 1e-14);
        Assert.Equal(5, step.FactorNorm, 1e-13);
        Assert.Equal(2, step.InvariantNorm, 1e-13);
        Assert.Equal(Math.Sqrt((4 * C * C) + (9 * S * S)), step.SpuriousNorm, 1e-13);

        // E = Id_res·U: rows −2c²  −3cs 0; −2cs 3(1 − s²) 0; 0 0 5.
        Assert.Equal(5, step.ResidualNorm, 1e-13);
        Assert.Equal(
            Math.Sqrt((4 * C * C * C * C) + (9 * C * C * S * S) + (4 * C * C * S * S) + (9 * C * C * C * C) + 25), step.ResidualFrobenius, 1e-13);
        Assert.Throws<ArgumentOutOfRangeException>("stepSize", () => new AnalyzedStep(problem, new(new double[9], 3, 3), 0, [7], new double[6]));
        Assert.Throws<ArgumentException>("gradient", () => new AnalyzedStep(problem, new(new double[9], 3, 3), 1, [7], new double[5]));
        Assert.Throws<ArgumentException>("factor", () => new AnalyzedStep(problem, new(new double[6], 2, 3), 1, [7], new double[6]));
    }

    // A step of the scalar problem, R⁺ = (1 + η(1 − R²))R − ηgR: d = 2, U* = e1, V* = e2, everything diagonal.
    [Fact]
    public void ChecksReadTheStepAsItIs()
    {
        SensingProblem problem = new(new([1, 0], 2, 1), new([0, 1], 2, 1));
        AnalysisConstants constants = new() { Bound = 40, Heterogeneity = 3, RipConstant = 0.5, InitialScale = 0.01, ViolationProbability = 0.2 };

        // D = diag(R² − 1, q² − 4) with R = 0.5, q = 0.1, G = D + diag(0.01, 0.02).
        AnalyzedStep step = new(problem, new([0.5, 0, 0, 0.1], 2, 2), 0.001, [4], [-0.74, 0, -3.97]);
        CheckResult bound = Lemma9Step.Check(step, constants);
        Assert.Equal(Verdict.Holds, bound.Verdict);

        // UᵀE = diag(0.5·0.01, 0.1·0.02).
        Assert.Equal(0.005, bound.Claim.Left, 1e-14);
        Assert.Equal(2 * 40 * 0.5 * Math.Sqrt(2) * 0.5, bound.Claim.Right, 1e-12);

        CalibrationLine line = new(new AuxiliarySequences(0.001, 0.01, 10), 40, 0.5, 1, 1);
        CheckResult rest = Lemma12Step.Check(step, constants, line, 3);
        Assert.Equal(0, rest.Claim.Left, 1e-16);
        Assert.Equal(0.001 * line.Values[3], rest.Claim.Right, 1e-16);

        CheckResult column = Lemma11Step.Check(step, constants, line, 3, [0.1]);
        Inequality claim = column.Claims[0];
        Assert.Equal(0.1 * (1 - (0.001 * (0.01 - 4 + 0.02))), claim.Left, 1e-14);
        Assert.Equal(Math.Max(line.Values[4], 0.1 * 1.006), claim.Right, 1e-14);
        Assert.Equal(Verdict.HypothesisNotMet, Lemma9.Check(step, constants).Verdict);
        Assert.Throws<ArgumentException>("controllers", () => Lemma11Step.Check(step, constants, line, 3, [0.1, 0.1]));
        Assert.Throws<ArgumentOutOfRangeException>("time", () => Lemma12Step.Check(step, constants, line, 10));

        Assert.Throws<ArgumentOutOfRangeException>("constants.Bound", () => Lemma10Constant.Check(2, 1, 1, constants with { Bound = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>("constants.Bound", () => Lemma9Step.Check(step, constants with { Bound = -40 }));
        Assert.Throws<ArgumentOutOfRangeException>("constants.InitialScale", () => Lemma10Constant.Check(2, 1, 1, constants with { InitialScale = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>("constants.RipConstant", () => Lemma13.Check(step, constants with { RipConstant = double.NaN }));

        // A line of another α, η or δ than the step's would judge the lemma by numbers that are not its own.
        AnalysisConstants other = constants with { InitialScale = 0.02 };
        Assert.Throws<ArgumentException>("line", () => Lemma10Step.Check(step, other, line, 3));
        Assert.Throws<ArgumentException>("line", () => Lemma11.Check(step, constants with { RipConstant = 0.4 }, line, 3, [0.1]));
        CalibrationLine slower = new(new AuxiliarySequences(0.002, 0.01, 10), 40, 0.5, 1, 1);
        Assert.Throws<ArgumentException>("line", () => Corollary1.Check(step, constants, slower, 3, [0.1]));
        Assert.Throws<ArgumentException>("line", () => Lemma14Step.Check(step, constants, slower, 3));
    }

    // The largest over all ranks is at r1 = 1, r2 = 2, and the stated value does close the inequality while a little less does not.
    [Fact]
    public void TheClosingBoundIsSharp()
        => Properties.Check(
            Properties.Between(1, 200).Generator.Zip(Properties.Between(1, 200).Generator).ToArbitrary(),
            ranks =>
            {
                (int r1, int r2) = ranks;
                ImpliedConstant constant = Lemma9Constant.Check(r1, r2).Constant!;
                Assert.True(constant.Value <= Lemma9Constant.Check(1, 2).Constant!.Value);
                Assert.True(Gap(constant.Value * (1 + 1e-9)) > 0 && Gap(constant.Value * (1 - 1e-9)) < 0);

                double Gap(double m1)
                {
                    double a = Math.Sqrt(r1), b = Math.Sqrt(r2);
                    return (2 * m1 * Math.Sqrt(r1 + r2)) - ((b * m1) + 1 + (3 * a) + (4 * b) + (8 * (a + b)) + (8 * a));
                }
            });

    // c from the implied constant: δ = c·(M2 log d)^−1.5 … meets (b), (c) and (d), the tightest with equality.
    [Fact]
    public void TheConstantOfLemmaTenIsSharp()
    {
        const double M1 = 30, M2 = 50, Alpha = 0.002, P = 0.01;
        const int D = 9, R1 = 2, R2 = 3;
        AnalysisConstants constants = new() { Bound = M1, Heterogeneity = M2, RipConstant = 0, InitialScale = Alpha, ViolationProbability = P };
        double largest = Lemma10Constant.Check(D, R1, R2, constants).Constant!.Value, log = Math.Log(1 / Alpha);
        double cv = P * M2 * Math.Log(D), c = largest * Math.Pow(cv, 1.5) / (M1 * log);
        double delta = c / (Math.Pow(M2 * Math.Log(D), 1.5) * Math.Pow(R2, 2.5) * Math.Sqrt(R1 + R2));
        double height = Math.Pow(P, -1.5) * Math.Pow(R2, 1.5), left = 2.5 * M1 * delta * Math.Sqrt(R2) * height * Math.Sqrt(R1 + R2);
        Assert.True(left <= 0.5);
        Assert.True(20 * M1 * delta * Math.Sqrt(R1 + R2) <= 5 / (1152 * log));
        Assert.Equal(5 / (1152 * log), left, 1e-12);
        Assert.Equal(Math.Sqrt(R2) / 576, largest, 1e-12);
    }
}
