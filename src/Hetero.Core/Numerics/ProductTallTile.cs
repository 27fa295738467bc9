using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The innermost kernel of the products where there are 32 registers: a tile of 8 rows by 1 to 3 registers, kept in registers while k runs.
/// </summary>
/// <remarks>
/// Register budget at full width: 8×3 accumulators, 3 registers of the right factor, 1 broadcast element of the left one: 28 of 32.
/// A step does 24 multiply-adds with 11 loads, against 14 loads for two tiles of 4 rows, and visits the panel half as often; even one
/// register across leaves 8 chains, as many as two multiply-adders with a latency of 4 cycles need.
/// </remarks>
internal static unsafe class ProductTallTile
{
    /// <summary>The rows of a tile.</summary>
    public const int Rows = 8;

    /// <summary>
    /// Continues (or starts from +0) the multiply-add chain of every entry of the tile: c[i, j] += Σ a[i, k]·b[k, j], k ascending.
    /// </summary>
    /// <param name="depth">The number of steps along k.</param>
    /// <param name="a">The first row of the left factor.</param>
    /// <param name="row">Elements from one row of the left factor to the next.</param>
    /// <param name="step">Elements from one k to the next in the left factor.</param>
    /// <param name="b">The panel: for every k, the registers of one row, adjacent.</param>
    /// <param name="panelStep">Elements from one k to the next in the panel.</param>
    /// <param name="c">The tile, whole: 8 rows and all registers can be written.</param>
    /// <param name="stride">Elements from one row of the tile to the next.</param>
    /// <param name="accumulate">True to continue from the tile, false to start from +0 without reading it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TSimd, TVector, TWidth>(
        nint depth, T* a, nint row, nint step, T* b, nint panelStep, T* c, nint stride, bool accumulate)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TWidth : struct, IPanelWidth
    {
        TVector c00 = TSimd.Zero, c01 = TSimd.Zero, c02 = TSimd.Zero;
        TVector c10 = TSimd.Zero, c11 = TSimd.Zero, c12 = TSimd.Zero;
        TVector c20 = TSimd.Zero, c21 = TSimd.Zero, c22 = TSimd.Zero;
        TVector c30 = TSimd.Zero, c31 = TSimd.Zero, c32 = TSimd.Zero;
        TVector c40 = TSimd.Zero, c41 = TSimd.Zero, c42 = TSimd.Zero;
        TVector c50 = TSimd.Zero, c51 = TSimd.Zero, c52 = TSimd.Zero;
        TVector c60 = TSimd.Zero, c61 = TSimd.Zero, c62 = TSimd.Zero;
        TVector c70 = TSimd.Zero, c71 = TSimd.Zero, c72 = TSimd.Zero;
        T* lower = c + (4 * stride);
        nint third = 3 * stride;
        if (accumulate)
        {
            c00 = TSimd.Load(ref c[0]);
            c10 = TSimd.Load(ref c[stride]);
            c20 = TSimd.Load(ref c[2 * stride]);
            c30 = TSimd.Load(ref c[third]);
            c40 = TSimd.Load(ref lower[0]);
            c50 = TSimd.Load(ref lower[stride]);
            c60 = TSimd.Load(ref lower[2 * stride]);
            c70 = TSimd.Load(ref lower[third]);
            if (TWidth.Registers > 1)
            {
                c01 = TSimd.Load(ref c[TSimd.Count]);
                c11 = TSimd.Load(ref c[stride + TSimd.Count]);
                c21 = TSimd.Load(ref c[(2 * stride) + TSimd.Count]);
                c31 = TSimd.Load(ref c[third + TSimd.Count]);
                c41 = TSimd.Load(ref lower[TSimd.Count]);
                c51 = TSimd.Load(ref lower[stride + TSimd.Count]);
                c61 = TSimd.Load(ref lower[(2 * stride) + TSimd.Count]);
                c71 = TSimd.Load(ref lower[third + TSimd.Count]);
            }

            if (TWidth.Registers > 2)
            {
                c02 = TSimd.Load(ref c[2 * TSimd.Count]);
                c12 = TSimd.Load(ref c[stride + (2 * TSimd.Count)]);
                c22 = TSimd.Load(ref c[(2 * stride) + (2 * TSimd.Count)]);
                c32 = TSimd.Load(ref c[third + (2 * TSimd.Count)]);
                c42 = TSimd.Load(ref lower[2 * TSimd.Count]);
                c52 = TSimd.Load(ref lower[stride + (2 * TSimd.Count)]);
                c62 = TSimd.Load(ref lower[(2 * stride) + (2 * TSimd.Count)]);
                c72 = TSimd.Load(ref lower[third + (2 * TSimd.Count)]);
            }
        }

        nint a2 = 2 * row, a3 = 3 * row, a4 = 4 * row, a5 = 5 * row, a6 = 6 * row, a7 = 7 * row;
        for (; depth > 0; depth--)
        {
            TVector b0 = TSimd.Load(ref b[0]);
            TVector b1 = TWidth.Registers > 1 ? TSimd.Load(ref b[TSimd.Count]) : TSimd.Zero;
            TVector b2 = TWidth.Registers > 2 ? TSimd.Load(ref b[2 * TSimd.Count]) : TSimd.Zero;

            TVector x = TSimd.Create(a[0]);
            c00 = TSimd.FusedMultiplyAdd(x, b0, c00);
            c01 = TWidth.Registers > 1 ? TSimd.FusedMultiplyAdd(x, b1, c01) : c01;
            c02 = TWidth.Registers > 2 ? TSimd.FusedMultiplyAdd(x, b2, c02) : c02;

            x = TSimd.Create(a[row]);
            c10 = TSimd.FusedMultiplyAdd(x, b0, c10);
            c11 = TWidth.Registers > 1 ? TSimd.FusedMultiplyAdd(x, b1, c11) : c11;
            c12 = TWidth.Registers > 2 ? TSimd.FusedMultiplyAdd(x, b2, c12) : c12;

            x = TSimd.Create(a[a2]);
            c20 = TSimd.FusedMultiplyAdd(x, b0, c20);
            c21 = TWidth.Registers > 1 ? TSimd.FusedMultiplyAdd(x, b1, c21) : c21;
            c22 = TWidth.Registers > 2 ? TSimd.FusedMultiplyAdd(x, b2, c22) : c22;

            x = TSimd.Create(a[a3]);
            c30 = TSimd.FusedMultiplyAdd(x, b0, c30);
            c31 = TWidth.Registers > 1 ? TSimd.FusedMultiplyAdd(x, b1, c31) : c31;
            c32 = TWidth.Registers > 2 ? TSimd.FusedMultiplyAdd(x, b2, c32) : c32;

            x = TSimd.Create(a[a4]);
            c40 = TSimd.FusedMultiplyAdd(x, b0, c40);
            c41 = TWidth.Registers > 1 ? TSimd.FusedMultiplyAdd(x, b1, c41) : c41;
            c42 = TWidth.Registers > 2 ? TSimd.FusedMultiplyAdd(x, b2, c42) : c42;

            x = TSimd.Create(a[a5]);
            c50 = TSimd.FusedMultiplyAdd(x, b0, c50);
            c51 = TWidth.Registers > 1 ? TSimd.FusedMultiplyAdd(x, b1, c51) : c51;
            c52 = TWidth.Registers > 2 ? TSimd.FusedMultiplyAdd(x, b2, c52) : c52;

            x = TSimd.Create(a[a6]);
            c60 = TSimd.FusedMultiplyAdd(x, b0, c60);
            c61 = TWidth.Registers > 1 ? TSimd.FusedMultiplyAdd(x, b1, c61) : c61;
            c62 = TWidth.Registers > 2 ? TSimd.FusedMultiplyAdd(x, b2, c62) : c62;

            x = TSimd.Create(a[a7]);
            c70 = TSimd.FusedMultiplyAdd(x, b0, c70);
            c71 = TWidth.Registers > 1 ? TSimd.FusedMultiplyAdd(x, b1, c71) : c71;
            c72 = TWidth.Registers > 2 ? TSimd.FusedMultiplyAdd(x, b2, c72) : c72;

            a += step;
            b += panelStep;
        }

        TSimd.Store(c00, ref c[0]);
        TSimd.Store(c10, ref c[stride]);
        TSimd.Store(c20, ref c[2 * stride]);
        TSimd.Store(c30, ref c[third]);
        TSimd.Store(c40, ref lower[0]);
        TSimd.Store(c50, ref lower[stride]);
        TSimd.Store(c60, ref lower[2 * stride]);
        TSimd.Store(c70, ref lower[third]);
        if (TWidth.Registers > 1)
        {
            TSimd.Store(c01, ref c[TSimd.Count]);
            TSimd.Store(c11, ref c[stride + TSimd.Count]);
            TSimd.Store(c21, ref c[(2 * stride) + TSimd.Count]);
            TSimd.Store(c31, ref c[third + TSimd.Count]);
            TSimd.Store(c41, ref lower[TSimd.Count]);
            TSimd.Store(c51, ref lower[stride + TSimd.Count]);
            TSimd.Store(c61, ref lower[(2 * stride) + TSimd.Count]);
            TSimd.Store(c71, ref lower[third + TSimd.Count]);
        }

        if (TWidth.Registers > 2)
        {
            TSimd.Store(c02, ref c[2 * TSimd.Count]);
            TSimd.Store(c12, ref c[stride + (2 * TSimd.Count)]);
            TSimd.Store(c22, ref c[(2 * stride) + (2 * TSimd.Count)]);
            TSimd.Store(c32, ref c[third + (2 * TSimd.Count)]);
            TSimd.Store(c42, ref lower[2 * TSimd.Count]);
            TSimd.Store(c52, ref lower[stride + (2 * TSimd.Count)]);
            TSimd.Store(c62, ref lower[(2 * stride) + (2 * TSimd.Count)]);
            TSimd.Store(c72, ref lower[third + (2 * TSimd.Count)]);
        }
    }
}
