using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// What a reflection I − τ·v·vᵀ of <see cref="BlockedPivotedQr"/> means to the columns behind it: their products with v, their entry in the row of R that is complete now, and the norm of what is
/// left
/// of them. Every column by itself, so that a team may share them in any way.
/// </summary>
internal readonly ref struct PivotedPanelWork<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The columns of a part are a multiple of this, so that parts do not write to one cache line.</summary>
    private const int Unit = 16 * RowProducts.Rows;

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

        int length = end - start, reflections = Entries.Length;
        Span<T> weights = Weights.Row(reflections - 1)[start..end], upper = Upper[start..end];
        Multiply(start, weights, upper);

        // Aᵀ·v for A as it would be after the panel's earlier reflections, times −τ; then the row of R by all of them.
        RowCombination.Add(Products, Weights.Slice(0, start, reflections - 1, length).Data, Weights.RowStride, weights);
        TensorPrimitives.Multiply<T>(weights, -Factor, weights);
        RowCombination.Add(Entries, Weights.Slice(0, start, reflections, length).Data, Weights.RowStride, upper);
        Shorten(upper, Remaining[start..end], Reference[start..end]);
    }

    /// <summary>Products with v, and the entries of the row as they were, while a column is near.</summary>
    private void Multiply(int start, Span<T> weights, Span<T> upper)
    {
        Span<T> products = stackalloc T[RowProducts.Rows];
        int chunk = ReflectionPanel.Chunk<T>(), stride = Columns.RowStride;
        weights.Clear();
        for (int index = 0; index < weights.Length; index += RowProducts.Rows)
        {
            int count = Math.Min(RowProducts.Rows, weights.Length - index);
            Span<T> sums = weights.Slice(index, count), part = products[..count];
            for (int at = 0; at < Reflector.Length && !T.IsZero(Factor); at += chunk)
            {
                int length = Math.Min(chunk, Reflector.Length - at);
                RowProducts.Compute(Columns.Slice(start + index, Aligned + at, count, length).Data, stride, Reflector.Slice(at, length), part);
                for (int j = 0; j < part.Length; j++)
                {
                    sums[j] += part[j];
                }
            }

            for (int j = 0; j < count; j++)
            {
                upper[index + j] = Columns.Data[((start + index + j) * stride) + Row];
            }
        }
    }

    /// <summary>The norms of what is left, from those before (Drmač, Bujanović, ACM TOMS 35, 2008).</summary>
    private static void Shorten(ReadOnlySpan<T> upper, Span<T> remaining, Span<T> reference)
    {
        T loss = T.Sqrt(T.BitIncrement(T.One) - T.One);
        for (int j = 0; j < upper.Length; j++)
        {
            if (T.IsZero(remaining[j]))
            {
                continue;
            }

            T share = upper[j] / remaining[j], left = T.Max(T.FusedMultiplyAdd(-share, share, T.One), T.Zero), ratio = remaining[j] / reference[j];
            if (left * ratio * ratio <= loss)
            {
                reference[j] = T.NegativeOne;
            }
            else
            {
                remaining[j] *= T.Sqrt(left);
            }
        }
    }
}
