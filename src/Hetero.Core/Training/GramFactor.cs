using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>The paper's parameterization UUᵀ by a d×k factor U, with the step U ← U − η·G·U.</summary>
/// <remarks>Not thread-safe: owns U, two d×d matrices and the products' scratch. A step allocates nothing.</remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class GramFactor<T> : Factor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest dimension: a d×d matrix must fit into one array.</summary>
    public const int MaxDimension = 46340;

    private readonly T[] _square;
    private readonly T[] _product;
    private readonly T[] _scratch;
    private readonly WorkerTeam? _team;

    /// <summary>Creates the factor U = 0.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="MaxDimension"/>.</param>
    /// <param name="columns">The number k of columns, 1 to d.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range.</exception>
    public GramFactor(int dimension, int columns, WorkerTeam? team = null)
        : base(CheckedDimension(dimension), columns)
    {
        _team = team;
        _square = new T[dimension * dimension];
        _product = new T[dimension * columns];
        _scratch = new T[Math.Max(
            Products.GetGramScratchLength<T>(dimension, columns, team),
            Products.GetMultiplyScratchLength<T>(dimension, dimension, columns, team))];
    }

    /// <inheritdoc/>
    public override void CopyProduct(Span<T> svec, CancellationToken cancellation = default)
    {
        MatrixSpan<T> square = new(_square, Dimension, Dimension);
        Products.GramLower(Matrix, _scratch, square, _team, cancellation);
        Svec.Pack<T>(square, svec);
    }

    /// <inheritdoc/>
    public override void Descend(ReadOnlySpan<T> gradient, T stepSize, CancellationToken cancellation = default)
    {
        MatrixSpan<T> square = new(_square, Dimension, Dimension);
        Svec.Unpack(gradient, square);
        Products.Multiply<T>(square, Matrix, _scratch, new MatrixSpan<T>(_product, Dimension, Columns), _team, cancellation);
        TensorPrimitives.FusedMultiplyAdd(_product, -stepSize, Parameters, Parameters);
    }

    private static int CheckedDimension(int dimension)
    {
        Guard.InRange(dimension, 1, MaxDimension);
        return dimension;
    }
}
