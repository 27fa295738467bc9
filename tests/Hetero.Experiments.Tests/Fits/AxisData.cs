using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>Rows of environments whose signals stand on axes: A* = e₀e₀ᵀ and A^(e) = s_e·e₁e₁ᵀ, so that everything about them is known without a decomposition.</summary>
internal static class AxisData
{
    /// <summary>Makes n rows of an environment, svec(X_i) with independent N(0, 1) entries.</summary>
    public static EnvironmentSamples<double> Make(int dimension, double s, int rows, ulong seed, int substream, double noise = 0)
    {
        int p = Svec.Length(dimension);
        double[] x = new double[rows * p], y = new double[rows], errors = new double[rows];
        new RandomStream(seed, StreamPurpose.Measurements, 0, substream).FillGaussian(x.AsSpan());
        new RandomStream(seed, StreamPurpose.Noise, 0, substream).FillGaussian(errors.AsSpan());
        for (int i = 0; i < rows; i++)
        {
            y[i] = x[(i * p) + Svec.IndexOf(0, 0)] + (s * x[(i * p) + Svec.IndexOf(1, 1)]) + (noise * errors[i]);
        }

        return new(x, y);
    }

    /// <summary>The same with inputs and responses times c, which has the same signals.</summary>
    public static EnvironmentSamples<double> Scaled(EnvironmentSamples<double> rows, double c)
        => new((double[])[.. rows.Measurements.ToArray().Select(x => c * x)], (double[])[.. rows.Responses.ToArray().Select(y => c * y)]);

    /// <summary>svec of a·e₀e₀ᵀ + b·e₁e₁ᵀ.</summary>
    public static double[] Matrix(int dimension, double a, double b)
    {
        double[] svec = new double[Svec.Length(dimension)];
        (svec[Svec.IndexOf(0, 0)], svec[Svec.IndexOf(1, 1)]) = (a, b);
        return svec;
    }
}
