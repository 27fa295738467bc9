using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// HeteroSGD in the federated setting: every round draws N clients, each with an environment of its own (<see cref="HeteroBatch{T}"/>), has each make K steps
/// U_c ← U_c − η·G·U_c from the same U, and averages them, U ← N⁻¹ Σ_c U_c (<see cref="FederatedRounds"/>; McMahan et al., 2017). N = K = 1 is <see cref="HeteroSgd{T}"/>, bit for bit.
/// </summary>
/// <remarks>
/// A step of this trainer is a round. While the spurious part is small and the subspaces are orthogonal, a round multiplies it by N⁻¹ Σ_c (1 + ηs_c)^K: it dies out iff the mean of the
/// logarithm of that is below 0. Not thread-safe.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FederatedSgd<T> : Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the trainer at its start U_0.</summary>
    /// <param name="problem">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2; for distinct clients a list of equal odds, as long as there are clients at least.</param>
    /// <param name="source">The measurements, of dimension d.</param>
    /// <param name="options">Everything else that is a number; the samples are those of a local step. The environments' order is that of
    /// <paramref name="rounds"/>: independent is accepted alone.</param>
    /// <param name="rounds">Clients and local steps.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="parts">Another model, or another update rule of the clients; null for the paper's.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public FederatedSgd(
        SensingProblem problem,
        EnvironmentDistribution environments,
        MeasurementSource<T> source,
        TrainingOptions options,
        FederatedRounds rounds,
        WorkerTeam? team = null,
        TrainingParts<T>? parts = null,
        CancellationToken cancellation = default)
        : this(
            ordered => new HeteroBatch<T>(SignalsOf(problem, environments, source, ordered, cancellation), environments, source, ordered),
            Ordered(options, rounds),
            rounds,
            team,
            parts,
            cancellation)
    {
    }

    /// <summary>Creates the trainer on data of one's own: every environment of them is a client.</summary>
    /// <param name="data">Measurements and responses of each environment.</param>
    /// <param name="options">As for the other constructor.</param>
    /// <param name="rounds">Clients and local steps.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="parts">Another model, or another update rule of the clients; null for the paper's.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public FederatedSgd(
        MeasuredData<T> data,
        TrainingOptions options,
        FederatedRounds rounds,
        WorkerTeam? team = null,
        TrainingParts<T>? parts = null,
        CancellationToken cancellation = default)
        : this(ordered => new HeteroBatch<T>(data, ordered), Ordered(options, rounds), rounds, team, parts, cancellation)
    {
    }

    private FederatedSgd(
        Func<TrainingOptions, Batch<T>> batch, TrainingOptions ordered, FederatedRounds rounds, WorkerTeam? team, TrainingParts<T>? parts, CancellationToken cancellation)
        : base(batch(ordered), ordered, team, WithRounds(parts, rounds), cancellation)
    {
    }

    private static TrainingOptions Ordered(TrainingOptions options, FederatedRounds rounds)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rounds);
        if (options.EnvironmentOrder != EnvironmentOrder.Independent)
        {
            throw new ArgumentException(
                $"'options.EnvironmentOrder' is {options.EnvironmentOrder}; accepted with federated rounds, which say which environments come, is {EnvironmentOrder.Independent}.",
                "options.EnvironmentOrder");
        }

        return options with { EnvironmentOrder = rounds.Order };
    }

    private static TrainingParts<T> WithRounds(TrainingParts<T>? parts, FederatedRounds rounds)
    {
        if (parts?.Rounds is { } others && others != rounds)
        {
            throw new ArgumentException($"'parts.Rounds' is {others}, and 'rounds' {rounds}; accepted are the same, or none in 'parts'.", "parts.Rounds");
        }

        return new() { Model = parts?.Model, UpdateRule = parts?.UpdateRule, Rounds = rounds };
    }
}
