using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The model w = v⊙v of vectors w ≥ 0 (HaoChen, Wei, Lee, Ma, 2021), from v = τ·1; a gradient G in w becomes the direction G⊙v. Where gradients are multiplied by v, so is their noise: what is small
/// stays small, which favors sparse w.
/// </summary>
/// <remarks>The loss of the text, (1/4n) Σ (⟨v⊙v, x_i⟩ − y_i)², has this direction as its gradient in v. Immutable and thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SquareModel<T> : Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _scale;

    /// <summary>Creates the model.</summary>
    /// <param name="dimension">The dimension d, 1 or more.</param>
    /// <param name="initialScale">τ, above 0: a normal number of the precision.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public SquareModel(int dimension, double initialScale)
        : base(EstimateSpace.Vectors(dimension), new MatrixShape(dimension, 1))
    {
        TrainingCheck.CheckNormal<T>(initialScale, nameof(initialScale), "");
        (Options, _scale) = (new() { Seed = 0, InitialScale = initialScale }, initialScale);
    }

    /// <inheritdoc/>
    public override TrainingOptions Options { get; }

    /// <inheritdoc/>
    public override void Start(Span<T> parameters, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        parameters.Fill(T.CreateTruncating(_scale));
    }

    /// <inheritdoc/>
    public override void CopyMatrix(ReadOnlySpan<T> parameters, Span<T> svec, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Guard.Length(svec.Length, Dimension, nameof(svec));
        Guard.NoOverlap(parameters, svec, nameof(parameters), nameof(svec));
        TensorPrimitives.Multiply(parameters, parameters, svec);
    }

    /// <inheritdoc/>
    public override void PullBack(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, Span<T> direction, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Guard.Length(gradient.Length, Dimension, nameof(gradient));
        Guard.Length(direction.Length, ParameterCount, nameof(direction));
        Guard.NoOverlap(parameters, direction, nameof(parameters), nameof(direction));
        Guard.NoOverlap(gradient, direction, nameof(gradient), nameof(direction));
        TensorPrimitives.Multiply(gradient, parameters, direction);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("model", "square");
        description.Add(nameof(TrainingOptions.InitialScale), _scale);
    }
}
