namespace Hetero.Experiments.Recipes;

/// <summary>The training algorithms.</summary>
public enum Algorithm
{
    /// <summary>One environment at a step: HeteroSGD, Algorithm 1.</summary>
    HeteroSgd,

    /// <summary>Fresh samples of all environments at every step: PooledSGD.</summary>
    PooledSgd,

    /// <summary>The average over the environments, each with its samples: PooledGD.</summary>
    PooledGd,
}
