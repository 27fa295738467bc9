using Hetero.Core.Environments;

namespace Hetero.Core.Theory.EndToEnd;

/// <summary>What Assumption 2 asks of the entries of Σ^(e): the extreme values that (6) and (7) leave room for.</summary>
/// <param name="Bound">sup |Σ_ii|: every M1 of (6) is larger.</param>
/// <param name="Heterogeneity">min_i Var[Σ_ii]/(1 + |E[Σ_ii]|): every M2 of (6) is smaller.</param>
/// <param name="OffDiagonal">sup max_i Σ_{j≠i} |Σ_ij| of (7), without the factor r2².</param>
internal readonly record struct EntryRange(double Bound, double Heterogeneity, double OffDiagonal)
{
    /// <summary>Computes the values of a distribution: closed forms for scalars with a mean and a half-width, a sum over a list.</summary>
    /// <param name="environments">The distribution.</param>
    /// <exception cref="ArgumentException">The distribution is neither.</exception>
    public static EntryRange Of(EnvironmentDistribution environments)
    {
        ArgumentNullException.ThrowIfNull(environments);
        return environments switch
        {
            DiagonalEnvironments diagonal => OfScalars(diagonal, 0),
            OffDiagonalEnvironments both => OfScalars(both.Diagonal, (both.Rank - 1) * both.Size),
            { Count: { } count } => OfList(environments, count),
            _ => throw new ArgumentException(
                $"'{nameof(environments)}' is a continuous {environments.GetType().Name}; accepted are finite and diagonal distributions.", nameof(environments)),
        };
    }

    private static EntryRange OfScalars(DiagonalEnvironments diagonal, double offDiagonal)
    {
        double variance = diagonal.Spread * diagonal.Spread / (diagonal.Law == ScalarLaw.TwoPoint ? 1 : 3);
        return new EntryRange(Math.Abs(diagonal.Mean) + diagonal.Spread, variance / (1 + Math.Abs(diagonal.Mean)), offDiagonal);
    }

    private static EntryRange OfList(EnvironmentDistribution environments, int count)
    {
        int rank = environments.Rank;
        double[] sigma = new double[rank * rank], mean = new double[rank * rank], variance = new double[rank];
        environments.CopyMean(mean);
        double bound = 0, offDiagonal = 0;
        for (int e = 0; e < count; e++)
        {
            environments.CopyMatrix(e, sigma);
            for (int i = 0; i < rank; i++)
            {
                double entry = sigma[i * (rank + 1)], deviation = entry - mean[i * (rank + 1)], rest = 0;
                variance[i] += environments.GetProbability(e) * deviation * deviation;
                for (int j = 0; j < rank; j++)
                {
                    rest += j == i ? 0 : Math.Abs(sigma[(i * rank) + j]);
                }

                (bound, offDiagonal) = (Math.Max(bound, Math.Abs(entry)), Math.Max(offDiagonal, rest));
            }
        }

        double heterogeneity = double.PositiveInfinity;
        for (int i = 0; i < rank; i++)
        {
            heterogeneity = Math.Min(heterogeneity, variance[i] / (1 + Math.Abs(mean[i * (rank + 1)])));
        }

        return new EntryRange(bound, heterogeneity, offDiagonal);
    }
}
