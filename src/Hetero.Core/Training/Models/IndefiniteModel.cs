using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The model M = UUᵀ − VVᵀ with two d×k factors, for signals of both signs (end of the paper's Section 3.1): a gradient G in M becomes the directions G·U and −G·V.
/// </summary>
/// <remarks>
/// <para>U_0 = V_0, so M_0 = 0 and no sign comes first: where all signals A* and A^(e) and the noise change their sign, the run is the same with U and V
/// exchanged. Along an eigenvector of G with the eigenvalue g a step multiplies U's part by 1 − ηg and V's by 1 + ηg, so their product, α² at the start,
/// only falls where |ηg| is below √2: where one of the two is learned the other one dies out. Reaches every symmetric matrix with at most k eigenvalues
/// of either sign.</para>
/// <para>The parameters are U and V, one after another. Not thread-safe: owns a d×d matrix and the products' scratch; a call that comes while another one is going on is refused.
/// <see cref="CopyMatrix"/> and <see cref="PullBack"/> allocate nothing.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class IndefiniteModel<T> : Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorStart _start;
    private readonly T[] _square;
    private readonly T[] _negative;
    private readonly T[] _scratch;
    private readonly WorkerTeam? _team;
    private ExclusiveUse _use;

    /// <summary>Creates the model.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="GramModel{T}.MaxDimension"/>.</param>
    /// <param name="options">
    /// The number k of columns of each factor, <see cref="TrainingOptions.FactorColumns"/>, of which 2dk numbers must fit into one array, and the start of both:
    /// <see cref="TrainingOptions.Start"/>, <see cref="TrainingOptions.InitialScale"/> and <see cref="TrainingOptions.Seed"/>.
    /// </param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">The shape or the start is out of range.</exception>
    public IndefiniteModel(int dimension, TrainingOptions options, WorkerTeam? team = null)
        : base(GramModel<T>.CheckedDimension(dimension), ShapeOf(dimension, options), ShapeOf(dimension, options))
    {
        _team = team;
        Options = options;
        TrainingCheck.CheckNormal<T>(options.InitialScale, "options.InitialScale", "");
        _start = new FactorStart(dimension, Columns, options);
        _square = new T[dimension * dimension];
        _negative = new T[Svec.Length(dimension)];
        _scratch = new T[GramModel<T>.ScratchLength(new RunSizes { Dimension = dimension, Columns = Columns, Threads = team?.Degree ?? 1 })];
    }

    /// <summary>Gets the number k of columns of each factor.</summary>
    public int Columns => Shapes[0].Columns;

    /// <summary>Returns the bytes that such a model needs before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes) => GramModel<T>.RequiredBytes(in sizes) + RunSizes.Bytes<T>(sizes.SvecLength);

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => RequiredBytes(in sizes);

    /// <inheritdoc/>
    public override TrainingOptions Options { get; }

    /// <inheritdoc/>
    public override void Start(Span<T> parameters, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Span<T> positive = parameters[..(ParameterCount / 2)];
        _start.Fill(positive, cancellation);
        positive.CopyTo(parameters[positive.Length..]);
    }

    /// <inheritdoc/>
    public override void CopyMatrix(ReadOnlySpan<T> parameters, Span<T> svec, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Guard.Length(svec.Length, Svec.Length(Dimension), nameof(svec));
        using ExclusiveUse.Scope use = Enter();

        // All parameters are read before the first number is written.
        CopyGram(parameters[(ParameterCount / 2)..], _negative, cancellation);
        CopyGram(parameters[..(ParameterCount / 2)], svec, cancellation);
        TensorPrimitives.Subtract(svec, _negative, svec);
    }

    /// <inheritdoc/>
    public override void PullBack(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, Span<T> direction, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Guard.Length(gradient.Length, Svec.Length(Dimension), nameof(gradient));
        Guard.Length(direction.Length, ParameterCount, nameof(direction));
        Guard.NoOverlap(parameters, direction, nameof(parameters), nameof(direction));
        using ExclusiveUse.Scope use = Enter();
        Svec.Unpack(gradient, new MatrixSpan<T>(_square, Dimension, Dimension));
        int half = ParameterCount / 2;
        Multiply(parameters[..half], direction[..half], cancellation);
        Multiply(parameters[half..], direction[half..], cancellation);
        TensorPrimitives.Negate(direction[half..], direction[half..]);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("model", "indefinite");
        _start.Describe(description);
    }

    /// <summary>The largest number of columns: d, or what fits twice into one array.</summary>
    internal static int MaxColumns(int dimension) => Math.Min(dimension, Array.MaxLength / (2 * dimension));

    private void CopyGram(ReadOnlySpan<T> factor, Span<T> svec, CancellationToken cancellation)
    {
        MatrixSpan<T> square = new(_square, Dimension, Dimension);
        Products.GramLower(new ReadOnlyMatrixSpan<T>(factor, Dimension, Columns), _scratch, square, _team, cancellation);
        Svec.Pack<T>(square, svec);
    }

    private void Multiply(ReadOnlySpan<T> factor, Span<T> direction, CancellationToken cancellation)
        => Products.Multiply<T>(
            new ReadOnlyMatrixSpan<T>(_square, Dimension, Dimension),
            new ReadOnlyMatrixSpan<T>(factor, Dimension, Columns),
            _scratch,
            new MatrixSpan<T>(direction, Dimension, Columns),
            _team,
            cancellation);

    private ExclusiveUse.Scope Enter() => _use.Enter("The model is already in use; give each trainer a model of its own.");

    private static MatrixShape ShapeOf(int dimension, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int columns = options.FactorColumns ?? dimension;
        Guard.InRange(columns, 1, MaxColumns(dimension), "options.FactorColumns");
        return new MatrixShape(dimension, columns);
    }
}
