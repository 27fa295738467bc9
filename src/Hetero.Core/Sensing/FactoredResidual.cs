using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// The residual D = UUᵀ − U* diag(λ) U*ᵀ − V*ΣV*ᵀ in the factored form [U, U*, V*] with small coefficients: all that a source gets that never forms a
/// d×d matrix.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct FactoredResidual<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets U, d×k.</summary>
    public required ReadOnlyMatrixSpan<T> Factor { get; init; }

    /// <summary>Gets U*, d×r1.</summary>
    public required ReadOnlyMatrixSpan<T> InvariantBasis { get; init; }

    /// <summary>Gets λ, r1 numbers.</summary>
    public required ReadOnlySpan<double> Eigenvalues { get; init; }

    /// <summary>Gets V*, d×r2.</summary>
    public required ReadOnlyMatrixSpan<T> SpuriousBasis { get; init; }

    /// <summary>Gets the symmetric Σ, r2² numbers, row after row. Its symmetry is the caller's word.</summary>
    public required ReadOnlySpan<double> Sigma { get; init; }

    /// <summary>Gets whether the bases are those of a problem, which has looked at all their numbers once.</summary>
    internal bool HasProblemBases { get; init; }

    /// <summary>Gets whether all numbers of U are known to be finite.</summary>
    internal bool HasFiniteFactor { get; init; }

    /// <summary>Gets the number k + r1 + r2 of columns of [U, U*, V*].</summary>
    public int Columns => Factor.Columns + InvariantBasis.Columns + SpuriousBasis.Columns;

    /// <summary>Refuses parts that do not fit each other or a dimension.</summary>
    internal void Check(int dimension)
    {
        Guard.Agree(Factor.Rows, dimension, "row count", "residual.Factor");
        Guard.Agree(InvariantBasis.Rows, dimension, "row count", "residual.InvariantBasis");
        Guard.Agree(SpuriousBasis.Rows, dimension, "row count", "residual.SpuriousBasis");
        Guard.Length(Eigenvalues.Length, InvariantBasis.Columns, "residual.Eigenvalues");
        Guard.Length(Sigma.Length, (long)SpuriousBasis.Columns * SpuriousBasis.Columns, "residual.Sigma");
        if (!HasFiniteFactor)
        {
            Guard.AllFinite(Factor.Data, "residual.Factor");
        }

        if (!HasProblemBases)
        {
            Guard.AllFinite(InvariantBasis.Data, "residual.InvariantBasis");
            Guard.AllFinite(SpuriousBasis.Data, "residual.SpuriousBasis");
        }

        Guard.AllFinite(Eigenvalues, "residual.Eigenvalues");
        Guard.AllFinite(Sigma, "residual.Sigma");
    }

    /// <summary>Refuses parts that do not fit each other, a dimension or a result.</summary>
    internal void Check(int dimension, MatrixSpan<T> result)
    {
        Check(dimension);

        Guard.Agree(result.Rows, dimension, "row count", nameof(result));
        if (result.Columns != Factor.Columns && result.Columns != Columns)
        {
            throw new ArgumentException($"'{nameof(result)}' has {result.Columns} columns; accepted are {Factor.Columns}, for G·U, or {Columns}, for G·[U, U*, V*].", nameof(result));
        }

        Guard.NoOverlap<T>(Factor.Data, result.Data, "residual.Factor", nameof(result));
        Guard.NoOverlap<T>(InvariantBasis.Data, result.Data, "residual.InvariantBasis", nameof(result));
        Guard.NoOverlap<T>(SpuriousBasis.Data, result.Data, "residual.SpuriousBasis", nameof(result));
    }
}
