using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Supermartingale;
using Xunit;

namespace Hetero.Core.Theory.Tests.Dynamics;

/// <summary>The counterexamples to Lemmas 7, 10, 11, 12 and 14 as printed, with numbers from the formulas themselves.</summary>
public class PrintedLemmaTests
{
    private const double Spread = 3200;
    private const double StepSize = 4.8e-6;

    // d = 2, r1 = r2 = 1, s = 1 ± 3200, η = 4.8·10⁻⁶, α = 0.2, all constants 1, ε1 = 0: 2M1δ√2·10⁶ = 0.96 against (5/576)·0.2/log 5 = 0.0011 and L_t = 0.2.
    [Fact]
    public void Lemma10FailsForALargeSpuriousPart()
    {
        (AnalysisConstants constants, CalibrationLine line) = Setting(2, 1, 0.2);
        SensingProblem problem = new(new([1, 0], 2, 1), new([0, 1], 2, 1));
        AnalyzedStep step = Diagonal(problem, line.Sequences.Reference[7], 1e6);
        CheckResult result = Lemma10Printed.Check(step, constants, line, 7);
        Assert.All(result.Hypotheses, hypothesis => Assert.True(hypothesis.Holds, hypothesis.ToString()));
        Assert.Equal(Verdict.Fails, result.Verdict);

        double delta = Math.Pow(Spread * Spread / 2 * Math.Log(2), -1.5) / Math.Sqrt(2), left = 2 * 3201 * delta * Math.Sqrt(2) * 1e6;
        Assert.Equal(0.9576, left, 4);
        Assert.All(result.Claims, claim => Assert.Equal(left, claim.Left, 1e-6));
        Assert.Equal((0.2, false), (result.Claims[0].Right, result.Claims[0].Holds));
        Assert.Equal(5.0 / 576 * 0.2 / Math.Log(5), result.Claims[1].Right, 1e-6);
        Assert.False(result.Claims[1].Holds);

        // The corrected lemma asks for a δ smaller by √r2·c_v^1.5/(576·M1·log(1/α)), and says nothing here.
        CheckResult corrected = Lemma10.Check(step, constants, line, 7);
        Assert.Equal(Verdict.HypothesisNotMet, corrected.Verdict);
        Inequality asked = Assert.Single(corrected.Hypotheses, hypothesis => hypothesis.ToString().StartsWith("δ ≤", StringComparison.Ordinal));
        Assert.Equal(1, asked.Right / (delta / (576 * 3201 * Math.Log(5))), 1e-9);
    }

    // d = 10⁵, r1 = r2 = 17,600, α = d^−3.9: √r2·p^−1.5·r2^1.5·α = 4.43 is allowed, and ‖Q_t‖ = 1.33 makes the left side 14.5·L_t.
    [Fact]
    public void Lemma10FailsForAModestSpuriousPart()
    {
        double alpha = Math.Pow(1e5, -3.9), logarithm = Math.Log(1e5);
        (AnalysisConstants constants, CalibrationLine line) = Setting(100_000, 17_600, alpha);
        StateSizes sizes = new()
        {
            Dimension = 100_000, InvariantRank = 17_600, SpuriousRank = 17_600, StepSize = StepSize, Invariant = alpha, Spurious = 1.33, Factor = 1.33,
        };
        CheckResult result = Lemma10Printed.Check(sizes, constants, line, 0);
        Assert.All(result.Hypotheses, hypothesis => Assert.True(hypothesis.Holds, hypothesis.ToString()));
        Assert.Equal(4.433, result.Hypotheses[^1].Right, 3);

        double delta = Math.Pow(Spread * Spread / 2 * logarithm, -1.5) * Math.Pow(17_600, -2.5) / Math.Sqrt(35_200);
        double excess = 2 * 3201 * delta * Math.Sqrt(35_200) * 1.33 / alpha;
        Assert.Equal(14.48, excess, 2);
        Assert.Equal(excess, result.Claims[0].Left / result.Claims[0].Right, 1e-5);
        Assert.Equal(Verdict.Fails, result.Verdict);
    }

    // Q⁺ = (1 − ηq² + ηs)q at d = 2 and m = ∞: from q = 1000 to −3785, while the controller stays near 1000.
    [Fact]
    public void Lemma11FailsWithoutABoundOnTheSpuriousPart()
    {
        (AnalysisConstants constants, CalibrationLine line) = Setting(2, 1, 0.2);
        AnalyzedStep step = Diagonal(new SensingProblem(new([1, 0], 2, 1), new([0, 1], 2, 1)), line.Sequences.Reference[7], 1000);
        CheckResult result = Lemma11Printed.Check(step, constants, line, 7, [1000]);
        Assert.All(result.Hypotheses, hypothesis => Assert.True(hypothesis.Holds, hypothesis.ToString()));
        Assert.Equal(Verdict.Fails, result.Verdict);
        Assert.Equal(1000 * ((StepSize * 1e6) - 1 - (StepSize * 3201)), result.Claims[0].Left, 1e-6);
        Assert.Equal(1000 * (1 + (StepSize * 3203)), result.Claims[0].Right, 1e-9);
        Assert.Equal(Verdict.HypothesisNotMet, Lemma11.Check(step, constants, line, 7, [1000]).Verdict);
    }

    // Where ‖Q_t‖ < 1.1 and (59) are met the corrected lemmas apply.
    [Fact]
    public void TheCorrectedLemmasApplyInsideTheWindow()
    {
        (AnalysisConstants constants, CalibrationLine line) = Setting(2, 1, 0.2);
        AnalyzedStep step = Diagonal(new SensingProblem(new([1, 0], 2, 1), new([0, 1], 2, 1)), line.Sequences.Reference[7], 0.9);
        Assert.Equal(Verdict.Holds, Lemma9.Check(step, constants).Verdict);
        Assert.Equal(Verdict.Holds, Lemma11.Check(step, constants, line, 7, [0.95]).Verdict);
        Assert.Equal(Verdict.Holds, Lemma12.Check(step, constants, line, 7, [0.95]).Verdict);
        AnalyzedStep small = Diagonal(step.Problem, line.Sequences.Reference[7], 0.006);
        Assert.Equal(Verdict.Holds, Lemma14.Check(small, constants, line, 7, [0.3]).Verdict);
        Assert.Equal(Verdict.Holds, Lemma10.Check(step, constants with { RipConstant = 1e-17 }, LineOf(constants with { RipConstant = 1e-17 }, 1, 0.2), 7).Verdict);
    }

    // What is made inside the window meets every hypothesis: all of it for Lemmas 9 and 10, most of it where the event or a size may be missed.
    [Fact]
    public void StatesInsideTheWindowMeetTheHypotheses()
    {
        Assert.All(new TheoryCheck[] { new Lemma9(), new Lemma10() }, check => Assert.Equal(30, check.Run(3).HypothesesMet));
        Assert.All(new TheoryCheck[] { new Lemma11(), new Lemma12(), new Lemma14() }, check => Assert.InRange(check.Run(3).HypothesesMet, 15, 30));
    }

    // U_tU_tᵀ − A* − A^(e) is −s on the directions of V* that Q_t leaves alone, and the batch turns that into pzᵀ + zpᵀ: with matrices in full.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void TheAlignedStateIsThatOfItsMatrices(int target)
    {
        const int D = 9, R1 = 2, R2 = 5;
        const double Eta = 0.05, S = 3, Radius = 0.4, X = 0.6, Ell = 0.3, Delta = 0.02;
        AlignedState state = new()
        {
            Dimension = D, InvariantRank = R1, SpuriousRank = R2, StepSize = Eta, Sigma = S, Invariant = Radius, Others = X, Column = Ell, RipConstant = Delta,
        };

        // U* = e1, e2; V* = e3, …, e7; column i is e3, p = (e4 + … + e7)/2; F = e1, e2 and w = e1; z = e1 (U*y), e3 or e8.
        Matrix star = new(D, R1), spurious = new(D, R2), u = new(D, D), p = new(D, 1), z = new(D, 1), identity = new(D, D);
        star[0, 0] = star[1, 1] = 1;
        for (int j = 0; j < R2; j++)
        {
            spurious[2 + j, j] = 1;
        }

        for (int j = 3; j < 7; j++)
        {
            p[j, 0] = 0.5;
        }

        u[0, 0] = u[1, 1] = Radius;
        u[2, 0] = Ell;
        for (int i = 0; i < D; i++)
        {
            u[i, 0] += X * p[i, 0];
        }

        z[target == 0 ? 0 : target == 1 ? 2 : 7, 0] = 1;
        for (int i = 3; i < 7; i++)
        {
            for (int j = 3; j < 7; j++)
            {
                identity[i, j] = ((i == j ? 1 : 0) - 0.25) / Math.Sqrt(R2 - 2);
            }
        }

        Matrix image = (1 / Math.Sqrt(2)) * ((p * z.T) + (z * p.T)), a = Column(identity), b = Column(image);
        Assert.Equal((1, 1, 0), (Math.Round(a.FrobeniusNorm(), 12), Math.Round(b.FrobeniusNorm(), 12), Math.Round(a.Inner(b), 12)));
        double[] sigma = new double[R2 * R2];
        for (int j = 0; j < R2; j++)
        {
            sigma[j * (R2 + 1)] = S;
        }

        // G = D + E∘(D); the sign that pushes outwards is that of −E∘.
        SensingProblem problem = new(star.Span, spurious.Span);
        double[] residual = AnalyzedStep.Residual(problem, u, sigma);
        Matrix error = Delta * (((a * b.T) + (b * a.T)) * new Matrix(residual, residual.Length, 1));
        double[] gradient = [.. residual.Zip(error.Entries, (value, off) => value + off)];
        AnalyzedStep step = new(problem, u.Span, Eta, sigma, gradient);
        Assert.Equal(step.FactorNorm, state.Sizes.Factor, 1e-12);
        Assert.Equal(step.SpuriousNorm, state.Sizes.Spurious, 1e-12);
        Assert.Equal(step.Spurious.Column(3).FrobeniusNorm(), state.OtherColumn, 1e-12);
        Assert.Equal(state.Push, Eta * Delta * S * Math.Sqrt(3) * X / Math.Sqrt(2), 1e-15);
        switch (target)
        {
            case 0:
                Assert.Equal(state.NextInvariant, step.NextInvariant.Column(0).FrobeniusNorm(), 1e-12);
                break;
            case 1:
                Assert.Equal(state.NextColumn, step.NextSpurious.Column(0).FrobeniusNorm(), 1e-12);
                break;
            default:
                Assert.Equal(state.NextResidual, step.NextRest.Norm(), 1e-12);
                break;
        }

        static Matrix Column(Matrix matrix)
        {
            double[] svec = matrix.ToSvec();
            return new Matrix(svec, svec.Length, 1);
        }
    }

    // δ = (M2·log d)^−1.5·r2^−2.5·(r1 + r2)^−0.5 and ‖Q_t‖ = 1.09 or 1/(96·log(1/α)) at d = 10⁵, r = 17,600, α = d^−3.99: M near 3200 and the square roots of r − 2 and r.
    [Fact]
    public void Lemmas11And12And14FailAtLargeRanks()
    {
        PrintedSetting setting = PrintedSetting.Large(new TheoryInstance { Seed = 0 });
        double alpha = Math.Pow(1e5, -3.99), logarithm = Math.Log(1 / alpha);
        double delta = Math.Pow(Spread * Spread / 2 * Math.Log(1e5), -1.5) * Math.Pow(17_600, -2.5) / Math.Sqrt(35_200);
        double unit = delta * 3201 * Math.Sqrt(17_598) / Math.Sqrt(2);

        // In units of ηL_t: what the batch adds, less the damping of a column at L_t, against 2; and against 1.
        Assert.Equal(8.36, unit * 1.09 / alpha, 2);
        CheckResult column = Lemma11Printed.CheckBounded(setting);
        Assert.Equal(Verdict.Fails, column.Verdict);
        Assert.Equal((unit * 1.09 / alpha) - (1.09 * 1.09) - 2, (column.Claim.Left - column.Claim.Right) / (setting.StepSize * alpha), 1e-3);
        CheckResult residual = new Lemma12Printed().Check(new TheoryInstance { Seed = 0 });
        Assert.Equal(Verdict.Fails, residual.Verdict);
        Assert.Equal(unit * 1.09 / alpha, residual.Claim.Left / residual.Claim.Right, 1e-3);

        // In units of the drift η·R̄_t/(32·log(1/α)) of (31), with R̄_t within a percent of α.
        CheckResult growth = new Lemma14Printed().Check(new TheoryInstance { Seed = 0 });
        Assert.Equal(Verdict.Fails, growth.Verdict);
        Assert.All(growth.Hypotheses, hypothesis => Assert.True(hypothesis.Holds, hypothesis.ToString()));
        Assert.Equal(2.554, unit * 0.999 / (96 * logarithm) / (alpha / (32 * logarithm)), 3);
        Assert.Contains("2.5", growth.Note, StringComparison.Ordinal);
    }

    // X_{k,t} = L_t before k: a plain loop finds where L_t starts to rise and by how much.
    [Fact]
    public void Lemma7FailsBeforeItsRowStarts()
    {
        const double Alpha = 0.001, Slope = 0.9;
        double r = Alpha;
        int first = 0;
        while (Slope * (r * (1 + StepSize - (StepSize * r * r))) <= Alpha)
        {
            r *= 1 + StepSize - (StepSize * r * r);
            first++;
        }

        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(1, 1, Spread);
        CheckResult before = Lemma7Printed.Check(environments, StepSize, Alpha, Slope, first), after = Lemma7Printed.Check(environments, StepSize, Alpha, Slope, first + 1);
        Assert.Equal((Verdict.Holds, Verdict.Fails), (before.Verdict, after.Verdict));
        double next = Slope * r * (1 + StepSize - (StepSize * r * r));
        Assert.Equal(Math.Pow(next / Alpha, 2.0 / 3) - 1, after.Claim.Left, 1e-12);
        Assert.Equal(Verdict.HypothesisNotMet, Lemma7Printed.Check(environments, 0.05, Alpha, Slope, 100).Verdict);
    }

    // An exact E_t = 0 stays 0; U_t = 10⁴ and η = 1 make 10⁻⁴ of round-off out of it.
    [Fact]
    public void TheRoundOffOfLemma12GrowsWithTheCubeOfTheFactor()
    {
        SensingProblem problem = SensingProblem.Create(7, 2, 2, 3, SubspaceLayout.Orthogonal);
        Matrix spurious = Matrix.Of(problem.SpuriousBasis), q = new(new TheoryInstance { Seed = 4 }.CreateGaussian(1, 7, 2), 7, 2);
        Matrix factor = spurious * ((1e4 / q.Norm()) * q).T;
        double[] sigma = [1, 0, 0, 1];
        AnalyzedStep step = new(problem, factor.Span, 1, sigma, AnalyzedStep.Residual(problem, factor, sigma));
        Assert.True(step.NextRest.Norm() > 1e-9 * step.FactorNorm, "The example has too little round-off.");
        AnalysisConstants constants = new() { Bound = 2, Heterogeneity = 1, RipConstant = 0, InitialScale = 1e-9, ViolationProbability = 0.1 };
        CalibrationLine line = new(new AuxiliarySequences(0.9, 1e-9, 1), 2, 0, 2, 2);
        Assert.True(Lemma12.Claim(step, line, 0, 1).Holds);
        Assert.Throws<ArgumentException>("line", () => Lemma12.Check(step, constants, line, 0, [1, 1]));
    }

    private static (AnalysisConstants Constants, CalibrationLine Line) Setting(int dimension, int rank, double alpha)
    {
        // The bounds of (6) are strict.
        double heterogeneity = (1 - 1e-9) * Spread * Spread / 2, logarithm = Math.Log(dimension);
        AnalysisConstants constants = new()
        {
            Bound = (1 + 1e-9) * 3201,
            Heterogeneity = heterogeneity,
            RipConstant = (1 - 1e-9) * Math.Pow(heterogeneity * logarithm, -1.5) * Math.Pow(rank, -2.5) / Math.Sqrt(2 * rank),
            InitialScale = alpha,
            ViolationProbability = 1 / (heterogeneity * logarithm),
        };
        return (constants, LineOf(constants, rank, alpha));
    }

    private static CalibrationLine LineOf(AnalysisConstants constants, int rank, double alpha)
        => new(new AuxiliarySequences(StepSize, alpha, 10), constants.Bound, constants.RipConstant, rank, rank);

    private static AnalyzedStep Diagonal(SensingProblem problem, double invariant, double spurious)
    {
        double[] sigma = [3201];
        Matrix factor = new([invariant, 0, 0, spurious], 2, 2);
        return new AnalyzedStep(problem, factor.Span, StepSize, sigma, [(invariant * invariant) - 1, 0, (spurious * spurious) - 3201]);
    }

    // The verdict is on the numbers that the result shows, where it is that at d = 2: log⁴ d is below 1 there, and above at d = 10⁵.
    [Fact]
    public void WhatIsShownIsWhatIsJudged()
    {
        TheoryCheck check = TheoryCatalog.Find("L11-printed")[0];
        int small = 0;
        for (int trial = 0; trial < 30; trial++)
        {
            TheoryInstance instance = check.Adapt(TheoryInstance.Draw(7, trial));
            CheckResult result = check.Check(instance);
            Assert.Equal(Verdict.Fails, result.Verdict);
            if (result.Hypotheses[0].Left > 1)
            {
                continue;
            }

            small++;
            Inequality bound = result.Hypotheses.First(hypothesis => hypothesis.Statement.StartsWith("M1 < C_0·M2", StringComparison.Ordinal));
            Assert.Equal(instance.Mean + instance.Spread, bound.Left, bound.Left * 1e-8);
            Assert.Contains($"M={instance.Spread.ToString(System.Globalization.CultureInfo.InvariantCulture)}", result.Instance, StringComparison.Ordinal);
        }

        Assert.True(small > 5, $"{small} of 30");
    }
}
