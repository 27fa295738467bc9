using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>A matrix on which (1/m) Σ ⟨X_i, M⟩² / ‖M‖_F² is extreme, and that ratio, computed from the matrix.</summary>
/// <remarks>Two are equal if matrix and ratio are. Immutable and thread-safe.</remarks>
public sealed class IsometryExtreme : IEquatable<IsometryExtreme>
{
    private readonly double[] _svec;

    internal IsometryExtreme(IsometryForm form, double[] svec)
        => (Dimension, _svec, Ratio) = (form.Dimension, svec, form.Ratio(svec));

    /// <summary>Gets the dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Gets (1/m) Σ ⟨X_i, M⟩² / ‖M‖_F²: what <see cref="IsometryForm.Ratio"/> returns for <see cref="SvecForm"/>.</summary>
    public double Ratio { get; }

    /// <summary>Gets svec(M), p numbers of norm 1.</summary>
    public ReadOnlySpan<double> SvecForm => _svec;

    /// <summary>Writes M, symmetric and of Frobenius norm 1.</summary>
    /// <param name="destination">Receives the d×d matrix.</param>
    /// <exception cref="ArgumentException">The shape is not d by d.</exception>
    public void CopyMatrix(MatrixSpan<double> destination)
    {
        Guard.Shape(destination.Rows, destination.Columns, Dimension, Dimension, nameof(destination));
        Svec.Unpack(_svec, destination);
    }

    /// <summary>Returns whether matrix and ratio are the same.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(IsometryExtreme? other)
        => other is not null && Dimension == other.Dimension && Ratio.Equals(other.Ratio) && _svec.AsSpan().SequenceEqual(other._svec);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IsometryExtreme);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dimension, Ratio);
}
