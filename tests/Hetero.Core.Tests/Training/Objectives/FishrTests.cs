using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>docs/rivals.md: Fishr with the variance of per-sample gradients, 2R_e + D_e,j² in coordinate j at m = ∞, is V-REx with another weight.</summary>
public class FishrTests
{
    // Symmetric laws end at the mean whatever λ is.
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.01)]
    public void SymmetricLawsEndAtTheMean(double weight)
    {
        RivalRun end = RivalRun.End(new Fishr(weight), RivalRun.Scalars((5, 0.5), (-3, 0.5)), stepSize: 0.004, steps: 16_000);
        Assert.Equal(1, end.A, 0.02);
        Assert.Equal(1, end.B, 0.02);
    }

    // On coordinate axes the rest of one coordinate, Var (b − s)², is 4·Var R as well: the weight is 4(p + 3)λ, p = 6.
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.01)]
    public void ASkewLawEndsWhereVRexDoes(double weight)
    {
        FiniteEnvironments law = RivalRun.Scalars((0, 0.8), (5, 0.2));
        double own = 4 * (6 + 3) * weight, variance = 4, third = 12;
        RivalRun end = RivalRun.End(new Fishr(weight), law, stepSize: 0.02 / (1 + own), steps: 20_000, isAligned: true);
        double expected = 1 + (own * third / (1 + (2 * own * variance)));
        Assert.Equal(expected, end.B, 0.02 * expected);
        Assert.Equal(expected, RivalRun.End(new RiskExtrapolation<double>(own), law, stepSize: 0.02 / (1 + own), steps: 20_000, isAligned: true).B, 0.02 * expected);
    }

    /// <summary>E R_e + λ·Σ_j Var_e(2R_e + D_e,j²), for m = ∞, where G_e is D_e.</summary>
    private sealed class Fishr(double weight) : Objective<double>
    {
        public override ObjectiveNeeds Needs => ObjectiveNeeds.Risks;

        public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
        {
            double[] mean = new double[gradient.Length];
            for (int e = 0; e < environments.Count; e++)
            {
                for (int j = 0; j < mean.Length; j++)
                {
                    mean[j] += environments.GetProbability(e) * VarianceOf(environments, e, j);
                }
            }

            for (int e = 0; e < environments.Count; e++)
            {
                double all = 0, probability = environments.GetProbability(e);
                for (int j = 0; j < mean.Length; j++)
                {
                    all += VarianceOf(environments, e, j) - mean[j];
                }

                for (int j = 0; j < mean.Length; j++)
                {
                    double own = environments.GetGradient(e)[j];
                    gradient[j] += probability * own * (1 + (4 * weight * (all + VarianceOf(environments, e, j) - mean[j])));
                }
            }
        }

        public override void Describe(PartDescription description) => description.Add("objective", "fishr");

        private static double VarianceOf(EnvironmentGradients<double> environments, int e, int j)
            => (2 * environments.GetRisk(e)) + (environments.GetGradient(e)[j] * environments.GetGradient(e)[j]);
    }
}
