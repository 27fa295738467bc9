using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// What is between an iterate and the direction of its parameters: the estimate that they stand for, its gradient, and the memory of both. In coordinates these are p numbers each
/// (<see cref="CoordinateStep{T}"/>); in factored form there are none, and the batch makes the direction itself (<see cref="PanelStep{T}"/>).
/// </summary>
/// <remarks>Not thread-safe: belongs to one trainer. Nothing is allocated after the constructor, but what <see cref="RequestInvariantGradient"/> asks for.</remarks>
internal abstract class StepWork<T>(Batch<T> batch, Model<T> model)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _direction = new T[model.ParameterCount];

    /// <summary>Gets the estimate in coordinates; empty where it has none.</summary>
    public virtual ReadOnlySpan<T> Estimate => default;

    /// <summary>Gets the last step's gradient in coordinates; empty where it has none.</summary>
    public virtual ReadOnlySpan<T> Gradient => default;

    /// <summary>Gets the mean of that gradient; empty where it is not known, or has no coordinates.</summary>
    public virtual ReadOnlySpan<T> PopulationGradient => default;

    /// <summary>Gets what the step's samples say of A* alone; empty unless asked for.</summary>
    public virtual ReadOnlySpan<T> InvariantGradient => default;

    /// <summary>Gets the direction of the parameters.</summary>
    public Span<T> Direction => _direction;

    protected Batch<T> Batch => batch;

    protected Model<T> Model => model;

    /// <summary>Returns what the estimates of a model need: the one place where a trainer's form is chosen.</summary>
    public static StepWork<T> Of(Batch<T> batch, Model<T> model, WorkerTeam? team) => model.Space.IsFactored ? new PanelStep<T>(batch, model, team) : new CoordinateStep<T>(batch, model);

    /// <summary>The bytes of direction, estimate and gradients.</summary>
    public static Int128 BytesOf(EstimateSpace space, long parameters, bool hasPopulationGradient, bool hasInvariantGradient)
        => RunSizes.Bytes<T>(parameters + (((Int128)2 + (hasPopulationGradient ? 1 : 0) + (hasInvariantGradient ? 1 : 0)) * space.Length));

    /// <summary>Has the batch make the gradient of a step.</summary>
    public abstract void ComputeGradient(int step, ReadOnlyMatrixSpan<T> factor, bool wantsResponseMean, CancellationToken cancellation);

    /// <summary>Makes the direction of it.</summary>
    public abstract void PullBack(ReadOnlySpan<T> parameters, CancellationToken cancellation);

    /// <summary>Makes the estimate of the parameters.</summary>
    /// <returns>Whether the run can go on: they are within bounds, and the estimate is finite.</returns>
    public abstract bool SetEstimate(ReadOnlySpan<T> parameters, bool isOutOfBounds, CancellationToken cancellation = default);

    /// <summary>Makes room for <see cref="InvariantGradient"/>, which every step from here on makes.</summary>
    public abstract void RequestInvariantGradient();
}
