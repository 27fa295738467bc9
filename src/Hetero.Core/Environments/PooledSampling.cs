namespace Hetero.Core.Environments;

/// <summary>How the samples of a pooled batch are spread over the environments.</summary>
public enum PooledSampling
{
    /// <summary>
    /// Without replacement: each environment gets its share of the batch, by largest remainder, ties to the lower index. A continuous
    /// distribution is cut into m strata of equal probability, one sample each (a Latin hypercube if directions draw their own scalars).
    /// </summary>
    Stratified,

    /// <summary>Every sample draws its environment, as (4) says: e_i ~ D.</summary>
    Independent,
}
