using System.Numerics;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>Copies a matrix to the memory of its transpose. Pure copying: no arithmetic. Thread-safe: no state.</summary>
internal static unsafe class Transposition
{
    /// <summary>Writes entry (i, j) of the source to place (j, i) of the destination.</summary>
    /// <param name="source">m×n, not transposed.</param>
    /// <param name="destination">n×m; shares no memory with the source.</param>
    public static void Copy<T>(ReadOnlyMatrixSpan<T> source, MatrixSpan<T> destination)
        where T : unmanaged
    {
        fixed (T* from = source.Data, to = destination.Data)
        {
            if (SimdPath.Is512)
            {
                ProductPacking.Lines<T, Simd512<T>, Vector512<T>>(from, source.RowStride, 1, source.Rows, source.Columns, to, destination.RowStride);
            }
            else if (SimdPath.Is256)
            {
                ProductPacking.Lines<T, Simd256<T>, Vector256<T>>(from, source.RowStride, 1, source.Rows, source.Columns, to, destination.RowStride);
            }
            else
            {
                ProductPacking.Lines<T, Simd128<T>, Vector128<T>>(from, source.RowStride, 1, source.Rows, source.Columns, to, destination.RowStride);
            }
        }
    }
}
