using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

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
    private const int NarrowWidth = 24;

    /// <summary>
    /// The columns of a panel of many floats: three registers of products, where half as many would leave half a register idle. Doubles have three registers at 24, and fewer columns have less of
    /// themselves behind a panel.
    /// </summary>
    private const int WideWidth = 48, WideColumns = 384;

    /// <summary>The columns that chunks are multiples of.</summary>
    private const int Unit = 16;

    /// <summary>The multiply-adds from which on waking a team pays.</summary>
    private const double TeamWork = 1 << 19;

    /// <summary>The length of a chain in sums along columns.</summary>
    private const int Slice = 64;

    /// <summary>Gets the scratch of <see cref="Decompose"/>.</summary>
    public static Int128 GetScratchLength<T>(int rows, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = WidthOf<T>(columns);
        return ColumnMemory.GetLength<T>(columns, rows) + ((Int128)columns * width) + columns + (2 * (Int128)width * columns) + GetReductionScratchLength<T>(rows, rows, width, team);
    }

    /// <summary>Decomposes; no argument is checked.</summary>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix, Span<T> scratch, MatrixSpan<T> q, MatrixSpan<T> r, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.Rows, n = matrix.Columns, width = WidthOf<T>(n), most = width * n;
        MatrixSpan<T> columns = ColumnMemory.Take(ref scratch, n, m), triangles = ScratchParts.Take(ref scratch, n, width);
        Span<T> diagonal = ScratchParts.Take(ref scratch, n), first = ScratchParts.Take(ref scratch, most), second = ScratchParts.Take(ref scratch, most);
        ColumnsWork<T>.Copy(matrix, columns, team);
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
        int n = triangles.Rows, width = triangles.Columns;
        ReductionPanels<T> panels = new(columns, rows, triangles, diagonal, r);
        FactorPanel(panels, 0, first, second, scratch);
        for (int start = 0; start < n; start += width)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(width, n - start), end = start + count, rest = columns.Rows - end;
            if (rest == 0)
            {
                return;
            }

            // The next panel's columns come first, and others do not wait until they are factored.
            int next = Math.Min(width, n - end);
            (int chunk, int parts) = Cut(rest - next, Unit, (double)rest * count * (rows - start), team);
            LookaheadWork<T> work = new()
            {
                Reflections = new ReflectionWork<T>
                {
                    Panel = columns.Slice(start, start, count, rows - start),
                    Triangle = triangles.Slice(start, 0, count, count),
                    Columns = columns.Slice(end, start, rest, rows - start),
                    First = first,
                    Second = second,
                    Scratch = scratch,
                    ChunkRows = chunk,
                    Parts = parts,
                    Cancellation = cancellation,
                },
                Panels = panels,
                Start = end,
                Width = next,
            };
            work.Cut();
            WorkerTeam.Run(team, ref work, parts);
        }
    }

    /// <summary>Reflects the columns of a panel, a narrow part after the other: what each part means to those behind it in the panel, and to N, is products of matrices, too.</summary>
    /// <param name="panels">All panels.</param>
    /// <param name="start">The first column of this one.</param>
    /// <param name="first">Scratch of a panel's width squared.</param>
    /// <param name="second">As much scratch again.</param>
    /// <param name="scratch">Scratch of panels and products.</param>
    public static void FactorPanel<T>(ReductionPanels<T> panels, int start, Span<T> first, Span<T> second, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixSpan<T> columns = panels.Columns, r = panels.Upper;
        int rows = panels.Rows, count = 0, width = Math.Min(panels.Triangles.Columns, panels.Triangles.Rows - start);
        MatrixSpan<T> triangle = panels.Triangles.Slice(start, 0, width, width);
        int granule = ReflectionPanel.Granule<T>(), end = start + width;
        for (int at = start; at < end; at += count)
        {
            count = Math.Min(NarrowWidth, end - at);
            int done = at - start, rest = end - at - count, offset = at % granule, from = Math.Min(start, at - offset);

            // The part of R above the part's own triangle is complete.
            Transposition.Copy(columns.Slice(at, 0, count, at), r.Slice(0, at, at, count));
            MatrixMemory.Clear(columns.Slice(at, from, count, at - from));
            MatrixSpan<T> own = triangle.Slice(done, done, count, count), panel = columns.Slice(at, at, count, rows - at);
            ReflectionPanel.Factor(
                columns.Slice(at, at - offset, count, columns.Columns - at + offset), offset, panels.Diagonal.Slice(at, count), r.Slice(at, at, count, count), own, scratch);
            if (rest > 0)
            {
                Reflect(panel, own, columns.Slice(at + count, at, rest, rows - at), first, second, scratch, null, CancellationToken.None);
            }

            if (done > 0)
            {
                // Beside N₁ and N₂ stands N₁·(Y₁ᵀY₂)·N₂.
                MatrixSpan<T> gram = new(first[..(done * count)], done, count), between = new(second[..(done * count)], done, count);
                MultiplyLong(columns.Slice(start, at, done, rows - at), panel.Transposed, scratch, gram, CancellationToken.None);
                SmallProduct<T>.Compute(triangle.Slice(0, 0, done, done), gram, between);
                SmallProduct<T>.Compute(between, own, triangle.Slice(0, done, done, count));
                MatrixMemory.Clear(triangle.Slice(done, 0, count, done));
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
        (int chunk, int parts) = Cut(columns.Rows, Unit, (double)columns.Rows * panel.Rows * panel.Columns, team);
        ReflectionWork<T> work = new()
        {
            Panel = panel,
            Triangle = triangle,
            Columns = columns,
            First = first,
            Second = second,
            Scratch = scratch,
            ChunkRows = chunk,
            Parts = parts,
            Cancellation = cancellation,
        };
        work.Cut();
        WorkerTeam.Run(team, ref work, parts);
    }

    /// <summary>Gets the scratch of <see cref="Reduce"/> for panels and products, on each thread.</summary>
    public static Int128 GetReductionScratchLength<T>(int columns, int rows, int width, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (team?.Degree ?? 1) * Int128.Max(ProductBlocking.LargestScratchLength<T>(columns, rows, rows, 1), ReflectionPanel.GetScratchLength(width));

    /// <summary>Gets the scratch of products of at most these sizes, on each thread.</summary>
    public static Int128 GetProductsScratchLength<T>(int rows, int inner, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (Int128)(team?.Degree ?? 1) * ProductBlocking.LargestScratchLength<T>(rows, inner, columns, 1);

    /// <summary>The entries of rows of Q that chunks are multiples of: three registers of products.</summary>
    private static int FrameUnit<T>() => 192 / Unsafe.SizeOf<T>();

    /// <summary>Everything at once on one thread, or where there is little to do; else three chunks or more for each thread, so that they end together.</summary>
    private static (int Chunk, int Parts) Cut(int length, int unit, double work, WorkerTeam? team)
    {
        int threads = work < TeamWork ? 1 : team?.Degree ?? 1;
        int chunk = threads == 1 ? Math.Max(length, 1) : Math.Max(((length / (3 * threads)) + unit - 1) / unit * unit, unit);
        return (chunk, Math.Clamp(ProductBlocking.Blocks(length, chunk), 1, threads));
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
    public static int WidthOf<T>(int columns)
        where T : unmanaged
        => typeof(T) == typeof(float) && columns >= WideColumns ? WideWidth : Math.Min(NarrowWidth, columns);

    /// <summary>Gets the length of rows that hold columns of so many elements, with zeros behind.</summary>
    public static int PaddedLength<T>(int rows)
        where T : unmanaged
    {
        int granule = ReflectionPanel.Granule<T>();
        return checked((int)(((long)rows + granule - 1) / granule * granule));
    }

    /// <summary>
    /// C ← A·B for a long inner size, in slices. The reflections of a matrix whose entries repeat have entries that repeat: products of such terms round the same way again and again, so that long
    /// chains of them are off by many times ε.
    /// </summary>
    public static void MultiplyLong<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, Span<T> scratch, MatrixSpan<T> destination, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inner = left.Columns;
        Products.Multiply(left.Slice(0, 0, left.Rows, Math.Min(Slice, inner)), right.Slice(0, 0, Math.Min(Slice, inner), right.Columns), scratch, destination, null, cancellation);
        for (int start = Slice; start < inner; start += Slice)
        {
            int count = Math.Min(Slice, inner - start);
            Products.MultiplyAdd(left.Slice(0, start, left.Rows, count), right.Slice(start, 0, count, right.Columns), scratch, destination, null, cancellation);
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
            (int chunk, int parts) = Cut(rest, FrameUnit<T>(), (double)length * count * rest, team);
            FrameWork<T> work = new()
            {
                Panel = columns.Slice(start, start, count, length),
                Triangle = triangles.Slice(start, 0, count, count),
                Diagonal = diagonal.Slice(start, count),
                Frame = q.Slice(start, start, length, n - start),
                First = first,
                Second = second,
                Scratch = scratch,
                ChunkColumns = chunk,
                Parts = parts,
                Cancellation = cancellation,
            };
            work.Cut();
            WorkerTeam.Run(team, ref work, parts);
        }
    }
}
