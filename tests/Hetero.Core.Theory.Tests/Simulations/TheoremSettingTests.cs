using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Theory.Tests.Simulations;

public class TheoremSettingTests
{
    private static readonly SensingProblem Problem = SensingProblem.Create(10, 2, 3, 1, SubspaceLayout.Orthogonal);

    [Fact]
    public void TheNumbersOfThePapersSimulation()
    {
        SensingProblem problem = SensingProblem.Create(100, 1, 1, 1);
        TheoremSetting setting = new(problem, DiagonalEnvironments.TwoPoint(1, 1, 6), Math.Sqrt(100.0 / 8000), 0.05, 1e-3);
        Assert.Equal(7, setting.Bound);
        Assert.Equal(18, setting.Heterogeneity, 1e-12);
        Assert.Equal(24.0 / 18, setting.StepSizeWindow.Lower, 1e-12);
        Assert.Equal(1.0 / 448, setting.StepSizeWindow.Upper, 1e-12);
        double logarithm = Math.Log(100), deltaStar = Math.Pow(18 * logarithm, 1.5) * Math.Sqrt(0.0125) * Math.Sqrt(2);
        Assert.Equal(deltaStar, setting.PrintedDeltaStar, 1e-9);
        Assert.Equal(deltaStar, setting.DeltaStar, 1e-9);
        Assert.Equal(deltaStar * deltaStar * 49 * logarithm * logarithm, setting.ErrorBound, 1e-4);
        string[] failing = [.. setting.Hypotheses().Where(hypothesis => !hypothesis.Holds).Select(hypothesis => hypothesis.Statement)];
        Assert.Equal(6, failing.Length);
        Assert.Contains("η > 24/M2", failing);
        Assert.Contains("η < 1/(64·M1)", failing);
        Assert.Contains("α < 1/d²", failing);
        Assert.DoesNotContain("α > 1/d⁴", failing);
    }

    [Fact]
    public void TheWindowOpensForM1Above1536AndEveryHypothesisCanBeMet()
    {
        foreach ((double spread, bool open) in new[] { (1535.0, false), (1537.0, true) })
        {
            TheoremSetting setting = new(Problem, DiagonalEnvironments.TwoPoint(3, 0, spread), 1, 1, 0.5);
            Assert.Equal(open, setting.StepSizeWindow.Lower < setting.StepSizeWindow.Upper);
        }

        TheoremConstants constants = new() { RankConstant = 0.05 };
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(3, 0, 1600);
        double threshold = new TheoremSetting(Problem, environments, 1, 1, 0.5, constants).RipThreshold;
        Assert.All(new TheoremSetting(Problem, environments, threshold, 9.5e-6, 1e-3, constants).Hypotheses(), hypothesis => Assert.True(hypothesis.Holds, hypothesis.ToString()));
    }

    [Fact]
    public void TheTwoDeltaStarsDifferByTheCubeOfTheViolationConstant()
    {
        TheoremSetting setting = new(
            Problem, DiagonalEnvironments.Uniform(3, -1, 6), 0.01, 0.05, 1e-3, new TheoremConstants { ViolationConstant = 0.2, RipConstant = 3 });
        Assert.Equal(0.008, setting.PrintedDeltaStar / setting.DeltaStar, 1e-12);
        Assert.Equal(6, setting.Heterogeneity, 1e-12);
        Assert.Equal(0.2 / (6 * Math.Log(10)), setting.ViolationProbability, 1e-12);
        Assert.Equal(3 / (Math.Pow(6 * Math.Log(10), 1.5) * Math.Pow(3, 2.5) * Math.Sqrt(5)), setting.RipThreshold, 1e-12);
    }

    [Fact]
    public void ARunGivesItsOwnNumbers()
    {
        TrainingOptions options = new() { Seed = 3, Samples = 250, StepSize = StepSizeSchedule.Constant(0.02), GradientScale = 2, InitialScale = 0.01 };
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(3, 1, 2);
        TheoremSetting setting = TheoremSetting.Of(new HeteroSgd<double>(Problem, environments, new ExactLawMeasurements<double>(10, 3), options));
        Assert.Equal((0.04, 0.01, 0.2), (setting.StepSize, setting.InitialScale, setting.RipConstant));
        TrainingOptions changing = options with { StepSize = StepSizeSchedule.Piecewise((0, 0.1), (5, 0.2)) };
        Assert.Throws<ArgumentException>(
            () => TheoremSetting.Of(new HeteroSgd<double>(Problem, environments, new ExactLawMeasurements<double>(10, 3), changing)));
    }

    [Fact]
    public void BadNumbersAreNamed()
    {
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(3, 1, 2);
        Assert.Contains("ripConstant", Message(() => new TheoremSetting(Problem, environments, 0, 0.1, 0.1)), StringComparison.Ordinal);
        Assert.Contains("stepSize", Message(() => new TheoremSetting(Problem, environments, 0.1, double.NaN, 0.1)), StringComparison.Ordinal);
        Assert.Contains("initialScale", Message(() => new TheoremSetting(Problem, environments, 0.1, 0.1, 1)), StringComparison.Ordinal);
        Assert.Contains("environments", Message(() => new TheoremSetting(Problem, DiagonalEnvironments.TwoPoint(2, 1, 2), 0.1, 0.1, 0.1)), StringComparison.Ordinal);
        Assert.Contains("Var", Message(() => new TheoremSetting(Problem, DiagonalEnvironments.TwoPoint(3, 1, 0), 0.1, 0.1, 0.1)), StringComparison.Ordinal);
        Assert.Contains(
            "ViolationConstant",
            Message(() => new TheoremSetting(Problem, environments, 0.1, 0.1, 0.1, new TheoremConstants { ViolationConstant = -1 })),
            StringComparison.Ordinal);

        static string Message(Func<TheoremSetting> create) => Assert.ThrowsAny<ArgumentException>(create).Message;
    }
}
