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

    private RowMoments(int rows, int length, double[] sums, double[] squares, double[] fourths, double[][] directions, double[][] gradients)
    {
        (Rows, Length) = (rows, length);
        double total = 0, kurtosis = 0;
        for (int j = 0; j < length; j++)
        {
            total += squares[j];
        }

        Scale = total / ((double)rows * length);
        SmallestVariance = double.PositiveInfinity;
        int varying = 0;
        for (int j = 0; j < length; j++)
        {
            double variance = squares[j] / rows, mean = sums[j] / rows;
            LargestVariance = Math.Max(LargestVariance, variance / Scale);
            SmallestVariance = Math.Min(SmallestVariance, variance / Scale);
            if (variance > 0)
            {
                varying++;
                kurtosis += fourths[j] / rows / (variance * variance);
                double central = Math.Max(variance - (mean * mean), 0) * rows / (rows - 1.0);
                LargestMean = Math.Max(LargestMean, Math.Abs(mean) / Math.Sqrt(variance));
                LargestT = Math.Max(LargestT, Math.Abs(mean) / Math.Sqrt(central / rows));
            }
        }

        Kurtosis = kurtosis / Math.Max(1, varying);
        Directions = new double[directions.Length];
        for (int k = 0; k < directions.Length; k++)
        {
            // G = Σ a_iX_i with a_i = ⟨X_i, D⟩: along D Σ a_i², and beside it, of Gaussian X, normal with c²Σ a_i² in each of p − 1 directions.
            double along = Reductions.Dot<double>(gradients[k], directions[k]), square = Reductions.Dot<double>(gradients[k], gradients[k]);
            Directions[k] = along > 0 ? (square - (along * along)) / (Scale * along) : 0;
        }
    }

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; }

    /// <summary>Gets the number p of coordinates.</summary>
    public int Length { get; }

    /// <summary>Gets c², the mean square of all coordinates.</summary>
    public double Scale { get; }

    /// <summary>Gets the largest mean square of a coordinate, in units of c².</summary>
    public double LargestVariance { get; }

    /// <summary>Gets the smallest one.</summary>
    public double SmallestVariance { get; }

    /// <summary>Gets the largest mean of a coordinate, in units of the root of its mean square.</summary>
    public double LargestMean { get; }

    /// <summary>Gets the largest of Student's statistics of the means.</summary>
    public double LargestT { get; }

    /// <summary>Gets the mean kurtosis of the coordinates, about 0.</summary>
    public double Kurtosis { get; }

    /// <summary>Gets for some random directions D of length 1 the square of what the gradient of D has beside D, which for Gaussian measurements is χ² with p − 1 degrees of freedom.</summary>
    public double[] Directions { get; }

    /// <summary>Passes over an environment once.</summary>
    public static RowMoments Of<T>(DataSet<T> data, int environment, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DataRows<T> rows = new(data, environment);
        bool isSquare = data.Manifest.Layout == MeasurementLayout.Square;
        int d = data.Manifest.Dimension, length = isSquare ? Svec.Length(d) : rows.Length;
        double[] sums = new double[length], squares = new double[length], fourths = new double[length], row = new double[length], power = new double[length];
        double[] wide = new double[isSquare ? rows.Length : 0];
        double[][] directions = [.. Enumerable.Range(0, DirectionCount).Select(k => DirectionOf(k, length))], gradients = [.. directions.Select(_ => new double[length])];
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

            TensorPrimitives.Add<double>(sums, row, sums);
            for (int k = 0; k < directions.Length; k++)
            {
                TensorPrimitives.FusedMultiplyAdd(row, Reductions.Dot<double>(row, directions[k]), gradients[k], gradients[k]);
            }

            TensorPrimitives.Multiply<double>(row, row, power);
            TensorPrimitives.Add<double>(squares, power, squares);
            TensorPrimitives.FusedMultiplyAdd<double>(power, power, fourths, fourths);
        }

        return new RowMoments(rows.Count, length, sums, squares, fourths, directions, gradients);
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
