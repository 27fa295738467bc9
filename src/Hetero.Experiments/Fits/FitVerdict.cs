using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Experiments.Fits;

/// <summary>What a fit says in numbers.</summary>
/// <param name="Spectrum">The eigenvalues of the estimate, the largest in size first.</param>
/// <param name="Rank">The estimate of the invariant rank: how many of them have a tenth of the largest one's size or more; 0 where the estimate has not left its start.</param>
/// <param name="PooledSpectrum">The eigenvalues of what pooled training found.</param>
/// <param name="PooledRank">The rank of that, counted in the same way.</param>
/// <param name="PooledDistance">‖M − M_pooled‖/‖M‖.</param>
/// <param name="SeedSpread">The largest distance of another seed's estimate from the chosen one, in units of its norm; null for one seed.</param>
public sealed record FitVerdict(
    IReadOnlyList<double> Spectrum, int Rank, IReadOnlyList<double> PooledSpectrum, int PooledRank, double PooledDistance, double? SeedSpread)
{
    /// <summary>Judges a fit.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="result">The fit.</param>
    /// <param name="dimension">The dimension d of the data.</param>
    /// <returns>The numbers; null if no run came to its last step, if the estimate is 0, or if the pooled one found nothing.</returns>
    public static FitVerdict? Of<T>(FitResult<T> result, int dimension)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Chosen is not { } chosen || result.Pooled?.Best is null)
        {
            return null;
        }

        double[] estimate = Doubles(chosen.Estimate), pooled = Doubles(result.Pooled.Estimate);
        double[] spectrum = FitSpectrum.Of<double>(dimension, estimate), pooledSpectrum = FitSpectrum.Of<double>(dimension, pooled);
        double norm = Reductions.Norm<double>(estimate);
        if (norm == 0)
        {
            return null;
        }

        double? spread = result.Runs.Count < 2
            ? null
            : result.Runs.Where(run => run.Best is not null).Max(run => Distance(Doubles(run.Estimate), estimate)) / norm;
        return new(spectrum, FitSpectrum.Rank(spectrum, result.Recipe.StartSize), pooledSpectrum, FitSpectrum.Rank(pooledSpectrum, result.Recipe.StartSize), Distance(pooled, estimate) / norm, spread);
    }

    private static double Distance(double[] a, double[] b)
    {
        double[] difference = new double[a.Length];
        TensorPrimitives.Subtract<double>(a, b, difference);
        return Reductions.Norm<double>(difference);
    }

    private static double[] Doubles<T>(IReadOnlyList<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. numbers.Select(double.CreateTruncating)];
}
