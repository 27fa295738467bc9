using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Measurements that a user makes one by one: signs in place of Gaussian numbers.</summary>
public class OwnSourceTests
{
    private const int D = 6, M = 45, P = 21;

    /// <summary>svec(X) with independent ±1 entries: E[svec(X)svec(X)ᵀ] = I, as for the Gaussian ensemble.</summary>
    private sealed class RademacherMeasurements<T>(int dimension, ulong seed, WorkerTeam? team = null) : RowMeasurements<T>(dimension, seed, team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void FillRow(int step, int set, long sample, Span<T> svec)
        {
            new RandomStream(Seed, StreamPurpose.Measurements, step, set).FillUniform(sample * 64, svec);
            foreach (ref T entry in svec)
            {
                entry = entry < T.CreateTruncating(0.5) ? -T.One : T.One;
            }
        }

        public override void Describe(PartDescription description, long batchSize)
        {
            description.Add("kind", "rademacher");
            description.Add("seed", Seed);
        }
    }

    public static TheoryData<string> All() => ["HeteroSGD", "PooledSGD", "PooledGD"];

    [Theory]
    [MemberData(nameof(All))]
    public void TrainingIsThePlainLoop(string algorithm)
    {
        foreach (double noise in new[] { 0, 0.2 })
        {
            SensingProblem problem = Runs.Problem(D);
            EnvironmentDistribution environments = Runs.Environments("HeteroSGD");
            TrainingOptions options = new()
            {
                Seed = 5, Samples = M, InitialScale = 0.4, FactorColumns = 3, NoiseDeviation = noise, StepSize = StepSizeSchedule.Constant(0.03),
            };
            Trainer<double> trainer = Create(algorithm, problem, environments, new RademacherMeasurements<double>(D, 9), options);
            SignalModel<double> signals = new(problem);
            double[] plain = trainer.Parameters.ToArray();
            LastEnvironment last = new();
            for (int step = 0; step < 6; step++)
            {
                trainer.Run(1, last);

                // Shares of 45 samples are 22.5, 9 and 13.5: the two halves go to the first of them.
                (int Environment, int First, int Count, int Set, double Weight)[] groups = algorithm switch
                {
                    "HeteroSGD" => [(last.Index, 0, M, 0, 1.0 / M)],
                    "PooledSGD" => [(0, 0, 23, 0, 1.0 / M), (1, 23, 9, 0, 1.0 / M), (2, 32, 13, 0, 1.0 / M)],
                    _ => [(0, 0, M, 0, 0.5 / M), (1, 0, M, 1, 0.2 / M), (2, 0, M, 2, 0.3 / M)],
                };
                double[] gradient = new double[P], row = new double[P], sigma = new double[4], xi = new double[1];
                double[] matrix = OwnData.Svec(PlainMatrix.Gram(plain, D), D);
                foreach ((int environment, int first, int count, int set, double weight) in groups)
                {
                    double[] target = signals.Signal.ToArray();
                    environments.CopyMatrix(environment, sigma);
                    signals.AddSpurious(sigma, 1, target);
                    for (int i = first; i < first + count; i++)
                    {
                        new RandomStream(9, StreamPurpose.Measurements, step, set).FillUniform<double>(i * 64, row);
                        new RandomStream(9, StreamPurpose.Noise, step, environment).FillGaussian<double>(i, xi);
                        double residual = -noise * xi[0];
                        for (int j = 0; j < P; j++)
                        {
                            row[j] = row[j] < 0.5 ? -1 : 1;
                            residual += row[j] * (matrix[j] - target[j]);
                        }

                        gradient = [.. gradient.Select((value, j) => value + (weight * residual * row[j]))];
                    }
                }

                double[] square = new double[D * D];
                Svec.Unpack<double>(gradient, new(square, D, D));
                double[] direction = PlainMatrix.Times(square, plain, D, D, 3);
                plain = [.. plain.Select((value, i) => value - (0.03 * direction[i]))];
            }

            Assert.InRange(PlainMatrix.Distance(trainer.Parameters.ToArray(), plain), 0, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AnyTeamGivesTheSameBits(string algorithm)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] alone = Run(null);
            foreach (int degree in new[] { 2, 3 })
            {
                using WorkerTeam team = new(degree);
                Assert.True(Data.SameBits<T>(alone, Run(team)));
            }

            T[] Run(WorkerTeam? team)
            {
                TrainingOptions options = new() { Seed = 5, Samples = M, InitialScale = 0.4, NoiseDeviation = 0.1 };
                Trainer<T> trainer = Create(
                    algorithm, Runs.Problem(D), Runs.Environments("HeteroSGD"), new RademacherMeasurements<T>(D, 9, team), options, team);
                Assert.Equal(TrainingStatus.Completed, trainer.Run(6).Status);
                return trainer.Parameters.ToArray();
            }
        }
    }

    // With the second moment of the ensemble HeteroSGD recovers A*, as with Gaussian measurements: the environments' share goes down.
    [Fact]
    public void ItTrains()
    {
        SensingProblem problem = SensingProblem.Create(D, 1, 1, 3);
        TrainingOptions options = new() { Seed = 5, Samples = 400, InitialScale = 1e-3 };
        HeteroSgd<double> trainer = new(problem, DiagonalEnvironments.TwoPoint(1, 0, 2), new RademacherMeasurements<double>(D, 9), options);
        trainer.Run(400);
        Assert.InRange(PlainMatrix.Distance(trainer.Estimate.ToArray(), trainer.Signals.Signal.ToArray()), 0, 0.3);
    }

    private static Trainer<T> Create<T>(
        string algorithm,
        SensingProblem problem,
        EnvironmentDistribution environments,
        MeasurementSource<T> source,
        TrainingOptions options,
        WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => algorithm switch
        {
            "HeteroSGD" => new HeteroSgd<T>(problem, environments, source, options, team),
            "PooledSGD" => new PooledSgd<T>(problem, environments, source, options, team),
            _ => new PooledGd<T>(problem, environments, source, options, team),
        };

    private sealed class LastEnvironment : ITrainingObserver<double>
    {
        public int Index { get; private set; }

        public void Observe(in TrainingSnapshot<double> snapshot) => Index = snapshot.EnvironmentLabel.IsEmpty ? -1 : (int)snapshot.EnvironmentLabel[0];
    }
}
