using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>
/// How the signals of environments vary, from the shortest fit of each: B̂_e = (1/n) Σ y_iX_i, one step of gradient descent from 0, unbiased for A* + A^(e) at any number of rows. With
/// deviations Δ_e from their mean, made of two halves of the rows, the large eigenvectors V of Σ π_e ½(Δ_e⁽¹⁾Δ_e⁽²⁾ + Δ_e⁽²⁾Δ_e⁽¹⁾) are the directions that vary: noise has eigenvalues of
/// both signs there, of which the negative ones say how large they are. Σ_e = VᵀB̂_eV, whose mean belongs to the spurious part where subspaces are orthogonal.
/// </summary>
internal sealed class EnvironmentVariation
{
    private const int Draws = 4000;

    // Beside the largest, what is smaller than this does not decide about stability.
    private const double Counted = 0.05;

    private readonly IReadOnlyList<double> _probabilities;
    private readonly double[] _noise;
    private readonly int[] _draws;

    private EnvironmentVariation(int rank, double[][] sigma, double largest, IReadOnlyList<double> probabilities, double[] noise, ulong seed)
    {
        (Rank, Sigma, Largest, _probabilities, _noise) = (rank, sigma, largest, probabilities, noise);
        _draws = rank > 1 ? DrawEnvironments(probabilities, seed) : [];
    }

    /// <summary>Gets the number of directions that vary.</summary>
    public int Rank { get; }

    /// <summary>Gets Σ_e of each environment, row after row.</summary>
    public double[][] Sigma { get; }

    /// <summary>Gets the largest eigenvalue of the mean outside of these directions: of the invariant part.</summary>
    public double Largest { get; }

    /// <summary>Estimates it.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="layout">How rows stand in memory.</param>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="probabilities">π_e.</param>
    /// <param name="samples">The rows of a step; null for all of an environment.</param>
    /// <param name="seed">The seed of the order in which matrices Σ_e that do not commute are multiplied.</param>
    /// <param name="team">The threads to use.</param>
    public static EnvironmentVariation Of<T>(
        int dimension, MeasurementLayout layout, EnvironmentSamples<T>[] rows, IReadOnlyList<double> probabilities, long? samples, ulong seed, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = dimension, count = rows.Length, square = d * d;
        EnvironmentSamples<T>[] first = [.. rows.Select(r => Part(r, 0, r.Responses.Length / 2))], second = [.. rows.Select(r => Part(r, r.Responses.Length / 2, r.Responses.Length))];
        FitMeasure<T> measure = new(d, layout, first, second, probabilities, team);
        T[] zero = new T[Svec.Length(d)];
        double[][] fits = [.. Enumerable.Range(0, 2 * count).Select(set => Fit(measure, set, zero, square))];
        double[] mean = new double[square], covariance = new double[square], product = new double[square];
        double[][] means = [new double[square], new double[square]];
        for (int e = 0; e < count; e++)
        {
            for (int half = 0; half < 2; half++)
            {
                TensorPrimitives.MultiplyAdd(fits[(half * count) + e], probabilities[e], means[half], means[half]);
                TensorPrimitives.MultiplyAdd(fits[(half * count) + e], probabilities[e] / 2, mean, mean);
            }
        }

        double[] a = new double[square], b = new double[square];
        for (int e = 0; e < count; e++)
        {
            TensorPrimitives.Subtract(fits[e], means[0], a);
            TensorPrimitives.Subtract(fits[count + e], means[1], b);
            Products.Multiply<double>(new ReadOnlyMatrixSpan<double>(a, d, d), new ReadOnlyMatrixSpan<double>(b, d, d), new MatrixSpan<double>(product, d, d));
            for (int i = 0; i < square; i++)
            {
                covariance[i] += probabilities[e] / 2 * (product[i] + product[(i % d * d) + (i / d)]);
            }
        }

        double[] values = new double[d], vectors = new double[square];
        SymmetricEigen.Decompose<double>(new ReadOnlyMatrixSpan<double>(covariance, d, d), values, new MatrixSpan<double>(vectors, d, d));
        double floor = Math.Max(2 * Math.Max(0, -values.Min()), Counted * values.Max());
        int[] directions = values.Max() <= 0 ? [] : [.. Enumerable.Range(0, d).Where(k => values[k] > floor)];
        double[] basis = new double[d * directions.Length];
        for (int i = 0; i < d; i++)
        {
            for (int k = 0; k < directions.Length; k++)
            {
                basis[(i * directions.Length) + k] = vectors[(i * d) + directions[k]];
            }
        }

        double[][] sigma = [.. Enumerable.Range(0, count).Select(e => Projected([.. fits[e].Zip(fits[count + e], (x, y) => (x + y) / 2)], basis, d, directions.Length))];
        double[] noise = [.. Enumerable.Range(0, count).Select(e => 2 * Reductions.SumOfSquares<double>(sigma[e]) / (samples ?? rows[e].Responses.Length))];
        return new(directions.Length, sigma, LargestOutside(mean, basis, d, directions.Length), probabilities, noise, seed);
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

    private static EnvironmentSamples<T> Part<T>(EnvironmentSamples<T> rows, int from, int to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = rows.Measurements.Length / rows.Responses.Length;
        return new(rows.Measurements[(from * width)..(to * width)], rows.Responses[from..to]);
    }

    private static double[] Fit<T>(FitMeasure<T> measure, int set, T[] zero, int square)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] fit = new double[square];
        measure.Gradient(set, zero, fit);
        TensorPrimitives.Negate(fit, fit);
        return fit;
    }

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

    private static double LargestOutside(double[] mean, double[] basis, int d, int rank)
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
        return values.Max();
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
