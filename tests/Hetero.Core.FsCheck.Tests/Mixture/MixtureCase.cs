using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.FsCheck.Tests.Mixture;

/// <summary>
/// A batch whose residuals D_i = D + Σ_v a_iv·V_v differ, with noise of deviation Noise/10. D, the V_v and the a_iv are uniform on [−1, 1).
/// </summary>
public sealed record MixtureCase(int Dimension, int Directions, int Samples, int Noise, ulong Seed)
{
    /// <summary>The svec forms of D, V_1, …, V_n.</summary>
    internal double[][] Vectors() => [.. Uniform(0, (1 + Directions) * Svec.Length(Dimension)).Chunk(Svec.Length(Dimension))];

    /// <summary>The batch, with a scale of 1/m.</summary>
    internal SampleGroup<double> Group()
    {
        ResidualMixture<double> mixture = new(Vectors().Skip(1).SelectMany(vector => vector).ToArray(), Directions, Samples);
        Uniform((1 + Directions) * Svec.Length(Dimension), Samples * Directions).CopyTo(mixture.Coefficients);
        return new SampleGroup<double>
        {
            Step = 3,
            Count = Samples,
            Scale = 1.0 / Samples,
            Group = 1,
            FirstSample = 5,
            NoiseDeviation = Noise / 10.0,
            KeepsNoise = true,
            Mixture = mixture,
        };
    }

    /// <summary>Entries of a stream of the batch's own seed.</summary>
    internal double[] Gaussian(StreamPurpose purpose, int step, int substream, long first)
    {
        double[] entries = new double[Samples];
        new RandomStream(Seed, purpose, step, substream).FillGaussian(first, entries.AsSpan());
        return entries;
    }

    private double[] Uniform(int first, int length)
    {
        System.Random random = new((int)(Seed % int.MaxValue));
        return [.. Enumerable.Range(0, first + length).Select(_ => (2 * random.NextDouble()) - 1).Skip(first)];
    }
}
