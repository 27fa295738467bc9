using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Hetero.Core.Numerics;

/// <summary>
/// The reflections of a QR decomposition with column pivoting, a panel at a time (Quintana-Ortí, Sun, Bischof, SIAM J. Sci. Comput. 19, 1998; LAPACK: GEQP3 and LAQPS). A panel's reflections leave
/// the
/// columns behind it as they are, but for the row of R that each completes: A − Y·Fᵀ, where a column of F is one product of a matrix and a vector, and Y·Fᵀ is taken off as one product of
/// matrices. So half
/// of the operations are in products. Thread-safe as long as calls share neither memory nor team.
/// </summary>
internal static class BlockedPivotedQr
{
    /// <summary>The most columns of a panel.</summary>
    private const int PanelWidth = 32;

    /// <summary>The elements behind a reflection from which on waking a team pays: some tens of microseconds.</summary>
    private const long TeamWork = 1 << 17;

    /// <summary>Gets the scratch of <see cref="Reduce"/>.</summary>
    public static Int128 GetScratchLength<T>(int rows, int columns, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (2 * (Int128)columns * PanelWidth) + (2 * (Int128)columns) + (3 * PanelWidth) + rows + ReflectionPanel.Granule<T>()
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
    /// <param name="scratch">At least what <see cref="GetScratchLength"/> says.</param>
    /// <param name="team">The team.</param>
    /// <param name="cancellation">Ends the work between two panels.</param>
    /// <returns>The number of reflections: k, or that of the pivots before the one that ended the work; diagonal, factors, and R's rows are those of so many then.</returns>
    public static int Reduce<T>(
        MatrixSpan<T> columns,
        int rows,
        T tolerance,
        Span<int> permutation,
        Span<T> diagonal,
        Span<T> factors,
        MatrixSpan<T> r,
        Span<T> scratch,
        WorkerTeam? team,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = columns.Rows, steps = diagonal.Length;
        Panel<T> panel = new()
        {
            Columns = columns,
            Permutation = permutation,
            Diagonal = diagonal,
            Factors = factors,
            Weights = ScratchParts.Take(ref scratch, PanelWidth, n),
            Upper = ScratchParts.Take(ref scratch, PanelWidth, n),
            Remaining = ScratchParts.Take(ref scratch, n),
            Reference = ScratchParts.Take(ref scratch, n),
            Small = ScratchParts.Take(ref scratch, 3 * PanelWidth),
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
            count = Factor(panel, start, Math.Min(PanelWidth, steps - start), r, team, out bool isDecided);
            int end = start + count, rest = n - end;
            Complete(panel, start, count, r);
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
        return steps;
    }

    /// <summary>Moves the part of R that a panel has completed: of its own columns to R, of those behind it to where they will be pivots.</summary>
    private static void Complete<T>(Panel<T> panel, int start, int count, MatrixSpan<T> r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixSpan<T> columns = panel.Columns;
        int end = start + count, rest = columns.Rows - end, aligned = start / ReflectionPanel.Granule<T>() * ReflectionPanel.Granule<T>();
        Transposition.Copy(columns.Slice(start, 0, count, aligned), r.Slice(0, start, aligned, count));
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
                for (int i = 0; i < count; i++)
                {
                    weights[i] = panel.Weights[i, j];
                }

                columns.Row(j)[end..].CopyTo(column);
                RowCombination.Add(weights, reflections.Data, reflections.RowStride, column);
                panel.Remaining[j] = panel.Reference[j] = ScaledNorm.Of<T>(column);
            }
        }

        return true;
    }

    /// <summary>Takes pivots until the panel is full, too many norms have to be measured anew, or nothing is left that counts; returns how many.</summary>
    private static int Factor<T>(Panel<T> panel, int start, int width, MatrixSpan<T> r, WorkerTeam? team, out bool isDecided)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixSpan<T> columns = panel.Columns;
        int n = columns.Rows, length = columns.Columns, granule = ReflectionPanel.Granule<T>(), first = start / granule * granule, left = (n - start) / 2;
        isDecided = false;
        for (int j = 0; j < width; j++)
        {
            int at = start + j, aligned = at / granule * granule;
            Exchange(panel, j, at, at + TensorPrimitives.IndexOfMax<T>(panel.Remaining[at..]));
            Span<T> row = columns.Row(at), products = panel.Small[..j], entries = panel.Small.Slice(PanelWidth, j + 1);
            for (int i = 0; i < j; i++)
            {
                products[i] = panel.Weights[i, at];
            }

            RowCombination.Add<T>(products, columns.Slice(start, at, j, length - at).Data, columns.RowStride, row[at..]);
            (panel.Diagonal[at], panel.Factors[at]) = HouseholderReflection.Create(row[at..]);
            isDecided = panel.Tolerance >= T.Zero && !(T.Abs(panel.Diagonal[at]) > panel.Tolerance * T.Abs(panel.Diagonal[0]));
            if (isDecided)
            {
                return j;
            }

            for (int i = first; i < start; i++)
            {
                r[i, at] = row[i];
            }

            row[first..at].Clear();
            if (at + 1 == n)
            {
                return j + 1;
            }

            Multiply(columns.Slice(start, aligned, j, length - aligned), row[aligned..], products, panel.Small.Slice(2 * PanelWidth, j));
            for (int i = 0; i <= j; i++)
            {
                entries[i] = columns[start + i, at];
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

    /// <summary>The products of a few rows with a vector, in chunks.</summary>
    private static void Multiply<T>(MatrixSpan<T> rows, ReadOnlySpan<T> x, Span<T> products, Span<T> part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        products.Clear();
        for (int at = 0, length; at < x.Length; at += length)
        {
            length = Math.Min(ReflectionPanel.Chunk<T>(), x.Length - at);
            RowProducts.Compute(rows.Slice(0, at, rows.Rows, length).Data, rows.RowStride, x.Slice(at, length), part);
            TensorPrimitives.Add<T>(products, part, products);
        }
    }

    /// <summary>Exchanges two columns, with what the panel knows of them.</summary>
    private static void Exchange<T>(Panel<T> panel, int reflections, int column, int pivot)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pivot == column)
        {
            return;
        }

        ColumnwisePivotedQr.Swap(panel.Columns.Row(column), panel.Columns.Row(pivot));
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

        public required Span<T> Remaining { get; init; }

        public required Span<T> Reference { get; init; }

        public required Span<T> Small { get; init; }

        /// <summary>Gets scratch of one column.</summary>
        public required Span<T> Single { get; init; }

        public required T Tolerance { get; init; }
    }
}
