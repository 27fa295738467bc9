using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Householder reflections of a few long columns and their product as a product of matrices, H₀·H₁·… = I + Y·N·Yᵀ with N upper triangular (Schreiber, Van Loan, SIAM J. Sci. Stat.
/// Comput. 10, 1989; N is their −T). Columns are stored as rows. Thread-safe as long as calls share no memory.
/// </summary>
/// <remarks>
/// By halves (Elmroth, Gustavson, IBM J. Res. Dev. 44, 2000): the reflections of the left half meet the right one together, so that a column that no cache holds is read a few times in all instead
/// of once for each column before it.
/// </remarks>
internal static class ReflectionPanel
{
    /// <summary>The columns that are reflected one by one.</summary>
    private const int Narrow = NarrowReflections<double>.MostColumns;

    /// <summary>Gets the elements that lengths and offsets of rows are to be multiples of: then no sum has a remainder that would be added up one by one.</summary>
    public static int Granule<T>()
        where T : unmanaged
        => DotKernel.LaneBytes / Unsafe.SizeOf<T>();

    /// <summary>Gets the scratch of the decomposition.</summary>
    /// <param name="width">The number of columns w.</param>
    public static int GetScratchLength(int width) => 2 * width * width;

    /// <summary>Reflects the columns onto a triangle.</summary>
    /// <param name="columns">w columns as rows of L elements, L a multiple of <see cref="Granule"/>. They become those of Y: row j is 0 up to <paramref name="offset"/> + j, 1 there (0 where
    /// nothing is to be reflected), and the rest of v_j behind.</param>
    /// <param name="offset">Where the first column's diagonal element stands, below <see cref="Granule"/>; before it all columns are 0.</param>
    /// <param name="diagonal">The diagonal of R, of either sign.</param>
    /// <param name="upper">w×w: above the diagonal it receives R; the rest stays what it is.</param>
    /// <param name="triangle">N, w×w, with zeros below the diagonal.</param>
    /// <param name="scratch">At least what <see cref="GetScratchLength"/> says.</param>
    public static void Factor<T>(MatrixSpan<T> columns, int offset, Span<T> diagonal, MatrixSpan<T> upper, MatrixSpan<T> triangle, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixMemory.Clear(triangle);
        Factor(new Panel<T>(columns, offset, diagonal, upper, triangle), scratch, 0, columns.Rows);
    }

    /// <summary>Forms N of reflections that were made one by one.</summary>
    /// <param name="columns">The w columns of Y as rows, as <see cref="Factor{T}(MatrixSpan{T}, int, Span{T}, MatrixSpan{T}, MatrixSpan{T}, Span{T})"/> leaves them.</param>
    /// <param name="factors">The factors τ.</param>
    /// <param name="triangle">N, w×w, with zeros below the diagonal.</param>
    /// <param name="scratch">At least what <see cref="GetScratchLength"/> says.</param>
    public static void FormTriangle<T>(MatrixSpan<T> columns, ReadOnlySpan<T> factors, MatrixSpan<T> triangle, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = columns.Rows;
        MatrixSpan<T> gram = new(scratch[..(width * width)], width, width);
        PanelProducts<T>.Compute(columns, columns, gram);
        MatrixMemory.Clear(triangle);
        for (int k = 0; k < width; k++)
        {
            triangle[k, k] = -factors[k];
            for (int i = 0; i < k; i++)
            {
                triangle[i, k] = -factors[k] * Chain(triangle.Row(i), gram.Row(k), i, k);
            }
        }
    }

    private static void Factor<T>(Panel<T> panel, Span<T> scratch, int first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (count <= Narrow)
        {
            NarrowReflections<T> part = new()
            {
                Columns = panel.Columns,
                Offset = panel.Offset,
                First = first,
                Count = count,
                Diagonal = panel.Diagonal,
                Upper = panel.Upper,
                Triangle = panel.Triangle,
            };
            LinePath.Run<T, NarrowReflections<T>>(ref part);
            return;
        }

        int half = Half(count), rest = count - half, middle = first + half;
        Factor(panel, scratch, first, half);
        int start = panel.GranuleOf(first), length = panel.Columns.Columns - start;
        MatrixSpan<T> left = panel.Columns.Slice(first, start, half, length), right = panel.Columns.Slice(middle, start, rest, length);
        MatrixSpan<T> leftTriangle = panel.Triangle.Slice(first, first, half, half);
        MatrixSpan<T> products = new(scratch[..(rest * half)], rest, half);
        MatrixSpan<T> weights = new(scratch.Slice(rest * half, rest * half), rest, half);

        // Hᵀ·a = a + Y·Nᵀ·(Yᵀ·a).
        PanelProducts<T>.Compute(right, left, products);
        SmallProduct<T>.Compute(products, leftTriangle, weights);
        PanelCombination<T>.Add(weights, left, right);
        Factor(panel, scratch, middle, rest);

        // (I + Y₁N₁Y₁ᵀ)(I + Y₂N₂Y₂ᵀ): beside N₁ and N₂ stands N₁·(Y₁ᵀY₂)·N₂. Y₂ is 0 before its own part.
        MatrixSpan<T> gram = new(scratch[..(half * rest)], half, rest), between = new(scratch.Slice(half * rest, half * rest), half, rest);
        start = panel.GranuleOf(middle);
        length = panel.Columns.Columns - start;
        PanelProducts<T>.Compute(panel.Columns.Slice(first, start, half, length), panel.Columns.Slice(middle, start, rest, length), gram);
        SmallProduct<T>.Compute(leftTriangle, gram, between);
        SmallProduct<T>.Compute(between, panel.Triangle.Slice(middle, middle, rest, rest), panel.Triangle.Slice(first, middle, half, rest));
    }

    /// <summary>The largest part of a panel that halves can be cut from without a remainder.</summary>
    private static int Half(int count)
    {
        int half = Narrow;
        while (2 * half < count)
        {
            half *= 2;
        }

        return half;
    }

    /// <summary>One chain of multiply-adds over the elements from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    private static T Chain<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, int start, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int j = start; j < end; j++)
        {
            sum = T.FusedMultiplyAdd(x[j], y[j], sum);
        }

        return sum;
    }

    /// <summary>What a decomposition works on.</summary>
    private readonly ref struct Panel<T>(MatrixSpan<T> columns, int offset, Span<T> diagonal, MatrixSpan<T> upper, MatrixSpan<T> triangle)
        where T : unmanaged
    {
        public readonly MatrixSpan<T> Columns = columns;
        public readonly int Offset = offset;
        public readonly Span<T> Diagonal = diagonal;
        public readonly MatrixSpan<T> Upper = upper;
        public readonly MatrixSpan<T> Triangle = triangle;

        /// <summary>The granule that a column's diagonal element stands in; Y is 0 before the element.</summary>
        public int GranuleOf(int column) => (Offset + column) / Granule<T>() * Granule<T>();
    }
}
