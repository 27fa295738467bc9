using Hetero.Core.Sensing;

namespace Hetero.Core.FsCheck.Tests.Isometry;

/// <summary>
/// δ_1 of measurements of 2×2 matrices by a scan of all directions: a trigonometric polynomial of degree 4 in the angle, refined around the peaks of a grid.
/// </summary>
internal static class PlainScan
{
    private const int Grid = 400;

    /// <summary>The measurements, svec form.</summary>
    public static double[][] Rows(StoredMeasurements<double> measurements)
    {
        double[][] rows = new double[measurements.SamplesPerSet][];
        for (int i = 0; i < rows.Length; i++)
        {
            measurements.CopySample(i, rows[i] = new double[measurements.SvecLength]);
        }

        return rows;
    }

    /// <summary>max |(1/m) Σ ⟨X_i, uuᵀ⟩² − 1| over the directions u.</summary>
    public static double Delta(double[][] rows) => Math.Max(Largest(rows, 1), Largest(rows, -1));

    // Every peak of the grid is refined: two of them may be nearly as high.
    private static double Largest(double[][] rows, int sign)
    {
        double[] values = [.. Enumerable.Range(0, Grid).Select(i => sign * Excess(rows, Math.PI * i / Grid))];
        return Enumerable.Range(0, Grid)
            .Where(i => values[i] >= values[(i + 1) % Grid] && values[i] >= values[(i + Grid - 1) % Grid])
            .Max(peak => Refined(rows, sign, peak));
    }

    private static double Refined(double[][] rows, int sign, int peak)
    {
        double low = Math.PI * (peak - 1) / Grid, high = Math.PI * (peak + 1) / Grid;
        for (int i = 0; i < 60; i++)
        {
            double left = low + ((high - low) / 3), right = high - ((high - low) / 3);
            (low, high) = sign * Excess(rows, left) < sign * Excess(rows, right) ? (left, high) : (low, right);
        }

        return sign * Excess(rows, (low + high) / 2);
    }

    private static double Excess(double[][] rows, double angle)
    {
        double c = Math.Cos(angle), s = Math.Sin(angle);
        int first = Svec.IndexOf(0, 0), mixed = Svec.IndexOf(1, 0), last = Svec.IndexOf(1, 1);
        return rows.Average(row => Math.Pow((row[first] * c * c) + (row[mixed] * Math.Sqrt(2) * c * s) + (row[last] * s * s), 2)) - 1;
    }
}
