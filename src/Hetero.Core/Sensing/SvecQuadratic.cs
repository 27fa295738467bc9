using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Sensing;

/// <summary>Adds svec of Σ_a w_a v_aᵀ, symmetric as a sum, to an svec or to a difference of two. Thread-safe: no state.</summary>
/// <remarks>An entry is one chain of fused multiply-adds, a ascending, from the entry added to; √2·w is rounded before. The same bits at any width.</remarks>
internal static unsafe class SvecQuadratic
{
    /// <summary>destination ← minuend − subtrahend + svec(Σ_a w_a v_aᵀ).</summary>
    /// <param name="columns">The v_a, d numbers each, one after another.</param>
    /// <param name="weights">The w_a, likewise.</param>
    /// <param name="dimension">d.</param>
    /// <param name="minuend">svec; with a subtrahend of other memory than the destination, without one it may be that memory itself.</param>
    /// <param name="subtrahend">svec, of other memory than the destination; empty for none.</param>
    /// <param name="destination">Receives d(d+1)/2 numbers.</param>
    /// <param name="cancellation">Ends the work; the numbers are undefined then.</param>
    public static void Add<T>(
        ReadOnlySpan<T> columns,
        ReadOnlySpan<T> weights,
        int dimension,
        ReadOnlySpan<T> minuend,
        ReadOnlySpan<T> subtrahend,
        Span<T> destination,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (weights.IsEmpty)
        {
            Sum(minuend, subtrahend, destination);
        }
        else if (SimdPath.Is512)
        {
            Add<T, Simd512<T>, Vector512<T>>(columns, weights, dimension, minuend, subtrahend, destination, cancellation);
        }
        else if (SimdPath.Is256)
        {
            Add<T, Simd256<T>, Vector256<T>>(columns, weights, dimension, minuend, subtrahend, destination, cancellation);
        }
        else if (SimdPath.Is128)
        {
            Add<T, Simd128<T>, Vector128<T>>(columns, weights, dimension, minuend, subtrahend, destination, cancellation);
        }
        else
        {
            Add<T, Scalar<T>, T>(columns, weights, dimension, minuend, subtrahend, destination, cancellation);
        }
    }

    /// <summary>One path; there is a weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add<T, TSimd, TVector>(
        ReadOnlySpan<T> columns,
        ReadOnlySpan<T> weights,
        int dimension,
        ReadOnlySpan<T> minuend,
        ReadOnlySpan<T> subtrahend,
        Span<T> destination,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        T root = T.Sqrt(T.CreateTruncating(2));
        bool subtracts = !subtrahend.IsEmpty;
        nint d = dimension, length = weights.Length, left = destination.Length;
        fixed (T* vs = columns, ws = weights, first = minuend, second = subtrahend, to = destination)
        {
            // In place, what is written past the end of a row would be added to once more.
            bool apart = first != to;
            nint start = 0;
            for (nint i = 0; i < d; i++, start += i, left -= i)
            {
                cancellation.ThrowIfCancellationRequested();
                T* x = first + start;
                T* y = second + (subtracts ? start : 0);
                T* row = to + start;
                nint whole = SvecRows.WholeRegisters(i, TSimd.Count, apart ? Math.Min(left, d) : i);
                T weight = ws[i];
                T diagonal = T.FusedMultiplyAdd(weight, vs[i], subtracts ? x[i] - y[i] : x[i]);
                T doubled = root * weight;
                TVector factor = TSimd.Create(doubled);
                for (nint j = 0; j < whole; j += TSimd.Count)
                {
                    TVector value = TSimd.Load(ref x[j]);
                    value = subtracts ? TSimd.Subtract(value, TSimd.Load(ref y[j])) : value;
                    TSimd.Store(TSimd.FusedMultiplyAdd(TSimd.Load(ref vs[j]), factor, value), ref row[j]);
                }

                for (nint j = whole; j < i; j++)
                {
                    row[j] = T.FusedMultiplyAdd(vs[j], doubled, subtracts ? x[j] - y[j] : x[j]);
                }

                for (nint a = d; a < length; a += d)
                {
                    T* v = vs + a;
                    weight = ws[a + i];
                    doubled = root * weight;
                    factor = TSimd.Create(doubled);
                    for (nint j = 0; j < whole; j += TSimd.Count)
                    {
                        TSimd.Store(TSimd.FusedMultiplyAdd(TSimd.Load(ref v[j]), factor, TSimd.Load(ref row[j])), ref row[j]);
                    }

                    for (nint j = whole; j < i; j++)
                    {
                        row[j] = T.FusedMultiplyAdd(v[j], doubled, row[j]);
                    }

                    diagonal = T.FusedMultiplyAdd(weight, v[i], diagonal);
                }

                row[i] = diagonal;
            }
        }
    }

    private static void Sum<T>(ReadOnlySpan<T> minuend, ReadOnlySpan<T> subtrahend, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!subtrahend.IsEmpty)
        {
            TensorPrimitives.Subtract(minuend, subtrahend, destination);
        }
        else if (minuend != destination)
        {
            minuend.CopyTo(destination);
        }
    }
}
