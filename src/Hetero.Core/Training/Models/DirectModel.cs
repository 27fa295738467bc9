using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The matrix itself as the parameter, M = (A + Aᵀ)/2 with a d×d matrix A; a gradient G in M is its own direction. The loss is then a quadratic function of the parameters, and nothing in a step
/// is multiplicative: HeteroSGD averages over the environments instead of choosing what they share (docs/parameterization.md).
/// </summary>
/// <remarks>Starts at the matrix that UUᵀ starts at with k = d, α²I. Thread-safe: no state. <see cref="CopyMatrix"/> and <see cref="PullBack"/> allocate nothing.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DirectModel<T> : Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _scale;

    /// <summary>Creates the model.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="GramModel{T}.MaxDimension"/>.</param>
    /// <param name="options">
    /// The start, <see cref="TrainingOptions.InitialScale"/>. There is no factor: <see cref="TrainingOptions.FactorColumns"/> may be d alone, <see cref="TrainingOptions.Start"/>
    /// <see cref="StartKind.Identity"/>, or null.
    /// </param>
    /// <exception cref="ArgumentException">The dimension or the start is out of range.</exception>
    public DirectModel(int dimension, TrainingOptions options)
        : base(GramModel<T>.CheckedDimension(dimension), new MatrixShape(dimension, dimension))
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.FactorColumns is { } columns && columns != dimension)
        {
            throw new ArgumentException(
                $"'options.FactorColumns' is {columns}; accepted for a matrix that is no product of factors is its dimension {dimension}, or none.", "options.FactorColumns");
        }

        if (options.Start is not (null or StartKind.Identity))
        {
            throw new ArgumentException(
                $"'options.Start' is {options.Start}; accepted for a matrix that is no product of factors is {StartKind.Identity}.", "options.Start");
        }

        TrainingCheck.CheckNormal<T>(options.InitialScale, "options.InitialScale", "");
        (Options, _scale) = (options, options.InitialScale);
    }

    /// <inheritdoc/>
    public override TrainingOptions Options { get; }

    /// <inheritdoc/>
    public override void Start(Span<T> parameters, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        parameters.Clear();
        T scale = T.CreateTruncating(_scale);
        for (int i = 0; i < Dimension; i++)
        {
            parameters[i * (Dimension + 1)] = scale * scale;
        }
    }

    /// <inheritdoc/>
    public override void CopyMatrix(ReadOnlySpan<T> parameters, Span<T> svec, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Guard.Length(svec.Length, Svec.Length(Dimension), nameof(svec));
        Guard.NoOverlap(parameters, svec, nameof(parameters), nameof(svec));
        cancellation.ThrowIfCancellationRequested();
        Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<T>(parameters, Dimension, Dimension), svec);
    }

    /// <inheritdoc/>
    public override void PullBack(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, Span<T> direction, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Guard.Length(gradient.Length, Svec.Length(Dimension), nameof(gradient));
        Guard.Length(direction.Length, ParameterCount, nameof(direction));
        Guard.NoOverlap(gradient, direction, nameof(gradient), nameof(direction));
        cancellation.ThrowIfCancellationRequested();
        Svec.Unpack(gradient, new MatrixSpan<T>(direction, Dimension, Dimension));
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("model", "direct");
        description.Add(nameof(TrainingOptions.InitialScale), _scale);
    }
}
