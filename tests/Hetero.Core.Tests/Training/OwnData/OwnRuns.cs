using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Training;

/// <summary>Every algorithm on data of one's own, with environments of equal odds.</summary>
internal static class OwnRuns
{
    public static readonly string[] Algorithms =
    [
        "HeteroSGD", "HeteroSGD cyclic", "HeteroSGD shuffled", "HeteroSGD pooled share", "HeteroSGD pooled share independent", "HeteroSGD all pooled", "PooledSGD",
        "PooledSGD independent", "PooledGD",
    ];

    public static Trainer<T> Create<T>(string algorithm, MeasuredData<T> data, TrainingOptions options, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingOptions used = options with
        {
            PooledSampling = algorithm.EndsWith("independent", StringComparison.Ordinal) ? PooledSampling.Independent : PooledSampling.Stratified,
            PooledShare = algorithm switch { "HeteroSGD pooled share" => 0.75, "HeteroSGD pooled share independent" => 0.4, "HeteroSGD all pooled" => 1, _ => 0 },
            EnvironmentOrder = algorithm switch
            {
                "HeteroSGD cyclic" => EnvironmentOrder.Cyclic,
                "HeteroSGD shuffled" => EnvironmentOrder.Shuffled,
                _ => EnvironmentOrder.Independent,
            },
        };
        return algorithm == "PooledGD" ? new PooledGd<T>(data, used, team)
            : algorithm.StartsWith("Pooled", StringComparison.Ordinal) ? new PooledSgd<T>(data, used, team)
            : new HeteroSgd<T>(data, used, team);
    }
}
