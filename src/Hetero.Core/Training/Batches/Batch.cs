using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// What a step's gradient is made of: which environments it sees, with how many samples each, and how their gradients make one. The algorithms of the
/// paper differ in this part alone: <see cref="HeteroBatch{T}"/>, <see cref="PooledBatch{T}"/> and <see cref="FullBatch{T}"/>. Derive from this class for one of your own.
/// </summary>
/// <remarks>
/// The gradient of a step must be a pure function of the step and the iterate, whatever was asked for before, so that a saved run goes on with the
/// same bits. It must allocate nothing after the first steps. Not thread-safe: one batch for each trainer.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Batch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ExclusiveUse _use;

    /// <summary>Names the size of the matrices.</summary>
    /// <param name="dimension">The dimension d, 1 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    protected Batch(int dimension)
        : this(EstimateSpace.Matrices(dimension))
    {
    }

    /// <summary>Names the space of the estimate, in which the gradient is.</summary>
    /// <param name="space">The space.</param>
    /// <exception cref="ArgumentOutOfRangeException">The space has no dimension.</exception>
    protected Batch(EstimateSpace space)
    {
        Guard.Element<T>();
        Guard.AtLeast(space.Dimension, 1, "space.Dimension");
        Space = space;
    }

    /// <summary>Gets the space of the estimate, in whose coordinates the gradient is made.</summary>
    public EstimateSpace Space { get; }

    /// <summary>Gets the dimension d.</summary>
    public int Dimension => Space.Dimension;

    /// <summary>Gets the algorithm's name in the field, such as HeteroSGD.</summary>
    public abstract string Algorithm { get; }

    /// <summary>
    /// Gets the options that say which samples the batch has and with what noise; null if it has none. A trainer has options of its own for its steps, and refuses those of one that the other
    /// alone goes by, where they differ: for a batch of null, all of a batch that are not the defaults.
    /// </summary>
    public virtual TrainingOptions? Options => null;

    /// <summary>Gets the signals that the responses are made of; null if they are not known, as with data of one's own.</summary>
    public virtual SignalModel<T>? Signals => null;

    /// <summary>Gets the distribution over environments; null if there is none.</summary>
    public virtual EnvironmentDistribution? Environments => null;

    /// <summary>Gets whether <see cref="ComputeGradient"/> also writes the mean of the gradient over its law.</summary>
    public virtual bool HasPopulationGradient => false;

    /// <summary>Gets the Σ of the last step's <see cref="BatchStep{T}.PopulationGradient"/>, r2² numbers; empty if there is none.</summary>
    public virtual ReadOnlySpan<double> PopulationSigma => default;

    /// <summary>Gets whether that mean is the residual M − A* − V*ΣV*ᵀ with Σ = <see cref="PopulationSigma"/>.</summary>
    internal virtual bool HasResidualMean => HasPopulationGradient;

    /// <summary>Gets whether steps have a Σ, <see cref="PopulationSigma"/>; a batch of one's own that says none is found out in its first step.</summary>
    internal virtual bool HasSigma => Signals is not null && Environments is not null;

    /// <summary>
    /// Gets whether <see cref="ComputeGradient"/> can write <see cref="BatchStep{T}.InvariantGradient"/> too, what the step's samples would say of a target that is A* alone. That it is wanted
    /// changes no bit of the gradient.
    /// </summary>
    public virtual bool HasInvariantGradient => false;

    /// <summary>Gets whether a step can give the mean of its responses, <see cref="ResponseMean"/>.</summary>
    internal virtual bool HasResponseMean => false;

    /// <summary>
    /// Gets the mean of the responses y_i of the last step, weighted as its gradient is; of use after a step that wanted it, <see cref="BatchStep{T}.WantsResponseMean"/>.
    /// </summary>
    internal virtual double ResponseMean => double.NaN;

    /// <summary>Gets whether the gradient is right for M = UUᵀ alone.</summary>
    internal virtual bool NeedsFactor => false;

    /// <summary>Gets how many samples of the last step were left out of the gradient, <see cref="TrainingOptions.TruncationLevel"/>.</summary>
    public virtual long SamplesLeftOut => 0;

    /// <summary>Gets Σ^(e) of the environment of the last step, r2² numbers; empty if a step has no single one, or it is not known.</summary>
    public virtual ReadOnlySpan<double> Environment => default;

    /// <summary>Gets the label of that environment, see <see cref="EnvironmentDistribution.Draw"/>; empty if a step has no single one.</summary>
    public virtual ReadOnlySpan<double> EnvironmentLabel => default;

    /// <summary>Returns the bytes of the batch's buffers and of all parts that it holds, a source's, the signals' and an objective's, each asked for its own; 0 unless it says otherwise.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public virtual Int128 BufferBytes(in RunSizes sizes) => 0;

    /// <summary>Makes the gradient of a step.</summary>
    /// <param name="step">The step, the iterate, and where the gradient goes.</param>
    /// <exception cref="ArgumentException">A length of the step is not that of the batch.</exception>
    /// <exception cref="InvalidOperationException">Another call is going on.</exception>
    /// <exception cref="OperationCanceledException">The gradient was given up.</exception>
    public abstract void ComputeGradient(in BatchStep<T> step);

    /// <summary>Adds the name of the batch and all numbers and data that a gradient depends on beside the iterate: what a saved run is held against.</summary>
    /// <param name="description">Added to.</param>
    public abstract void Describe(PartDescription description);

    /// <summary>Checks a step, and keeps other calls out until the scope is disposed of.</summary>
    private protected ExclusiveUse.Scope Enter(in BatchStep<T> step)
    {
        int length = Space.Length;
        Guard.AtLeast(step.Step, 0, "step.Step");
        Guard.Length(step.Product.Length, length, "step.Product");
        Guard.Length(step.Gradient.Length, length, "step.Gradient");
        Guard.NoOverlap(step.Product, step.Gradient, "step.Product", "step.Gradient");
        if (Space.IsFactored)
        {
            Guard.Agree(step.Factor.Rows, Dimension, "row count", "step.Factor");
            Guard.Shape(step.Panel.Rows, step.Panel.Columns, Dimension, step.Factor.Columns, "step.Panel");
        }

        if (HasPopulationGradient)
        {
            if (step.PopulationGradient.IsEmpty)
            {
                throw new ArgumentException(
                    $"'step.PopulationGradient' is empty; accepted are {length} numbers: a batch made of others has '{nameof(HasPopulationGradient)}' where they have it.",
                    "step.PopulationGradient");
            }

            Guard.Length(step.PopulationGradient.Length, length, "step.PopulationGradient");
            Guard.NoOverlap(step.Product, step.PopulationGradient, "step.Product", "step.PopulationGradient");
            Guard.NoOverlap<T>(step.Gradient, step.PopulationGradient, "step.Gradient", "step.PopulationGradient");
        }

        if (!step.InvariantGradient.IsEmpty)
        {
            if (!HasInvariantGradient)
            {
                throw new ArgumentException($"'step.InvariantGradient' is given; accepted is none, as {Algorithm} cannot write it here.", nameof(step));
            }

            Guard.Length(step.InvariantGradient.Length, length, "step.InvariantGradient");
            Guard.NoOverlap(step.Product, step.InvariantGradient, "step.Product", "step.InvariantGradient");
            Guard.NoOverlap<T>(step.Gradient, step.InvariantGradient, "step.Gradient", "step.InvariantGradient");
            Guard.NoOverlap<T>(step.PopulationGradient, step.InvariantGradient, "step.PopulationGradient", "step.InvariantGradient");
        }

        return _use.Enter("The batch is already in use; give each trainer a batch of its own.");
    }
}
