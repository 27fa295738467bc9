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
/// <param name="Noise">
/// The standard deviation of noise in the responses, √(Σ‖residuals‖²/Σ(n_e − p)) of the least squares of all environments; null where no environment has more rows than unknowns, as nothing is
/// left then.
/// </param>
/// <param name="Uncertainty">
/// What noise does to the estimate, in units of the norm of the fit's: the root mean square distance from it when least squares of the two environments have errors of variance
/// σ²/(c_e²(n_e − p − 1)) for each number of svec, with the σ that the residuals would fall short of in one of a thousand data sets.
/// +∞ where no such σ can be told, or an environment has at most p + 1 rows.
/// </param>
/// <param name="Criterion">Its criterion on the rows held out, to hold against the fit's.</param>
/// <param name="Distance">Its distance from the fit's estimate, in units of that one's norm.</param>
/// <param name="Error">‖M − A*‖/‖A*‖ where A* is known and not 0; else null.</param>
/// <param name="LeastSquaresErrors">The same of each environment's least squares, whose signal is A* + A^(e); none where A* is not known, or 0.</param>
/// <param name="Estimate">svec of its matrix.</param>
public sealed record TwoFitsComparison(
    int First,
    int Second,
    int SpuriousRank,
    double? Noise,
    double Uncertainty,
    double Criterion,
    double Distance,
    double? Error,
    IReadOnlyList<double> LeastSquaresErrors,
    IReadOnlyList<double> Estimate)
{
    /// <summary>
    /// Gets whether it is nearer to the truth than the fit, as far as can be told: with an error of δ = <see cref="Uncertainty"/> the fit's is <see cref="Distance"/> − δ at least, which is
    /// more than δ where the distance is more than 2δ. Else, or where its ranks do not explain the two fits, nothing is known of which is nearer.
    /// </summary>
    public bool IsBetter => IsConsistent && Distance > 2 * Uncertainty;

    /// <summary>Gets the rank that was left: that of the fit's estimate, or the least one above it that explains the two fits.</summary>
    public int InvariantRank { get; init; }

    /// <summary>
    /// Gets whether the ranks explain the two fits: without the estimate each of them has no more eigenvalues beyond noise than <see cref="SpuriousRank"/>. A part that is shared and left out for
    /// want of a rank, such as one of the other sign, or a spurious direction of less than a tenth, is seen there.
    /// </summary>
    public bool IsConsistent { get; init; }

    /// <summary>The vectors of d(d+1)/2 numbers, and the squares, that a comparison takes beside a fit of each environment: for <see cref="FitMemory"/>.</summary>
    internal const int Vectors = 8, Squares = 6;

    // Of the largest eigenvalue of a fit, what is too small to matter; of noise, whose eigenvalues end at √(2d) deviations, with room for that of the estimate; and ranks beyond the fit's.
    private const double Floor = 1e-3, NoiseRoom = 3;
    private const int MoreRanks = 8;

    /// <summary>Compares, with the rows that were trained on.</summary>
    internal static (TwoFitsComparison? Found, TwoFitsAbsence? Absence) Of<T>(MeasuredData<T> rows, FitMeasure<T> measure, FittedRun<T> chosen, EstimateSize size, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = rows.MeasurementSets, d = rows.Dimension;
        if (count < 2 || Enumerable.Range(0, count).Any(e => rows.GetSampleCount(e) < rows.SvecLength))
        {
            return (null, count < 2 ? TwoFitsAbsence.OneEnvironment : TwoFitsAbsence.FewRows);
        }

        double[] estimate = [.. chosen.Estimate.Select(double.CreateTruncating)];
        int invariantRank = size.IsLearned ? FitSpectrum.Rank(FitSpectrum.Of<double>(d, estimate)) : 0;
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

        double bound = NoiseBound(rows, fits, out double squares, out double free);
        double[] deviations = [.. new[] { first, second }.Select(e => bound * LeastSquaresNoise.DeviationOf(rows.GetSampleCount(e), rows.SvecLength, measure.LeastSquaresScale(e)))];
        (double[] svec, invariantRank, bool isConsistent) = Consistent(d, fits[first], fits[second], invariantRank, spuriousRank, deviations.Max(), cancellation);
        T[] matrix = new T[svec.Length];
        TensorPrimitives.ConvertTruncating<double, T>(svec, matrix);
        if (!Reductions.AllFinite<T>(matrix))
        {
            return (null, TwoFitsAbsence.OutOfRange);
        }

        measure.Measure(matrix);
        double norm = Reductions.Norm<double>(measure.Truth), scale = Reductions.Norm<double>(estimate);
        double uncertainty = deviations.All(double.IsFinite)
            ? LeastSquaresNoise.Spread(svec, fits[first], fits[second], deviations, (one, two) => Difference(d, one, two, invariantRank, spuriousRank), cancellation) / scale
            : double.PositiveInfinity;
        TwoFitsComparison found = new(
            first,
            second,
            spuriousRank,
            free > 0 ? Math.Sqrt(squares / free) : null,
            uncertainty,
            measure.Criterion,
            DistanceOf(svec, estimate, difference) / scale,
            measure.Error,
            norm > 0 ? [.. fits.Select(fit => DistanceOf(fit, measure.Truth, difference) / norm)] : [],
            svec) { InvariantRank = invariantRank, IsConsistent = isConsistent };
        return (found, null);
    }

    /// <summary>The factor on a standard deviation: √(Σ‖residuals‖² times <see cref="LeastSquaresNoise.Bound"/>).</summary>
    private static double NoiseBound<T>(MeasuredData<T> rows, double[][] fits, out double squares, out double free)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (squares, free) = (0, 0);
        for (int e = 0; e < fits.Length; e++)
        {
            squares += SquaredResiduals(rows, e, fits[e]);
            free += rows.GetSampleCount(e) - rows.SvecLength;
        }

        return Math.Sqrt(squares * LeastSquaresNoise.Bound(free));
    }

    /// <summary>The difference of the least rank, from that of the estimate on, which explains both fits; that of the estimate's rank where none does.</summary>
    private static (double[] Svec, int Rank, bool IsConsistent) Consistent(
        int d, double[] first, double[] second, int invariantRank, int spuriousRank, double deviation, CancellationToken cancellation)
    {
        double size = Math.Max(Math.Abs(FitSpectrum.Of<double>(d, first)[0]), Math.Abs(FitSpectrum.Of<double>(d, second)[0]));
        double tolerance = (Floor * size) + (double.IsFinite(deviation) ? NoiseRoom * Math.Sqrt(2.0 * d) * deviation : 0);
        double[] left = new double[first.Length];
        for (int rank = invariantRank; rank <= Math.Min(d - spuriousRank, invariantRank + MoreRanks); rank++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] svec = Difference(d, first, second, rank, spuriousRank);
            if (Reductions.AllFinite<double>(svec) && Explains(svec, first) && Explains(svec, second))
            {
                return (svec, rank, true);
            }
        }

        return (Difference(d, first, second, invariantRank, spuriousRank), invariantRank, false);

        bool Explains(double[] svec, double[] fit)
        {
            TensorPrimitives.Subtract<double>(fit, svec, left);
            return FitSpectrum.Of<double>(d, left).Count(value => Math.Abs(value) > tolerance) <= spuriousRank;
        }
    }

    private static double[] Difference(int d, double[] first, double[] second, int invariantRank, int spuriousRank)
    {
        double[] square = new double[d * d], svec = new double[first.Length];
        DifferenceOfFits.Write(Square(first), Square(second), invariantRank, spuriousRank, new MatrixSpan<double>(square, d, d));
        Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(square, d, d), svec);
        return svec;

        ReadOnlyMatrixSpan<double> Square(double[] packed) => new(FitSpectrum.Square<double>(d, packed), d, d);
    }

    private static double SquaredResiduals<T>(MeasuredData<T> rows, int environment, double[] fit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] matrix = new T[fit.Length];
        TensorPrimitives.ConvertTruncating<double, T>(fit, matrix);
        return 2 * rows.Risk(environment, matrix) * rows.GetSampleCount(environment);
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
