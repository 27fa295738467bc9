using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The innermost kernel of the products: a tile of 4 rows by 1 to 3 registers of the destination, kept in registers while k runs.
/// </summary>
/// <remarks>
/// Register budget at full width: 4×3 accumulators, 3 registers of the right factor, 1 broadcast element of the left one: 16, all that
/// AVX2 has; 12 chains hide the latency of two multiply-adders (2 × 4 cycles), and the 7 loads a step stay below the 12 multiply-adds.
/// Where there are 32 registers, whole tiles are <see cref="ProductTile8Rows"/>s and this one does the rows that are left.
/// </remarks>
internal static unsafe class ProductTile4Rows
{
    /// <summary>The rows of a tile.</summary>
    public const int Rows = 4;

    /// <summary>The registers across the widest tile.</summary>
    public const int MaximumRegisters = 3;

    /// <summary>
    /// One multiply-add chain for every entry of the tile, from +0, k ascending: c[i, j] = Σ a[i, k]·b[k, j], times α, or the old c[i, j] plus that.
    /// </summary>
    /// <param name="depth">The number of steps along k.</param>
    /// <param name="a">The first row of the left factor.</param>
    /// <param name="a1">Elements from the first row to the second; a2 and a3 likewise. Rows past the edge repeat the first.</param>
    /// <param name="a2">Elements from the first row to the third.</param>
    /// <param name="a3">Elements from the first row to the fourth.</param>
    /// <param name="step">Elements from one k to the next in the left factor.</param>
    /// <param name="b">The panel: for every k, the registers of one row, adjacent.</param>
    /// <param name="panelStep">Elements from one k to the next in the panel.</param>
    /// <param name="c">The tile, whole: 4 rows and all registers can be written.</param>
    /// <param name="stride">Elements from one row of the tile to the next.</param>
    /// <param name="alpha">α; null for 1.</param>
    /// <param name="accumulate">True to add to the tile, false to store without reading it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TSimd, TVector, TWidth>(
        nint depth, T* a, nint a1, nint a2, nint a3, nint step, T* b, nint panelStep, T* c, nint stride, T* alpha, bool accumulate)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TWidth : struct, IPanelRegisters
    {
        TVector c00 = TSimd.Zero, c01 = TSimd.Zero, c02 = TSimd.Zero;
        TVector c10 = TSimd.Zero, c11 = TSimd.Zero, c12 = TSimd.Zero;
        TVector c20 = TSimd.Zero, c21 = TSimd.Zero, c22 = TSimd.Zero;
        TVector c30 = TSimd.Zero, c31 = TSimd.Zero, c32 = TSimd.Zero;

        for (; depth > 0; depth--)
        {
            TVector b0 = TSimd.Load(ref b[0]);
            TVector b1 = TWidth.Registers > 1 ? TSimd.Load(ref b[TSimd.Count]) : TSimd.Zero;
            TVector b2 = TWidth.Registers > 2 ? TSimd.Load(ref b[2 * TSimd.Count]) : TSimd.Zero;

            TVector x = TSimd.Create(a[0]);
            c00 = TSimd.FusedMultiplyAdd(x, b0, c00);
            c01 = TWidth.Registers > 1 ? TSimd.FusedMultiplyAdd(x, b1, c01) : c01;
            c02 = TWidth.Registers > 2 ? TSimd.FusedMultiplyAdd(x, b2, c02) : c02;

            x = TSimd.Create(a[a1]);
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

            a += step;
            b += panelStep;
        }

        if (alpha != null)
        {
            TileRegisters.Scale<T, TSimd, TVector, TWidth>(
                TSimd.Create(*alpha), ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22, ref c30, ref c31, ref c32);
        }

        if (accumulate)
        {
            TileRegisters.Add<T, TSimd, TVector, TWidth>(
                c, stride, ref c00, ref c01, ref c02, ref c10, ref c11, ref c12, ref c20, ref c21, ref c22, ref c30, ref c31, ref c32);
        }

        TileRegisters.Store<T, TSimd, TVector, TWidth>(
            c, stride, c00, c01, c02, c10, c11, c12, c20, c21, c22, c30, c31, c32);
    }
}
