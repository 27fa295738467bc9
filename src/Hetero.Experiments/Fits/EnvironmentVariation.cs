using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>
/// How the signals of environments vary, from the shortest fit of each: B̂_e = (1/n) Σ y_iX_i, one step of gradient descent from 0, unbiased for c²(A* + A^(e)) at any number of rows. With
/// deviations Δ_e from their mean, made of two halves of the rows, the large eigenvectors V of Σ π_e ½(Δ_e⁽¹⁾Δ_e⁽²⁾ + Δ_e⁽²⁾Δ_e⁽¹⁾) are the directions that vary, and Σ_e = VᵀB̂_eV. The mean of Σ_e
/// belongs to the spurious part where subspaces are orthogonal.
/// </summary>
/// <remarks>
/// A direction counts if what is left of the deviations without those before it is beyond chance, <see cref="ChanceTest"/> over ten blocks of rows: where environments do not vary, one is found in a
/// data set of a hundred. A block's fit is skewed along A* where it is of few rows, which cancels against environments of as many and not against larger ones: those of fewer than
/// <see cref="EnoughRows"/> rows and of fewer than half of the largest one's do not decide what varies. Which row is in which block and half follows from the seed, the environment and the number of
/// rows alone.
/// </remarks>
internal sealed class EnvironmentVariation
{
    /// <summary>The blocks of an environment's rows, where it has as many rows.</summary>
    public const int Blocks = 10;

    /// <summary>The rows with which a block's fit is skewed so little that larger environments beside it do no harm.</summary>
    public const int EnoughRows = 200;

    /// <summary>The squares that an estimate takes beside two for each environment: for <see cref="FitMemory"/>.</summary>
    public const int Squares = 8;

    private const int Draws = 4000;

    private readonly IReadOnlyList<double> _probabilities;
    private readonly double[] _noise;
    private readonly int[] _draws;

    private EnvironmentVariation(int rank, double[][] sigma, double least, double largest, IReadOnlyList<double> probabilities, double[] noise, ulong seed)
    {
        (Rank, Sigma, Least, Largest, _probabilities, _noise) = (rank, sigma, least, largest, probabilities, noise);
        _draws = rank > 1 ? DrawEnvironments(probabilities, seed) : [];
    }

    /// <summary>Gets the number of directions that vary.</summary>
    public int Rank { get; }

    /// <summary>Gets Σ_e of each environment, row after row.</summary>
    public double[][] Sigma { get; }

    /// <summary>Gets the least eigenvalue of the mean outside of these directions, by noise or by an invariant part that is not positive.</summary>
    public double Least { get; }

    /// <summary>Gets the largest eigenvalue of the mean outside of these directions: of the invariant part.</summary>
    public double Largest { get; }

    /// <summary>Estimates it.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="layout">How rows stand in memory: matrices.</param>
    /// <param name="rows">The rows to train on, of each environment <see cref="ChanceTest.LeastBlocks"/> or more.</param>
    /// <param name="probabilities">π_e.</param>
    /// <param name="samples">The rows of a step; null for all of an environment.</param>
    /// <param name="seed">The seed of the blocks, and of the order in which matrices Σ_e that do not commute are multiplied.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static EnvironmentVariation Of<T>(
        int dimension,
        MeasurementLayout layout,
        IReadOnlyList<EnvironmentSamples<T>> rows,
        IReadOnlyList<double> probabilities,
        long? samples,
        ulong seed,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = dimension, count = rows.Count, p = Svec.Length(d), blocks = Math.Min(Blocks, rows.Min(environment => environment.Responses.Length));
        double[][] fits = [.. Enumerable.Range(0, count).Select(e => BlockFits.Of(rows[e], layout, d, blocks, seed, e, cancellation))];
        double[][] means = [.. fits.Select(fit => BlockFits.Mean(fit, p, 0, blocks))];
        double[] mean = new double[p];
        for (int e = 0; e < count; e++)
        {
            TensorPrimitives.MultiplyAdd(means[e], probabilities[e], mean, mean);
        }

        int[] counted = Counted(rows);
        double share = counted.Length == count ? 1 : counted.Sum(e => probabilities[e]);
        double[][] deviations = [.. counted.Select(e => fits[e])];
        double[] weights = [.. counted.Select(e => probabilities[e] / share)];
        BlockFits.Center(deviations, weights);
        double[] basis = VaryingDirections.Of(deviations, weights, d, blocks, cancellation);
        int rank = basis.Length / d;
        double[][] sigma = [.. means.Select(fit => Projected(FitSpectrum.Square<double>(d, fit), basis, d, rank))];
        double[] noise = [.. Enumerable.Range(0, count).Select(e => 2 * Reductions.SumOfSquares<double>(sigma[e]) / (samples ?? rows[e].Responses.Length))];
        (double least, double largest) = Outside(FitSpectrum.Square<double>(d, mean), basis, d, rank);
        return new(rank, sigma, least, largest, probabilities, noise, seed);
    }

    /// <summary>The environments that decide what varies: all where their rows are enough, or about as many.</summary>
    public static int[] Counted<T>(IReadOnlyList<EnvironmentSamples<T>> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int largest = rows.Max(environment => environment.Responses.Length);
        return [.. Enumerable.Range(0, rows.Count).Where(e => rows[e].Responses.Length is var n && (n >= EnoughRows || 2L * n >= largest))];
    }

    /// <summary>
    /// E log ‖(I + ηΣ)q‖/‖q‖, the growth of the spurious part in a step: the mean of log |1 + ηs_e| in one direction, the top exponent of products of draws in several. Sampling noise of a step
    /// keeps the factor away from 0. Without a direction that varies it is 0.
    /// </summary>
    public double Growth(double stepSize)
    {
        if (Rank == 0)
        {
            return 0;
        }

        if (Rank == 1)
        {
            double mean = 0;
            for (int e = 0; e < Sigma.Length; e++)
            {
                mean += _probabilities[e] * LogFactor(1 + (stepSize * Sigma[e][0]), stepSize, e);
            }

            return mean;
        }

        double[] q = new double[Rank], next = new double[Rank];
        q[0] = 1;
        double sum = 0;
        foreach (int e in _draws)
        {
            for (int i = 0; i < Rank; i++)
            {
                next[i] = q[i] + (stepSize * Reductions.Dot<double>(Sigma[e].AsSpan(i * Rank, Rank), q));
            }

            sum += LogFactor(Reductions.Norm<double>(next), stepSize, e);
            double norm = Reductions.Norm<double>(next);
            for (int i = 0; i < Rank; i++)
            {
                q[i] = norm > 0 ? next[i] / norm : q[i];
            }
        }

        return sum / _draws.Length;
    }

    private double LogFactor(double factor, double stepSize, int environment)
        => 0.5 * Math.Log((factor * factor) + (stepSize * stepSize * _noise[environment]));

    /// <summary>VᵀBV.</summary>
    private static double[] Projected(double[] matrix, double[] basis, int d, int rank)
    {
        double[] result = new double[rank * rank];
        for (int k = 0; k < rank; k++)
        {
            for (int l = 0; l < rank; l++)
            {
                double sum = 0;
                for (int i = 0; i < d; i++)
                {
                    for (int j = 0; j < d; j++)
                    {
                        sum += basis[(i * rank) + k] * matrix[(i * d) + j] * basis[(j * rank) + l];
                    }
                }

                result[(k * rank) + l] = sum;
            }
        }

        return result;
    }

    private static (double Least, double Largest) Outside(double[] mean, double[] basis, int d, int rank)
    {
        double[] projection = new double[d * d], half = new double[d * d], outside = new double[d * d], values = new double[d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                projection[(i * d) + j] = (i == j ? 1 : 0) - Reductions.Dot<double>(basis.AsSpan(i * rank, rank), basis.AsSpan(j * rank, rank));
            }
        }

        ReadOnlyMatrixSpan<double> p = new(projection, d, d);
        Products.Multiply<double>(p, new ReadOnlyMatrixSpan<double>(mean, d, d), new MatrixSpan<double>(half, d, d));
        Products.Multiply<double>(new ReadOnlyMatrixSpan<double>(half, d, d), p, new MatrixSpan<double>(outside, d, d));
        SymmetricEigen.Decompose<double>(new ReadOnlyMatrixSpan<double>(outside, d, d), values);
        return (values.Min(), values.Max());
    }

    private static int[] DrawEnvironments(IReadOnlyList<double> probabilities, ulong seed)
    {
        double[] uniform = new double[Draws];
        new RandomStream(seed, StreamPurpose.User, 1).FillUniform(uniform.AsSpan());
        return [.. uniform.Select(u =>
        {
            int e = 0;
            for (double sum = probabilities[0]; u >= sum && e < probabilities.Count - 1; sum += probabilities[++e])
            {
            }

            return e;
        })];
    }
}
