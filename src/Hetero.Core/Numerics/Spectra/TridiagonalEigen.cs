using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by reduction to tridiagonal form: what <see cref="SymmetricEigen"/> does. Thread-safe as long as calls share
/// neither memory nor team.
/// </summary>
internal static unsafe class TridiagonalEigen
{
    /// <summary>Gets the scratch: with vectors three matrices (four for some of them), else one.</summary>
    public static int GetScratchLength<T>(int size, int vectors, WorkerTeam? team = null, TridiagonalBlocking? blocking = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (size == 0)
        {
            return 0;
        }

        // Refused before the panels are counted, which would take long.
        int matrices = vectors == 0 ? 1 : vectors == size ? 3 : 4;
        ScratchLength.Of((Int128)size * size * matrices, size);
        TridiagonalBlocking blocks = blocking ?? TridiagonalBlocking.Default;
        int stride = Tridiagonalization.PaddedStride<T>(size);
        int rest = Tridiagonalization.GetScratchLength<T>(size, blocks.FusedRows, blocks.PanelRows, team);
        rest = size <= TwistedEigen.MaximumRows ? Math.Max(rest, 7 * LinePath.Padded<T>(size)) : rest;
        if (vectors == 0)
        {
            rest = size <= blocks.QlRows ? rest : Math.Max(rest, DividedTridiagonalValues<T>.GetScratchLength(size));
        }
        else
        {
            rest = Math.Max(rest, DividedTridiagonal<T>.GetScratchLength(size, team));
            rest = Math.Max(rest, TwistedEigen.GetScratchLength<T>(size));
            rest = size <= blocks.SweepRows ? rest : Math.Max(rest, ReflectorBlocks.GetScratchLength<T>(size, vectors, blocks.BlockRows, team));
        }

        return ScratchLength.Of(((Int128)size * stride * matrices) + ((vectors > 0 ? 7 : 3) * (Int128)LinePath.Padded<T>(size)) + LinePath.Count<T>() + rest, size);
    }

    /// <summary>Decomposes; no argument is checked.</summary>
    /// <param name="matrix">A, n×n; the lower triangle is used.</param>
    /// <param name="scratch">At least <see cref="GetScratchLength"/> elements.</param>
    /// <param name="first">The rank of the first eigenvalue that is wanted.</param>
    /// <param name="values">The eigenvalues that are wanted, ascending; with no vectors.Rows all n of them.</param>
    /// <param name="vectors">n rows and a column for each value, or empty for the values alone.</param>
    /// <param name="team">The team for products, if any.</param>
    /// <param name="blocking">Where to cut; null for what is best.</param>
    /// <param name="maximumSteps">The QL steps for each eigenvalue.</param>
    public static void Decompose<T>(
        ReadOnlyMatrixSpan<T> matrix,
        Span<T> scratch,
        int first,
        Span<T> values,
        MatrixSpan<T> vectors,
        WorkerTeam? team = null,
        TridiagonalBlocking? blocking = null,
        int maximumSteps = TridiagonalQl.MaximumSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        if (n == 0 || values.IsEmpty)
        {
            return;
        }

        TridiagonalBlocking blocks = blocking ?? TridiagonalBlocking.Default;
        int stride = Tridiagonalization.PaddedStride<T>(n);
        scratch = ScratchParts.FromLine(scratch);
        Span<T> work = ScratchParts.Take(ref scratch, n * stride);
        Span<T> diagonal = ScratchParts.TakeLine(ref scratch, n), beside = ScratchParts.TakeLine(ref scratch, n), factors = ScratchParts.TakeLine(ref scratch, n);
        T inverse = CopyScaled(matrix, work, stride);
        if (vectors.Rows == 0)
        {
            Tridiagonalization.Reduce(work, stride, blocks.FusedRows, blocks.PanelRows, scratch, diagonal, beside, factors, team);
            Span<T> alone = scratch[..LinePath.Padded<T>(n)];
            if (n is >= TwistedEigen.MinimumRows and <= TwistedEigen.MaximumRows && TwistedEigen.TryFindValues<T>(diagonal, beside, alone, scratch[alone.Length..], proves: true))
            {
                diagonal = alone[..n];
            }
            else if (n <= blocks.QlRows)
            {
                RootFreeQl.Diagonalize(diagonal, beside, maximumSteps);
            }
            else
            {
                // The reflections are not needed any more.
                ReadOnlySpan<int> ranks = DividedTridiagonalValues<T>.Solve(diagonal, beside, new(work, n, n, stride), scratch, maximumSteps, team);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = diagonal[ranks[first + i]] * inverse;
                }

                return;
            }

            TensorPrimitives.Multiply(diagonal, inverse, diagonal);
            AscendingSort.Run(diagonal);
            diagonal.Slice(first, values.Length).CopyTo(values);
            return;
        }

        Span<T> padded = ScratchParts.Take(ref scratch, n * stride);
        MatrixSpan<T> transposed = new(padded, n, n, stride);
        MatrixSpan<T> gathered = new(ScratchParts.Take(ref scratch, n * stride), n, n, stride);
        MatrixSpan<T> inner = vectors.Columns == n ? vectors : new(ScratchParts.Take(ref scratch, n * stride), n, n, stride);
        Span<int> integers = MemoryMarshal.Cast<T, int>(ScratchParts.Take(ref scratch, 4 * LinePath.Padded<T>(n)));
        Tridiagonalization.Reduce(work, stride, blocks.FusedRows, blocks.PanelRows, scratch, diagonal, beside, factors, team);
        if (n is >= TwistedEigen.MinimumRows and <= TwistedEigen.MaximumRows)
        {
            Span<T> found = gathered.Data[..LinePath.Padded<T>(n)];
            if (TwistedEigen.TryDecompose<T>(diagonal, beside, found, padded, stride, scratch))
            {
                TensorPrimitives.Multiply(found.Slice(first, values.Length), inverse, values);
                Sweep(work, stride, factors, padded, found.Length);
                MatrixMemory.Copy<T>(transposed.Slice(0, first, n, values.Length), vectors);
                return;
            }
        }

        DividedTridiagonal<T> divided = new()
        {
            Values = diagonal,
            Beside = beside,
            Transposed = transposed,
            Gathered = gathered,
            Inner = inner,
            Order = integers[..n],
            Integers = integers.Slice(n, 3 * n),
            Scratch = scratch,
            MaximumSteps = maximumSteps,
            Team = team,
            Wanted = first..(first + values.Length),
        };
        divided.Solve();
        Span<int> order = integers.Slice(first, values.Length);
        for (int i = 0; i < order.Length; i++)
        {
            values[i] = diagonal[order[i]] * inverse;
        }

        if (n > blocks.SweepRows)
        {
            OrderedVectors<T>.Copy(transposed, order, gathered, vectors, team);
            ReflectorBlocks.Apply(work, stride, factors, blocks.BlockRows, scratch, vectors, team);
            return;
        }

        for (int i = 0; i < order.Length; i++)
        {
            transposed.Row(order[i]).CopyTo(gathered.Row(i));
        }

        // Rows of whole registers: the entries beyond the columns are zero, as are their products.
        padded.Clear();
        Transposition.Copy<T>(gathered.Slice(0, 0, order.Length, n), transposed.Slice(0, 0, n, order.Length));
        Sweep(work, stride, factors, padded, LinePath.Padded<T>(order.Length));
        MatrixMemory.Copy<T>(transposed.Slice(0, 0, n, order.Length), vectors);
    }

    private static void Sweep<T>(Span<T> work, int stride, Span<T> factors, Span<T> target, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* v = work, tau = factors, b = target)
        {
            ReflectorSweep<T> sweep = new()
            {
                Reflectors = v,
                Stride = stride,
                Factors = tau,
                Target = b,
                TargetStride = stride,
                Rows = factors.Length,
                Columns = columns,
            };
            LinePath.Run<T, ReflectorSweep<T>>(ref sweep);
        }
    }

    /// <summary>Copies the lower triangle, with whole blocks on the diagonal, scaled by a power of two to magnitudes below 4; returns its inverse.</summary>
    private static T CopyScaled<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> work, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.Rows;
        T largest = T.Zero;
        for (int i = 0; i < n; i++)
        {
            Span<T> row = work.Slice(i * stride, i + 1);
            if (matrix.ColumnStride == 1)
            {
                matrix.Data.Slice(i * matrix.RowStride, i + 1).CopyTo(row);
            }
            else
            {
                for (int j = 0; j <= i; j++)
                {
                    row[j] = matrix.Data[(i * matrix.RowStride) + (j * matrix.ColumnStride)];
                }
            }

            largest = T.Max(largest, T.Abs(TensorPrimitives.MaxMagnitude<T>(row)));
        }

        (T scale, T inverse) = PowerOfTwo.Normalizing(largest);
        int lanes = LinePath.Count<T>();
        for (int i = 0; i < n; i++)
        {
            int block = i / lanes * lanes;
            Span<T> row = work.Slice(i * stride, block + lanes);
            TensorPrimitives.Multiply(row[..(i + 1)], scale, row[..(i + 1)]);
            row[(i + 1)..].Clear();
            for (int j = block; j < i; j++)
            {
                work[(j * stride) + i] = row[j];
            }
        }

        return inverse;
    }
}
