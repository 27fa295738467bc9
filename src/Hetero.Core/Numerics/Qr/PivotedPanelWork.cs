using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// What a reflection I − τ·v·vᵀ of <see cref="BlockedPivotedQr"/> means to the columns behind it: their products with v, their entry in the row of R that is complete now, and the norm of what is
/// left of them. Every column by itself, so that a team may share them in any way.
/// </summary>
internal readonly ref struct PivotedPanelWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The columns of a part are a multiple of this, so that parts do not write to one cache line.</summary>
    private const int Unit = 16 * RowProducts.Rows;

    /// <summary>The bytes of rows that are multiplied together: six rows then fit a first-level cache, and chains end after 16 products (<see cref="DotKernel"/>).</summary>
    private const int ChunkBytes = 4096;

    /// <summary>Gets the columns as rows, as they were before the panel.</summary>
    public required MatrixSpan<T> Columns { get; init; }

    /// <summary>Gets v from the granule of its first element on.</summary>
    public required ReadOnlySpan<T> Reflector { get; init; }

    /// <summary>Gets where v starts in a column.</summary>
    public required int Aligned { get; init; }

    /// <summary>Gets the row of R that the reflection completes; the columns behind it have part.</summary>
    public required int Row { get; init; }

    /// <summary>Gets τ.</summary>
    public required T Factor { get; init; }

    /// <summary>Gets −F: a row for each reflection of the panel, this one's the last, which is written.</summary>
    public required MatrixSpan<T> Weights { get; init; }

    /// <summary>Gets the products of the panel's earlier reflections with v.</summary>
    public required ReadOnlySpan<T> Products { get; init; }

    /// <summary>Gets the entries of the panel's reflections in the row, this one's the last.</summary>
    public required ReadOnlySpan<T> Entries { get; init; }

    /// <summary>Gets the row of R.</summary>
    public required Span<T> Upper { get; init; }

    /// <summary>Gets the norms of what is left of the columns.</summary>
    public required Span<T> Remaining { get; init; }

    /// <summary>Gets what those norms were when they were last added up; −1 once too much has cancelled since.</summary>
    public required Span<T> Reference { get; init; }

    /// <summary>Gets the number of parts.</summary>
    public required int Parts { get; init; }

    public void Execute(int part)
    {
        int first = Row + 1, count = Columns.Rows - first, share = (((count + Parts - 1) / Parts) + Unit - 1) / Unit * Unit;
        int start = first + Math.Min(part * share, count), end = first + Math.Min((part + 1) * share, count);
        if (start == end)
        {
            return;
        }

        // Whole registers: what lies behind the columns is scratch.
        int length = end - start, padded = LinePath.Padded<T>(length), reflections = Entries.Length;
        Span<T> weights = Weights.Row(reflections - 1).Slice(start, padded), upper = Upper.Slice(start, padded);
        if (T.IsZero(Factor))
        {
            weights.Clear();
        }
        else
        {
            Multiply(Columns.Slice(start, Aligned, length, Reflector.Length), Reflector, weights[..length]);
        }

        for (int j = 0; j < length; j++)
        {
            upper[j] = Columns.Data[((start + j) * Columns.RowStride) + Row];
        }

        // Aᵀ·v for A as it would be after the panel's earlier reflections, times −τ; then the row of R by all of them.
        RowCombination.Add(Products, Weights.Slice(0, start, reflections - 1, padded).Data, Weights.RowStride, weights);
        TensorPrimitives.Multiply<T>(weights, -Factor, weights);
        RowCombination.Add(Entries, Weights.Slice(0, start, reflections, padded).Data, Weights.RowStride, upper);
        RemainingNorms.Shorten(upper[..length], Remaining[start..end], Reference[start..end]);
    }

    /// <summary>The products of rows with a vector, in chunks.</summary>
    public static void Multiply(MatrixSpan<T> rows, ReadOnlySpan<T> x, Span<T> products)
    {
        Span<T> memory = stackalloc T[RowProducts.Rows];
        int chunk = ChunkBytes / Unsafe.SizeOf<T>();
        for (int index = 0; index < products.Length; index += RowProducts.Rows)
        {
            // The last rows go with some of those before them: six side by side take hardly longer than one.
            int first = Math.Max(Math.Min(index, products.Length - RowProducts.Rows), 0), count = Math.Min(RowProducts.Rows, products.Length - first);
            Span<T> sums = products.Slice(first, count), part = memory[..count];
            sums.Clear();
            for (int at = 0; at < x.Length; at += chunk)
            {
                int length = Math.Min(chunk, x.Length - at);
                RowProducts.Compute(rows.Data[((first * rows.RowStride) + at)..], rows.RowStride, x.Slice(at, length), part);
                for (int j = 0; j < part.Length; j++)
                {
                    sums[j] += part[j];
                }
            }
        }
    }
}
