using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>PooledGD (Theorem 6): every step takes m samples of every environment (<see cref="FullBatch{T}"/>), the model is UUᵀ, the update U ← U − η·G·U.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PooledGd<T> : Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the trainer at its start U_0.</summary>
    /// <param name="problem">The signals.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="source">The measurements, of dimension d.</param>
    /// <param name="options">Everything else that is a number.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="parts">Another model or update rule; null for the paper's.</param>
    /// <param name="objective">How the gradients of the environments make one; null for their mean.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public PooledGd(
        SensingProblem problem,
        EnvironmentDistribution environments,
        MeasurementSource<T> source,
        TrainingOptions options,
        WorkerTeam? team = null,
        TrainingParts<T>? parts = null,
        Objective<T>? objective = null,
        CancellationToken cancellation = default)
        : base(new FullBatch<T>(SignalsOf(problem, environments, source, options, cancellation), environments, source, options, objective), options, team, parts, cancellation)
    {
    }

    /// <summary>Creates the trainer on data of one's own.</summary>
    /// <param name="data">Measurements and responses of each environment.</param>
    /// <param name="options">Everything else that is a number.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <param name="parts">Another model or update rule; null for the paper's.</param>
    /// <param name="objective">How the gradients of the environments make one; null for their mean.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public PooledGd(
        MeasuredData<T> data,
        TrainingOptions options,
        WorkerTeam? team = null,
        TrainingParts<T>? parts = null,
        Objective<T>? objective = null,
        CancellationToken cancellation = default)
        : base(new FullBatch<T>(data, options, objective), options, team, parts, cancellation)
    {
    }
}
