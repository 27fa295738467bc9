using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Experiments.Fits;

/// <summary>
/// What plain estimators say beside a fit: least squares of each environment's rows, and <see cref="DifferenceOfFits"/> of the two environments whose fits are the farthest apart. Where each
/// environment has as many rows as unknowns or more: else they are not determined.
/// </summary>
/// <param name="First">The one environment.</param>
/// <param name="Second">The other one.</param>
/// <param name="SpuriousRank">The rank that was taken out: how many eigenvalues of the difference have a tenth of the largest one's size or more.</param>
/// <param name="Noise">The standard deviation of noise in the responses, from what least squares leave of those that were fitted.</param>
/// <param name="Criterion">Its criterion on the rows held out, to hold against the fit's.</param>
/// <param name="Distance">Its distance from the fit's estimate, in units of that one's norm.</param>
/// <param name="Error">‖M − A*‖/‖A*‖ where A* is known; else null.</param>
/// <param name="LeastSquaresErrors">The same of each environment's least squares, whose signal is A* + A^(e).</param>
public sealed record TwoFitsComparison(
    int First, int Second, int SpuriousRank, double Noise, double Criterion, double Distance, double? Error, IReadOnlyList<double> LeastSquaresErrors)
{
    /// <summary>Compares, with the rows that were trained on.</summary>
    internal static TwoFitsComparison? Of<T>(MeasuredData<T> rows, FitMeasure<T> measure, FittedRun<T> chosen, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = rows.MeasurementSets, d = rows.Dimension;
        if (count < 2 || Enumerable.Range(0, count).Any(e => rows.GetSampleCount(e) < rows.SvecLength))
        {
            return null;
        }

        double[] estimate = [.. chosen.Estimate.Select(double.CreateTruncating)];
        int invariantRank = FitSpectrum.Rank(FitSpectrum.Of<double>(d, estimate));
        double[][] fits = [.. Enumerable.Range(0, count).Select(e => EnvironmentFit.LeastSquares(rows, e, cancellation))];
        (int first, int second) = (from i in Enumerable.Range(0, count) from j in Enumerable.Range(0, i) select (j, i)).MaxBy(pair => DistanceOf(fits[pair.j], fits[pair.i]));
        double[] difference = [.. fits[first].Zip(fits[second], (a, b) => a - b)];
        int spuriousRank = FitSpectrum.Rank(FitSpectrum.Of<double>(d, difference));
        if (invariantRank < 1 || spuriousRank < 1 || invariantRank + spuriousRank > d)
        {
            return null;
        }

        double[] square = new double[d * d], svec = new double[rows.SvecLength];
        DifferenceOfFits.Write(Square(fits[first]), Square(fits[second]), invariantRank, spuriousRank, new MatrixSpan<double>(square, d, d));
        Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(square, d, d), svec);
        T[] found = new T[svec.Length];
        TensorPrimitives.ConvertTruncating<double, T>(svec, found);
        measure.Measure(found);
        double norm = Reductions.Norm<double>(measure.Truth);
        return new(
            first,
            second,
            spuriousRank,
            Math.Sqrt(fits.Select((fit, e) => Variance(rows, e, fit)).Average()),
            measure.Criterion,
            DistanceOf(svec, estimate) / Reductions.Norm<double>(estimate),
            measure.Error,
            norm > 0 ? [.. fits.Select(fit => DistanceOf(fit, measure.Truth) / norm)] : []);

        ReadOnlyMatrixSpan<double> Square(double[] packed) => new(FitSpectrum.Square<double>(d, packed), d, d);
    }

    /// <summary>The residual sum of squares over the n − p numbers that a fit leaves free, one at least.</summary>
    private static double Variance<T>(MeasuredData<T> rows, int environment, double[] fit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] matrix = new T[fit.Length];
        TensorPrimitives.ConvertTruncating<double, T>(fit, matrix);
        int count = rows.GetSampleCount(environment);
        return 2 * rows.Risk(environment, matrix) * count / Math.Max(1, count - fit.Length);
    }

    private static double DistanceOf(double[] a, double[] b)
    {
        double[] difference = new double[a.Length];
        TensorPrimitives.Subtract<double>(a, b, difference);
        return Reductions.Norm<double>(difference);
    }
}
