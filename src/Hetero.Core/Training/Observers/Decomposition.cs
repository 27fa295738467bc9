using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The decomposition (17), (18) of a d×k factor: R_t = U_tᵀU* (k×r1), Q_t = U_tᵀV* (k×r2) and the residual
/// E_t = U_t − U*R_tᵀ − V*Q_tᵀ (d×k).
/// </summary>
/// <remarks>
/// U*U*ᵀ and V*V*ᵀ are projections, their sum is one only if the subspaces are orthogonal: otherwise E_t is not orthogonal to either. Not
/// thread-safe: owns R, Q and E; a call while another one is going on is refused. Computing allocates nothing.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Decomposition<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _dimension;
    private readonly int _columns;
    private readonly int _invariantRank;
    private readonly int _spuriousRank;
    private readonly T[] _invariant;
    private readonly T[] _spurious;
    private readonly T[] _residual;
    private readonly T[] _negated;
    private readonly T[] _scratch;
    private ExclusiveUse _use;

    /// <summary>Makes room for a decomposition.</summary>
    /// <param name="problem">The problem whose subspaces count.</param>
    /// <param name="columns">The number k of the factor's columns.</param>
    public Decomposition(SensingProblem problem, int columns)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Guard.AtLeast(columns, 1);
        int entries = Guard.ArrayLength(problem.Dimension, columns, nameof(columns));
        _dimension = problem.Dimension;
        _columns = columns;
        _invariantRank = problem.InvariantRank;
        _spuriousRank = problem.SpuriousRank;
        _invariant = new T[columns * _invariantRank];
        _spurious = new T[columns * _spuriousRank];
        _negated = new T[columns * Math.Max(_invariantRank, _spuriousRank)];
        _residual = new T[entries];
        int rank = Math.Max(_invariantRank, _spuriousRank);
        _scratch = new T[Math.Max(
            Products.GetMultiplyScratchLength<T>(columns, _dimension, rank), Products.GetMultiplyScratchLength<T>(_dimension, rank, columns))];
    }

    /// <summary>Returns the bytes that a decomposition needs before it is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    internal static Int128 BytesOf(in RunSizes sizes)
    {
        (Int128 d, Int128 k, int rank) = (sizes.Dimension, sizes.Columns, Math.Max(sizes.InvariantRank, sizes.SpuriousRank));
        int scratch = Math.Max(
            Products.GetMultiplyScratchLength<T>(sizes.Columns, sizes.Dimension, rank), Products.GetMultiplyScratchLength<T>(sizes.Dimension, rank, sizes.Columns));
        return RunSizes.Bytes<T>((k * ((Int128)sizes.InvariantRank + sizes.SpuriousRank + rank)) + (d * k) + scratch);
    }

    /// <summary>Gets R, k×r1: the invariant part.</summary>
    public ReadOnlyMatrixSpan<T> Invariant => new(_invariant, _columns, _invariantRank);

    /// <summary>Gets Q, k×r2: the spurious part.</summary>
    public ReadOnlyMatrixSpan<T> Spurious => new(_spurious, _columns, _spuriousRank);

    /// <summary>Gets E, d×k: the residual of (18), not the RIP error of (20).</summary>
    public ReadOnlyMatrixSpan<T> Residual => new(_residual, _dimension, _columns);

    /// <summary>Decomposes a factor.</summary>
    /// <param name="factor">U, d×k; not the residual of this decomposition.</param>
    /// <param name="signals">The problem's subspaces in this precision.</param>
    /// <exception cref="ArgumentException">The shape is not d×k, or the memory is that of the residual.</exception>
    /// <exception cref="InvalidOperationException">Another call is going on.</exception>
    public void Compute(ReadOnlyMatrixSpan<T> factor, SignalModel<T> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        Guard.Agree(factor.Rows, _dimension, "row count", nameof(factor));
        Guard.Agree(factor.Columns, _columns, "column count", nameof(factor));
        Guard.NoOverlap(_residual, factor.Data, nameof(Residual), nameof(factor));
        using ExclusiveUse.Scope use = _use.Enter("The decomposition is already being computed; give each thread a decomposition of its own.");
        Products.Multiply(factor.Transposed, signals.InvariantBasis, _scratch, new MatrixSpan<T>(_invariant, _columns, _invariantRank));
        Products.Multiply(factor.Transposed, signals.SpuriousBasis, _scratch, new MatrixSpan<T>(_spurious, _columns, _spuriousRank));
        MatrixSpan<T> residual = new(_residual, _dimension, _columns);
        factor.CopyTo(residual);
        Remove(signals.InvariantBasis, Invariant, residual);
        Remove(signals.SpuriousBasis, Spurious, residual);
    }

    private void Remove(ReadOnlyMatrixSpan<T> basis, ReadOnlyMatrixSpan<T> part, MatrixSpan<T> residual)
    {
        Span<T> negated = _negated.AsSpan(0, part.Data.Length);
        TensorPrimitives.Negate(part.Data, negated);
        Products.MultiplyAdd(basis, new ReadOnlyMatrixSpan<T>(negated, part.Rows, part.Columns).Transposed, _scratch, residual);
    }
}
