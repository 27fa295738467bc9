using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Sensing;

/// <summary>
/// Element by element along the rows of svec, which are short where d is small: rows are not cut into whole registers and a rest, but written in whole registers in ascending order, and
/// what one writes beyond the end of its row the next row writes again. Thread-safe: no state.
/// </summary>
/// <remarks>
/// At d = 20 a row has three registers of 512 bits at most, and a call of a vectorized routine for each row takes longer than its arithmetic. The registers stay inside the memory that
/// both sides have: the last rows end element by element. Every entry is the result of the same operations in the same order at any width.
/// </remarks>
internal static unsafe class SvecRows
{
    /// <summary>svec of the lower triangle of a matrix whose rows are contiguous. Entries above the diagonal do not matter, but may be read.</summary>
    public static void Pack<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> svec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SimdPath.Is512)
        {
            Pack<T, Simd512<T>, Vector512<T>>(matrix, svec);
        }
        else if (SimdPath.Is256)
        {
            Pack<T, Simd256<T>, Vector256<T>>(matrix, svec);
        }
        else if (SimdPath.Is128)
        {
            Pack<T, Simd128<T>, Vector128<T>>(matrix, svec);
        }
        else
        {
            Pack<T, Scalar<T>, T>(matrix, svec);
        }
    }

    /// <summary>The whole matrix of an svec, both triangles.</summary>
    public static void Unpack<T>(ReadOnlySpan<T> svec, MatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SimdPath.Is512)
        {
            Unpack<T, Simd512<T>, Vector512<T>>(svec, matrix);
        }
        else if (SimdPath.Is256)
        {
            Unpack<T, Simd256<T>, Vector256<T>>(svec, matrix);
        }
        else if (SimdPath.Is128)
        {
            Unpack<T, Simd128<T>, Vector128<T>>(svec, matrix);
        }
        else
        {
            Unpack<T, Scalar<T>, T>(svec, matrix);
        }
    }

    /// <summary>One path of <see cref="Pack{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack<T, TSimd, TVector>(ReadOnlyMatrixSpan<T> matrix, Span<T> svec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T scalar = T.Sqrt(T.CreateTruncating(2));
        TVector root = TSimd.Create(scalar);
        bool adjoin = matrix.IsContiguous;
        nint stride = matrix.RowStride, d = matrix.Rows, left = svec.Length;
        fixed (T* entries = matrix.Data, numbers = svec)
        {
            T* row = entries;
            T* to = numbers;
            for (nint i = 0; i < d; i++, row += stride, to += i, left -= i)
            {
                nint whole = WholeRegisters(i, TSimd.Count, Math.Min(left, adjoin ? (d - i) * d : d));
                for (nint j = 0; j < whole; j += TSimd.Count)
                {
                    TSimd.Store(TSimd.Multiply(TSimd.Load(ref row[j]), root), ref to[j]);
                }

                for (nint j = whole; j < i; j++)
                {
                    to[j] = row[j] * scalar;
                }

                to[i] = row[i];
            }
        }
    }

    /// <summary>One path of <see cref="Unpack{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Unpack<T, TSimd, TVector>(ReadOnlySpan<T> svec, MatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T scalar = T.One / T.Sqrt(T.CreateTruncating(2));
        TVector root = TSimd.Create(scalar);
        bool adjoin = matrix.IsContiguous;
        nint stride = matrix.RowStride, d = matrix.Rows, left = svec.Length;
        fixed (T* numbers = svec, entries = matrix.Data)
        {
            T* row = entries;
            T* from = numbers;
            for (nint i = 0; i < d; i++, row += stride, from += i, left -= i)
            {
                nint whole = WholeRegisters(i, TSimd.Count, Math.Min(left, adjoin ? (d - i) * d : d));
                for (nint j = 0; j < whole; j += TSimd.Count)
                {
                    TSimd.Store(TSimd.Multiply(TSimd.Load(ref from[j]), root), ref row[j]);
                }

                for (nint j = whole; j < i; j++)
                {
                    row[j] = from[j] * scalar;
                }

                row[i] = from[i];

                // Mirrored at once, while the rows are in the first-level cache.
                int group = (int)i % SymmetricMirror.Rows;
                if (group == SymmetricMirror.Rows - 1 || i == d - 1)
                {
                    SymmetricMirror.Copy<T, TSimd, TVector>(entries, stride, (int)i - group, group + 1, 0, (int)i + 1);
                }
            }
        }
    }

    /// <summary>The elements of a row of some length that whole registers take: past its end if there is room, of which a row has as much as it is long at least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint WholeRegisters(nint length, int count, nint room)
    {
        nint up = (length + count - 1) & -count;
        return up <= room ? up : length & -count;
    }
}
