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
internal static unsafe class ProductTile8Rows
{
    /// <summary>The rows of a tile.</summary>
    public const int Rows = 8;

    /// <summary>
    /// One multiply-add chain for every entry of the tile, from +0, k ascending: c[i, j] = Σ a[i, k]·b[k, j], times α, or the old c[i, j] plus that.
    /// </summary>
    /// <param name="depth">The number of steps along k.</param>
    /// <param name="a">The first row of the left factor.</param>
    /// <param name="row">Elements from one row of the left factor to the next.</param>
    /// <param name="step">Elements from one k to the next in the left factor.</param>
    /// <param name="b">The panel: for every k, the registers of one row, adjacent.</param>
    /// <param name="panelStep">Elements from one k to the next in the panel.</param>
    /// <param name="c">The tile, whole: 8 rows and all registers can be written.</param>
    /// <param name="stride">Elements from one row of the tile to the next.</param>
    /// <param name="alpha">α; null for 1.</param>
    /// <param name="accumulate">True to add to the tile, false to store without reading it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TSimd, TVector, TWidth>(
        nint depth, T* a, nint row, nint step, T* b, nint panelStep, T* c, nint stride, T* alpha, bool accumulate)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TWidth : struct, IPanelRegisters
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

        if (alpha != null)
        {
            TVector factor = TSimd.Create(*alpha);
            TileRegisters.Scale<T, TSimd, TVector, TWidth>(
                factor, ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22, ref c30, ref c31, ref c32);
            TileRegisters.Scale<T, TSimd, TVector, TWidth>(
                factor, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c61, ref c62, ref c70, ref c71, ref c72);
        }

        if (accumulate)
        {
            TileRegisters.Add<T, TSimd, TVector, TWidth>(
                c, stride, ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22, ref c30, ref c31, ref c32);
            TileRegisters.Add<T, TSimd, TVector, TWidth>(
                lower, stride, ref c40, ref c41, ref c42, ref c50, ref c51, ref c52, ref c60, ref c61, ref c62, ref c70, ref c71, ref c72);
        }

        TileRegisters.Store<T, TSimd, TVector, TWidth>(
            c, stride, c00, c01, c02, c10, c11, c12, c20, c21, c22, c30, c31, c32);
        TileRegisters.Store<T, TSimd, TVector, TWidth>(
            lower, stride, c40, c41, c42, c50, c51, c52, c60, c61, c62, c70, c71, c72);
    }
}
