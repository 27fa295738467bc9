using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Where training with an objective ends at m = ∞ from a small start, orthogonal subspaces: the weight a of the true signal, and S = V*ᵀMV*.</summary>
internal sealed record RivalRun(double A, double[] S)
{
    private const int InvariantRank = 1;

    /// <summary>Gets S where r2 = 1.</summary>
    public double B => Assert.Single(S);

    /// <summary>Trains with half a cosine of step sizes from αI or, if a seed of it is given, a Haar-random frame of width d − 1.</summary>
    public static RivalRun End(
        Objective<double> objective, FiniteEnvironments law, int steps = 8000, double stepSize = 0.02, bool isAligned = false, double scale = 0.01, int? frame = null)
    {
        int r2 = law.Rank, d = InvariantRank + r2 + 1;
        SensingProblem problem = isAligned
            ? new SensingProblem(Axes(d, 0, InvariantRank), Axes(d, InvariantRank, r2))
            : SensingProblem.Create(d, InvariantRank, r2, 7, SubspaceLayout.Orthogonal);
        TrainingOptions options = new()
        {
            Seed = (ulong)(frame ?? 1),
            InitialScale = scale,
            FactorColumns = frame is null ? d : d - 1,
            StepSize = StepSizeSchedule.Cosine(stepSize, stepSize / 200, steps),
        };
        PooledGd<double> trainer = new(problem, law, new PopulationMeasurements<double>(d), options, objective: objective);
        Assert.Equal(TrainingStatus.Completed, trainer.Run(steps).Status);
        double[] estimate = new double[d * d];
        trainer.CopyEstimate(new(estimate, d, d));
        return new(Along(problem.InvariantBasis, 0, 0), [.. Enumerable.Range(0, r2 * r2).Select(at => Along(problem.SpuriousBasis, at / r2, at % r2))]);

        double Along(ReadOnlyMatrixSpan<double> basis, int i, int j)
        {
            double sum = 0;
            for (int row = 0; row < d; row++)
            {
                for (int column = 0; column < d; column++)
                {
                    sum += basis[row, i] * estimate[(row * d) + column] * basis[column, j];
                }
            }

            return sum;
        }
    }

    /// <summary>Two to four environments of unequal odds: Σ^(e) = I + spread·G_e with symmetric Gaussian G_e.</summary>
    public static FiniteEnvironments Law(int rank, int count, int seed, double spread)
    {
        double[] numbers = new double[count * ((rank * rank) + 1)];
        new RandomStream((ulong)seed, StreamPurpose.User).FillGaussian<double>(0, numbers);
        double[][] matrices = [.. Enumerable.Range(0, count).Select(e => (double[])[.. Enumerable.Range(0, rank * rank).Select(at =>
        {
            (int i, int j) = (at / rank, at % rank);
            int offset = count + (e * rank * rank);
            return (i == j ? 1 : 0) + (spread / Math.Sqrt(2) * (numbers[offset + at] + numbers[offset + (j * rank) + i]) / Math.Sqrt(2));
        })])];
        double[] weights = [.. numbers.Take(count).Select(x => 1 + Math.Abs(x))];
        return new FiniteEnvironments(rank, matrices, [.. weights.Select(x => x / weights.Sum())]);
    }

    public static FiniteEnvironments Scalars(params (double S, double Probability)[] law)
        => new(1, [.. law.Select(one => new[] { one.S })], [.. law.Select(one => one.Probability)]);

    private static ReadOnlyMatrixSpan<double> Axes(int d, int first, int count)
    {
        double[] numbers = new double[d * count];
        for (int i = 0; i < count; i++)
        {
            numbers[((first + i) * count) + i] = 1;
        }

        return new(numbers, d, count);
    }
}
