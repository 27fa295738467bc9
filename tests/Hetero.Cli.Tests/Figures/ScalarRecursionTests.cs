using Hetero.Cli.FigureCharts;
using Hetero.Experiments.Figures;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

public class ScalarRecursionTests
{
    [Fact]
    public void Expectations_are_powers_of_a_step()
    {
        (double[] mean, double[] moment) = new ScalarRecursion(1, 8, 0.05, 0.1).Exact(100);
        Assert.Equal(Math.Pow(1.05, 100), mean[100], 1e-9);
        Assert.Equal(Math.Pow((Math.Pow(1.45, 0.1) + Math.Pow(0.65, 0.1)) / 2, 100), moment[100], 1e-12);
    }

    [Fact]
    public void Without_spread_every_path_is_the_mean()
    {
        ScalarRecursion recursion = new(1, 0, 0.05, 0.1);
        (double[] mean, double[] moment) = recursion.Simulate(1, 10, 50);
        Assert.Equal(recursion.Exact(50).Mean[50], mean[50], 1e-12);
        Assert.Equal(recursion.Exact(50).Moment[50], moment[50], 1e-12);
    }

    /// <summary>All 128 bits are used, the last ones too: the second moments of q^0.1 and of a short mean are small enough for a sharp test.</summary>
    [Fact]
    public void Simulated_means_agree_with_the_exact_ones()
    {
        ScalarRecursion recursion = new(1, 8, 0.05, 0.1);
        (double[] mean, double[] moment) = recursion.Simulate(5, 200_000, ScalarRecursion.MaxSteps);
        (double[] exactMean, double[] exactMoment) = recursion.Exact(ScalarRecursion.MaxSteps);
        foreach (int t in new[] { 1, 10, 63, 64, 65, 100, 128 })
        {
            // (E f^0.2 / (E f^0.1)²)^t − 1 is the relative variance of a path.
            double second = (Math.Pow(1.45, 0.2) + Math.Pow(0.65, 0.2)) / 2;
            double first = (Math.Pow(1.45, 0.1) + Math.Pow(0.65, 0.1)) / 2;
            double deviation = Math.Sqrt((Math.Pow(second / (first * first), t) - 1) / 200_000);
            Assert.InRange((moment[t] / exactMoment[t]) - 1, -5 * deviation, 5 * deviation);
        }

        double relative = Math.Sqrt((Math.Pow(((1.45 * 1.45) + (0.65 * 0.65)) / 2 / (1.05 * 1.05), 10) - 1) / 200_000);
        Assert.InRange((mean[10] / exactMean[10]) - 1, -5 * relative, 5 * relative);
    }
}
