using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Experiments.Fits;

/// <summary>
/// What plain estimators say beside a fit: least squares of each environment's rows, and <see cref="DifferenceOfFits"/> of the two environments whose fits are the farthest apart. Where each
/// environment has as many rows as unknowns or more: else they are not determined (<see cref="TwoFitsAbsence"/>).
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
    /// <summary>The vectors of d(d+1)/2 numbers, and the squares, that a comparison takes beside a fit of each environment: for <see cref="FitMemory"/>.</summary>
    internal const int Vectors = 8, Squares = 6;

    /// <summary>Compares, with the rows that were trained on.</summary>
    internal static (TwoFitsComparison? Found, TwoFitsAbsence? Absence) Of<T>(MeasuredData<T> rows, FitMeasure<T> measure, FittedRun<T> chosen, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = rows.MeasurementSets, d = rows.Dimension;
        if (count < 2 || Enumerable.Range(0, count).Any(e => rows.GetSampleCount(e) < rows.SvecLength))
        {
            return (null, count < 2 ? TwoFitsAbsence.OneEnvironment : TwoFitsAbsence.FewRows);
        }

        double[] estimate = [.. chosen.Estimate.Select(double.CreateTruncating)];
        int invariantRank = FitSpectrum.Rank(FitSpectrum.Of<double>(d, estimate));
        if (invariantRank < 1)
        {
            return (null, TwoFitsAbsence.NoEstimate);
        }

        double[][] fits = new double[count][];
        for (int e = 0; e < count; e++)
        {
            if (EnvironmentFit.LeastSquares(rows, e, cancellation) is not { } fit)
            {
                return (null, TwoFitsAbsence.OutOfRange);
            }

            fits[e] = fit;
        }

        double[] difference = new double[rows.SvecLength];
        (int first, int second) = Farthest(fits, difference, cancellation);
        TensorPrimitives.Subtract<double>(fits[first], fits[second], difference);
        int spuriousRank = FitSpectrum.Rank(FitSpectrum.Of<double>(d, difference));
        if (spuriousRank < 1 || invariantRank + spuriousRank > d)
        {
            return (null, spuriousRank < 1 ? TwoFitsAbsence.NoDifference : TwoFitsAbsence.TooManyDirections);
        }

        double[] square = new double[d * d], svec = new double[rows.SvecLength];
        DifferenceOfFits.Write(Square(fits[first]), Square(fits[second]), invariantRank, spuriousRank, new MatrixSpan<double>(square, d, d));
        Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(square, d, d), svec);
        T[] matrix = new T[svec.Length];
        TensorPrimitives.ConvertTruncating<double, T>(svec, matrix);
        if (!Reductions.AllFinite<T>(matrix))
        {
            return (null, TwoFitsAbsence.OutOfRange);
        }

        measure.Measure(matrix);
        double norm = Reductions.Norm<double>(measure.Truth);
        TwoFitsComparison found = new(
            first,
            second,
            spuriousRank,
            Math.Sqrt(fits.Select((fit, e) => Variance(rows, e, fit)).Average()),
            measure.Criterion,
            DistanceOf(svec, estimate, difference) / Reductions.Norm<double>(estimate),
            measure.Error,
            norm > 0 ? [.. fits.Select(fit => DistanceOf(fit, measure.Truth, difference) / norm)] : []);
        return (found, null);

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

    /// <summary>The two environments whose fits are the farthest apart, of equal distances the first two.</summary>
    private static (int First, int Second) Farthest(double[][] fits, double[] scratch, CancellationToken cancellation)
    {
        (int first, int second, double largest) = (0, 1, -1);
        for (int i = 1; i < fits.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int j = 0; j < i; j++)
            {
                double distance = DistanceOf(fits[j], fits[i], scratch);
                (first, second, largest) = distance > largest ? (j, i, distance) : (first, second, largest);
            }
        }

        return (first, second);
    }

    private static double DistanceOf(double[] a, double[] b, double[] scratch)
    {
        TensorPrimitives.Subtract<double>(a, b, scratch);
        return Reductions.Norm<double>(scratch);
    }
}
