using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;

namespace Hetero.Core.Tests.Sensing;

/// <summary>
/// One way of drawing a batch's gradient many times, and the functionals by which two ways are compared: two entries, the norm, the extreme
/// eigenvalues, the cosine with D, a random projection, and for a second matrix with the same X_i its products with the first.
/// </summary>
internal static class MeasurementLaw
{
    public const int Functionals = 9;

    /// <summary>Draws <paramref name="draws"/> gradients of the residuals, and returns a sample of every functional.</summary>
    /// <param name="dimension">The dimension d.</param>
    /// <param name="residual">svec(D), the first group's residual; and optionally the second matrix of a joint draw after it.</param>
    /// <param name="draws">The number of draws.</param>
    /// <param name="draw">Writes draw number i, as long as <paramref name="residual"/>.</param>
    public static double[][] Sample(int dimension, double[] residual, int draws, Action<int, double[]> draw)
    {
        int p = Svec.Length(dimension);
        double[][] samples = [.. Enumerable.Range(0, Functionals).Select(_ => new double[draws])];
        double[] result = new double[residual.Length];
        double[] direction = Data.Uniform<double>(p, 77);
        double[] square = new double[dimension * dimension], values = new double[dimension];
        double[] scratch = new double[SymmetricEigen.GetValuesScratchLength<double>(dimension)];
        for (int i = 0; i < draws; i++)
        {
            Array.Clear(result);
            draw(i, result);
            ReadOnlySpan<double> g = result.AsSpan(0, p);
            double norm = Math.Sqrt(Dot(g, g));
            samples[0][i] = g[0];
            samples[1][i] = g[1];
            samples[2][i] = norm;
            Svec.Unpack(g, new MatrixSpan<double>(square, dimension, dimension));
            SymmetricEigen.Decompose(new ReadOnlyMatrixSpan<double>(square, dimension, dimension), scratch, values);
            samples[3][i] = values[0];
            samples[4][i] = values[^1];
            samples[5][i] = Dot(g, residual.AsSpan(0, p)) / norm;
            samples[6][i] = Dot(g, direction);
            ReadOnlySpan<double> second = result.AsSpan(result.Length - p, p);
            samples[7][i] = Dot(g, second);
            samples[8][i] = Dot(second, residual.AsSpan(0, p));
        }

        return samples;
    }

    /// <summary>The smallest p-value of the two-sample Kolmogorov–Smirnov tests over all functionals.</summary>
    public static double SmallestPValue(double[][] first, double[][] second)
        => Enumerable.Range(0, Functionals).Min(f => PlainStatistics.KolmogorovSmirnov((double[])first[f].Clone(), (double[])second[f].Clone()));

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
