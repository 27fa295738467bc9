using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A step of each algorithm against a plain double loop over samples and entries of square matrices.</summary>
public class PlainStepTests
{
    private const int M = 37;
    private const ulong Seed = 5;

    public static TheoryData<string, string> All() => Runs.Of(["stored", .. Runs.MiniBatches]);

    [Theory]
    [MemberData(nameof(All))]
    public void AStepIsThePlainLoop(string algorithm, string kind) => Check(algorithm, kind, "gram");

    [Theory]
    [MemberData(nameof(All))]
    public void AStepOfTwoFactorsIsThePlainLoop(string algorithm, string kind) => Check(algorithm, kind, "indefinite");

    [Theory]
    [MemberData(nameof(All))]
    public void AStepOfTheMatrixItselfIsThePlainLoop(string algorithm, string kind) => Check(algorithm, kind, "direct");

    private static void Check(string algorithm, string kind, string model)
    {
        foreach ((double noise, double gradientScale) in new[] { (0.0, 1.0), (0.3, 1.0), (0.3, 2.0) })
        {
            SensingProblem problem = SensingProblem.Create(7, 2, 2, 3, eigenvalues: [1, model == "gram" ? 0.5 : -0.5]);
            TrainingOptions options = new()
            {
                Seed = Seed,
                Samples = M,
                NoiseDeviation = noise,
                GradientScale = gradientScale,
                InitialScale = 0.4,
                FactorColumns = model == "direct" ? null : 5,
                StepSize = StepSizeSchedule.Piecewise((0, 0.05), (1, 0.02)),
            };
            EnvironmentDistribution environments = Runs.Environments(algorithm);
            int sets = algorithm == "PooledGD" ? environments.Count!.Value : 1;
            StoredMeasurements<double> stored = (StoredMeasurements<double>)Runs.Source<double>(kind, problem.Dimension, M, Seed, null, sets);
            Trainer<double> trainer = Runs.Create<double>(algorithm, kind, options, problem, model: model);
            for (int step = 0; step < 4; step++)
            {
                double[] before = trainer.Parameters.ToArray(), matrix = PlainModel.Matrix(model, before, problem.Dimension);
                EnvironmentLabel label = new();
                trainer.Run(1, label);
                double[] gradient = new double[problem.Dimension * problem.Dimension];
                foreach (Sample sample in PlainBatch(algorithm, environments, stored, step, label))
                {
                    AddSample(problem, sample, noise, stored, matrix, gradient);
                }

                double[] expected = PlainModel.Step(model, before, gradient, problem.Dimension, (step == 0 ? 0.05 : 0.02) * gradientScale);
                AssertClose(expected, trainer.Parameters.ToArray());
            }
        }
    }

    /// <summary>A sample of a batch: the stored row of its measurement, the Σ of its response, its weight, and where its noise stands.</summary>
    private sealed record Sample(long Row, double[] Sigma, double Weight, RandomStream Noise, long NoiseEntry);

    private static List<Sample> PlainBatch(
        string algorithm, EnvironmentDistribution environments, StoredMeasurements<double> stored, int step, EnvironmentLabel label)
    {
        List<Sample> batch = [];
        int samples = (int)stored.SamplesPerSet;
        if (algorithm == "PooledGD")
        {
            for (int e = 0; e < environments.Count; e++)
            {
                foreach (long row in PlainRows.OfBatch(stored.RowOrder, samples, M, Seed, e, step))
                {
                    double weight = environments.GetProbability(e) / M;
                    batch.Add(new((e * samples) + row, Sigma(e), weight, new RandomStream(Seed, StreamPurpose.Noise, 0, e), row));
                }
            }

            return batch;
        }

        // Where every sample draws an environment of a list, or whether it is pooled, the positions are permuted.
        bool pools = algorithm != "HeteroSGD", isMixture = environments.Count is null;
        bool independent = algorithm.EndsWith("independent", StringComparison.Ordinal);
        long[] rows = PlainRows.OfBatch(stored.RowOrder, samples, M, Seed, 0, step);
        if (independent && algorithm != "PooledSGD mixture independent")
        {
            rows = [.. PlainRows.Positions(M, Seed, step).Select(position => rows[position])];
        }

        // 0.6·37 = 22.2 samples of e_t.
        int own = !pools ? M : algorithm.StartsWith("Pooled", StringComparison.Ordinal) ? 0 : 22;
        for (int i = 0; i < own; i++)
        {
            int index = isMixture ? -1 : Enumerable.Range(0, environments.Count!.Value).Single(e => Sigma(e).SequenceEqual(label.Sigma));
            RandomStream noise = new(Seed, StreamPurpose.Noise, isMixture ? step : 0, Math.Max(index, 0));
            batch.Add(new(rows[i], label.Sigma, 1.0 / M, noise, rows[i]));
        }

        if (isMixture)
        {
            int scalars = ((ScalarEnvironments)environments).Scalars;
            double[] drawn = new double[scalars * (M - own)];
            ScalarAssignment.Fill(
                (ScalarEnvironments)environments,
                independent ? PooledSampling.Independent : PooledSampling.Stratified,
                M - own,
                new RandomStream(Seed, StreamPurpose.Assignment, step),
                drawn,
                new int[M - own]);
            for (int i = own; i < M; i++)
            {
                double[] x = [.. drawn.Skip((i - own) * scalars).Take(scalars).Select(value => -value), 0];
                batch.Add(new(rows[i], [x[0], x[2], x[2], x[1]], 1.0 / M, new RandomStream(Seed, StreamPurpose.Noise, step), i));
            }

            return batch;
        }

        long[] counts = new long[environments.Count!.Value];
        if (independent)
        {
            EnvironmentShares.Draw(environments, M - own, new RandomStream(Seed, StreamPurpose.Assignment, step), counts);
        }
        else if (pools)
        {
            // Shares of 37 samples: 18.5, 7.4 and 11.1 give 19, 7, 11 by largest remainder; 15 for four environments give 4, 4, 4, 3.
            counts = own == 0 ? [19, 7, 11] : [4, 4, 4, 3];
        }

        for (int e = 0; e < counts.Length; e++)
        {
            for (long i = 0; i < counts[e]; i++)
            {
                long row = rows[batch.Count];
                batch.Add(new(row, Sigma(e), 1.0 / M, new RandomStream(Seed, StreamPurpose.Noise, 0, e), row));
            }
        }

        return batch;

        double[] Sigma(int environment)
        {
            double[] sigma = new double[4];
            environments.CopyMatrix(environment, sigma);
            return sigma;
        }
    }

    private static void AddSample(
        SensingProblem problem, Sample sample, double deviation, StoredMeasurements<double> stored, double[] matrix, double[] gradient)
    {
        int d = problem.Dimension;
        double[] packed = new double[Svec.Length(d)], x = new double[d * d], noise = new double[1];
        stored.CopySample(sample.Row, packed);
        Svec.Unpack<double>(packed, new MatrixSpan<double>(x, d, d));
        double prediction = 0, response = 0;
        for (int a = 0; a < d; a++)
        {
            for (int b = 0; b < d; b++)
            {
                double signal = 0;
                for (int j = 0; j < 2; j++)
                {
                    signal += problem.InvariantBasis[a, j] * problem.Eigenvalues[j] * problem.InvariantBasis[b, j];
                    for (int l = 0; l < 2; l++)
                    {
                        signal += problem.SpuriousBasis[a, j] * sample.Sigma[(j * 2) + l] * problem.SpuriousBasis[b, l];
                    }
                }

                prediction += x[(a * d) + b] * matrix[(a * d) + b];
                response += x[(a * d) + b] * signal;
            }
        }

        sample.Noise.FillGaussian<double>(sample.NoiseEntry, noise);
        response += deviation * noise[0];
        for (int entry = 0; entry < x.Length; entry++)
        {
            gradient[entry] += sample.Weight * (prediction - response) * x[entry];
        }
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        double difference = Math.Sqrt(expected.Zip(actual, (a, b) => (a - b) * (a - b)).Sum());
        double norm = Math.Sqrt(expected.Sum(value => value * value));
        Assert.True(difference <= 1e-12 * norm, $"relative difference {difference / norm}");
    }

    private sealed class EnvironmentLabel : ITrainingObserver<double>
    {
        public double[] Sigma { get; private set; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot) => Sigma = snapshot.Environment.ToArray();
    }
}
