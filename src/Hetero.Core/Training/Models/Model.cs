using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// A parameterization of what training estimates, a symmetric d×d matrix M or a vector w: trainable numbers θ, the estimate M(θ) that they stand for, and the direction in θ that a
/// gradient G in M is turned into. The paper's is UUᵀ with the direction G·U, <see cref="GramModel{T}"/>; derive from this class for one of your own.
/// </summary>
/// <remarks>
/// The parameters belong to the trainer, the model keeps scratch memory alone: it is not thread-safe, one model for each trainer. All its methods must
/// allocate nothing and give the same bits for the same arguments.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatrixShape[] _shapes;

    /// <summary>Names the shape of the model.</summary>
    /// <param name="dimension">The dimension d of the matrix M, 1 to 65535.</param>
    /// <param name="shapes">The shapes of the matrices of parameters, which stand one after another, each row after row; all numbers together must fit into one
    /// array.</param>
    /// <exception cref="ArgumentException">The dimension or a shape is out of range, or there is none.</exception>
    protected Model(int dimension, params ReadOnlySpan<MatrixShape> shapes)
        : this(EstimateSpace.Matrices(dimension), shapes)
    {
    }

    /// <summary>Names the shape of the model, of matrices or of vectors.</summary>
    /// <param name="space">The space of the estimate.</param>
    /// <param name="shapes">The shapes of the matrices of parameters, one after another; a vector of parameters is a matrix of one column.</param>
    /// <exception cref="ArgumentException">The space has no dimension, a shape is out of range, or there is none.</exception>
    protected Model(EstimateSpace space, params ReadOnlySpan<MatrixShape> shapes)
    {
        Guard.Element<T>();
        Guard.AtLeast(space.Dimension, 1, "space.Dimension");
        Guard.InRange(shapes.Length, 1, Array.MaxLength, "shapes.Length");
        long length = 0;
        foreach (MatrixShape shape in shapes)
        {
            Guard.AtLeast(shape.Rows, 1, "shapes.Rows");
            Guard.AtLeast(shape.Columns, 1, "shapes.Columns");
            length += (long)shape.Rows * shape.Columns;
            Guard.InRange(length, 1, Array.MaxLength, nameof(shapes));
        }

        (Space, ParameterCount, _shapes) = (space, (int)length, shapes.ToArray());
    }

    /// <summary>Gets the space of the estimate.</summary>
    public EstimateSpace Space { get; }

    /// <summary>Gets the dimension d of the estimate: of the matrix M, or of the vector w.</summary>
    public int Dimension => Space.Dimension;

    /// <summary>Gets the number of parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>Gets the shapes of the matrices of parameters.</summary>
    public ReadOnlySpan<MatrixShape> Shapes => _shapes;

    /// <summary>
    /// Gets whether the parameters are one d×k factor U and M = UUᵀ: what <see cref="Decomposition{T}"/> and the observers of signal, spurious part and
    /// residual need.
    /// </summary>
    public virtual bool IsGramFactor => false;

    /// <summary>
    /// Gets the options that the start goes by: <see cref="TrainingOptions.InitialScale"/>, <see cref="TrainingOptions.FactorColumns"/> and <see cref="TrainingOptions.Start"/>; null if it goes
    /// by none. A trainer has options of its own, and refuses those of the start that differ from these and are not the defaults.
    /// </summary>
    public virtual TrainingOptions? Options => null;

    /// <summary>Returns the bytes of the model's own buffers; 0 unless it says otherwise. The parameters and their direction are the trainer's, which counts them.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public virtual Int128 BufferBytes(in RunSizes sizes) => 0;

    /// <summary>Writes θ_0.</summary>
    /// <param name="parameters">Receives <see cref="ParameterCount"/> numbers.</param>
    /// <param name="cancellation">Ends the work.</param>
    public abstract void Start(Span<T> parameters, CancellationToken cancellation = default);

    /// <summary>Writes the estimate in the coordinates of its space: svec(M(θ)), or the vector w(θ) itself.</summary>
    /// <param name="parameters">θ.</param>
    /// <param name="svec">Receives as many numbers as <see cref="Space"/> has coordinates: d(d+1)/2, or d.</param>
    /// <param name="cancellation">Ends the work; the numbers are undefined then.</param>
    public abstract void CopyMatrix(ReadOnlySpan<T> parameters, Span<T> svec, CancellationToken cancellation = default);

    /// <summary>Writes the direction in θ that belongs to a gradient G = ∂L/∂M: a constant positive multiple of ∂L/∂θ. For UUᵀ that is G·U, half of ∂L/∂U, as in (3).</summary>
    /// <param name="parameters">θ.</param>
    /// <param name="gradient">svec(G), d(d+1)/2 numbers, or G itself, d numbers, for a vector.</param>
    /// <param name="direction">Receives <see cref="ParameterCount"/> numbers.</param>
    /// <param name="cancellation">Ends the work; the numbers are undefined then.</param>
    public abstract void PullBack(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, Span<T> direction, CancellationToken cancellation = default);

    /// <summary>Adds the name of the model and all numbers that the methods depend on beside their arguments: what a saved run is held against.</summary>
    /// <param name="description">Added to.</param>
    public abstract void Describe(PartDescription description);
}
