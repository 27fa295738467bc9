using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// Moves four rows of 1 to 3 registers between a tile's place and its accumulators. References to locals vanish when the methods are inlined, which they
/// always are: the accumulators stay in registers.
/// </summary>
internal static unsafe class TileRegisters
{
    /// <summary>Adds the rows to what is in their place; registers past the width keep what they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T, TSimd, TVector, TWidth>(
        T* c,
        nint stride,
        ref TVector c00, ref TVector c01, ref TVector c02,
        ref TVector c10, ref TVector c11, ref TVector c12,
        ref TVector c20, ref TVector c21, ref TVector c22,
        ref TVector c30, ref TVector c31, ref TVector c32)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TWidth : struct, IPanelRegisters
    {
        T* c1 = c + stride;
        T* c2 = c1 + stride;
        T* c3 = c2 + stride;
        c00 = TSimd.Add(TSimd.Load(ref c[0]), c00);
        c10 = TSimd.Add(TSimd.Load(ref c1[0]), c10);
        c20 = TSimd.Add(TSimd.Load(ref c2[0]), c20);
        c30 = TSimd.Add(TSimd.Load(ref c3[0]), c30);
        if (TWidth.Registers > 1)
        {
            c01 = TSimd.Add(TSimd.Load(ref c[TSimd.Count]), c01);
            c11 = TSimd.Add(TSimd.Load(ref c1[TSimd.Count]), c11);
            c21 = TSimd.Add(TSimd.Load(ref c2[TSimd.Count]), c21);
            c31 = TSimd.Add(TSimd.Load(ref c3[TSimd.Count]), c31);
        }

        if (TWidth.Registers > 2)
        {
            c02 = TSimd.Add(TSimd.Load(ref c[2 * TSimd.Count]), c02);
            c12 = TSimd.Add(TSimd.Load(ref c1[2 * TSimd.Count]), c12);
            c22 = TSimd.Add(TSimd.Load(ref c2[2 * TSimd.Count]), c22);
            c32 = TSimd.Add(TSimd.Load(ref c3[2 * TSimd.Count]), c32);
        }
    }

    /// <summary>Multiplies the rows by α; registers past the width keep what they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale<T, TSimd, TVector, TWidth>(
        TVector alpha,
        ref TVector c00, ref TVector c01, ref TVector c02,
        ref TVector c10, ref TVector c11, ref TVector c12,
        ref TVector c20, ref TVector c21, ref TVector c22,
        ref TVector c30, ref TVector c31, ref TVector c32)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TWidth : struct, IPanelRegisters
    {
        c00 = TSimd.Multiply(alpha, c00);
        c10 = TSimd.Multiply(alpha, c10);
        c20 = TSimd.Multiply(alpha, c20);
        c30 = TSimd.Multiply(alpha, c30);
        if (TWidth.Registers > 1)
        {
            c01 = TSimd.Multiply(alpha, c01);
            c11 = TSimd.Multiply(alpha, c11);
            c21 = TSimd.Multiply(alpha, c21);
            c31 = TSimd.Multiply(alpha, c31);
        }

        if (TWidth.Registers > 2)
        {
            c02 = TSimd.Multiply(alpha, c02);
            c12 = TSimd.Multiply(alpha, c12);
            c22 = TSimd.Multiply(alpha, c22);
            c32 = TSimd.Multiply(alpha, c32);
        }
    }

    /// <summary>Stores the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TSimd, TVector, TWidth>(
        T* c,
        nint stride,
        TVector c00, TVector c01, TVector c02,
        TVector c10, TVector c11, TVector c12,
        TVector c20, TVector c21, TVector c22,
        TVector c30, TVector c31, TVector c32)
        where T : unmanaged
        where TVector : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TWidth : struct, IPanelRegisters
    {
        T* c1 = c + stride;
        T* c2 = c1 + stride;
        T* c3 = c2 + stride;
        TSimd.Store(c00, ref c[0]);
        TSimd.Store(c10, ref c1[0]);
        TSimd.Store(c20, ref c2[0]);
        TSimd.Store(c30, ref c3[0]);
        if (TWidth.Registers > 1)
        {
            TSimd.Store(c01, ref c[TSimd.Count]);
            TSimd.Store(c11, ref c1[TSimd.Count]);
            TSimd.Store(c21, ref c2[TSimd.Count]);
            TSimd.Store(c31, ref c3[TSimd.Count]);
        }

        if (TWidth.Registers > 2)
        {
            TSimd.Store(c02, ref c[2 * TSimd.Count]);
            TSimd.Store(c12, ref c1[2 * TSimd.Count]);
            TSimd.Store(c22, ref c2[2 * TSimd.Count]);
            TSimd.Store(c32, ref c3[2 * TSimd.Count]);
        }
    }
}
