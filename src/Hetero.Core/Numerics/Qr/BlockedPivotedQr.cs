using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The reflections of a QR decomposition with column pivoting, a panel at a time (Quintana-Ortí, Sun, Bischof, SIAM J. Sci. Comput. 19, 1998; LAPACK: GEQP3 and LAQPS). A panel's reflections leave
/// the columns behind it as they are, but for the row of R that each completes: A − Y·Fᵀ, where a column of F is one product of a matrix and a vector, and Y·Fᵀ is taken off as one product of
/// matrices. So half of the operations are in products. Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class BlockedPivotedQr
{
    /// <summary>The most columns of a panel, whatever <see cref="BlockedQr.WidthOf"/> says: with that width its triangle N is one of those in which Q is formed, and comes for nothing.</summary>
    private const int PanelWidth = 48;

    /// <summary>The elements behind a reflection from which on a team pays: some microseconds, for its threads are awake from the reflection before.</summary>
    private const long TeamWork = 1 << 15;

    /// <summary>Gets the scratch of <see cref="Reduce"/>.</summary>
    public static Int128 GetScratchLength<T>(int rows, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (PanelWidth * ((2 * (Int128)StrideOf<T>(columns)) + (2 * PanelWidth) + ReflectionPanel.Granule<T>())) + (2 * (Int128)columns) + rows + ReflectionPanel.Granule<T>()
            + ProductBlocking.LargestScratchLength<T>(columns, PanelWidth, rows, team?.Degree ?? 1);

    /// <summary>Reflects columns onto a trapezoid.</summary>
    /// <param name="columns">The n columns of A as rows of <see cref="BlockedQr.PaddedLength"/> elements; the first k = min(m, n) become Y, each 0 before its own place.</param>
    /// <param name="rows">m.</param>
    /// <param name="tolerance">
    /// What of a column, relative to the first pivot, counts as nothing: with the first pivot of which no more is left the work ends. Below 0 it never does.
    /// </param>
    /// <param name="permutation">Receives n numbers: the column of A that is column j of A·P.</param>
    /// <param name="diagonal">Receives the k diagonal elements of R, of either sign.</param>
    /// <param name="factors">Receives the k factors τ.</param>
    /// <param name="r">R, k×n, of which the part above the diagonal is written.</param>
    /// <param name="triangles">Receives the triangles N of panels of <see cref="BlockedQr.WidthOf"/> k, one below the other, if no panel ends early. If it is empty none are wanted.</param>
    /// <param name="scratch">At least what <see cref="GetScratchLength"/> says.</param>
    /// <param name="team">The team.</param>
    /// <param name="cancellation">Ends the work between two panels.</param>
    /// <returns>
    /// The number of reflections, k, or that of the pivots before the one that ended the work: diagonal, factors, and R's rows are those of so many then; and whether the triangles are written.
    /// </returns>
    public static (int Count, bool HasTriangles) Reduce<T>(
        MatrixSpan<T> columns,
        int rows,
        T tolerance,
        Span<int> permutation,
        Span<T> diagonal,
        Span<T> factors,
        MatrixSpan<T> r,
        MatrixSpan<T> triangles,
        Span<T> scratch,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = columns.Rows, steps = diagonal.Length, width = Math.Min(BlockedQr.WidthOf<T>(steps), PanelWidth);
        bool hasTriangles = triangles.Columns == width;
        Panel<T> panel = new()
        {
            Columns = columns,
            Permutation = permutation,
            Diagonal = diagonal,
            Factors = factors,
            Weights = ScratchParts.Take(ref scratch, PanelWidth, StrideOf<T>(n)),
            Upper = ScratchParts.Take(ref scratch, PanelWidth, StrideOf<T>(n)),
            Early = ScratchParts.Take(ref scratch, PanelWidth, ReflectionPanel.Granule<T>()),
            Triangle = ScratchParts.Take(ref scratch, hasTriangles ? PanelWidth : 0, PanelWidth),
            Remaining = ScratchParts.Take(ref scratch, n),
            Reference = ScratchParts.Take(ref scratch, n),
            Small = ScratchParts.Take(ref scratch, 2 * PanelWidth),
            Single = ScratchParts.Take(ref scratch, columns.Columns),
            Tolerance = tolerance,
        };
        for (int j = 0; j < n; j++)
        {
            permutation[j] = j;
            panel.Remaining[j] = panel.Reference[j] = ScaledNorm.Of<T>(columns.Row(j)[..rows]);
        }

        for (int start = 0, count; start < steps; start += count)
        {
            cancellation.ThrowIfCancellationRequested();
            count = Factor(panel, start, Math.Min(width, steps - start), team, out bool isDecided);
            int end = start + count, rest = n - end;
            Complete(panel, start, count, r);
            hasTriangles &= count == Math.Min(width, steps - start);
            if (hasTriangles)
            {
                Transposition.Copy(panel.Triangle.Slice(0, 0, count, count), triangles.Slice(start, 0, count, count));
            }

            if (isDecided)
            {
                steps = end;
                break;
            }

            if (rest > 0 && end < rows)
            {
                MatrixSpan<T> trailing = columns.Slice(end, end, rest, rows - end);
                Products.MultiplyAdd(panel.Weights.Slice(0, end, count, rest).Transposed, columns.Slice(start, end, count, rows - end), scratch, trailing, team, cancellation);
                MeasureAnew(trailing, panel.Remaining[end..], panel.Reference[end..]);
            }
        }

        Transposition.Copy(columns.Slice(steps, 0, n - steps, steps), r.Slice(0, steps, steps, n - steps));
        return (steps, hasTriangles);
    }

    /// <summary>The length of rows over n columns, of which any part may be read in whole registers.</summary>
    private static int StrideOf<T>(int columns)
        where T : unmanaged
        => columns + LinePath.Count<T>();

    /// <summary>Moves the part of R that a panel has completed: of its own columns to R, of those behind it to where they will be pivots.</summary>
    private static void Complete<T>(Panel<T> panel, int start, int count, MatrixSpan<T> r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixSpan<T> columns = panel.Columns;
        int end = start + count, rest = columns.Rows - end, aligned = start / ReflectionPanel.Granule<T>() * ReflectionPanel.Granule<T>();
        Transposition.Copy(columns.Slice(start, 0, count, aligned), r.Slice(0, start, aligned, count));
        Transposition.Copy(panel.Early.Slice(0, 0, count, start - aligned), r.Slice(aligned, start, start - aligned, count));
        MatrixMemory.Clear(columns.Slice(start, 0, count, aligned));
        for (int i = 0; i < count; i++)
        {
            panel.Upper.Row(i)[(start + i + 1)..end].CopyTo(r.Row(start + i)[(start + i + 1)..]);
        }

        Transposition.Copy(panel.Upper.Slice(0, end, count, rest), columns.Slice(end, start, rest, count));
    }

    /// <summary>The norms of which too much has cancelled.</summary>
    private static void MeasureAnew<T>(MatrixSpan<T> columns, Span<T> remaining, Span<T> reference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < reference.Length; j++)
        {
            if (T.IsNegative(reference[j]))
            {
                remaining[j] = reference[j] = ScaledNorm.Of<T>(columns.Row(j));
            }
        }
    }

    /// <summary>
    /// Measures the columns of which too much has cancelled, as they would be after the panel's reflections up to now. That costs as much as updating them with the panel; what repeats other columns,
    /// one column after the other, would else end a panel with each of them.
    /// </summary>
    /// <returns>Whether there were not too many.</returns>
    private static bool MeasureInside<T>(Panel<T> panel, int start, int count, ref int left)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int end = start + count;
        ReadOnlySpan<T> reference = panel.Reference;
        for (int j = end; j < reference.Length; j++)
        {
            left -= T.IsNegative(reference[j]) ? 1 : 0;
        }

        MatrixSpan<T> columns = panel.Columns, reflections = columns.Slice(start, end, count, columns.Columns - end);
        if (left < 0 || reflections.Columns == 0)
        {
            return false;
        }

        Span<T> weights = panel.Small[..count], column = panel.Single[..reflections.Columns];
        for (int j = end; j < reference.Length; j++)
        {
            if (T.IsNegative(reference[j]))
            {
                panel.WeightsOf(j, weights);
                columns.Row(j)[end..].CopyTo(column);
                RowCombination.Add(weights, reflections.Data, reflections.RowStride, column);
                panel.Remaining[j] = panel.Reference[j] = ScaledNorm.Of<T>(column);
            }
        }

        return true;
    }

    /// <summary>Takes pivots until the panel is full, too many norms have to be measured anew, or nothing is left that counts; returns how many.</summary>
    private static int Factor<T>(Panel<T> panel, int start, int width, WorkerTeam? team, out bool isDecided)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixSpan<T> columns = panel.Columns;
        int n = columns.Rows, length = columns.Columns, granule = ReflectionPanel.Granule<T>(), first = start / granule * granule, left = (n - start) / 2;
        isDecided = false;
        for (int j = 0; j < width; j++)
        {
            int at = start + j, aligned = at / granule * granule, line = at / LinePath.Count<T>() * LinePath.Count<T>();
            Exchange(panel, j, at, at + TensorPrimitives.IndexOfMax<T>(panel.Remaining[at..]));
            Span<T> row = columns.Row(at), products = panel.Small[..j], entries = panel.Small.Slice(PanelWidth, j + 1);
            panel.WeightsOf(at, products);

            // From a whole register on: the reflections are 0 before their own place, and change nothing of the entries of R there.
            RowCombination.Add<T>(products, columns.Slice(start, line, j, length - line).Data, columns.RowStride, row[line..]);
            (panel.Diagonal[at], panel.Factors[at]) = HouseholderReflection.Create(row[at..]);
            isDecided = panel.Tolerance >= T.Zero && !(T.Abs(panel.Diagonal[at]) > panel.Tolerance * T.Abs(panel.Diagonal[0]));
            if (isDecided)
            {
                return j;
            }

            row[first..start].CopyTo(panel.Early.Row(j));
            row[first..at].Clear();
            PivotedPanelWork<T>.Multiply(columns.Slice(start, aligned, j, length - aligned), row[aligned..], products);
            if (panel.Triangle.Rows > 0)
            {
                // Row j of Nᵀ: N's column above the diagonal is −τ·N·Yᵀ·v.
                Span<T> last = panel.Triangle.Row(j);
                last.Clear();
                RowCombination.Add(products, panel.Triangle.Data[..(j * PanelWidth)], PanelWidth, last);
                TensorPrimitives.Multiply(last, -panel.Factors[at], last);
                last[j] = -panel.Factors[at];
            }

            if (at + 1 == n)
            {
                return j + 1;
            }

            for (int i = 0; i <= j; i++)
            {
                entries[i] = columns.Data[((start + i) * columns.RowStride) + at];
            }

            bool isLarge = (n - at) * (long)(length - at) >= TeamWork;
            PivotedPanelWork<T> work = new()
            {
                Columns = columns,
                Reflector = row[aligned..],
                Aligned = aligned,
                Row = at,
                Factor = panel.Factors[at],
                Weights = panel.Weights,
                Products = products,
                Entries = entries,
                Upper = panel.Upper.Row(j),
                Remaining = panel.Remaining,
                Reference = panel.Reference,
                Parts = isLarge ? team?.Degree ?? 1 : 1,
            };
            WorkerTeam.Run(isLarge ? team : null, ref work, work.Parts);
            if (TensorPrimitives.Min<T>(panel.Reference[(at + 1)..]) < T.Zero && !MeasureInside(panel, start, j + 1, ref left))
            {
                return j + 1;
            }
        }

        return width;
    }

    /// <summary>Exchanges two columns, with what the panel knows of them.</summary>
    private static void Exchange<T>(Panel<T> panel, int reflections, int column, int pivot)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pivot == column)
        {
            return;
        }

        Span<T> one = panel.Columns.Row(column), other = panel.Columns.Row(pivot);
        one.CopyTo(panel.Single);
        other.CopyTo(one);
        panel.Single.CopyTo(other);
        (panel.Permutation[column], panel.Permutation[pivot]) = (panel.Permutation[pivot], panel.Permutation[column]);
        (panel.Remaining[column], panel.Remaining[pivot]) = (panel.Remaining[pivot], panel.Remaining[column]);
        (panel.Reference[column], panel.Reference[pivot]) = (panel.Reference[pivot], panel.Reference[column]);
        for (int i = 0; i < reflections; i++)
        {
            Span<T> weights = panel.Weights.Row(i), upper = panel.Upper.Row(i);
            (weights[column], weights[pivot]) = (weights[pivot], weights[column]);
            (upper[column], upper[pivot]) = (upper[pivot], upper[column]);
        }
    }

    /// <summary>What a panel works on.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly ref struct Panel<T>
        where T : unmanaged
    {
        public required MatrixSpan<T> Columns { get; init; }

        public required Span<int> Permutation { get; init; }

        public required Span<T> Diagonal { get; init; }

        public required Span<T> Factors { get; init; }

        /// <summary>Gets −F, a row for each reflection.</summary>
        public required MatrixSpan<T> Weights { get; init; }

        /// <summary>Gets the rows of R that the panel completes.</summary>
        public required MatrixSpan<T> Upper { get; init; }

        /// <summary>Gets the entries of R that stood in the granule of the panel's first diagonal element, a row for each pivot.</summary>
        public required MatrixSpan<T> Early { get; init; }

        /// <summary>Gets Nᵀ, or nothing if it is not wanted.</summary>
        public required MatrixSpan<T> Triangle { get; init; }

        public required Span<T> Remaining { get; init; }

        public required Span<T> Reference { get; init; }

        public required Span<T> Small { get; init; }

        /// <summary>Gets scratch of one column.</summary>
        public required Span<T> Single { get; init; }

        public required T Tolerance { get; init; }

        /// <summary>Copies the first elements of a column of −F.</summary>
        public void WeightsOf(int column, Span<T> weights)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = Weights.Data[(i * Weights.RowStride) + column];
            }
        }
    }
}
