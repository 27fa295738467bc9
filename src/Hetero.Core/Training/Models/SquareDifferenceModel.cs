using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The model w = v⊙v − u⊙u of vectors of both signs, from v = u = τ·1, where w = 0; a gradient G in w becomes the directions G⊙v and −G⊙u. Its parameters are v and u, one after the other.
/// </summary>
/// <remarks>To <see cref="SquareModel{T}"/> what UUᵀ − VVᵀ is to UUᵀ. Immutable and thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SquareDifferenceModel<T> : Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _scale;

    /// <summary>Creates the model.</summary>
    /// <param name="dimension">The dimension d, 1 or more; 2d parameters must fit into an array.</param>
    /// <param name="initialScale">τ, above 0: a normal number of the precision.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public SquareDifferenceModel(int dimension, double initialScale)
        : base(EstimateSpace.Vectors(dimension), new MatrixShape(dimension, 1), new MatrixShape(dimension, 1))
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
        ReadOnlySpan<T> v = parameters[..svec.Length], u = parameters[svec.Length..];
        for (int i = 0; i < svec.Length; i++)
        {
            // As a product, in which the digits of a small difference of squares stay.
            svec[i] = (v[i] - u[i]) * (v[i] + u[i]);
        }
    }

    /// <inheritdoc/>
    public override void PullBack(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, Span<T> direction, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Guard.Length(gradient.Length, Dimension, nameof(gradient));
        Guard.Length(direction.Length, ParameterCount, nameof(direction));
        Guard.NoOverlap(parameters, direction, nameof(parameters), nameof(direction));
        Guard.NoOverlap(gradient, direction, nameof(gradient), nameof(direction));
        for (int i = 0; i < gradient.Length; i++)
        {
            direction[i] = gradient[i] * parameters[i];
            direction[gradient.Length + i] = -(gradient[i] * parameters[gradient.Length + i]);
        }
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("model", "square-difference");
        description.Add(nameof(TrainingOptions.InitialScale), _scale);
    }
}
