using System.Numerics;
using Hetero.Experiments.Fits;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>The errors ‖M − A*‖/‖A*‖ of one fit and of what is beside it: +∞ of a run that diverged, NaN of what there is not.</summary>
/// <param name="Chosen">Of the iterate chosen.</param>
/// <param name="Last">Of the last one.</param>
/// <param name="PooledLeast">Of the pooled run's nearest iterate.</param>
/// <param name="PooledChosen">Of the one chosen by its risk.</param>
/// <param name="TwoFits">Of the difference of two fits.</param>
/// <param name="LeastSquares">Of least squares of each environment.</param>
/// <param name="Rank">The invariant rank that is said; null for none.</param>
internal sealed record FitErrors(double Chosen, double Last, double PooledLeast, double PooledChosen, double TwoFits, IReadOnlyList<double> LeastSquares, int? Rank)
{
    /// <summary>Reads them from a fit.</summary>
    public static FitErrors Of<T>(FitResult<T> result, int environments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(
            OfRow(result.Chosen?.Best),
            OfRow(result.Chosen?.Rows[^1]),
            result.Pooled!.Rows.Min(OfRow),
            OfRow(result.Pooled.IsComplete ? result.Pooled.Best : null),
            result.TwoFits?.Error ?? double.NaN,
            result.TwoFits?.LeastSquaresErrors ?? [.. Enumerable.Repeat(double.NaN, environments)],
            result.RankTest?.Rank);

    private static double OfRow(FitRow? row) => row is null ? double.PositiveInfinity : row.Error!.Value;
}
