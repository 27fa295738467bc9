using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Experiments.Fits;

/// <summary>What noise in the responses does to least squares, and to what is made of two of them.</summary>
internal static class LeastSquaresNoise
{
    // A standard normal number is below −Quantile in one case of a thousand.
    private const double Quantile = 3.09;
    private const int Draws = 8;
    private const int Purpose = 4;

    /// <summary>
    /// The factor on a residual sum of squares that makes it a bound of σ², which fails in one of a thousand data sets: 1 over that quantile of χ² with so many degrees of freedom, by
    /// Wilson and Hilferty, n(1 − 2/(9n) − z√(2/(9n)))³. +∞ where it is 0 or below.
    /// </summary>
    public static double Bound(double freedom)
    {
        double spread = 2 / (9 * freedom), root = 1 - spread - (Quantile * Math.Sqrt(spread));
        return freedom > 0 && root > 0 ? 1 / (freedom * root * root * root) : double.PositiveInfinity;
    }

    /// <summary>The standard deviation of a number of svec of a fit for noise of 1, of Gaussian inputs: 1/√(c²(n − p − 1)), the mean of the inverse of a Wishart matrix; +∞ for n ≤ p + 1.</summary>
    public static double DeviationOf(int rows, int unknowns, double scale)
        => rows > unknowns + 1 ? Math.Sqrt(1 / (scale * (rows - unknowns - 1.0))) : double.PositiveInfinity;

    /// <summary>The root mean square distance of an estimate from those that two fits with noise of their own lead to.</summary>
    public static double Spread(
        double[] estimate, double[] first, double[] second, double[] deviations, Func<double[], double[], double[]> estimateOf, CancellationToken cancellation)
    {
        int p = estimate.Length;
        double[] noise = new double[2 * p], one = new double[p], two = new double[p];
        double sum = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            new RandomStream(0, StreamPurpose.User, Purpose, draw).FillGaussian(noise.AsSpan());
            TensorPrimitives.MultiplyAdd(noise.AsSpan(0, p), deviations[0], first, one);
            TensorPrimitives.MultiplyAdd(noise.AsSpan(p, p), deviations[1], second, two);
            double[] other = estimateOf(one, two);
            TensorPrimitives.Subtract(other, estimate, other);
            sum += Reductions.SumOfSquares<double>(other);
        }

        return Math.Sqrt(sum / Draws);
    }
}
