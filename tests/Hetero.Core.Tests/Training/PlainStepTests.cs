using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A step of each algorithm against a plain double loop over samples and entries of square matrices.</summary>
public class PlainStepTests
{
    private const int M = 37;

    [Theory]
    [InlineData("HeteroSGD", 1.0)]
    [InlineData("HeteroSGD", 2.0)]
    [InlineData("HeteroSGD shuffled, pooled share", 1.0)]
    [InlineData("HeteroSGD pooled mixture", 1.0)]
    [InlineData("PooledSGD", 1.0)]
    [InlineData("PooledSGD independent", 1.0)]
    [InlineData("PooledSGD mixture", 1.0)]
    [InlineData("PooledGD", 2.0)]
    public void AStepIsThePlainLoop(string algorithm, double gradientScale)
    {
        foreach (double noise in algorithm.EndsWith("mixture", StringComparison.Ordinal) ? new[] { 0.0 } : [0.0, 0.3])
        {
            SensingProblem problem = Runs.Problem();
            TrainingOptions options = new()
            {
                Seed = 5,
                Samples = M,
                NoiseDeviation = noise,
                GradientScale = gradientScale,
                InitialScale = 0.4,
                FactorColumns = 5,
                StepSize = StepSizeSchedule.Piecewise((0, 0.05), (1, 0.02)),
            };
            Trainer<double> trainer = Runs.Create<double>(algorithm, "stored", options, problem);
            EnvironmentDistribution environments = Runs.Environments(algorithm);
            StoredMeasurements<double> stored = new(problem.Dimension, M, 5, null, algorithm == "PooledGD" ? environments.Count!.Value : 1);
            for (int step = 0; step < 3; step++)
            {
                double[] before = trainer.Factor.Data.ToArray();
                EnvironmentLabel label = new();
                trainer.Run(1, label);
                double[] gradient = PlainGradient(algorithm, problem, environments, options, stored, before, step, label);
                double[] expected = PlainUpdate(before, gradient, problem.Dimension, (step == 0 ? 0.05 : 0.02) * gradientScale);
                AssertClose(expected, trainer.Factor.Data.ToArray());
            }
        }
    }

    private static double[] PlainGradient(
        string algorithm,
        SensingProblem problem,
        EnvironmentDistribution environments,
        TrainingOptions options,
        StoredMeasurements<double> stored,
        double[] factor,
        int step,
        EnvironmentLabel label)
    {
        int d = problem.Dimension;
        double[] gradient = new double[d * d], sigma = new double[4];
        switch (algorithm)
        {
            case "HeteroSGD":
                environments.CopyMatrix((int)label.Label, sigma);
                AddSamples(problem, sigma, options, stored, factor, 0, 0, M, 1.0 / M, (int)label.Label, gradient);
                break;
            case "HeteroSGD shuffled, pooled share":
                // 0.6·37 = 22.2 samples of e_t, and 15 for four environments.
                int own = Enumerable.Range(0, 4).Single(e =>
                {
                    environments.CopyMatrix(e, sigma);
                    return sigma.SequenceEqual(label.Sigma);
                });
                AddSamples(problem, label.Sigma, options, stored, factor, 0, 0, 22, 1.0 / M, own, gradient);
                for (int e = 0; e < 4; e++)
                {
                    environments.CopyMatrix(e, sigma);
                    AddSamples(problem, sigma, options, stored, factor, 0, 22 + (4 * e), e < 3 ? 4 : 3, 1.0 / M, e, gradient);
                }

                break;
            case "HeteroSGD pooled mixture":
                AddSamples(problem, label.Sigma, options, stored, factor, 0, 0, 22, 1.0 / M, 0, gradient);
                double[] mixed = new double[3 * 15];
                ScalarAssignment.Fill(
                    (ScalarEnvironments)environments, PooledSampling.Stratified, 15, new RandomStream(5, StreamPurpose.Assignment, step), mixed, new int[15]);
                for (int i = 0; i < 15; i++)
                {
                    double off = -mixed[(3 * i) + 2];
                    AddSamples(problem, [-mixed[3 * i], off, off, -mixed[(3 * i) + 1]], options, stored, factor, 0, 22 + i, 1, 1.0 / M, 0, gradient);
                }

                break;
            case "PooledGD":
                for (int e = 0; e < environments.Count; e++)
                {
                    environments.CopyMatrix(e, sigma);
                    AddSamples(problem, sigma, options, stored, factor, e * M, 0, M, environments.GetProbability(e) / M, e, gradient);
                }

                break;
            case "PooledSGD mixture":
                double[] scalars = new double[2 * M];
                ScalarAssignment.Fill(
                    (ScalarEnvironments)environments, PooledSampling.Stratified, M, new RandomStream(5, StreamPurpose.Assignment, step), scalars, new int[M]);
                for (int i = 0; i < M; i++)
                {
                    AddSamples(problem, [-scalars[2 * i], 0, 0, -scalars[(2 * i) + 1]], options, stored, factor, 0, i, 1, 1.0 / M, 0, gradient);
                }

                break;
            default:
                // Shares of 37 samples: 18.5, 7.4 and 11.1 give 19, 7, 11 by largest remainder.
                long[] counts = [19, 7, 11];
                if (algorithm == "PooledSGD independent")
                {
                    counts = new long[2];
                    EnvironmentShares.Draw(environments, M, new RandomStream(5, StreamPurpose.Assignment, step), counts);
                }

                int first = 0;
                for (int e = 0; e < counts.Length; e++)
                {
                    environments.CopyMatrix(e, sigma);
                    AddSamples(problem, sigma, options, stored, factor, 0, first, (int)counts[e], 1.0 / M, e, gradient);
                    first += (int)counts[e];
                }

                break;
        }

        return gradient;
    }

    private static void AddSamples(
        SensingProblem problem,
        double[] sigma,
        TrainingOptions options,
        StoredMeasurements<double> stored,
        double[] factor,
        int setStart,
        int first,
        int count,
        double weight,
        int noiseSubstream,
        double[] gradient)
    {
        int d = problem.Dimension, k = factor.Length / d;
        double[] packed = new double[Svec.Length(d)], x = new double[d * d], noise = new double[1];
        for (int i = first; i < first + count; i++)
        {
            stored.CopySample(setStart + i, packed);
            Svec.Unpack<double>(packed, new MatrixSpan<double>(x, d, d));
            double prediction = 0, response = 0;
            for (int a = 0; a < d; a++)
            {
                for (int b = 0; b < d; b++)
                {
                    double product = 0, signal = 0;
                    for (int c = 0; c < k; c++)
                    {
                        product += factor[(a * k) + c] * factor[(b * k) + c];
                    }

                    for (int j = 0; j < 2; j++)
                    {
                        signal += problem.InvariantBasis[a, j] * problem.Eigenvalues[j] * problem.InvariantBasis[b, j];
                        for (int l = 0; l < 2; l++)
                        {
                            signal += problem.SpuriousBasis[a, j] * sigma[(j * 2) + l] * problem.SpuriousBasis[b, l];
                        }
                    }

                    prediction += x[(a * d) + b] * product;
                    response += x[(a * d) + b] * signal;
                }
            }

            new RandomStream(options.Seed, StreamPurpose.Noise, 0, noiseSubstream).FillGaussian<double>(i, noise);
            response += options.NoiseDeviation * noise[0];
            for (int entry = 0; entry < x.Length; entry++)
            {
                gradient[entry] += weight * (prediction - response) * x[entry];
            }
        }
    }

    private static double[] PlainUpdate(double[] factor, double[] gradient, int d, double rate)
    {
        int k = factor.Length / d;
        double[] updated = (double[])factor.Clone();
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < k; j++)
            {
                for (int l = 0; l < d; l++)
                {
                    updated[(i * k) + j] -= rate * gradient[(i * d) + l] * factor[(l * k) + j];
                }
            }
        }

        return updated;
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        double difference = Math.Sqrt(expected.Zip(actual, (a, b) => (a - b) * (a - b)).Sum());
        double norm = Math.Sqrt(expected.Sum(value => value * value));
        Assert.True(difference <= 1e-12 * norm, $"relative difference {difference / norm}");
    }

    private sealed class EnvironmentLabel : ITrainingObserver<double>
    {
        public double Label { get; private set; }

        public double[] Sigma { get; private set; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            Label = snapshot.EnvironmentLabel.IsEmpty ? double.NaN : snapshot.EnvironmentLabel[0];
            Sigma = snapshot.Environment.ToArray();
        }
    }
}
