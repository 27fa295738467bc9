using System.Runtime.CompilerServices;

namespace Hetero.Core.Random.Lanes;

/// <summary>The ten rounds of Philox4x32 on registers of any width.</summary>
internal static class PhiloxRounds
{
    /// <summary>Replaces the counters by their blocks. Only the low halves of the results are meaningful.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TLanes, TWords>(ref TWords x0, ref TWords x1, ref TWords x2, ref TWords x3, in PhiloxKeys<TWords> keys)
        where TLanes : struct, IWords<TWords>
        where TWords : unmanaged
    {
        // Unrolled by hand: in a loop the JIT would keep the four words in memory.
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[0], keys[1]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[2], keys[3]);
        Finish<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, in keys);
    }

    /// <summary>Rounds 3 to 10, after <see cref="PhiloxStart{TWords}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish<TLanes, TWords>(ref TWords x0, ref TWords x1, ref TWords x2, ref TWords x3, in PhiloxKeys<TWords> keys)
        where TLanes : struct, IWords<TWords>
        where TWords : unmanaged
    {
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[4], keys[5]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[6], keys[7]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[8], keys[9]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[10], keys[11]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[12], keys[13]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[14], keys[15]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[16], keys[17]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[18], keys[19]);
    }

    /// <summary>Rounds 3 to 10 for two independent sets of blocks, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FinishTwo<TLanes, TWords>(
        ref TWords x0, ref TWords x1, ref TWords x2, ref TWords x3, ref TWords y0, ref TWords y1, ref TWords y2, ref TWords y3, in PhiloxKeys<TWords> keys)
        where TLanes : struct, IWords<TWords>
        where TWords : unmanaged
    {
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[4], keys[5]);
        Round<TLanes, TWords>(ref y0, ref y1, ref y2, ref y3, keys[4], keys[5]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[6], keys[7]);
        Round<TLanes, TWords>(ref y0, ref y1, ref y2, ref y3, keys[6], keys[7]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[8], keys[9]);
        Round<TLanes, TWords>(ref y0, ref y1, ref y2, ref y3, keys[8], keys[9]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[10], keys[11]);
        Round<TLanes, TWords>(ref y0, ref y1, ref y2, ref y3, keys[10], keys[11]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[12], keys[13]);
        Round<TLanes, TWords>(ref y0, ref y1, ref y2, ref y3, keys[12], keys[13]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[14], keys[15]);
        Round<TLanes, TWords>(ref y0, ref y1, ref y2, ref y3, keys[14], keys[15]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[16], keys[17]);
        Round<TLanes, TWords>(ref y0, ref y1, ref y2, ref y3, keys[16], keys[17]);
        Round<TLanes, TWords>(ref x0, ref x1, ref x2, ref x3, keys[18], keys[19]);
        Round<TLanes, TWords>(ref y0, ref y1, ref y2, ref y3, keys[18], keys[19]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round<TLanes, TWords>(ref TWords x0, ref TWords x1, ref TWords x2, ref TWords x3, TWords key0, TWords key1)
        where TLanes : struct, IWords<TWords>
        where TWords : unmanaged
    {
        TWords product0 = TLanes.MultiplyLowHalves(x0, TLanes.Create(PhiloxConstants.Multiplier0));
        TWords product1 = TLanes.MultiplyLowHalves(x2, TLanes.Create(PhiloxConstants.Multiplier1));
        x0 = TLanes.Xor(TLanes.HighHalves(product1), x1, key0);
        x2 = TLanes.Xor(TLanes.HighHalves(product0), x3, key1);
        x1 = product1;
        x3 = product0;
    }
}
