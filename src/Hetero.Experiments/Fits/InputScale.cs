using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>
/// The scale c² of an environment's measurements, with which E[⟨X, D⟩X] = c²D: the mean square of svec(X)'s numbers; for X = xxᵀ, where it is c⁴ for x of scale c, the square of that of x.
/// </summary>
internal static class InputScale
{
    // Rows between two questions whether to go on.
    private const int Part = 4096;

    /// <summary>Returns it; 1 where all are 0 or their squares leave the range.</summary>
    public static double Of<T>(EnvironmentSamples<T> rows, MeasurementLayout layout, int dimension, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = layout == MeasurementLayout.RankOne ? dimension : Svec.Length(dimension);
        T[] packed = new T[layout == MeasurementLayout.Square ? length : 0];
        int n = rows.Responses.Length, width = rows.Measurements.Length / n;
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            if (i % Part == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            ReadOnlySpan<T> row = rows.Measurements.Span.Slice(i * width, width);
            if (packed.Length > 0)
            {
                Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<T>(row, dimension, dimension), packed);
                row = packed;
            }

            sum += double.CreateTruncating(Reductions.SumOfSquares(row));
        }

        double scale = sum / ((double)n * length);
        scale = layout == MeasurementLayout.RankOne ? scale * scale : scale;
        return scale > 0 && double.IsFinite(scale) ? scale : 1;
    }
}
