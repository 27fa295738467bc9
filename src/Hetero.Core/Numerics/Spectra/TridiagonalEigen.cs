using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by reduction to tridiagonal form and the QL algorithm: what
/// <see cref="SymmetricEigen"/> does to matrices too large for Jacobi rotations. Thread-safe as long as calls share neither memory nor
/// team.
/// </summary>
internal static class TridiagonalEigen
{
    /// <summary>The columns of a panel: of 8, 16 and 32 the best, or next to it, at n = 50 to 300.</summary>
    public const int PanelWidth = 16;

    /// <summary>Gets the scratch: about n² elements, with vectors 2·n², and that of panels and products.</summary>
    public static int GetScratchLength<T>(int size, bool vectors, int panelWidth = PanelWidth, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Refused before the panels are counted, which would take long.
        int least = ScratchLength.Of((Int128)size * size * (vectors ? 2 : 1), size);
        int rest = Tridiagonalization.GetScratchLength<T>(size, panelWidth, team);
        if (vectors)
        {
            rest = Math.Max(rest, BlockReflection.GetScratchLength<T>(size, panelWidth, team));
        }

        Int128 padding = (Int128)size * (Tridiagonalization.PaddedLength<T>(size) - size);
        return ScratchLength.Of(least + padding + (5 * size) + rest, size);
    }

    /// <summary>Decomposes; no argument is checked.</summary>
    /// <param name="matrix">A, n×n; the lower triangle is used.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="values">The n eigenvalues, ascending.</param>
    /// <param name="vectors">n×n, or empty for the values alone.</param>
    /// <param name="panelWidth">The columns of a panel, 1 or more.</param>
    /// <param name="team">The team for products, if any.</param>
    /// <param name="maximumSteps">The QL steps for each eigenvalue.</param>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix,
        Span<T> scratch,
        Span<T> values,
        MatrixSpan<T> vectors,
        int panelWidth = PanelWidth,
        WorkerTeam? team = null,
        int maximumSteps = TridiagonalQl.MaximumSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        if (n == 0)
        {
            return;
        }

        int stride = Tridiagonalization.PaddedLength<T>(n);
        Span<T> work = scratch[..(n * stride)];
        scratch = scratch[work.Length..];
        Span<T> diagonal = scratch[..n];
        Span<T> beside = scratch.Slice(n, n);
        Span<T> factors = scratch.Slice(2 * n, n);
        Span<T> rotations = scratch.Slice(3 * n, 2 * n);
        scratch = scratch[(5 * n)..];
        MatrixSpan<T> reflectors = default;
        if (vectors.Rows != 0)
        {
            reflectors = new(scratch[..(n * n)], n, n);
            scratch = scratch[(n * n)..];
        }

        T inverse = CopyScaled(matrix, work, stride);
        Tridiagonalization.Reduce(work, panelWidth, scratch, diagonal, beside, factors, reflectors, team);
        MatrixSpan<T> transposed = default;
        if (vectors.Rows != 0)
        {
            BlockReflection.Form(reflectors, factors, panelWidth, scratch, vectors, team);
            transposed = new(work, n, stride);
            work.Clear();
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<T> row = vectors.Row(i);
                for (int j = 0; j < row.Length; j++)
                {
                    work[(j * stride) + i] = row[j];
                }
            }
        }

        TridiagonalQl.Diagonalize(diagonal, beside, transposed, rotations, maximumSteps);
        TensorPrimitives.Multiply(diagonal, inverse, values);
        SymmetricEigen.Sort(values, transposed);
        for (int i = 0; i < vectors.Rows; i++)
        {
            Span<T> row = vectors.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = work[(j * stride) + i];
            }
        }
    }

    /// <summary>Copies the lower triangle and its mirror image, scaled by a power of two to magnitudes below 2; returns its inverse.</summary>
    private static T CopyScaled<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> work, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        work.Clear();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                T value = matrix.Data[(i * matrix.RowStride) + (j * matrix.ColumnStride)];
                work[(i * stride) + j] = value;
                work[(j * stride) + i] = value;
            }
        }

        (T scale, T inverse) = PowerOfTwo.Normalizing(T.Abs(TensorPrimitives.MaxMagnitude<T>(work)));
        TensorPrimitives.Multiply<T>(work, scale, work);
        return inverse;
    }
}
