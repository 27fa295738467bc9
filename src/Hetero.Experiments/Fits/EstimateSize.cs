using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Experiments.Fits;

/// <summary>How large an estimate M is beside what the rows have, which tells one that still grows from one that has learned something.</summary>
/// <remarks>
/// <para>B̂_e = (1/n) Σ y_iX_i/c², for inputs xxᵀ without the trace that comes with it, is unbiased for A* + A^(e) at any number of rows, and so is B̂ = Σ π_e B̂_e for
/// A* + Σ π_e A^(e). The mean risk of a multiple aM is the least at a = ⟨M, B̂⟩/‖M‖²: 1 for M = A* that overlaps with nothing, 1/λ as long as M is at λ times the size that
/// it grows to. A scale of inputs or responses changes neither a nor the ratio of eigenvalues.</para>
/// <para>Of a small M that is turned to what varies about 0, ⟨M, B̂⟩ says nothing, and the largest eigenvalue of B̂ does. It is of A* + Σ π_e A^(e) and of the noise of n rows, about
/// √(2d)·ν with ν² the variance of a number of svec(B̂): both are what training has met, and of an estimate a hundredth as large nothing could be told from noise.</para>
/// </remarks>
/// <param name="Step">The step that the estimate is of.</param>
/// <param name="Largest">The size of its largest eigenvalue.</param>
/// <param name="Start">That of the start.</param>
/// <param name="OfRows">The size of the largest eigenvalue of B̂, on the rows held out where there are some.</param>
/// <param name="Factor">a: how many times as large M would explain these rows best.</param>
/// <param name="FactorDeviation">The standard deviation of a by chance, about ν/‖M‖ with ν² = Σ π_e² E y²/(n_ec_e²), half of that for inputs xxᵀ.</param>
public sealed record EstimateSize(int Step, double Largest, double Start, double OfRows, double Factor, double FactorDeviation)
{
    private const double LeastShare = 0.01, MostFactor = 10, Deviations = 3;

    /// <summary>
    /// Gets whether something has been learned: it is not the start itself, the largest eigenvalue is a hundredth of that of B̂ or more, and a is not beyond ten by three deviations. Else the
    /// eigenvalues say how fast directions grow and not what is shared, and there is no rank. The size of the start does not matter: in small units it is as large as what is found.
    /// </summary>
    public bool IsLearned => Step > 0 && Largest > 0 && !(Largest < LeastShare * OfRows) && !(Factor - (Deviations * FactorDeviation) > MostFactor);

    /// <summary>Measures estimates on the rows of a measure.</summary>
    /// <param name="measure">The rows.</param>
    /// <param name="start">The largest eigenvalue of the start.</param>
    /// <param name="estimates">Runs that have kept an iterate.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static EstimateSize[] Of<T>(FitMeasure<T> measure, double start, IReadOnlyList<FittedRun<T>> estimates, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = measure.Dimension;
        T[] zero = new T[estimates[0].Estimate.Count];
        double[] mean = new double[d * d], gradient = new double[d * d];
        double variance = 0;
        for (int e = 0; e < measure.Probabilities.Count; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            double share = measure.Probabilities[e];
            measure.EnvironmentGradient(e, zero, gradient);
            TensorPrimitives.MultiplyAdd(gradient, -share / measure.Scales[e], mean, mean);
            variance += share * share * 2 * measure.Risk(e, zero) / (measure.RowsOf(e) * measure.LeastSquaresScale(e));
        }

        double ofRows = Reductions.AllFinite<double>(mean) ? LargestOf(d, mean) : double.NaN;
        return [.. estimates.Select(Of)];

        EstimateSize Of(FittedRun<T> run)
        {
            double[] matrix = FitSpectrum.Square<T>(d, [.. run.Estimate]);
            double square = Reductions.SumOfSquares<double>(matrix);
            return new(run.Best!.Step, LargestOf(d, matrix), start, ofRows, Reductions.Dot<double>(matrix, mean) / square, Math.Sqrt(variance / square));
        }
    }

    private static double LargestOf(int d, double[] matrix)
    {
        double[] values = new double[d];
        SymmetricEigen.Decompose<double>(new ReadOnlyMatrixSpan<double>(matrix, d, d), values);
        return Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
    }
}
