using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Experiments.Figures;

/// <summary>The difference of two fits of n samples each, by least squares over noisy responses: its error and what is expected of it.</summary>
internal static class TwoFits
{
    /// <summary>The two s.</summary>
    private const double First = 5, Second = -3;

    /// <summary>The root mean square of ‖Â − A*‖ to first order, for r1 = r2 = 1 and the cosine κ: each fit has errors of variance σ²/(n − p − 1) in its svec coordinates.</summary>
    public static double Expected(int dimension, int samples, double noise, double overlap)
    {
        double p = dimension * (dimension + 1) / 2.0, variance = noise * noise / (samples - p - 1), square = 1 - (overlap * overlap);
        double mixed = ((First * First) + (Second * Second)) / Math.Pow(First - Second, 2);
        return Math.Sqrt(variance * (((dimension - 4 + ((1 + (overlap * overlap)) * mixed) + (2 * square)) / square) + (1 / (square * square))));
    }

    /// <summary>‖Â − A*‖ of a seed.</summary>
    public static double Error(int dimension, int samples, double noise, double overlap, int steps, ulong seed, CancellationToken cancellation)
    {
        SensingProblem problem = new ProblemRecipe { Dimension = dimension, Orthogonal = overlap == 0, Overlap = overlap == 0 ? null : overlap }.Create(seed, cancellation);
        double[] first = Fit(First, seed), second = Fit(Second, seed + (1UL << 40)), truth = new double[dimension * dimension];
        DifferenceOfFits.Write<double>(Matrix(first), Matrix(second), 1, 1, new MatrixSpan<double>(first, dimension, dimension));
        ReadOnlyMatrixSpan<double> basis = problem.InvariantBasis;
        double sum = 0;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                sum += Math.Pow(first[(i * dimension) + j] - (basis[i, 0] * basis[j, 0]), 2);
            }
        }

        return Math.Sqrt(sum);

        ReadOnlyMatrixSpan<double> Matrix(double[] numbers) => new(numbers, dimension, dimension);

        // Gradient descent on the matrix itself, whose least squares are well conditioned for n well above p.
        double[] Fit(double s, ulong own)
        {
            TrainingOptions options = new() { Seed = own, Samples = samples, StepSize = StepSizeSchedule.Constant(0.8), NoiseDeviation = noise };
            PooledGd<double> trainer = new(
                problem,
                new FiniteEnvironments(1, [[s]]),
                new StoredMeasurements<double>(dimension, samples, own, cancellation: cancellation),
                options,
                parts: new() { Model = new DirectModel<double>(dimension, options) },
                cancellation: cancellation);
            trainer.Run(steps, cancellation: cancellation);
            double[] estimate = new double[dimension * dimension];
            trainer.CopyEstimate(new MatrixSpan<double>(estimate, dimension, dimension));
            return estimate;
        }
    }
}
