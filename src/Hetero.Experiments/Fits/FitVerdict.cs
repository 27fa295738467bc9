using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Experiments.Fits;

/// <summary>What a fit says in numbers.</summary>
/// <param name="Spectrum">The eigenvalues of the estimate, the largest in size first.</param>
/// <param name="Rank">
/// The estimate of the invariant rank: how many of those with a tenth of the largest one's size or more are shared by the environments at a rate of false alarms, where
/// <see cref="RankTest"/> is there, 0 if of none that is certain; else how many have that size, at no rate. Null where nothing has been learned.
/// </param>
/// <param name="PooledSpectrum">The eigenvalues of what pooled training found.</param>
/// <param name="PooledRank">How many of these have a tenth of the largest one's size or more; null where pooled training has learned nothing.</param>
/// <param name="PooledDistance">‖M − M_pooled‖/‖M‖.</param>
/// <param name="SeedSpread">The largest distance of another seed's estimate from the chosen one, in units of its norm; null for one seed.</param>
/// <param name="RankTest">What the rank goes by; null where nothing has been learned, no row is held out, or of fewer than five environments.</param>
public sealed record FitVerdict(
    IReadOnlyList<double> Spectrum, int? Rank, IReadOnlyList<double> PooledSpectrum, int? PooledRank, double PooledDistance, double? SeedSpread, RankTest? RankTest = null)
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
        int? rank = result.RankTest?.Rank ?? RankOf(spectrum, result.Size);
        return new(spectrum, rank, pooledSpectrum, RankOf(pooledSpectrum, result.PooledSize), Distance(pooled, estimate) / norm, spread, result.RankTest);
    }

    private static int? RankOf(double[] spectrum, EstimateSize? size) => size is { IsLearned: false } ? null : FitSpectrum.Rank(spectrum);

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
