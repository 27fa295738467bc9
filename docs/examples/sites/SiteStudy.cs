using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Sites;

/// <summary>
/// A regression on pairwise interactions at many sites: y = c_e + xᵀ(A* + s_e·vvᵀ)x + ½·noise for features x ~ N(0, I), with a constant and a confounded direction of each site's own.
/// A* = u₁u₁ᵀ + u₂u₂ᵀ holds everywhere.
/// </summary>
internal sealed class SiteStudy
{
    public const int Dimension = 20;
    public const int InvariantRank = 2;
    public const int SpuriousRank = 1;

    private const double Noise = 0.5;

    /// <summary>Draws a study; s_e goes evenly from −7 to 9 over the sites.</summary>
    public SiteStudy(int sites, int rows, ulong seed)
    {
        double[] frame = new double[Dimension * 3], orthonormal = new double[frame.Length];
        new RandomStream(seed).FillGaussian<double>(frame);
        MatrixSpan<double> axes = new(orthonormal, Dimension, 3);
        HouseholderQr.Decompose<double>(new(frame, Dimension, 3), axes, new(new double[9], 3, 3));
        Truth = new double[Dimension * Dimension];
        double[] spurious = new double[Truth.Length];
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j < Dimension; j++)
            {
                Truth[(i * Dimension) + j] = (axes[i, 0] * axes[j, 0]) + (axes[i, 1] * axes[j, 1]);
                spurious[(i * Dimension) + j] = axes[i, 2] * axes[j, 2];
            }
        }

        Samples = new EnvironmentSamples<double>[sites];
        for (int e = 0; e < sites; e++)
        {
            double strength = -7 + (16.0 * e / (sites - 1));
            double[] signal = [.. Truth.Zip(spurious, (common, own) => common + (strength * own))];
            Samples[e] = Draw(signal, rows, new RandomStream(seed + 1 + (ulong)e));
        }
    }

    /// <summary>Gets A*, row after row.</summary>
    public double[] Truth { get; }

    /// <summary>Gets each site's rows and responses, as <see cref="MeasuredData{T}"/> takes them.</summary>
    public EnvironmentSamples<double>[] Samples { get; }

    /// <summary>Returns ‖M − A*‖/‖A*‖ in the Frobenius norm.</summary>
    public double Error(ReadOnlySpan<double> estimate)
    {
        double squares = 0;
        for (int i = 0; i < Truth.Length; i++)
        {
            squares += (estimate[i] - Truth[i]) * (estimate[i] - Truth[i]);
        }

        return Math.Sqrt(squares / InvariantRank);
    }

    /// <summary>
    /// One site. The features of the fit are X = (xxᵀ − I)/√2, whose svec has x_ix_j and (x_i² − 1)/√2, all of variance 1 and uncorrelated, so that E⟨X, D⟩X = D. Centering the responses takes
    /// the constant away, and with it tr(A) = E xᵀAx: what is left is √2·⟨X, A⟩.
    /// </summary>
    private static EnvironmentSamples<double> Draw(double[] signal, int rows, RandomStream stream)
    {
        int length = Svec.Length(Dimension);
        double[] numbers = new double[(rows * (Dimension + 1)) + 1], features = new double[rows * length], responses = new double[rows];
        stream.FillGaussian<double>(numbers);
        double constant = 3 * numbers[^1];
        for (int n = 0; n < rows; n++)
        {
            ReadOnlySpan<double> x = numbers.AsSpan(n * (Dimension + 1), Dimension);
            Span<double> row = features.AsSpan(n * length, length);
            double form = 0;
            for (int i = 0; i < Dimension; i++)
            {
                for (int j = 0; j < Dimension; j++)
                {
                    form += signal[(i * Dimension) + j] * x[i] * x[j];
                }

                for (int j = 0; j <= i; j++)
                {
                    row[Svec.IndexOf(i, j)] = i == j ? ((x[i] * x[i]) - 1) / Math.Sqrt(2) : x[i] * x[j];
                }
            }

            responses[n] = constant + form + (Noise * numbers[(n * (Dimension + 1)) + Dimension]);
        }

        double mean = responses.Average();
        return new(features, responses.Select(y => (y - mean) / Math.Sqrt(2)).ToArray());
    }
}
