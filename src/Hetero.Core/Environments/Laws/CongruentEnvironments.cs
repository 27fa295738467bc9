using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Environments;

/// <summary>
/// Environments of another distribution seen through a matrix: Σ^(e) ↦ B·Σ^(e)·Bᵀ. So weights diag(a^(e)) of vectors that are not orthonormal, N = V*·B, become environments on the orthonormal
/// V*: N·diag(a)·Nᵀ = V*·(B·diag(a)·Bᵀ)·V*ᵀ. Odds and labels are the other's.
/// </summary>
/// <remarks>Immutable and thread-safe, if the other is.</remarks>
internal sealed class CongruentEnvironments : EnvironmentDistribution
{
    private readonly EnvironmentDistribution _inner;
    private readonly double[] _matrix;

    /// <summary>Creates the distribution.</summary>
    /// <param name="inner">The other distribution, of order n.</param>
    /// <param name="matrix">B, n×n, finite.</param>
    /// <exception cref="ArgumentException">The shape is not n×n, an entry is not finite, or entries of BΣBᵀ leave the range.</exception>
    public CongruentEnvironments(EnvironmentDistribution inner, ReadOnlyMatrixSpan<double> matrix)
        : base(RankOf(inner))
    {
        Guard.Shape(matrix.Rows, matrix.Columns, inner.Rank, inner.Rank, nameof(matrix));
        (_inner, _matrix) = (inner, new double[Rank * Rank]);
        double largest = 0;
        for (int i = 0; i < Rank; i++)
        {
            double row = 0;
            for (int j = 0; j < Rank; j++)
            {
                Guard.Finite(matrix[i, j], nameof(matrix));
                _matrix[(i * Rank) + j] = matrix[i, j];
                row += Math.Abs(matrix[i, j]);
            }

            largest = Math.Max(largest, row);
        }

        // |(BΣBᵀ)_ij| ≤ ‖b_i‖₁·max|Σ|·‖b_j‖₁.
        LargestEntry = largest * largest * inner.LargestEntry;
        Guard.Finite(LargestEntry, nameof(matrix));
    }

    /// <inheritdoc/>
    public override int? Count => _inner.Count;

    /// <inheritdoc/>
    public override int LabelLength => _inner.LabelLength;

    /// <inheritdoc/>
    public override double LargestEntry { get; }

    /// <inheritdoc/>
    public override double GetProbability(int index) => _inner.GetProbability(index);

    /// <inheritdoc/>
    public override void CopyMatrix(int index, Span<double> sigma)
    {
        _inner.CopyMatrix(index, sigma);
        Transform(sigma);
    }

    /// <inheritdoc/>
    public override void CopyLabel(int index, Span<double> label) => _inner.CopyLabel(index, label);

    /// <inheritdoc/>
    public override void CopyMean(Span<double> sigma)
    {
        _inner.CopyMean(sigma);
        Transform(sigma);
    }

    /// <inheritdoc/>
    public override int Draw(RandomStream stream, Span<double> sigma, Span<double> label)
    {
        int index = _inner.Draw(stream, sigma, label);
        Transform(sigma);
        return index;
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        _inner.Describe(description);
        description.Add<double>("congruence", _matrix);
    }

    private static int RankOf(EnvironmentDistribution inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner.Rank;
    }

    /// <summary>BΣBᵀ in the place of Σ, column by column and then row by row; the upper triangle is the lower one's, to the bit.</summary>
    private void Transform(Span<double> sigma)
    {
        int n = Rank;
        Span<double> line = n <= 64 ? stackalloc double[n] : new double[n];
        for (int column = 0; column < n; column++)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int k = 0; k < n; k++)
                {
                    sum = Math.FusedMultiplyAdd(_matrix[(i * n) + k], sigma[(k * n) + column], sum);
                }

                line[i] = sum;
            }

            for (int i = 0; i < n; i++)
            {
                sigma[(i * n) + column] = line[i];
            }
        }

        for (int i = 0; i < n; i++)
        {
            Span<double> row = sigma.Slice(i * n, n);
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int k = 0; k < n; k++)
                {
                    sum = Math.FusedMultiplyAdd(row[k], _matrix[(j * n) + k], sum);
                }

                line[j] = sum;
            }

            line.CopyTo(row);
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sigma[(j * n) + i] = sigma[(i * n) + j];
            }
        }
    }
}
