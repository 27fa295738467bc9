using Hetero.Core.Numerics;

namespace Hetero.Core.Environments;

/// <summary>Σ ↦ B·Σ·Bᵀ with an upper triangular B. Immutable and thread-safe; allocates nothing.</summary>
internal sealed class Congruence
{
    private readonly double[] _matrix;

    /// <summary>Copies B.</summary>
    /// <param name="matrix">B, n×n, finite, with zeros below the diagonal.</param>
    /// <param name="order">The order n of Σ.</param>
    /// <exception cref="ArgumentException">The shape is not n×n, an entry is not finite, or one below the diagonal is not 0.</exception>
    public Congruence(ReadOnlyMatrixSpan<double> matrix, int order)
    {
        Guard.Shape(matrix.Rows, matrix.Columns, order, order, nameof(matrix));
        (Order, _matrix) = (order, new double[order * order]);
        for (int i = 0; i < order; i++)
        {
            double row = 0;
            for (int j = 0; j < order; j++)
            {
                Guard.Finite(matrix[i, j], nameof(matrix));
                if (j < i && matrix[i, j] != 0)
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"'{nameof(matrix)}' has {matrix[i, j]} in row {i}, column {j}; accepted below the diagonal is 0."), nameof(matrix));
                }

                _matrix[(i * order) + j] = matrix[i, j];
                row += Math.Abs(matrix[i, j]);
            }

            LargestRow = Math.Max(LargestRow, row);
        }
    }

    /// <summary>Gets B, row after row.</summary>
    public ReadOnlySpan<double> Matrix => _matrix;

    private int Order { get; }

    private double LargestRow { get; }

    /// <summary>Returns a bound of the entries of BΣBᵀ: |(BΣBᵀ)_ij| ≤ ‖b_i‖₁·max|Σ|·‖b_j‖₁.</summary>
    /// <exception cref="ArgumentException">It leaves the range.</exception>
    public double LargestEntry(double largestOfSigma)
    {
        double largest = LargestRow * LargestRow * largestOfSigma;
        Guard.Finite(largest, "matrix");
        return largest;
    }

    /// <summary>Writes BΣBᵀ in the place of Σ; the upper triangle is the lower one's, to the bit.</summary>
    /// <remarks>Entry i of a column of BΣ is made of the entries from i down, so the columns, and then the rows of (BΣ)Bᵀ, are overwritten from their first entry on.</remarks>
    public void Apply(Span<double> sigma)
    {
        int n = Order;
        for (int column = 0; column < n; column++)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int k = i; k < n; k++)
                {
                    sum = Math.FusedMultiplyAdd(_matrix[(i * n) + k], sigma[(k * n) + column], sum);
                }

                sigma[(i * n) + column] = sum;
            }
        }

        for (int i = 0; i < n; i++)
        {
            Span<double> row = sigma.Slice(i * n, n);
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int k = j; k < n; k++)
                {
                    sum = Math.FusedMultiplyAdd(row[k], _matrix[(j * n) + k], sum);
                }

                row[j] = sum;
            }
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
