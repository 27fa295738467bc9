using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Training on data of one's own against a plain double loop: unequal numbers of rows, weights, mini-batches in every order, and all rows.</summary>
public class OwnDataPlainTests
{
    private const int Steps = 12, D = 5, M = 10;
    private const ulong RowSeed = 8, Seed = 4;
    private static readonly double[] Weights = [0.5, 0.2, 0.3];
    private static readonly int[] RowCounts = [25, 10, 14];

    public static TheoryData<string, string, MeasurementLayout> All()
    {
        TheoryData<string, string, MeasurementLayout> all = [];
        foreach (MeasurementLayout layout in new[] { MeasurementLayout.Square, MeasurementLayout.RankOne })
        {
            foreach (string algorithm in new[] { "HeteroSGD", "HeteroSGD pooled share", "PooledSGD", "PooledSGD independent", "PooledGD" })
            {
                foreach (RowOrder order in Enum.GetValues<RowOrder>())
                {
                    all.Add(algorithm, order.ToString(), layout);
                }
            }

            all.Add("HeteroSGD", "all rows", layout);
            all.Add("PooledGD", "all rows", layout);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void TrainingIsThePlainLoop(string algorithm, string rows, MeasurementLayout layout)
    {
        Assert.InRange(Distance<double>(algorithm, rows, layout), 0, 1e-12);
        Assert.InRange(Distance<float>(algorithm, rows, layout), 0, 2e-5);
    }

    private static double Distance<T>(string algorithm, string rows, MeasurementLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool takesAll = rows == "all rows";
        RowOrder order = takesAll ? RowOrder.Shuffled : Enum.Parse<RowOrder>(rows);
        OwnData data = OwnData.Make(layout, D, 3, RowCounts);
        TrainingOptions options = new()
        {
            Seed = Seed,
            Samples = takesAll ? TrainingOptions.AllRows : M,
            FactorColumns = 3,
            InitialScale = 0.5,
            StepSize = StepSizeSchedule.Constant(0.03),
            PooledShare = algorithm == "HeteroSGD pooled share" ? 0.6 : 0,
            PooledSampling = algorithm == "PooledSGD independent" ? PooledSampling.Independent : PooledSampling.Stratified,
        };
        MeasuredData<T> measured = data.Measured<T>(Weights, order, RowSeed, layout);
        Trainer<T> trainer = algorithm == "PooledGD" ? new PooledGd<T>(measured, options)
            : algorithm.StartsWith("Pooled", StringComparison.Ordinal) ? new PooledSgd<T>(measured, options)
            : new HeteroSgd<T>(measured, options);
        double[] plain = [.. trainer.Parameters.ToArray().Select(double.CreateChecked)];
        LastLabel<T> label = new();
        long[] taken = new long[3];
        for (int step = 0; step < Steps; step++)
        {
            Assert.Equal(TrainingStatus.Completed, trainer.Run(1, label).Status);
            List<(int Environment, long Row, double Weight)> batch = [];
            foreach ((int group, int environment, int count, double weight) in Groups(algorithm, takesAll, step, label.Label))
            {
                batch.AddRange(Rows(order, takesAll, environment, group, step, taken[environment], count).Select(row => (environment, row, weight)));
                taken[environment] += count;
            }

            double[] gradient = data.Gradient(PlainMatrix.Gram(plain, D), batch), direction = PlainMatrix.Times(gradient, plain, D, D, 3);
            plain = [.. plain.Select((value, i) => value - (0.03 * direction[i]))];
        }

        Assert.All(taken, count => Assert.True(count > 0));
        return PlainMatrix.Distance([.. trainer.Parameters.ToArray().Select(double.CreateChecked)], plain);
    }

    /// <summary>The groups of a step: how many rows of which environment, and the weight of each.</summary>
    private static List<(int Group, int Environment, int Count, double Weight)> Groups(string algorithm, bool takesAll, int step, double[] label)
    {
        int[] environments = [0, 1, 2];
        if (algorithm == "PooledGD")
        {
            return [.. environments.Select(e => (e, e, takesAll ? RowCounts[e] : M, Weights[e] / (takesAll ? RowCounts[e] : M)))];
        }

        if (algorithm == "PooledSGD independent")
        {
            // Every sample picks its environment from a uniform number of its own.
            long[] counts = new long[3];
            EnvironmentShares.Draw(new FiniteEnvironments(1, [[0], [0], [0]], Weights), M, new RandomStream(Seed, StreamPurpose.Assignment, step), counts);
            return [.. environments.Select(e => (e, e, (int)counts[e], 1.0 / M))];
        }

        // The environment of HeteroSGD is the one that it reports, by its own draw.
        int own = algorithm.StartsWith("Pooled", StringComparison.Ordinal) ? -1 : (int)label[0];
        if (own >= 0)
        {
            double[] uniform = new double[1];
            new RandomStream(Seed, StreamPurpose.Environments, step).FillUniform<double>(0, uniform);
            Assert.Equal(uniform[0] < 0.5 ? 0 : uniform[0] < 0.7 ? 1 : 2, own);
        }

        // Shares of 10 samples are 5, 2, 3; six pooled samples have shares of 3, 1.2 and 1.8.
        return algorithm switch
        {
            "HeteroSGD" => [(0, own, takesAll ? RowCounts[own] : M, 1.0 / (takesAll ? RowCounts[own] : M))],
            "HeteroSGD pooled share" => [(0, own, 4, 1.0 / M), (1, 0, 3, 1.0 / M), (2, 1, 1, 1.0 / M), (3, 2, 2, 1.0 / M)],
            _ => [(0, 0, 5, 1.0 / M), (1, 1, 2, 1.0 / M), (2, 2, 3, 1.0 / M)],
        };
    }

    private static IEnumerable<long> Rows(RowOrder order, bool takesAll, int environment, int group, int step, long before, int count)
    {
        if (takesAll)
        {
            return Enumerable.Range(0, count).Select(row => (long)row);
        }

        // One row after another from the epochs of the environment; with replacement from the group's draws of this step.
        int n = RowCounts[environment];
        return order == RowOrder.WithReplacement
            ? PlainRows.OfBatch(order, n, count, RowSeed, group, step)
            : Enumerable.Range(0, count).Select(i => PlainRows.OfBatch(order, n, 1, RowSeed, environment, (int)before + i)[0]);
    }

    private sealed class LastLabel<T> : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public double[] Label { get; private set; } = [];

        public void Observe(in TrainingSnapshot<T> snapshot)
        {
            Label = snapshot.EnvironmentLabel.ToArray();
            Assert.True(snapshot.Environment.IsEmpty);
            Assert.True(snapshot.PopulationGradient.IsEmpty);
        }
    }
}
