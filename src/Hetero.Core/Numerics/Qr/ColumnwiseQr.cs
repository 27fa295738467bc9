using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>The QR decomposition by Householder reflections, one column after the other, for the few columns of a frame. Thread-safe as long as calls share no memory.</summary>
internal static class ColumnwiseQr
{
    /// <summary>The most columns that are decomposed so; blocks have nothing to gain there.</summary>
    public const int MostColumns = 8;

    /// <summary>Gets the scratch of <see cref="Decompose"/>.</summary>
    public static Int128 GetScratchLength(int rows, int columns) => (2 * (Int128)rows * columns) + (2 * (Int128)columns);

    /// <summary>Decomposes; no argument is checked.</summary>
    public static void Decompose<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> q, MatrixSpan<T> r, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows;
        int n = matrix.Columns;

        // Columns are stored as rows, so that every step below walks along memory.
        MatrixSpan<T> work = new(scratch[..(n * m)], n, m);
        MatrixSpan<T> frame = new(scratch.Slice(n * m, n * m), n, m);
        Span<T> factors = scratch.Slice(2 * n * m, n);
        Span<T> diagonal = scratch.Slice((2 * n * m) + n, n);
        for (int j = 0; j < n; j++)
        {
            Span<T> column = work.Row(j);
            for (int i = 0; i < m; i++)
            {
                column[i] = matrix.Data[(i * matrix.RowStride) + (j * matrix.ColumnStride)];
            }
        }

        for (int k = 0; k < n; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<T> v = work.Row(k)[k..];
            (diagonal[k], factors[k]) = HouseholderReflection.Create(v);
            for (int j = k + 1; j < n; j++)
            {
                HouseholderReflection.Apply(v, factors[k], work.Row(j)[k..]);
            }
        }

        // Column j is H₀…Hₙ₋₁·eⱼ, and the reflections after the j-th leave eⱼ alone.
        for (int k = n - 1; k >= 0 && q.Rows > 0; k--)
        {
            cancellation.ThrowIfCancellationRequested();
            frame.Row(k).Clear();
            frame[k, k] = T.One;
            for (int j = k; j < n; j++)
            {
                HouseholderReflection.Apply(work.Row(k)[k..], factors[k], frame.Row(j)[k..]);
            }
        }

        // A = (Q·S)·(S·R) for any diagonal S of signs; S makes the diagonal of R zero or above.
        for (int k = 0; k < n; k++)
        {
            bool flip = T.IsNegative(diagonal[k]);
            Span<T> row = r.Row(k);
            row[..k].Clear();
            row[k] = T.Abs(diagonal[k]);
            for (int j = k + 1; j < n; j++)
            {
                row[j] = flip ? -work[j, k] : work[j, k];
            }

            Span<T> column = frame.Row(k);
            for (int i = 0; i < q.Rows; i++)
            {
                q.Data[(i * q.RowStride) + k] = flip ? -column[i] : column[i];
            }
        }
    }
}
