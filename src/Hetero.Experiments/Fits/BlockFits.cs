using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>The shortest fits of an environment, (1/n) Σ y_iX_i, of its rows in blocks.</summary>
internal static class BlockFits
{
    /// <summary>(1/n) Σ y_iX_i of each block of an environment's rows, in svec form one after another.</summary>
    public static double[] Of<T>(
        EnvironmentSamples<T> rows, MeasurementLayout layout, int dimension, int blocks, ulong seed, int environment, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = rows.Responses.Length, p = Svec.Length(dimension), width = layout == MeasurementLayout.Square ? dimension * dimension : p;
        int[] order = RowShuffle.Of(n, seed, RowShuffle.Variation, environment), counts = new int[blocks], block = new int[n];
        for (int i = 0; i < n; i++)
        {
            block[order[i]] = i % blocks;
            counts[i % blocks]++;
        }

        T[] packed = new T[p];
        double[] fits = new double[blocks * p], row = new double[p];
        for (int i = 0; i < n; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<T> measurement = rows.Row(i, width);
            if (layout == MeasurementLayout.Square)
            {
                Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<T>(measurement, dimension, dimension), packed);
                measurement = packed;
            }

            TensorPrimitives.ConvertTruncating<T, double>(measurement, row);
            Span<double> fit = fits.AsSpan(block[i] * p, p);
            TensorPrimitives.MultiplyAdd<double>(row, double.CreateTruncating(rows.Responses.Span[i]) / counts[block[i]], fit, fit);
        }

        return fits;
    }

    /// <summary>The mean of some blocks' vectors.</summary>
    public static double[] Mean(double[] blocks, int length, int from, int to)
    {
        double[] mean = new double[length];
        for (int k = from; k < to; k++)
        {
            TensorPrimitives.MultiplyAdd<double>(blocks.AsSpan(k * length, length), 1.0 / (to - from), mean, mean);
        }

        return mean;
    }

    /// <summary>Takes the environments' mean off, block by block.</summary>
    public static void Center(double[][] fits, IReadOnlyList<double> probabilities)
    {
        double[] mean = new double[fits[0].Length];
        for (int e = 0; e < fits.Length; e++)
        {
            TensorPrimitives.MultiplyAdd(fits[e], probabilities[e], mean, mean);
        }

        foreach (double[] fit in fits)
        {
            TensorPrimitives.Subtract(fit, mean, fit);
        }
    }
}
