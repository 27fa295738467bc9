using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// C ← A·B for matrices that the first-level cache holds: of a panel's size, where checks and packing of a large product would take longer than the product. Every entry is one chain of
/// multiply-adds from zero. Thread-safe as long as calls share no memory.
/// </summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe ref struct SmallProduct<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most rows of B: those of a panel.</summary>
    public const int MostRows = 48;

    /// <summary>Gets A, not transposed.</summary>
    public required MatrixSpan<T> Left { get; init; }

    /// <summary>Gets B, of at most <see cref="MostRows"/> rows.</summary>
    public required MatrixSpan<T> Right { get; init; }

    /// <summary>Gets C.</summary>
    public required MatrixSpan<T> Destination { get; init; }

    /// <summary>C ← A·B.</summary>
    public static void Compute(MatrixSpan<T> left, MatrixSpan<T> right, MatrixSpan<T> destination)
    {
        SmallProduct<T> kernel = new() { Left = left, Right = right, Destination = destination };
        LinePath.Run<T, SmallProduct<T>>(ref kernel);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        Debug.Assert(Right.Rows <= MostRows, "The buffer has room for a panel's rows.");
        int rows = Left.Rows, inner = Right.Rows, columns = Right.Columns, width = TSimd.Count;
        T* buffer = stackalloc T[(MostRows + 4) * width];
        T* sums = buffer + (MostRows * width);
        fixed (T* left = Left.Data, right = Right.Data, destination = Destination.Data)
        {
            for (int column = 0; column < columns; column += width)
            {
                // A register that sticks out over the last column reads and writes a buffer.
                int count = Math.Min(width, columns - column);
                T* b = right + column;
                nint step = Right.RowStride;
                if (count < width)
                {
                    for (int r = 0; r < inner; r++, b += step)
                    {
                        for (int j = 0; j < width; j++)
                        {
                            buffer[(r * width) + j] = j < count ? b[j] : T.Zero;
                        }
                    }

                    b = buffer;
                    step = width;
                }

                for (int i = 0, taken; i < rows; i += taken)
                {
                    taken = Math.Min(4, rows - i);
                    T* to = destination + (i * (nint)Destination.RowStride) + column;
                    bool isWhole = taken == 4 && count == width;
                    nint stride = isWhole ? Destination.RowStride : width;
                    T* place = isWhole ? to : sums;

                    // Rows beyond the last one repeat it.
                    nint leftStride = Left.RowStride;
                    T* a = left + (i * leftStride);
                    Four<TSimd, TVector>(a, a + (Math.Min(1, taken - 1) * leftStride), a + (Math.Min(2, taken - 1) * leftStride), a + ((taken - 1) * leftStride), b, step, inner, place, stride);
                    for (int r = 0; !isWhole && r < taken; r++)
                    {
                        new ReadOnlySpan<T>(sums + (r * width), count).CopyTo(new Span<T>(to + (r * (nint)Destination.RowStride), count));
                    }
                }
            }
        }
    }

    /// <summary>Four rows by one register: as many chains as hide the latency of a multiply-add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<TSimd, TVector>(T* a0, T* a1, T* a2, T* a3, T* b, nint step, int inner, T* destination, nint stride)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
        for (int r = 0; r < inner; r++, b += step)
        {
            TVector y = TSimd.Load(ref b[0]);
            s0 = TSimd.FusedMultiplyAdd(TSimd.Create(a0[r]), y, s0);
            s1 = TSimd.FusedMultiplyAdd(TSimd.Create(a1[r]), y, s1);
            s2 = TSimd.FusedMultiplyAdd(TSimd.Create(a2[r]), y, s2);
            s3 = TSimd.FusedMultiplyAdd(TSimd.Create(a3[r]), y, s3);
        }

        TSimd.Store(s0, ref destination[0]);
        TSimd.Store(s1, ref destination[stride]);
        TSimd.Store(s2, ref destination[2 * stride]);
        TSimd.Store(s3, ref destination[3 * stride]);
    }
}
