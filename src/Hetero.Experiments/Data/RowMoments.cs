using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Data;

/// <summary>The moments of an environment's measurements, by their coordinates: svec(X), or the entries of a vector or an input.</summary>
internal sealed class RowMoments
{
    private const int DirectionCount = 4;

    // Nothing that data were made with.
    private const ulong DirectionSeed = 0x6368_6563_6B2D_6474;

    private RowMoments(int rows, int length, double[] first, double[] sums, double[] centered, double[] squares, double[] fourths, RowGradient[] gradients)
    {
        (Rows, Length) = (rows, length);
        double total = 0, kurtosis = 0;
        for (int j = 0; j < length; j++)
        {
            total += squares[j];
        }

        Scale = total / ((double)rows * length);
        Variances = new double[length];
        Kurtoses = new double[length];
        int varying = 0;
        for (int j = 0; j < length; j++)
        {
            double variance = squares[j] / rows, mean = first[j] + (sums[j] / rows);
            Variances[j] = variance / Scale;
            if (variance > 0)
            {
                varying++;
                Kurtoses[j] = fourths[j] / rows / (variance * variance);
                kurtosis += Kurtoses[j];
                double central = Math.Max(centered[j] - (sums[j] * sums[j] / rows), 0) / (rows - 1.0);
                LargestMean = Math.Max(LargestMean, Math.Abs(mean) / Math.Sqrt(central));
                LargestT = Math.Max(LargestT, Math.Abs(mean) / Math.Sqrt(central / rows));
            }
        }

        Kurtosis = kurtosis / Math.Max(1, varying);
        Gradients = gradients;
    }

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; }

    /// <summary>Gets the number p of coordinates.</summary>
    public int Length { get; }

    /// <summary>Gets c², the mean square of all coordinates.</summary>
    public double Scale { get; }

    /// <summary>Gets the mean square of each coordinate, in units of c².</summary>
    public double[] Variances { get; }

    /// <summary>Gets the kurtosis of each coordinate, about 0; 0 of one that is 0.</summary>
    public double[] Kurtoses { get; }

    /// <summary>Gets the largest mean of a coordinate, in units of its standard deviation; infinite of one that is constant.</summary>
    public double LargestMean { get; }

    /// <summary>Gets the largest of Student's statistics of the means.</summary>
    public double LargestT { get; }

    /// <summary>Gets the mean kurtosis of the coordinates, about 0.</summary>
    public double Kurtosis { get; }

    /// <summary>Gets the gradients of residuals D, of length 1, in some random directions.</summary>
    public RowGradient[] Gradients { get; }

    /// <summary>Passes over an environment once.</summary>
    public static RowMoments Of<T>(DataSet<T> data, int environment, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DataRows<T> rows = new(data, environment);
        bool isSquare = data.Manifest.Layout == MeasurementLayout.Square;
        int d = data.Manifest.Dimension, length = isSquare ? Svec.Length(d) : rows.Length;
        double[] first = new double[length], sums = new double[length], centered = new double[length];
        double[] squares = new double[length], fourths = new double[length], row = new double[length], power = new double[length];
        double[] wide = new double[isSquare ? rows.Length : 0];
        RowGradient[] gradients = [.. Enumerable.Range(0, DirectionCount).Select(k => new RowGradient(DirectionOf(k, length)))];
        for (int i = 0; i < rows.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (isSquare)
            {
                TensorPrimitives.ConvertTruncating<T, double>(rows.Row(i), wide);
                Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<double>(wide, d, d), row);
            }
            else
            {
                TensorPrimitives.ConvertTruncating<T, double>(rows.Row(i), row);
            }

            // Sums about the first row: a mean that is far from 0 leaves its digits to what varies.
            if (i == 0)
            {
                row.CopyTo(first, 0);
            }

            TensorPrimitives.Subtract<double>(row, first, power);
            TensorPrimitives.Add<double>(sums, power, sums);
            TensorPrimitives.FusedMultiplyAdd<double>(power, power, centered, centered);
            double square = Reductions.Dot<double>(row, row);
            foreach (RowGradient gradient in gradients)
            {
                gradient.Add(row, square);
            }

            TensorPrimitives.Multiply<double>(row, row, power);
            TensorPrimitives.Add<double>(squares, power, squares);
            TensorPrimitives.FusedMultiplyAdd<double>(power, power, fourths, fourths);
        }

        return new RowMoments(rows.Count, length, first, sums, centered, squares, fourths, gradients);
    }

    private static double[] DirectionOf(int index, int length)
    {
        double[] direction = new double[length];
        new RandomStream(DirectionSeed, StreamPurpose.User, 0, index).FillGaussian<double>(0, direction);
        double norm = Math.Sqrt(Reductions.Dot<double>(direction, direction));
        TensorPrimitives.Divide(direction, norm, direction);
        return direction;
    }
}
