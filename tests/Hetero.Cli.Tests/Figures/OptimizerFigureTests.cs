using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Training;
using Hetero.Experiments.Figures;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

/// <summary>What the figures on update rules, schedules and lists of environments predict, against values by hand and plain recursions.</summary>
public class OptimizerFigureTests
{
    [Fact]
    public void Crossings_are_interpolated_in_the_logarithm()
    {
        Assert.Equal(2.5, MomentumCase.Crossing([1, 2, 3], [1, 1e-2, 1e-4])!.Value, 1e-12);
        Assert.Equal(1 + (1.0 / 3), MomentumCase.Crossing([1, 2], [1e-2, 1e-5])!.Value, 1e-12);
        Assert.Equal(3, MomentumCase.Crossing([1, 3], [double.PositiveInfinity, 1e-5])!.Value);
        Assert.Null(MomentumCase.Crossing([1, 2], [1, 1e-2]));
        Assert.Null(MomentumCase.Crossing([1, 2], [1e-4, 1e-6]));
    }

    // (1 + 0.05·(1 − w))² − 0.05²M² = 1.
    [Theory]
    [InlineData(0, 41)]
    [InlineData(0.4, 24.36)]
    [InlineData(0.8, 8.04)]
    public void The_threshold_of_weight_decay_by_hand(double decay, double square)
        => Assert.Equal(Math.Sqrt(square), AdaptiveLimits.PredictedSpread(decay), 1e-9);

    // The walk itself, in 200,000 steps of a plain loop, within 5 %.
    [Theory]
    [InlineData(0.6, 0.05)]
    [InlineData(0.6, 0.2)]
    [InlineData(0.5, 0.2)]
    public void The_walk_of_signs_has_its_stationary_law(double odds, double stepSize)
    {
        EntryLaw law = EntryLaw.Discrete([-3, 5], [1 - odds, odds]);
        Random random = new(3);
        double q = 1e-3, sum = 0;
        const int Steps = 200_000;
        for (int t = 0; t < Steps; t++)
        {
            double s = random.NextDouble() < odds ? 5 : -3;
            q -= stepSize * Math.Sign(((q * q) - s) * q);
            sum += q * q;
        }

        Assert.Equal(1, SignWalk.MeanShare(law, stepSize, 1e-3) / (sum / Steps), 0.05);
    }

    // Fine steps: the median of s, and where there is none a uniform |q|, (1 + M)/3.
    [Fact]
    public void The_walk_of_fine_steps_is_at_the_median()
    {
        Assert.Equal(5, SignWalk.MeanShare(EntryLaw.Discrete([-3, 5], [0.4, 0.6]), 1e-4, 1e-3), 0.01);
        Assert.Equal(5.0 / 3, SignWalk.MeanShare(EntryLaw.Discrete([-3, 5], [0.5, 0.5]), 1e-4, 1e-3), 0.01);
    }

    // A weak momentum leaves the median of s nearly where it is; equal odds have the mean for median by symmetry.
    [Fact]
    public void The_median_of_averages_by_symmetry()
    {
        EntryLaw equal = EntryLaw.Discrete([-3, 5], [0.5, 0.5]);
        Assert.Equal(1, WeightedMedian.Of(equal, 0.95, looksAhead: false, 1), 0.02);
        Assert.Equal(1, WeightedMedian.Of(equal, 0.95, looksAhead: true, 1), 0.02);
        EntryLaw unequal = EntryLaw.Discrete([-3, 5], [0.1, 0.9]);
        Assert.InRange(WeightedMedian.Of(unequal, 0.1, looksAhead: false, 1), 4, 5);
    }

    // On coordinate axes every rule works on u and q alone: HeavyBall and Adam against plain loops, with the environments that training draws.
    [Fact]
    public void Runs_on_axes_are_scalar_recursions()
    {
        const int Steps = 60;
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(1, 1, 4);
        FigureRequest request = new(5, 1, 1);
        AxesRun ball = AxesRun.Execute(environments, new HeavyBall<double>(0.5), 0.05, Steps, 1, request)[0];
        AxesRun adam = AxesRun.Execute(environments, new Adam<double>(), 0.05, Steps, 1, request)[0];
        EnvironmentSequence sequence = new(environments, EnvironmentOrder.Independent, 5);
        double[] sigma = new double[1], label = new double[environments.LabelLength];
        double q = 1e-3, v = 0, p = 1e-3, a = 0, b = 0;
        for (int t = 0; t < Steps; t++)
        {
            sequence.Get(t, sigma, label);
            v = (0.5 * v) + (((q * q) - sigma[0]) * q);
            q -= 0.05 * v;
            double direction = ((p * p) - sigma[0]) * p;
            a = (0.9 * a) + (0.1 * direction);
            b = (0.999 * b) + (0.001 * direction * direction);
            p -= 0.05 * (a / (1 - Math.Pow(0.9, t + 1))) / (Math.Sqrt(b / (1 - Math.Pow(0.999, t + 1))) + 1e-8);
        }

        Assert.Equal(q * q, ball.LastSpurious, 1e-9 * q * q);
        Assert.Equal(p * p, adam.LastSpurious, 1e-9 * p * p);
        Assert.False(ball.HasDiverged);
    }

    [Fact]
    public void Sums_of_exponents_by_hand()
    {
        ScheduleGroup[] groups = new ScheduledGrowth(40).Groups();
        double strong = 0.5 * Math.Log(1.45 * 0.65), weak = 0.5 * Math.Log(1.09 * 0.93);
        Assert.Equal(Math.Log(1e-8) + (40 * strong), groups[0].Predicted[40], 1e-12);
        Assert.Equal(Math.Log(1e-8) + (4 * strong) + (36 * weak), groups[1].Predicted[40], 1e-12);
        Assert.Equal(2.0 / 63, ScheduledGrowth.LeastStepSize, 1e-15);
        Assert.Equal(3, ScheduleGroup.Return([0, -2, -1, 1, 2], 0.5));
        Assert.Null(ScheduleGroup.Return([0, -1, -2], 0.5));
    }

    // Cauchy: E log|c + iw| = ½·log(c² + w²) exactly, above 0 for every scale; the two points' deviation is half the difference of the logarithms.
    [Fact]
    public void Laws_of_lists_by_hand()
    {
        ListLaw[] laws = ListedEnvironments.Laws();
        Assert.Equal(0.5 * Math.Log((1.05 * 1.05) + (0.4 * 0.4)), laws[^1].Exponent, 2e-4);
        Assert.Equal(0.5 * Math.Log(1.45 / 0.65), laws[0].Deviation, 1e-12);
        Assert.Equal((475, 515), ListedEnvironments.Passing(EntryLaw.TwoPoint(1, 8)));
        ListLaw uniform = laws[2];
        int enough = (int)Math.Round(ListStability.Count(uniform.Exponent, uniform.Deviation, 0.95));
        Assert.Equal(0.95, ListedEnvironments.Predicted(uniform, enough), 1e-3);
        Assert.Equal(0.5, ListedEnvironments.Predicted(uniform, 0), 1e-6);
    }
}
