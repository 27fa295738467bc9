using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// The QR decomposition by Householder reflections in blocks: a panel of columns at a time, whose reflections meet the columns behind it as three products of matrices. Thread-safe as long as
/// calls share neither memory nor team.
/// </summary>
internal static class BlockedQr
{
    /// <summary>
    /// The columns of a panel. A panel's own work, which is not done by products of matrices, grows with it; what the products read and write anew for each panel shrinks.
    /// </summary>
    private const int PanelWidth = 24;

    /// <summary>The length of a chain in sums along columns.</summary>
    private const int Slice = 64;

    /// <summary>Gets the scratch of <see cref="Decompose"/>.</summary>
    public static Int128 GetScratchLength<T>(int rows, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = WidthOf(columns);
        Int128 length = rows + (Int128)ReflectionPanel.Granule<T>();
        int threads = team?.Degree ?? 1;
        int products = Math.Max(ProductBlocking.LargestScratchLength<T>(columns, rows, rows, threads), ProductBlocking.LargestScratchLength<T>(rows, width, columns, threads));
        return (length * columns) + ((Int128)columns * width) + columns + (2 * (Int128)width * Math.Max(columns - width, width))
            + Math.Max(products, ReflectionPanel.GetScratchLength(width));
    }

    /// <summary>Decomposes; no argument is checked.</summary>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> q, MatrixSpan<T> r, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns, width = WidthOf(n), most = width * Math.Max(n - width, width);
        MatrixSpan<T> columns = ScratchParts.Take(ref scratch, n, PaddedLength<T>(m)), triangles = ScratchParts.Take(ref scratch, n, width);
        Span<T> diagonal = ScratchParts.Take(ref scratch, n), first = ScratchParts.Take(ref scratch, most), second = ScratchParts.Take(ref scratch, most);
        CopyColumns(matrix, columns);
        Reduce(columns, m, triangles, diagonal, r, first, second, scratch, team, cancellation);
        SignRows(diagonal, r);
        if (q.Rows > 0)
        {
            FormFrame(columns, triangles, diagonal, first, second, scratch, q, team, cancellation);
        }
    }

    /// <summary>Reflects columns onto a triangle, panel by panel.</summary>
    /// <param name="columns">The columns as rows of <see cref="PaddedLength"/> elements: first those of the triangle, which become those of Y, then any number that are reflected with them.</param>
    /// <param name="rows">The length m of a column without what is behind it.</param>
    /// <param name="triangles">The panels' triangles N, one below the other: as many rows as the triangle, <see cref="WidthOf"/> columns.</param>
    /// <param name="diagonal">The diagonal of R, of either sign.</param>
    /// <param name="r">R, of which the part above the diagonal is written.</param>
    /// <param name="first">Scratch of a panel's width times the columns, or times the width where that is more.</param>
    /// <param name="second">As much scratch again.</param>
    /// <param name="scratch">Scratch of panels and products.</param>
    /// <param name="team">The team.</param>
    /// <param name="cancellation">Ends the work between two panels.</param>
    public static void Reduce<T>(
        MatrixSpan<T> columns,
        int rows,
        MatrixSpan<T> triangles,
        Span<T> diagonal,
        MatrixSpan<T> r,
        Span<T> first,
        Span<T> second,
        Span<T> scratch,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = triangles.Rows, width = triangles.Columns, granule = ReflectionPanel.Granule<T>();
        for (int start = 0; start < n; start += width)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(width, n - start), rest = columns.Rows - start - count, offset = start % granule, aligned = start - offset;

            // The part of R above the panel's own triangle is complete.
            Transposition.Copy(columns.Slice(start, 0, count, start), r.Slice(0, start, start, count));
            MatrixMemory.Clear(columns.Slice(start, aligned, count, offset));
            MatrixSpan<T> triangle = triangles.Slice(start, 0, count, count);
            ReflectionPanel.Factor(
                columns.Slice(start, aligned, count, columns.Columns - aligned), offset, diagonal.Slice(start, count), r.Slice(start, start, count, count), triangle, scratch);
            if (rest > 0)
            {
                Reflect(
                    columns.Slice(start, start, count, rows - start), triangle, columns.Slice(start + count, start, rest, rows - start), first, second, scratch, team, cancellation);
            }
        }
    }

    /// <summary>a ← Hᵀ·a = a + Y·Nᵀ·(Yᵀ·a) for columns a, everything stored as rows; with the transposed triangle a ← H·a.</summary>
    public static void Reflect<T>(
        MatrixSpan<T> panel,
        ReadOnlyMatrixSpan<T> triangle,
        MatrixSpan<T> columns,
        Span<T> first,
        Span<T> second,
        Span<T> scratch,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = columns.Rows * panel.Rows;
        MatrixSpan<T> products = new(first[..size], columns.Rows, panel.Rows), weights = new(second[..size], columns.Rows, panel.Rows);
        MultiplyLong(columns, panel.Transposed, scratch, products, team, cancellation);
        Products.Multiply(products, triangle, scratch, weights, null, cancellation);
        Products.MultiplyAdd(weights, panel, scratch, columns, team, cancellation);
    }

    /// <summary>Columns ← Qᵀ·columns, or Q·columns, stored as rows, panel by panel.</summary>
    public static void ReflectAll<T>(
        MatrixSpan<T> reflectors,
        int rows,
        MatrixSpan<T> triangles,
        bool isTransposed,
        MatrixSpan<T> columns,
        Span<T> first,
        Span<T> second,
        Span<T> scratch,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = triangles.Columns, panels = ProductBlocking.Blocks(triangles.Rows, Math.Max(width, 1));
        for (int index = 0; index < panels; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = (isTransposed ? index : panels - 1 - index) * width, count = Math.Min(width, triangles.Rows - start);
            MatrixSpan<T> triangle = triangles.Slice(start, 0, count, count);
            Reflect(
                reflectors.Slice(start, start, count, rows - start),
                isTransposed ? triangle : triangle.Transposed,
                columns.Slice(0, start, columns.Rows, rows - start),
                first,
                second,
                scratch,
                team,
                cancellation);
        }
    }

    /// <summary>The triangles of the panels of reflections that were made one by one.</summary>
    /// <param name="columns">Y as rows, each 0 before its own place.</param>
    /// <param name="factors">The factors τ.</param>
    /// <param name="triangles">The panels' triangles N, one below the other.</param>
    /// <param name="scratch">Scratch of panels.</param>
    public static void FormTriangles<T>(MatrixSpan<T> columns, ReadOnlySpan<T> factors, MatrixSpan<T> triangles, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = triangles.Columns, granule = ReflectionPanel.Granule<T>();
        for (int start = 0, count; start < triangles.Rows; start += count)
        {
            count = Math.Min(width, triangles.Rows - start);
            int aligned = start / granule * granule;
            ReflectionPanel.FormTriangle(
                columns.Slice(start, aligned, count, columns.Columns - aligned), factors.Slice(start, count), triangles.Slice(start, 0, count, count), scratch);
        }
    }

    /// <summary>Gets the width of the panels of so many columns.</summary>
    public static int WidthOf(int columns) => Math.Min(PanelWidth, columns);

    /// <summary>Gets the length of rows that hold columns of so many elements, with zeros behind.</summary>
    public static int PaddedLength<T>(int rows)
        where T : unmanaged
    {
        int granule = ReflectionPanel.Granule<T>();
        return checked((int)(((long)rows + granule - 1) / granule * granule));
    }

    /// <summary>Copies columns to rows, with zeros behind.</summary>
    public static void CopyColumns<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows;
        if (matrix.ColumnStride == 1)
        {
            Transposition.Copy(matrix, columns.Slice(0, 0, columns.Rows, m));
        }

        for (int j = 0; j < columns.Rows; j++)
        {
            if (matrix.ColumnStride != 1)
            {
                matrix.Data.Slice(j * matrix.ColumnStride, m).CopyTo(columns.Row(j));
            }

            columns.Row(j)[m..].Clear();
        }
    }

    /// <summary>
    /// C ← A·B for a long inner size, in slices. The reflections of a matrix whose entries repeat have entries that repeat: products of such terms round the same way again and again, so that long
    /// chains of them are off by many times ε.
    /// </summary>
    private static void MultiplyLong<T>(
        ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, Span<T> scratch, MatrixSpan<T> destination, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inner = left.Columns;
        Products.Multiply(left.Slice(0, 0, left.Rows, Math.Min(Slice, inner)), right.Slice(0, 0, Math.Min(Slice, inner), right.Columns), scratch, destination, team, cancellation);
        for (int start = Slice; start < inner; start += Slice)
        {
            int count = Math.Min(Slice, inner - start);
            Products.MultiplyAdd(left.Slice(0, start, left.Rows, count), right.Slice(start, 0, count, right.Columns), scratch, destination, team, cancellation);
        }
    }

    /// <summary>Zeros below the diagonal, and signs: A = (Q·S)·(S·R) for any diagonal S of signs; S makes the diagonal of R zero or above.</summary>
    public static void SignRows<T>(ReadOnlySpan<T> diagonal, MatrixSpan<T> r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < r.Rows; i++)
        {
            Span<T> row = r.Row(i);
            row[..i].Clear();
            row[i] = T.Abs(diagonal[i]);
            if (T.IsNegative(diagonal[i]))
            {
                TensorPrimitives.Negate<T>(row[(i + 1)..], row[(i + 1)..]);
            }
        }
    }

    /// <summary>Q = H₀·H₁·… of the first n axes with the signs S, from the last panel to the first one: the rows above a panel are written by the panels before it.</summary>
    public static void FormFrame<T>(
        MatrixSpan<T> columns,
        MatrixSpan<T> triangles,
        ReadOnlySpan<T> diagonal,
        Span<T> first,
        Span<T> second,
        Span<T> scratch,
        MatrixSpan<T> q,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = q.Rows, n = q.Columns, width = triangles.Columns;
        for (int start = (n - 1) / width * width; start >= 0; start -= width)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(width, n - start), rest = n - start - count, length = m - start;
            MatrixSpan<T> panel = columns.Slice(start, start, count, length), triangle = triangles.Slice(start, 0, count, count);

            // The axes behind the panel's own, of which the first entries are still 0.
            if (rest > 0)
            {
                MatrixSpan<T> products = new(first[..(count * rest)], count, rest), weights = new(second[..(count * rest)], count, rest);
                MultiplyLong(panel.Slice(0, count, count, length - count), q.Slice(start + count, start + count, length - count, rest), scratch, products, team, cancellation);
                Products.Multiply(triangle, products, scratch, weights, null, cancellation);
                Products.Multiply(panel.Slice(0, 0, count, count).Transposed, weights, scratch, q.Slice(start, start + count, count, rest), null, cancellation);
                Products.MultiplyAdd(
                    panel.Slice(0, count, count, length - count).Transposed, weights, scratch, q.Slice(start + count, start + count, length - count, rest), team, cancellation);
            }

            // Its own axes e_i: E + Y·(N·Yᵀ·E).
            MatrixSpan<T> own = new(first[..(count * count)], count, count);
            ReflectionPanel.MultiplySmall(triangle, panel.Slice(0, 0, count, count), own);
            MatrixSpan<T> frame = q.Slice(start, start, length, count);
            for (int j = 0; j < count; j++)
            {
                for (int i = 0; i < count && T.IsNegative(diagonal[start + j]); i++)
                {
                    own[i, j] = -own[i, j];
                }
            }

            Products.Multiply(panel.Transposed, own, scratch, frame, team, cancellation);
            for (int j = 0; j < count; j++)
            {
                frame[j, j] += T.CopySign(T.One, diagonal[start + j]);
            }
        }
    }
}
