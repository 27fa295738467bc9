using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// All blocks of <see cref="ReflectorBlocks"/> on a strip of three registers of columns, which a second-level cache keeps from block to block, where blocks applied to all columns one after
/// the other would read and write a matrix each.
/// </summary>
/// <remarks>
/// An entry of Yᵀ·B is a sum of chains, each over the rows of a chunk; one of T·(Yᵀ·B) is a chain over the block's reflections, as is what an entry of B gets. Eight reflections
/// or rows at a time: 24 sums, 3 registers of the strip and a coefficient take 28 of 32; 24 multiply-adds for 11 loads.
/// </remarks>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct ReflectorStrip<T> : ILineKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The registers of a row.</summary>
    public const int Registers = 3;

    /// <summary>
    /// The rows after which a sum along a column begins anew. The reflections of a matrix with equal entries are vectors with equal entries; sums of such terms
    /// round the same way again and again, and in column after column. A chain of n of them would cost Q's columns n·ε each.
    /// </summary>
    private const int ChunkRows = 96;

    /// <summary>Row i holds the vector of H_i, and zeros to the length of the block's longest.</summary>
    public T* Reflectors;

    /// <summary>The distance between two of its rows.</summary>
    public nint Stride;

    /// <summary>For each block −T, rows as long as a block is wide.</summary>
    public T* Triangles;

    /// <summary>The number of rows of <see cref="Reflectors"/>.</summary>
    public int Rows;

    /// <summary>How many more than i entries the vector of H_i has.</summary>
    public int Lead;

    /// <summary>The first reflection.</summary>
    public int First;

    /// <summary>The reflections of a block.</summary>
    public int Width;

    /// <summary>The strip.</summary>
    public T* Strip;

    /// <summary>Scratch: twice as many rows of the strip as a block is wide.</summary>
    public T* Inner;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint wide = Registers * TSimd.Count;
        T* inner = Inner, outer = Inner + (Width * wide), triangle = Triangles;
        for (int first = First; first < Rows; first += Width, triangle += Width * Width)
        {
            int count = Math.Min(Width, Rows - first);
            int rows = first + count - 1 + Lead;

            // The leftmost factor is the last reflection.
            T* y = Reflectors + ((first + count - 1) * Stride);
            for (nint k = 0; k < count * wide; k += TSimd.Count)
            {
                TSimd.Store(TSimd.Zero, ref inner[k]);
            }

            for (int row = 0; row < rows; row += ChunkRows)
            {
                int taken = Math.Min(ChunkRows, rows - row);
                int c = 0;
                for (; c <= count - 8; c += 8)
                {
                    MultiplyEight<TSimd, TVector>(y - (c * Stride) + row, -Stride, 1, Strip + (row * wide), taken, inner + (c * wide));
                }

                for (; c < count; c++)
                {
                    MultiplyOne<TSimd, TVector>(y - (c * Stride) + row, 1, Strip + (row * wide), taken, inner + (c * wide));
                }
            }

            for (int c = 0; c < count; c++)
            {
                TSimd.Store(TSimd.Zero, ref outer[c * wide]);
                TSimd.Store(TSimd.Zero, ref outer[(c * wide) + TSimd.Count]);
                TSimd.Store(TSimd.Zero, ref outer[(c * wide) + (2 * TSimd.Count)]);
                MultiplyOne<TSimd, TVector>(triangle + (c * Width) + c, 1, inner + (c * wide), count - c, outer + (c * wide));
            }

            int r = 0;
            for (; r <= rows - 8; r += 8)
            {
                MultiplyEight<TSimd, TVector>(y + r, 1, -Stride, outer, count, Strip + (r * wide));
            }

            for (; r < rows; r++)
            {
                MultiplyOne<TSimd, TVector>(y + r, -Stride, outer, count, Strip + (r * wide));
            }
        }
    }

    /// <summary>c_i ← c_i + Σ_k a_ik·b_k for eight rows c_i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyEight<TSimd, TVector>(T* a, nint rowStride, nint step, T* b, int count, T* c)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count;
        T* a4 = a + (4 * rowStride);
        nint three = 3 * rowStride;
        TVector c00 = TSimd.Zero, c01 = TSimd.Zero, c02 = TSimd.Zero, c10 = TSimd.Zero, c11 = TSimd.Zero, c12 = TSimd.Zero;
        TVector c20 = TSimd.Zero, c21 = TSimd.Zero, c22 = TSimd.Zero, c30 = TSimd.Zero, c31 = TSimd.Zero, c32 = TSimd.Zero;
        TVector c40 = TSimd.Zero, c41 = TSimd.Zero, c42 = TSimd.Zero, c50 = TSimd.Zero, c51 = TSimd.Zero, c52 = TSimd.Zero;
        TVector c60 = TSimd.Zero, c61 = TSimd.Zero, c62 = TSimd.Zero, c70 = TSimd.Zero, c71 = TSimd.Zero, c72 = TSimd.Zero;
        for (int k = 0; k < count; k++, a += step, a4 += step, b += Registers * lanes)
        {
            TVector b0 = TSimd.Load(ref b[0]), b1 = TSimd.Load(ref b[lanes]), b2 = TSimd.Load(ref b[2 * lanes]);
            TVector e = TSimd.Create(a[0]);
            c00 = TSimd.FusedMultiplyAdd(e, b0, c00);
            c01 = TSimd.FusedMultiplyAdd(e, b1, c01);
            c02 = TSimd.FusedMultiplyAdd(e, b2, c02);
            e = TSimd.Create(a[rowStride]);
            c10 = TSimd.FusedMultiplyAdd(e, b0, c10);
            c11 = TSimd.FusedMultiplyAdd(e, b1, c11);
            c12 = TSimd.FusedMultiplyAdd(e, b2, c12);
            e = TSimd.Create(a[2 * rowStride]);
            c20 = TSimd.FusedMultiplyAdd(e, b0, c20);
            c21 = TSimd.FusedMultiplyAdd(e, b1, c21);
            c22 = TSimd.FusedMultiplyAdd(e, b2, c22);
            e = TSimd.Create(a[three]);
            c30 = TSimd.FusedMultiplyAdd(e, b0, c30);
            c31 = TSimd.FusedMultiplyAdd(e, b1, c31);
            c32 = TSimd.FusedMultiplyAdd(e, b2, c32);
            e = TSimd.Create(a4[0]);
            c40 = TSimd.FusedMultiplyAdd(e, b0, c40);
            c41 = TSimd.FusedMultiplyAdd(e, b1, c41);
            c42 = TSimd.FusedMultiplyAdd(e, b2, c42);
            e = TSimd.Create(a4[rowStride]);
            c50 = TSimd.FusedMultiplyAdd(e, b0, c50);
            c51 = TSimd.FusedMultiplyAdd(e, b1, c51);
            c52 = TSimd.FusedMultiplyAdd(e, b2, c52);
            e = TSimd.Create(a4[2 * rowStride]);
            c60 = TSimd.FusedMultiplyAdd(e, b0, c60);
            c61 = TSimd.FusedMultiplyAdd(e, b1, c61);
            c62 = TSimd.FusedMultiplyAdd(e, b2, c62);
            e = TSimd.Create(a4[three]);
            c70 = TSimd.FusedMultiplyAdd(e, b0, c70);
            c71 = TSimd.FusedMultiplyAdd(e, b1, c71);
            c72 = TSimd.FusedMultiplyAdd(e, b2, c72);
        }

        Add<TSimd, TVector>(c00, c01, c02, c);
        Add<TSimd, TVector>(c10, c11, c12, c + (3 * lanes));
        Add<TSimd, TVector>(c20, c21, c22, c + (6 * lanes));
        Add<TSimd, TVector>(c30, c31, c32, c + (9 * lanes));
        Add<TSimd, TVector>(c40, c41, c42, c + (12 * lanes));
        Add<TSimd, TVector>(c50, c51, c52, c + (15 * lanes));
        Add<TSimd, TVector>(c60, c61, c62, c + (18 * lanes));
        Add<TSimd, TVector>(c70, c71, c72, c + (21 * lanes));
    }

    /// <summary>A row alone, by the same operations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyOne<TSimd, TVector>(T* a, nint step, T* b, int count, T* c)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count;
        TVector c0 = TSimd.Zero, c1 = TSimd.Zero, c2 = TSimd.Zero;
        for (int k = 0; k < count; k++, a += step, b += Registers * lanes)
        {
            TVector e = TSimd.Create(a[0]);
            c0 = TSimd.FusedMultiplyAdd(e, TSimd.Load(ref b[0]), c0);
            c1 = TSimd.FusedMultiplyAdd(e, TSimd.Load(ref b[lanes]), c1);
            c2 = TSimd.FusedMultiplyAdd(e, TSimd.Load(ref b[2 * lanes]), c2);
        }

        Add<TSimd, TVector>(c0, c1, c2, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd, TVector>(TVector x0, TVector x1, TVector x2, T* c)
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
    {
        nint lanes = TSimd.Count;
        TSimd.Store(TSimd.Add(TSimd.Load(ref c[0]), x0), ref c[0]);
        TSimd.Store(TSimd.Add(TSimd.Load(ref c[lanes]), x1), ref c[lanes]);
        TSimd.Store(TSimd.Add(TSimd.Load(ref c[2 * lanes]), x2), ref c[2 * lanes]);
    }
}
