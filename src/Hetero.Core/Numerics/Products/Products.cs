using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Products of dense matrices (BLAS: GEMM and SYRK). The inner index is cut after every 192 steps. In a block an entry is one chain of fused multiply-adds from +0, in ascending
/// order; the sums of the blocks are added, in ascending order too. So an entry's bits depend neither on the register width, nor on the number of threads,
/// nor on how the matrices are stored. Thread-safe as long as calls share neither destination, nor scratch, nor team.
/// </summary>
/// <remarks>
/// An entry of a product of inner size k is off by at most about (min(k, 192) + k/192)·ε·Σ|aᵢₖ·bₖⱼ|. Matrices may be parts of larger ones
/// (<see cref="MatrixSpan{T}.Slice"/>); what lies between their rows is neither read nor written.
/// </remarks>
public static partial class Products
{
    /// <summary>Gets the scratch that a product needs: bounded by less than 1 MiB for every thread, whatever the matrices.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">The rows of the left factor.</param>
    /// <param name="inner">The columns of the left factor, the rows of the right one.</param>
    /// <param name="columns">The columns of the right factor.</param>
    /// <param name="team">The team that the product will run on, if any: each of its threads takes a share, so that without it the length is too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public static int GetMultiplyScratchLength<T>(int rows, int inner, int columns, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(inner, 0);
        Guard.AtLeast(columns, 0);
        return GetScratchLength<T>(rows, inner, columns, team?.Degree ?? 1, symmetric: false);
    }

    /// <summary>Gets the scratch that <c>Gram</c> needs.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">The rows of the factor.</param>
    /// <param name="inner">The columns of the factor.</param>
    /// <param name="team">The team that the product will run on, if any: each of its threads takes a share, so that without it the length is too short.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 0.</exception>
    public static int GetGramScratchLength<T>(int rows, int inner, WorkerTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.AtLeast(rows, 0);
        Guard.AtLeast(inner, 0);
        return GetScratchLength<T>(rows, inner, rows, team?.Degree ?? 1, symmetric: true);
    }

    /// <summary>C ← A·B. What C held is not read.</summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">A, m×k; may be transposed.</param>
    /// <param name="right">B, k×n; may be transposed. It may share memory with A.</param>
    /// <param name="scratch">At least <see cref="GetMultiplyScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="destination">C, m×n; shares no memory with A and B. Zero if k = 0.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Multiply<T>(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        Span<T> scratch,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckMultiply(left, right, scratch, destination, team);
        Dispatch(left, right, scratch, destination, team, ProductUpdate<T>.Replace, ProductShape.Full, cancellation);
    }

    /// <summary>
    /// C ← C + A·B: the sums of the blocks of A·B are added to C one after the other, so that up to k = 192 it is what C held plus the entry of
    /// <c>Multiply</c>, rounded once.
    /// </summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">A, m×k; may be transposed.</param>
    /// <param name="right">B, k×n; may be transposed. It may share memory with A.</param>
    /// <param name="scratch">At least <see cref="GetMultiplyScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="destination">C, m×n; shares no memory with A and B. Unchanged if k = 0.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void MultiplyAdd<T>(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        Span<T> scratch,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckMultiply(left, right, scratch, destination, team);
        Dispatch(left, right, scratch, destination, team, ProductUpdate<T>.Add, ProductShape.Full, cancellation);
    }

    /// <summary>
    /// G ← U·Uᵀ, symmetric bit for bit: the part below the diagonal is computed and mirrored. The same bits as
    /// <c>Multiply</c> of U and Uᵀ, in about half the time.
    /// </summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="factor">U, m×k; transpose it for Uᵀ·U.</param>
    /// <param name="scratch">At least <see cref="GetGramScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="destination">G, m×m; shares no memory with U. Zero if k = 0.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Gram<T>(
        ReadOnlyMatrixSpan<T> factor,
        Span<T> scratch,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckGram(factor, scratch, destination, team);
        Dispatch(factor, factor.Transposed, scratch, destination, team, ProductUpdate<T>.Replace, ProductShape.Mirrored, cancellation);
    }

    /// <summary>
    /// The part of U·Uᵀ on and below the diagonal, the bits of <c>Gram</c>; the entries above the diagonal stay what they are. For those who
    /// read one triangle only, such as svec: it saves the mirror image, which for small k takes as long as the product.
    /// </summary>
    /// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="factor">U, m×k; transpose it for Uᵀ·U.</param>
    /// <param name="scratch">At least <see cref="GetGramScratchLength"/> elements; shares no memory with the matrices.</param>
    /// <param name="destination">G, m×m; shares no memory with U. The lower triangle is zero if k = 0.</param>
    /// <param name="team">The team to run on; null runs on the calling thread.</param>
    /// <param name="cancellation">Ends the work between two blocks; the destination is undefined then.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, or memory is shared; the message names the argument.</exception>
    /// <exception cref="NotSupportedException">The element type is neither float nor double.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void GramLower<T>(
        ReadOnlyMatrixSpan<T> factor,
        Span<T> scratch,
        MatrixSpan<T> destination,
        WorkerTeam? team = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckGram(factor, scratch, destination, team);
        Dispatch(factor, factor.Transposed, scratch, destination, team, ProductUpdate<T>.Replace, ProductShape.Lower, cancellation);
    }

    /// <summary>
    /// The bits of <c>GramLower</c> on and below the diagonal; above it the destination holds no particular numbers. For an owner of a square who reads its lower triangle alone: tiles on the
    /// diagonal are written whole. No argument is checked.
    /// </summary>
    internal static void GramLowerTiles<T>(
        ReadOnlyMatrixSpan<T> factor, Span<T> scratch, MatrixSpan<T> destination, WorkerTeam? team, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Dispatch(factor, factor.Transposed, scratch, destination, team, ProductUpdate<T>.Replace, ProductShape.LowerTiles, cancellation);

    /// <summary>One path of every product.</summary>
    internal static unsafe void Run<T, TSimd, TVector>(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        Span<T> scratch,
        MatrixSpan<T> destination,
        WorkerTeam? team,
        ProductUpdate<T> update,
        ProductShape shape,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        if (destination.Data.IsEmpty || left.Columns == 0 || T.IsZero(update.Alpha))
        {
            KeepOld(destination, update, shape);
            return;
        }

        ref readonly T firstLeft = ref left.Data[0];
        ref readonly T firstRight = ref right.Data[0];
        T alpha = update.Alpha;
        fixed (T* a = &firstLeft, b = &firstRight, c = destination.Data, s = scratch)
        {
            nuint mask = ProductBlocking.Alignment - 1;
            ProductWork<T, TSimd, TVector> work = new()
            {
                Left = a,
                LeftRowStride = left.RowStride,
                LeftColumnStride = left.ColumnStride,
                Right = b,
                RightRowStride = right.RowStride,
                RightColumnStride = right.ColumnStride,
                Destination = c,
                DestinationStride = destination.RowStride,
                Rows = left.Rows,
                Inner = left.Columns,
                Columns = right.Columns,
                Blocking = ProductBlocking.Of(left.Rows, left.Columns, right.Columns, team?.Degree ?? 1, shape != ProductShape.Full),
                Scratch = (T*)(((nuint)s + mask) & ~mask),
                Alpha = update.ScalesSums ? &alpha : null,
                Update = update,
                Shape = shape,
                Cancellation = cancellation,
            };
            long blocks = work.Blocks;
            if (team is null && blocks == 1)
            {
                cancellation.ThrowIfCancellationRequested();
                work.ComputeOnlyBlock();
                return;
            }

            WorkerTeam.Run(team, ref work, (int)Math.Min(blocks, team?.Degree ?? 1));
        }
    }

    /// <summary>C ← β·C.</summary>
    private static void KeepOld<T>(MatrixSpan<T> destination, ProductUpdate<T> update, ProductShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < destination.Rows; i++)
        {
            Span<T> row = shape == ProductShape.Full ? destination.Row(i) : destination.Row(i)[..(i + 1)];
            if (!update.Accumulates)
            {
                row.Clear();
            }
            else if (update.ScalesOld)
            {
                TensorPrimitives.Multiply(row, update.Beta, row);
            }
        }

        for (int i = 0; shape == ProductShape.Mirrored && i < destination.Rows; i += SymmetricMirror.Rows)
        {
            SymmetricMirror.Copy(destination, i, Math.Min(SymmetricMirror.Rows, destination.Rows - i));
        }
    }

    /// <summary>Gets the scratch of a product on a number of threads.</summary>
    internal static int GetScratchLength<T>(int rows, int inner, int columns, int threads, bool symmetric)
    {
        ProductBlocking blocking = ProductBlocking.Of(rows, inner, columns, threads, symmetric);
        return blocking.ScratchLength<T>((int)Math.Min(blocking.Count(rows, columns, symmetric), threads));
    }

    /// <summary>A product on the widest path; no argument is checked.</summary>
    internal static void Dispatch<T>(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        Span<T> scratch,
        MatrixSpan<T> destination,
        WorkerTeam? team,
        ProductUpdate<T> update,
        ProductShape shape,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SimdPath.Is512)
        {
            Run<T, Simd512<T>, Vector512<T>>(left, right, scratch, destination, team, update, shape, cancellation);
        }
        else if (SimdPath.Is256)
        {
            Run<T, Simd256<T>, Vector256<T>>(left, right, scratch, destination, team, update, shape, cancellation);
        }
        else if (SimdPath.Is128)
        {
            Run<T, Simd128<T>, Vector128<T>>(left, right, scratch, destination, team, update, shape, cancellation);
        }
        else
        {
            Run<T, Scalar<T>, T>(left, right, scratch, destination, team, update, shape, cancellation);
        }
    }

    private static void CheckMultiply<T>(
        ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, Span<T> scratch, MatrixSpan<T> destination, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.Shape(right.Rows, right.Columns, left.Columns, right.Columns, nameof(right));
        Guard.Shape(destination.Rows, destination.Columns, left.Rows, right.Columns, nameof(destination));
        ScratchLength.Check(scratch.Length, GetMultiplyScratchLength<T>(left.Rows, left.Columns, right.Columns, team), team, nameof(scratch));
        MatrixMemory.NoOverlap(left, destination, nameof(left), nameof(destination));
        MatrixMemory.NoOverlap(right, destination, nameof(right), nameof(destination));
        Guard.NoOverlap(left.Data, scratch, nameof(left), nameof(scratch));
        Guard.NoOverlap(right.Data, scratch, nameof(right), nameof(scratch));
        Guard.NoOverlap(destination.Data, scratch, nameof(destination), nameof(scratch));
    }

    private static void CheckGram<T>(ReadOnlyMatrixSpan<T> factor, Span<T> scratch, MatrixSpan<T> destination, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.Shape(destination.Rows, destination.Columns, factor.Rows, factor.Rows, nameof(destination));
        ScratchLength.Check(scratch.Length, GetGramScratchLength<T>(factor.Rows, factor.Columns, team), team, nameof(scratch));
        MatrixMemory.NoOverlap(factor, destination, nameof(factor), nameof(destination));
        Guard.NoOverlap(factor.Data, scratch, nameof(factor), nameof(scratch));
        Guard.NoOverlap(destination.Data, scratch, nameof(destination), nameof(scratch));
    }
}
