using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// The isometry svec between symmetric d×d matrices and vectors of p = d(d+1)/2 numbers: diagonal entries as they are, the others times
/// √2. Then ⟨X, M⟩ = svec(X)·svec(M) and ‖M‖_F = ‖svec(M)‖, and a symmetric Gaussian matrix is p independent N(0,1) numbers.
/// </summary>
/// <remarks>Order: the lower triangle row after row; entry (i, j), j ≤ i, is at i(i+1)/2 + j. Thread-safe: no state.</remarks>
public static class Svec
{
    /// <summary>The largest dimension: p must be the length of a span.</summary>
    public const int MaxDimension = 65535;

    /// <summary>Returns p = d(d+1)/2.</summary>
    /// <param name="dimension">The dimension d, 0 to <see cref="MaxDimension"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static int Length(int dimension)
    {
        Guard.InRange(dimension, 0, MaxDimension);
        return (int)((long)dimension * (dimension + 1) / 2);
    }

    /// <summary>Returns the position of entry (i, j) = (j, i).</summary>
    /// <param name="row">The row i, 0 or more and below <see cref="MaxDimension"/>.</param>
    /// <param name="column">The column j, likewise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row or the column is out of range.</exception>
    public static int IndexOf(int row, int column)
    {
        Guard.InRange(row, 0, MaxDimension - 1);
        Guard.InRange(column, 0, MaxDimension - 1);
        (int high, int low) = row >= column ? (row, column) : (column, row);
        return (int)(((long)high * (high + 1) / 2) + low);
    }

    /// <summary>svec of a symmetric matrix. Only the lower triangle counts.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="matrix">A symmetric d×d matrix.</param>
    /// <param name="destination">Receives d(d+1)/2 numbers; shares no memory with the matrix. Infinite where √2 times an entry is.</param>
    /// <exception cref="ArgumentException">The matrix is not square, the length does not fit, or memory is shared.</exception>
    public static void Pack<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(matrix.Rows, matrix.Columns, nameof(matrix), destination.Length, nameof(destination));
        Guard.NoOverlap(matrix.Data, destination, nameof(matrix), nameof(destination));
        if (matrix.ColumnStride == 1)
        {
            SvecRows.Pack(matrix, destination);
            return;
        }

        T root = T.Sqrt(T.CreateTruncating(2));
        for (int i = 0, at = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                destination[at++] = matrix[i, j] * root;
            }

            destination[at++] = matrix[i, i];
        }
    }

    /// <summary>svec of the symmetric part (M + Mᵀ)/2 of any square matrix.</summary>
    /// <remarks>
    /// Measurements with independent N(0,1) entries in all d² places act on symmetric residuals through their symmetric part, which is
    /// the symmetric Gaussian ensemble: pack them with this.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="matrix">A d×d matrix.</param>
    /// <param name="destination">Receives d(d+1)/2 numbers; shares no memory with the matrix. Infinite where √2 times a mean of two entries is.</param>
    /// <exception cref="ArgumentException">The matrix is not square, the length does not fit, or memory is shared.</exception>
    public static void PackSymmetricPart<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(matrix.Rows, matrix.Columns, nameof(matrix), destination.Length, nameof(destination));
        Guard.NoOverlap(matrix.Data, destination, nameof(matrix), nameof(destination));
        T two = T.CreateTruncating(2), root = T.Sqrt(two), half = root / two;
        for (int i = 0, at = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                T sum = matrix[i, j] + matrix[j, i];

                // The bits of Pack for a symmetric matrix. Where the sum overflows, that of the halves does not, and it is rounded alike.
                destination[at++] = T.IsFinite(sum) ? sum * half : ((matrix[i, j] / two) + (matrix[j, i] / two)) * root;
            }

            destination[at++] = matrix[i, i];
        }
    }

    /// <summary>The inverse of svec: the full symmetric matrix, both triangles.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="svec">d(d+1)/2 numbers.</param>
    /// <param name="destination">Receives the d×d matrix; shares no memory with the vector.</param>
    /// <exception cref="ArgumentException">The matrix is not square, the length does not fit, or memory is shared.</exception>
    public static void Unpack<T>(ReadOnlySpan<T> svec, MatrixSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(destination.Rows, destination.Columns, nameof(destination), svec.Length, nameof(svec));
        Guard.NoOverlap(svec, destination.Data, nameof(svec), nameof(destination));
        SvecRows.Unpack(svec, destination);
    }

    private static void CheckShapes(int rows, int columns, string matrixName, int length, string svecName)
    {
        if (rows != columns)
        {
            throw new ArgumentException($"'{matrixName}' is {rows} by {columns}; accepted is a square matrix.", matrixName);
        }

        Guard.Length(length, Length(rows), svecName);
    }
}
