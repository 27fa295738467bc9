using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// P ← A·Bᵀ for few long rows: entry (i, j) is the product of A's row i and B's row j, in chains of <see cref="NarrowReflections{T}.Links"/> multiply-adds for each lane of 64 bytes, added up in
/// order; lanes are added at the end. Thread-safe as long as calls share no memory.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe ref struct PanelProducts<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets A; its rows are whole registers of 64 bytes.</summary>
    public required ReadOnlyMatrixSpan<T> Left { get; init; }

    /// <summary>Gets B, with rows of the same length.</summary>
    public required ReadOnlyMatrixSpan<T> Right { get; init; }

    /// <summary>Gets P.</summary>
    public required MatrixSpan<T> Destination { get; init; }

    /// <summary>P ← A·Bᵀ.</summary>
    public static void Compute(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, MatrixSpan<T> destination)
    {
        PanelProducts<T> kernel = new() { Left = left, Right = right, Destination = destination };
        LinePath.Run<T, PanelProducts<T>>(ref kernel);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int rows = Left.Rows, columns = Right.Rows, length = Left.Columns;
        T* sums = stackalloc T[12];
        fixed (T* left = Left.Data, right = Right.Data)
        {
            for (int i = 0, taken; i < rows; i += taken)
            {
                // Three rows need 28 registers.
                taken = TSimd.Registers >= 32 && i + 3 <= rows ? 3 : 1;
                T* a = left + ((nint)i * Left.RowStride);
                for (int j = 0; j < columns; j += 4)
                {
                    // Places beyond the last row take that one again.
                    nint step = Right.RowStride;
                    int last = columns - 1;
                    T* b0 = right + (j * step), b1 = right + (Math.Min(j + 1, last) * step), b2 = right + (Math.Min(j + 2, last) * step), b3 = right + (Math.Min(j + 3, last) * step);
                    if (taken == 3)
                    {
                        Three<TSimd, TVector>(a, Left.RowStride, b0, b1, b2, b3, length, sums);
                    }
                    else
                    {
                        One<TSimd, TVector>(a, b0, b1, b2, b3, length, sums);
                    }

                    for (int r = 0; r < taken; r++)
                    {
                        new ReadOnlySpan<T>(sums + (4 * r), Math.Min(4, columns - j)).CopyTo(Destination.Row(i + r)[j..]);
                    }
                }
            }
        }
    }

    /// <remarks>Register budget: twelve sums, twelve of whole chains, three of A and one of B: 28 of 32. Seven loads for twelve multiply-adds: the second-level cache keeps up.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three<TSimd, TVector>(T* a, nint stride, T* b0, T* b1, T* b2, T* b3, int length, T* sums)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int width = TSimd.Count;
        T* a1 = a + stride, a2 = a1 + stride;
        TVector t00 = TSimd.Zero, t01 = TSimd.Zero, t02 = TSimd.Zero, t03 = TSimd.Zero;
        TVector t10 = TSimd.Zero, t11 = TSimd.Zero, t12 = TSimd.Zero, t13 = TSimd.Zero;
        TVector t20 = TSimd.Zero, t21 = TSimd.Zero, t22 = TSimd.Zero, t23 = TSimd.Zero;
        for (int line = 0; line < length;)
        {
            TVector s00 = TSimd.Zero, s01 = TSimd.Zero, s02 = TSimd.Zero, s03 = TSimd.Zero;
            TVector s10 = TSimd.Zero, s11 = TSimd.Zero, s12 = TSimd.Zero, s13 = TSimd.Zero;
            TVector s20 = TSimd.Zero, s21 = TSimd.Zero, s22 = TSimd.Zero, s23 = TSimd.Zero;
            for (int end = Math.Min(length, line + (NarrowReflections<T>.Links * width)); line < end; line += width)
            {
                TVector x0 = TSimd.Load(ref a[line]), x1 = TSimd.Load(ref a1[line]), x2 = TSimd.Load(ref a2[line]), y = TSimd.Load(ref b0[line]);
                s00 = TSimd.FusedMultiplyAdd(x0, y, s00);
                s10 = TSimd.FusedMultiplyAdd(x1, y, s10);
                s20 = TSimd.FusedMultiplyAdd(x2, y, s20);
                y = TSimd.Load(ref b1[line]);
                s01 = TSimd.FusedMultiplyAdd(x0, y, s01);
                s11 = TSimd.FusedMultiplyAdd(x1, y, s11);
                s21 = TSimd.FusedMultiplyAdd(x2, y, s21);
                y = TSimd.Load(ref b2[line]);
                s02 = TSimd.FusedMultiplyAdd(x0, y, s02);
                s12 = TSimd.FusedMultiplyAdd(x1, y, s12);
                s22 = TSimd.FusedMultiplyAdd(x2, y, s22);
                y = TSimd.Load(ref b3[line]);
                s03 = TSimd.FusedMultiplyAdd(x0, y, s03);
                s13 = TSimd.FusedMultiplyAdd(x1, y, s13);
                s23 = TSimd.FusedMultiplyAdd(x2, y, s23);
            }

            t00 = TSimd.Add(t00, s00);
            t01 = TSimd.Add(t01, s01);
            t02 = TSimd.Add(t02, s02);
            t03 = TSimd.Add(t03, s03);
            t10 = TSimd.Add(t10, s10);
            t11 = TSimd.Add(t11, s11);
            t12 = TSimd.Add(t12, s12);
            t13 = TSimd.Add(t13, s13);
            t20 = TSimd.Add(t20, s20);
            t21 = TSimd.Add(t21, s21);
            t22 = TSimd.Add(t22, s22);
            t23 = TSimd.Add(t23, s23);
        }

        sums[0] = TSimd.AddHalves(t00);
        sums[1] = TSimd.AddHalves(t01);
        sums[2] = TSimd.AddHalves(t02);
        sums[3] = TSimd.AddHalves(t03);
        sums[4] = TSimd.AddHalves(t10);
        sums[5] = TSimd.AddHalves(t11);
        sums[6] = TSimd.AddHalves(t12);
        sums[7] = TSimd.AddHalves(t13);
        sums[8] = TSimd.AddHalves(t20);
        sums[9] = TSimd.AddHalves(t21);
        sums[10] = TSimd.AddHalves(t22);
        sums[11] = TSimd.AddHalves(t23);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<TSimd, TVector>(T* a, T* b0, T* b1, T* b2, T* b3, int length, T* sums)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        int width = TSimd.Count;
        TVector t0 = TSimd.Zero, t1 = TSimd.Zero, t2 = TSimd.Zero, t3 = TSimd.Zero;
        for (int line = 0; line < length;)
        {
            TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
            for (int end = Math.Min(length, line + (NarrowReflections<T>.Links * width)); line < end; line += width)
            {
                TVector x = TSimd.Load(ref a[line]);
                s0 = TSimd.FusedMultiplyAdd(x, TSimd.Load(ref b0[line]), s0);
                s1 = TSimd.FusedMultiplyAdd(x, TSimd.Load(ref b1[line]), s1);
                s2 = TSimd.FusedMultiplyAdd(x, TSimd.Load(ref b2[line]), s2);
                s3 = TSimd.FusedMultiplyAdd(x, TSimd.Load(ref b3[line]), s3);
            }

            t0 = TSimd.Add(t0, s0);
            t1 = TSimd.Add(t1, s1);
            t2 = TSimd.Add(t2, s2);
            t3 = TSimd.Add(t3, s3);
        }

        sums[0] = TSimd.AddHalves(t0);
        sums[1] = TSimd.AddHalves(t1);
        sums[2] = TSimd.AddHalves(t2);
        sums[3] = TSimd.AddHalves(t3);
    }
}
