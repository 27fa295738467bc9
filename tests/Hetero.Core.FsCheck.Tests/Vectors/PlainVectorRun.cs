using Hetero.Core.Random;

namespace Hetero.Core.FsCheck.Tests.Vectors;

/// <summary>The same run as plain loops over samples and coordinates: the formulas of the text, and of the library only the entries of its streams.</summary>
internal static class PlainVectorRun
{
    public static double[] Of(VectorCase given)
    {
        int d = given.Dimension;
        double[] v = [.. Enumerable.Repeat(VectorCase.Scale, d)], u = [.. given.IsDifference ? v : new double[d]];
        for (int step = 0; step < given.Steps; step++)
        {
            double[] w = [.. v.Select((value, j) => (value * value) - (u[j] * u[j]))], gradient = new double[d];
            for (int e = 0; e < given.Environments; e++)
            {
                AddEnvironment(given, step, e, w, gradient);
            }

            double[] noise = new double[2 * d];
            if (given.Noise == VectorNoise.Spherical)
            {
                int parameters = given.IsDifference ? 2 * d : d;
                new RandomStream(given.Seed, StreamPurpose.Perturbation, step).FillGaussian(noise.AsSpan(0, parameters));
            }

            for (int j = 0; j < d; j++)
            {
                v[j] -= VectorCase.StepSize * ((gradient[j] * v[j]) + (VectorCase.Deviation * noise[j]));
                u[j] += VectorCase.StepSize * ((gradient[j] * u[j]) - (VectorCase.Deviation * noise[d + j]));
            }
        }

        return given.IsDifference ? [.. v, .. u] : v;
    }

    private static void AddEnvironment(VectorCase given, int step, int e, double[] w, double[] gradient)
    {
        double[] x = given.RowsOf(e), y = given.ResponsesOf(e);
        int d = given.Dimension, n = y.Length;
        double weight = 1.0 / given.Environments;
        double Prediction(int i) => Enumerable.Range(0, d).Sum(j => x[(i * d) + j] * w[j]);
        double Residual(int i) => Prediction(i) - y[i];

        // What the batch makes of a sample, its label noise included, is left out; the difference of mini-batches leaves out none.
        void AddUncut(int i, double coefficient)
        {
            if (!given.IsTruncated || !(Prediction(i) > VectorCase.Level))
            {
                Add(i, coefficient);
            }
        }

        void Add(int i, double coefficient)
        {
            for (int j = 0; j < d; j++)
            {
                gradient[j] += weight * coefficient * x[(i * d) + j];
            }
        }

        RandomStream labels = new(given.Seed, StreamPurpose.LabelNoise, step, e);
        if (given.Noise == VectorNoise.OneSample)
        {
            int i = (int)new RandomSequence(new RandomStream(given.Seed, StreamPurpose.Rows, step)).NextBelow(n);
            AddUncut(i, Residual(i) - (VectorCase.Deviation * Gaussian(labels, 0)));
            return;
        }

        for (int i = 0; i < n; i++)
        {
            double noise = given.Noise switch
            {
                VectorNoise.Labels => Gaussian(labels, i),
                VectorNoise.LabelSigns => Sign(Uniform(labels, i)),
                _ => 0,
            };
            AddUncut(i, (Residual(i) - (VectorCase.Deviation * noise)) / n);
        }

        if (given.Noise is VectorNoise.OneLabel or VectorNoise.OneLabelSign)
        {
            RandomSequence sequence = new(labels);
            int i = (int)sequence.NextBelow(n);
            AddUncut(i, -VectorCase.Deviation * (given.Noise == VectorNoise.OneLabel ? sequence.NextGaussian() : Sign(sequence.NextUniform())));
        }

        for (int copy = 0; copy < 2 && given.Noise == VectorNoise.MiniBatches; copy++)
        {
            RandomSequence rows = new(new RandomStream(given.Seed, StreamPurpose.Rows, step, RandomStream.MaxSubstream - (2 * e) - copy));
            for (int k = 0; k < VectorCase.BatchRows; k++)
            {
                int i = (int)rows.NextBelow(n);
                Add(i, (copy == 0 ? 1 : -1) * VectorCase.Factor * Residual(i) / VectorCase.BatchRows);
            }
        }
    }

    private static double Sign(double uniform) => uniform < 0.5 ? -1 : 1;

    private static double Gaussian(RandomStream stream, int entry)
    {
        double[] numbers = new double[entry + 1];
        stream.FillGaussian(numbers.AsSpan());
        return numbers[entry];
    }

    private static double Uniform(RandomStream stream, int entry)
    {
        double[] numbers = new double[entry + 1];
        stream.FillUniform(numbers.AsSpan());
        return numbers[entry];
    }
}
