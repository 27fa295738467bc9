namespace Hetero.Core.Environments;

/// <summary>How the samples of a pooled batch are spread over the environments.</summary>
/// <remarks>
/// Measurements that are drawn for each step are exchangeable: there a choice of how many samples an environment gets is all. Stored measurements
/// are not, and the two choices differ in which rows the environment gets, as said with each.
/// </remarks>
public enum PooledSampling
{
    /// <summary>
    /// Without replacement: each environment gets its share of the batch, by largest remainder, ties to the lower index. A continuous
    /// distribution is cut into m strata of equal probability, one sample each (a Latin hypercube if directions draw their own scalars).
    /// With stored measurements the position in the batch decides: the first share of it goes to the first environment, and so on (with a
    /// continuous distribution, to the strata of the first scalar, ascending). A batch of all rows in their order is then one data set (X_i, y_i) for all steps,
    /// whose responses never change if the distribution is finite: empirical risk. Shuffled mini-batches give a row another environment in another
    /// epoch.
    /// </summary>
    Stratified,

    /// <summary>
    /// Every sample draws its environment at every step, as (4) says: e_i ~ D. With stored measurements too: rows draw independently, and anew at
    /// each step; with a pooled share of HeteroSGD, which rows are pooled is drawn as well.
    /// </summary>
    Independent,
}
