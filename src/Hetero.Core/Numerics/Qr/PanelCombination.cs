using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// X ← X + W·Y for long rows of X and Y and a small W. Every entry is one chain of multiply-adds from what it was, over the rows of Y in order. Thread-safe as long as calls share no memory.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe ref struct PanelCombination<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets W.</summary>
    public required MatrixSpan<T> Weights { get; init; }

    /// <summary>Gets Y; its rows are whole fours of registers of 64 bytes.</summary>
    public required MatrixSpan<T> Rows { get; init; }

    /// <summary>Gets X, with rows of the same length.</summary>
    public required MatrixSpan<T> Destination { get; init; }

    /// <summary>X ← X + W·Y.</summary>
    public static void Add(MatrixSpan<T> weights, MatrixSpan<T> rows, MatrixSpan<T> destination)
    {
        PanelCombination<T> kernel = new() { Weights = weights, Rows = rows, Destination = destination };
        LinePath.Run<T, PanelCombination<T>>(ref kernel);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int rows = Destination.Rows, inner = Rows.Rows, length = Destination.Columns;
        nint stride = Destination.RowStride, step = Rows.RowStride, weightStride = Weights.RowStride;
        fixed (T* x = Destination.Data, y = Rows.Data, weights = Weights.Data)
        {
            // Four registers of each row of Y stay in the first-level cache while all rows of X pass by.
            for (int line = 0; line < length; line += 4 * TSimd.Count)
            {
                int i = 0;
                for (; TSimd.Registers >= 32 && i + 3 <= rows; i += 3)
                {
                    Three<TSimd, TVector>(weights + (i * weightStride), weightStride, y + line, step, inner, x + (i * stride) + line, stride);
                }

                for (; i < rows; i++)
                {
                    One<TSimd, TVector>(weights + (i * weightStride), y + line, step, inner, x + (i * stride) + line);
                }
            }
        }
    }

    /// <remarks>Register budget: twelve of X, four of Y and a weight: 17 of 32.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three<TSimd, TVector>(T* weights, nint weightStride, T* y, nint step, int inner, T* x, nint stride)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int width = TSimd.Count;
        T* x1 = x + stride, x2 = x1 + stride, w1 = weights + weightStride, w2 = w1 + weightStride;
        TVector s00 = TSimd.Load(ref x[0]), s01 = TSimd.Load(ref x[width]), s02 = TSimd.Load(ref x[2 * width]), s03 = TSimd.Load(ref x[3 * width]);
        TVector s10 = TSimd.Load(ref x1[0]), s11 = TSimd.Load(ref x1[width]), s12 = TSimd.Load(ref x1[2 * width]), s13 = TSimd.Load(ref x1[3 * width]);
        TVector s20 = TSimd.Load(ref x2[0]), s21 = TSimd.Load(ref x2[width]), s22 = TSimd.Load(ref x2[2 * width]), s23 = TSimd.Load(ref x2[3 * width]);
        for (int r = 0; r < inner; r++, y += step)
        {
            TVector y0 = TSimd.Load(ref y[0]), y1 = TSimd.Load(ref y[width]), y2 = TSimd.Load(ref y[2 * width]), y3 = TSimd.Load(ref y[3 * width]);
            TVector factor = TSimd.Create(weights[r]);
            s00 = TSimd.FusedMultiplyAdd(factor, y0, s00);
            s01 = TSimd.FusedMultiplyAdd(factor, y1, s01);
            s02 = TSimd.FusedMultiplyAdd(factor, y2, s02);
            s03 = TSimd.FusedMultiplyAdd(factor, y3, s03);
            factor = TSimd.Create(w1[r]);
            s10 = TSimd.FusedMultiplyAdd(factor, y0, s10);
            s11 = TSimd.FusedMultiplyAdd(factor, y1, s11);
            s12 = TSimd.FusedMultiplyAdd(factor, y2, s12);
            s13 = TSimd.FusedMultiplyAdd(factor, y3, s13);
            factor = TSimd.Create(w2[r]);
            s20 = TSimd.FusedMultiplyAdd(factor, y0, s20);
            s21 = TSimd.FusedMultiplyAdd(factor, y1, s21);
            s22 = TSimd.FusedMultiplyAdd(factor, y2, s22);
            s23 = TSimd.FusedMultiplyAdd(factor, y3, s23);
        }

        TSimd.Store(s00, ref x[0]);
        TSimd.Store(s01, ref x[width]);
        TSimd.Store(s02, ref x[2 * width]);
        TSimd.Store(s03, ref x[3 * width]);
        TSimd.Store(s10, ref x1[0]);
        TSimd.Store(s11, ref x1[width]);
        TSimd.Store(s12, ref x1[2 * width]);
        TSimd.Store(s13, ref x1[3 * width]);
        TSimd.Store(s20, ref x2[0]);
        TSimd.Store(s21, ref x2[width]);
        TSimd.Store(s22, ref x2[2 * width]);
        TSimd.Store(s23, ref x2[3 * width]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<TSimd, TVector>(T* weights, T* y, nint step, int inner, T* x)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int width = TSimd.Count;
        TVector s0 = TSimd.Load(ref x[0]), s1 = TSimd.Load(ref x[width]), s2 = TSimd.Load(ref x[2 * width]), s3 = TSimd.Load(ref x[3 * width]);
        for (int r = 0; r < inner; r++, y += step)
        {
            TVector factor = TSimd.Create(weights[r]);
            s0 = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref y[0]), s0);
            s1 = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref y[width]), s1);
            s2 = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref y[2 * width]), s2);
            s3 = TSimd.FusedMultiplyAdd(factor, TSimd.Load(ref y[3 * width]), s3);
        }

        TSimd.Store(s0, ref x[0]);
        TSimd.Store(s1, ref x[width]);
        TSimd.Store(s2, ref x[2 * width]);
        TSimd.Store(s3, ref x[3 * width]);
    }
}
