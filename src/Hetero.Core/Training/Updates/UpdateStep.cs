using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>What an update rule gets: one step's direction, and what it may change.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct UpdateStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int? _drawStep;

    /// <summary>Gets the step t that is being made, from 0 on: the parameters are θ_t, and become θ_{t+1}. In federated rounds the clients' own steps are counted.</summary>
    public required int Step { get; init; }

    /// <summary>
    /// Gets the number that names random draws of this step, <see cref="Step"/> unless it is said: in federated rounds, where <see cref="Step"/> counts from 0 for every client, the step
    /// of the batch, which comes once.
    /// </summary>
    public int DrawStep { get => _drawStep ?? Step; init => _drawStep = value; }

    /// <summary>Gets the step size η_t times the gradient scale.</summary>
    public required T StepSize { get; init; }

    /// <summary>Gets the parameters θ_t, to be overwritten by θ_{t+1}.</summary>
    public required Span<T> Parameters { get; init; }

    /// <summary>Gets the direction that the model made of the gradient, G_t·U_t for UUᵀ; as long as the parameters. May be overwritten.</summary>
    public required Span<T> Direction { get; init; }

    /// <summary>Gets what the rule keeps from step to step, <see cref="UpdateRule{T}.StateLength"/> numbers: zeros before the first step.</summary>
    public Span<T> State { get; init; }

    /// <summary>Gets memory for the rule's use in this step, <see cref="UpdateRule{T}.ScratchLength"/> numbers of any value.</summary>
    public Span<T> Scratch { get; init; }

    /// <summary>Gets τ_t, what <see cref="UpdateRule{T}.Trace"/> asks for; 0 where it asks for nothing.</summary>
    public double SignalTrace { get; init; }

    /// <summary>Gets the threads for passes over all parameters; null for the calling one.</summary>
    internal WorkerTeam? Team { get; init; }

    /// <summary>Gets the shapes of the matrices that the parameters are, one after another.</summary>
    public required ReadOnlySpan<MatrixShape> Shapes { get; init; }
}
