using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>The paper's model M = UUᵀ with a d×k factor U; a gradient G in M becomes the direction G·U of (3).</summary>
/// <remarks>Not thread-safe: owns a d×d matrix and the products' scratch; a call that comes while another one is going on is refused.
/// <see cref="CopyMatrix"/> and <see cref="PullBack"/> allocate nothing.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class GramModel<T> : Model<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest dimension: a d×d matrix must fit into one array.</summary>
    public const int MaxDimension = 46340;

    private readonly FactorStart _start;
    private readonly T[] _square;
    private readonly T[] _scratch;
    private readonly WorkerTeam? _team;
    private ExclusiveUse _use;

    /// <summary>Creates the model.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="MaxDimension"/>.</param>
    /// <param name="options">
    /// The number k of columns, <see cref="TrainingOptions.FactorColumns"/>, and the start: <see cref="TrainingOptions.Start"/>,
    /// <see cref="TrainingOptions.InitialScale"/> and <see cref="TrainingOptions.Seed"/>.
    /// </param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">The shape or the start is out of range.</exception>
    public GramModel(int dimension, TrainingOptions options, WorkerTeam? team = null)
        : this(EstimateSpace.Matrices(CheckedDimension(dimension)), options, team)
    {
    }

    /// <summary>Creates the model in a space of matrices: in factored form it has no d×d matrix, any dimension, and a trainer gets G·U from the source.</summary>
    /// <param name="space">The space, of matrices.</param>
    /// <param name="options">As for the other constructor.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentException">The space is one of vectors, or the shape or the start is out of range.</exception>
    public GramModel(EstimateSpace space, TrainingOptions options, WorkerTeam? team = null)
        : base(CheckedSpace(space), ShapeOf(space.Dimension, options))
    {
        int dimension = space.Dimension;
        _team = team;
        Options = options;
        TrainingCheck.CheckNormal<T>(options.InitialScale, "options.InitialScale", "");
        _start = new FactorStart(dimension, Columns, options);
        _square = space.IsFactored ? [] : new T[dimension * dimension];
        _scratch = space.IsFactored ? [] : new T[ScratchLength(new RunSizes { Dimension = dimension, Columns = Columns, Threads = team?.Degree ?? 1 })];
    }

    /// <summary>Gets the number k of columns.</summary>
    public int Columns => Shapes[0].Columns;

    /// <summary>Returns the bytes that such a model needs before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes)
        => sizes.IsFactored ? 0 : RunSizes.Bytes<T>(((Int128)sizes.Dimension * sizes.Dimension) + ScratchLength(in sizes));

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => RequiredBytes(in sizes);

    /// <inheritdoc/>
    public override bool IsGramFactor => true;

    /// <inheritdoc/>
    public override TrainingOptions Options { get; }

    /// <inheritdoc/>
    public override void Start(Span<T> parameters, CancellationToken cancellation = default)
    {
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        _start.Fill(parameters, cancellation);
    }

    /// <inheritdoc/>
    public override void CopyMatrix(ReadOnlySpan<T> parameters, Span<T> svec, CancellationToken cancellation = default)
    {
        RefuseFactored();
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Guard.Length(svec.Length, Svec.Length(Dimension), nameof(svec));
        using ExclusiveUse.Scope use = Enter();
        MatrixSpan<T> square = new(_square, Dimension, Dimension);
        Products.GramLowerTiles(new ReadOnlyMatrixSpan<T>(parameters, Dimension, Columns), _scratch, square, _team, cancellation);
        Svec.Pack<T>(square, svec);
    }

    /// <inheritdoc/>
    public override void PullBack(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, Span<T> direction, CancellationToken cancellation = default)
    {
        RefuseFactored();
        Guard.Length(parameters.Length, ParameterCount, nameof(parameters));
        Guard.Length(gradient.Length, Svec.Length(Dimension), nameof(gradient));
        Guard.Length(direction.Length, ParameterCount, nameof(direction));
        Guard.NoOverlap(parameters, direction, nameof(parameters), nameof(direction));
        using ExclusiveUse.Scope use = Enter();
        MatrixSpan<T> square = new(_square, Dimension, Dimension);
        Svec.Unpack(gradient, square);

        // Multiply without its checks: the shapes are the model's own, and of a small product they are a tenth of the time.
        Products.Dispatch(
            square,
            new ReadOnlyMatrixSpan<T>(parameters, Dimension, Columns),
            _scratch,
            new MatrixSpan<T>(direction, Dimension, Columns),
            _team,
            ProductUpdate<T>.Replace,
            ProductShape.Full,
            cancellation);
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _start.Describe(description);
    }

    internal static int CheckedDimension(int dimension)
    {
        Guard.InRange(dimension, 1, MaxDimension);
        return dimension;
    }

    /// <summary>The scratch of UUᵀ and G·U.</summary>
    internal static int ScratchLength(in RunSizes sizes)
        => Math.Max(
            Products.GetScratchLength<T>(sizes.Dimension, sizes.Columns, sizes.Dimension, sizes.Degree, symmetric: true),
            Products.GetScratchLength<T>(sizes.Dimension, sizes.Dimension, sizes.Columns, sizes.Degree, symmetric: false));

    private static EstimateSpace CheckedSpace(EstimateSpace space)
    {
        Guard.AtLeast(space.Dimension, 1, "space.Dimension");
        if (space.IsVector)
        {
            throw new ArgumentException($"'{nameof(space)}' is that of {space}; accepted is one of matrices.", nameof(space));
        }

        Guard.InRange(space.Dimension, 1, space.IsFactored ? Array.MaxLength : MaxDimension, "space.Dimension");
        return space;
    }

    private void RefuseFactored()
    {
        if (Space.IsFactored)
        {
            throw new InvalidOperationException($"The model estimates {Space}, which have no coordinates; accepted is the product of a gradient with U.");
        }
    }

    private ExclusiveUse.Scope Enter() => _use.Enter("The model is already in use; give each trainer a model of its own.");

    private static MatrixShape ShapeOf(int dimension, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int columns = options.FactorColumns ?? dimension;
        Guard.InRange(columns, 1, dimension, "options.FactorColumns");
        return new MatrixShape(dimension, columns);
    }
}
