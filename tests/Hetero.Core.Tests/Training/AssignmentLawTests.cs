using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>
/// Which environment each stored row gets at each step. The rows are the unit vectors of svec, so that entry i of a gradient tells how often row i
/// was taken and with which environment. The statistical checks of the class have a false-alarm rate of 1e-3 together, over seeds.
/// </summary>
public class AssignmentLawTests
{
    private const int Dimension = 4;
    private const int Rows = 10;
    private const int Steps = 4000;
    private const double Level = 1e-3 / 40;

    private static readonly SensingProblem Problem = SensingProblem.Create(Dimension, 1, 1, 3);
    private static readonly double[] Odds = [0.5, 0.2, 0.3];
    private static readonly FiniteEnvironments Listed = new(1, [[1.0], [-2.0], [4.0]], Odds);

    public static TheoryData<RowOrder, int> Batches => new()
    {
        { RowOrder.Shuffled, 10 }, { RowOrder.Shuffled, 7 }, { RowOrder.InTurn, 10 }, { RowOrder.InTurn, 7 },
    };

    // Three rows have 27 joint outcomes. Sorted by environment, the first rows would nearly always be of the first one.
    [Theory]
    [MemberData(nameof(Batches))]
    public void RowsDrawTheirEnvironmentsIndependently(RowOrder order, int batch)
    {
        long[] counts = new long[27];
        long[][] marginals = [.. Enumerable.Range(0, Rows).Select(_ => new long[3])];
        long trials = 0;
        foreach (int[] environments in Assignments(Create(order, Options(batch))))
        {
            for (int row = 0; row < Rows; row++)
            {
                if (environments[row] >= 0)
                {
                    marginals[row][environments[row]]++;
                }
            }

            if (environments[0] >= 0 && environments[1] >= 0 && environments[9] >= 0)
            {
                counts[(9 * environments[0]) + (3 * environments[1]) + environments[9]]++;
                trials++;
            }
        }

        Assert.InRange(trials, Steps / 8, Steps);
        double[] expected = [.. counts.Select((_, i) => trials * Odds[i / 9] * Odds[i / 3 % 3] * Odds[i % 3])];
        Assert.True(PlainStatistics.ChiSquaredFit(counts, expected) > Level);
        foreach (long[] marginal in marginals)
        {
            Assert.True(PlainStatistics.ChiSquaredFit(marginal, [.. Odds.Select(odds => odds * marginal.Sum())]) > Level / Rows);
        }
    }

    // A row keeps nothing of its environment for the next step.
    [Fact]
    public void StepsAreIndependent()
    {
        long[] pairs = new long[9];
        int last = -1;
        foreach (int[] environments in Assignments(Create(RowOrder.Shuffled, Options(Rows))))
        {
            if (last >= 0)
            {
                pairs[(3 * last) + environments[4]]++;
            }

            last = environments[4];
        }

        Assert.True(PlainStatistics.ChiSquaredFit(pairs, [.. pairs.Select((_, i) => (Steps - 1) * Odds[i / 3] * Odds[i % 3])]) > Level);
    }

    // With a pooled share of 0.4 six of ten rows belong to e_t, which stays the same, and each of the others may draw it.
    [Fact]
    public void RowsOfTheOwnShareChangeFromStepToStep()
    {
        HeteroSgd<double> trainer = new(
            Problem, Listed, Source(RowOrder.Shuffled), Options(Rows) with { PooledShare = 0.4, EnvironmentOrder = EnvironmentOrder.Blocks(Steps) });
        long[] counts = new long[Rows];
        long[] together = new long[4];
        int own = -1;
        foreach (int[] environments in Assignments(trainer))
        {
            own = environments.GroupBy(environment => environment).MaxBy(group => group.Count())!.Key;
            Assert.InRange(environments.Count(environment => environment == own), 6, Rows);
            for (int row = 0; row < Rows; row++)
            {
                counts[row] += environments[row] == own ? 1 : 0;
            }

            together[(environments[2] == own ? 1 : 0) + (environments[8] == own ? 2 : 0)]++;
        }

        double odds = Odds[own], share = 0.6 + (0.4 * odds), deviation = Math.Sqrt(Steps * share * (1 - share));
        Assert.All(counts, count => Assert.InRange(count, (Steps * share) - (6 * deviation), (Steps * share) + (6 * deviation)));

        // Of two rows 6·5/90 are both own, 2·6·4/90 one of them, 4·3/90 none.
        double both = (30 + (48 * odds) + (12 * odds * odds)) / 90, one = share - both;
        Assert.True(PlainStatistics.ChiSquaredFit(together, [Steps * (1 - both - (2 * one)), Steps * one, Steps * one, Steps * both]) > Level);
    }

    // Decided by the position: the full batch is one data set, whose responses never change.
    [Fact]
    public void StratifiedSharesOfAFullBatchNeverChange()
    {
        foreach (RowOrder order in new[] { RowOrder.Shuffled, RowOrder.InTurn })
        {
            foreach (int[] environments in Assignments(Create(order, Options(Rows) with { PooledSampling = PooledSampling.Stratified }), 30))
            {
                Assert.Equal([0, 0, 0, 0, 0, 1, 1, 2, 2, 2], environments);
            }
        }
    }

    // Batches of five have 3, 1 and 1 rows of the environments (2.5, 1 and 1.5, a tie); in turn a row keeps its place, shuffled it does not.
    [Fact]
    public void StratifiedSharesOfMiniBatchesGoByThePosition()
    {
        TrainingOptions options = Options(5) with { PooledSampling = PooledSampling.Stratified };
        int step = 0;
        foreach (int[] environments in Assignments(Create(RowOrder.InTurn, options), 20))
        {
            int[] half = [0, 0, 0, 1, 2], none = [-1, -1, -1, -1, -1];
            Assert.Equal(step++ % 2 == 0 ? [.. half, .. none] : [.. none, .. half], environments);
        }

        long[] first = new long[3];
        foreach (int[] environments in Assignments(Create(RowOrder.Shuffled, options)))
        {
            Assert.Equal([3, 1, 1], Enumerable.Range(0, 3).Select(e => environments.Count(environment => environment == e)));
            if (environments[0] >= 0)
            {
                first[environments[0]]++;
            }
        }

        // Row 0 comes once in two steps, at a uniformly random position of the five.
        Assert.Equal(Steps / 2, first.Sum());
        Assert.True(PlainStatistics.ChiSquaredFit(first, [0.6 * Steps / 2, 0.2 * Steps / 2, 0.2 * Steps / 2]) > Level);
    }

    private static TrainingOptions Options(int samples) => new()
    {
        Seed = 9,
        Samples = samples,
        InitialScale = 0.3,
        PooledSampling = PooledSampling.Independent,
        StepSize = StepSizeSchedule.Constant(1e-300),
    };

    private static StoredMeasurements<double> Source(RowOrder order)
    {
        double[] rows = new double[Rows * Rows];
        for (int i = 0; i < Rows; i++)
        {
            rows[i * (Rows + 1)] = 1;
        }

        return new StoredMeasurements<double>(Dimension, rows, 2, order: order);
    }

    private static PooledSgd<double> Create(RowOrder order, TrainingOptions options) => new(Problem, Listed, Source(order), options);

    /// <summary>The environment of each row at each step; −1 where it was not taken, or taken twice.</summary>
    private static IEnumerable<int[]> Assignments(Trainer<double> trainer, int steps = Steps)
    {
        // Entry i of the gradient is D_i(e)/m with D(e) = UUᵀ − A* − A^(e); the iterate stays where it is.
        GradientCopy observer = new();
        trainer.Run(0, observer);
        double[][] residuals = new double[3][];
        for (int e = 0; e < 3; e++)
        {
            double[] sigma = new double[1];
            trainer.Environments.CopyMatrix(e, sigma);
            residuals[e] = [.. observer.Product];
            for (int i = 0; i < Rows; i++)
            {
                residuals[e][i] -= trainer.Signals.Signal[i];
            }

            trainer.Signals.AddSpurious(sigma, -1, residuals[e]);
        }

        for (int step = 0; step < steps; step++)
        {
            trainer.Run(1, observer);
            int[] found = new int[Rows];
            for (int i = 0; i < Rows; i++)
            {
                double value = observer.Gradient[i] * trainer.Options.Samples;
                found[i] = Array.FindIndex(residuals, residual => Math.Abs(value - residual[i]) < 1e-9);
            }

            yield return found;
        }
    }

    private sealed class GradientCopy : ITrainingObserver<double>
    {
        public double[] Gradient { get; private set; } = [];

        public double[] Product { get; private set; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot) => (Gradient, Product) = (snapshot.Gradient.ToArray(), snapshot.Product.ToArray());
    }
}
