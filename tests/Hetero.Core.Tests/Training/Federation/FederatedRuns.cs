using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Training.Federation;

/// <summary>Small federated runs on every kind of data.</summary>
internal static class FederatedRuns
{
    public static readonly string[] Kinds = [.. Runs.Kinds, .. Runs.MiniBatches, "factored", "rank-one", "own", "own, all rows"];

    public static readonly FederatedRounds Rounds = new(3, 2);

    public static readonly FederatedRounds Distinct = new(3, 2, ClientParticipation.Distinct);

    public static readonly TrainingOptions Options = new()
    {
        Seed = 7, Samples = 12, InitialScale = 0.1, FactorColumns = 4, StepSize = StepSizeSchedule.Piecewise((0, 0.05), (1, 0.02), (4, 0.03)),
    };

    /// <summary>Four environments of equal odds.</summary>
    public static EnvironmentDistribution Law { get; } = new FiniteEnvironments(2, [[1, 0.3, 0.3, -2], [0.5, 0, 0, 0.5], [-1, 0.2, 0.2, 3], [2, 0.1, 0.1, -1]]);

    public static FederatedSgd<T> Create<T>(
        string kind, FederatedRounds rounds, WorkerTeam? team = null, TrainingOptions? options = null, UpdateRule<T>? rule = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options ??= Options;
        TrainingParts<T> parts = new() { UpdateRule = rule };
        if (kind.StartsWith("own", StringComparison.Ordinal))
        {
            return new(
                OwnData.Make(7, 3, 12, 15, 13, 20).Measured<T>(team: team), kind == "own" ? options : options with { Samples = TrainingOptions.AllRows }, rounds, team, parts);
        }

        return new(Runs.Problem(), Law, Source<T>(kind, options, team), options, rounds, team, parts);
    }

    /// <summary>The same run without rounds: HeteroSGD with the order of the rounds.</summary>
    public static HeteroSgd<T> Plain<T>(string kind, FederatedRounds rounds, TrainingOptions options, UpdateRule<T>? rule = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options = options with { EnvironmentOrder = rounds.Order };
        TrainingParts<T> parts = new() { UpdateRule = rule };
        return kind.StartsWith("own", StringComparison.Ordinal)
            ? new(OwnData.Make(7, 3, 12, 15, 13, 20).Measured<T>(), kind == "own" ? options : options with { Samples = TrainingOptions.AllRows }, null, parts)
            : new(Runs.Problem(), Law, Source<T>(kind, options, null), options, null, parts);
    }

    private static MeasurementSource<T> Source<T>(string kind, TrainingOptions options, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => kind switch
        {
            "factored" => new FactoredPopulationMeasurements<T>(7, team),
            "rank-one" => new RankOneMeasurements<T>(7, options.Seed, team),
            _ => Runs.Source<T>(kind, 7, (int)options.Samples, options.Seed, team),
        };
}
