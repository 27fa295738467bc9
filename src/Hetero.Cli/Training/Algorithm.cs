namespace Hetero.Cli.Training;

/// <summary>The training algorithms.</summary>
internal enum Algorithm
{
    HeteroSgd,
    PooledSgd,
    PooledGd,
}
