using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Support;

/// <summary>Small runs of every algorithm and kind of measurement.</summary>
internal static class Runs
{
    public static readonly string[] Algorithms =
    [
        "HeteroSGD", "HeteroSGD shuffled, pooled share", "HeteroSGD pooled share independent", "HeteroSGD pooled mixture",
        "HeteroSGD pooled mixture independent", "PooledSGD", "PooledSGD independent", "PooledSGD mixture", "PooledSGD mixture independent", "PooledGD",
    ];

    public static readonly string[] Kinds = ["exact-law", "regenerated", "stored", "population"];

    /// <summary>Stored measurements of another number than a batch has.</summary>
    public static readonly string[] MiniBatches = ["stored, shuffled", "stored, in turn", "stored, with replacement"];

    /// <summary>Measurements in factored form.</summary>
    public static readonly string[] Factored = ["factored exact-law"];

    public static TheoryData<string, string> All() => Of(Kinds);

    public static TheoryData<string, string> AllAndMiniBatches() => Of([.. Kinds, .. MiniBatches, .. Factored]);

    public static TheoryData<string, string> Of(string[] kinds)
    {
        TheoryData<string, string> all = [];
        foreach (string algorithm in Algorithms)
        {
            foreach (string kind in kinds)
            {
                all.Add(algorithm, kind);
            }
        }

        return all;
    }

    public static SensingProblem Problem(int dimension = 7, ulong seed = 3) => SensingProblem.Create(dimension, 2, 2, seed, eigenvalues: [1, 0.5]);

    /// <param name="algorithm">The run.</param>
    /// <param name="size">What all entries of Σ^(e) are multiplied by.</param>
    public static EnvironmentDistribution Environments(string algorithm, double size = 1) => algorithm switch
    {
        "HeteroSGD shuffled, pooled share" => new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(2, 0.5 * size, 2 * size), 1.5 * size),
        "HeteroSGD pooled mixture" or "HeteroSGD pooled mixture independent"
            => new OffDiagonalEnvironments(DiagonalEnvironments.Uniform(2, 0.5 * size, 2 * size, ownDraws: true), 1.5 * size),
        "PooledSGD mixture" or "PooledSGD mixture independent" => DiagonalEnvironments.Uniform(2, 0.5 * size, 2 * size, ownDraws: true),
        "PooledSGD independent" => DiagonalEnvironments.TwoPoint(2, 0.5 * size, 2 * size),
        _ => new FiniteEnvironments(
            2,
            [[size * 1, size * 0.3, size * 0.3, size * -2], [size * 0.5, 0, 0, size * 0.5], [size * -1, size * 0.2, size * 0.2, size * 3]],
            [0.5, 0.2, 0.3]),
    };

    public static MeasurementSource<T> Source<T>(string kind, int dimension, int samples, ulong seed, WorkerTeam? team = null, int sets = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => kind switch
        {
            "exact-law" => new ExactLawMeasurements<T>(dimension, seed, team),
            "factored exact-law" => new FactoredExactLawMeasurements<T>(dimension, seed, team),
            "regenerated" => new RegeneratedMeasurements<T>(dimension, seed, team),
            "stored" => new StoredMeasurements<T>(dimension, samples, seed, team, sets),

            // Fewer samples in a batch than are stored, so that batches straddle epochs; and as many or more, drawn with replacement.
            "stored, shuffled" => new StoredMeasurements<T>(dimension, (samples * 4 / 3) + 1, seed, team, sets),
            "stored, in turn" => new StoredMeasurements<T>(dimension, (samples * 4 / 3) + 1, seed, team, sets, RowOrder.InTurn),
            "stored, with replacement" => new StoredMeasurements<T>(dimension, samples / 2, seed, team, sets, RowOrder.WithReplacement),
            _ => new PopulationMeasurements<T>(dimension),
        };

    public static Trainer<T> Create<T>(
        string algorithm,
        string kind,
        TrainingOptions options,
        SensingProblem? problem = null,
        WorkerTeam? team = null,
        EnvironmentDistribution? environments = null,
        string model = "gram")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        problem ??= Problem();
        environments ??= Environments(algorithm);
        int sets = algorithm == "PooledGD" ? environments.Count!.Value : 1;
        return Create(algorithm, Source<T>(kind, problem.Dimension, (int)options.Samples, options.Seed, team, sets), options, problem, team, environments, model);
    }

    public static Trainer<T> Create<T>(
        string algorithm,
        MeasurementSource<T> source,
        TrainingOptions options,
        SensingProblem problem,
        WorkerTeam? team = null,
        EnvironmentDistribution? environments = null,
        string model = "gram")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        environments ??= Environments(algorithm);
        TrainingParts<T> parts = new() { Model = Model<T>(model, problem.Dimension, options, team) };
        TrainingOptions used = options with
        {
            PooledSampling = algorithm.EndsWith("independent", StringComparison.Ordinal) ? PooledSampling.Independent : PooledSampling.Stratified,
        };
        if (algorithm.StartsWith("HeteroSGD ", StringComparison.Ordinal))
        {
            EnvironmentOrder order = environments.Count is null || environments is FiniteEnvironments ? EnvironmentOrder.Blocks(2) : EnvironmentOrder.Shuffled;
            used = used with { PooledShare = 0.4, EnvironmentOrder = order };
            return new HeteroSgd<T>(problem, environments, source, used, team, parts);
        }

        return algorithm switch
        {
            "HeteroSGD" => new HeteroSgd<T>(problem, environments, source, used, team, parts),
            "PooledGD" => new PooledGd<T>(problem, environments, source, used, team, parts),
            _ => new PooledSgd<T>(problem, environments, source, used, team, parts),
        };
    }

    /// <summary>A fresh model; null for UUᵀ, which a trainer makes itself.</summary>
    public static Model<T>? Model<T>(string model, int dimension, TrainingOptions options, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => model switch
        {
            "indefinite" => new IndefiniteModel<T>(dimension, options, team),
            "direct" => new DirectModel<T>(dimension, options),
            _ => null,
        };
}
