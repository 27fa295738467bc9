using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Random.Lanes;

namespace Hetero.Core.Random;

/// <summary>Fills memory with the Gaussian entries of a stream.</summary>
internal static class GaussianFill
{
    /// <summary>The number of blocks in a group: what the widest register computes at once.</summary>
    public const int BlocksPerGroup = 8;

    // A part of a parallel fill: long enough to pay for waking a thread, short enough to share evenly.
    private const int PartLength = 1 << 14;

    /// <summary>Gets the number of entries that a group of blocks gives.</summary>
    public static int GroupLength<T>()
        where T : unmanaged
        => BlocksPerGroup * 16 / Unsafe.SizeOf<T>();

    /// <summary>Rounds a length up to whole groups, so that what follows starts with a group of its own.</summary>
    public static long PaddedLength<T>(long length)
        where T : unmanaged
        => (length + GroupLength<T>() - 1) / GroupLength<T>() * GroupLength<T>();

    public static void Fill<T>(in RandomStream stream, long first, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (SimdPath.Is512)
        {
            Fill<T, Simd512<T>, GaussianLanes512<T>, Words512, Vector512<T>, Vector512<ulong>>(in stream, first, destination);
        }
        else if (SimdPath.Is256)
        {
            Fill<T, Simd256<T>, GaussianLanes256<T>, Words256, Vector256<T>, Vector256<ulong>>(in stream, first, destination);
        }
        else if (SimdPath.Is128)
        {
            Fill<T, Simd128<T>, GaussianLanes128<T>, Words128, Vector128<T>, Vector128<ulong>>(in stream, first, destination);
        }
        else
        {
            Fill<T, Scalar<T>, GaussianLanesScalar<T>, WordsScalar, T, ulong>(in stream, first, destination);
        }
    }

    public static void Parallel<T>(in RandomStream stream, long first, Span<T> destination, WorkerTeam team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FillWork<T> work = new() { Stream = stream, First = first, Destination = destination };
        WorkerTeam.Run(team, ref work, (int)(((long)destination.Length + PartLength - 1) / PartLength));
    }

    /// <summary>The fill at one width. Ragged ends go through a group-sized buffer, so that every entry has one definition.</summary>
    [SkipLocalsInit]
    internal static void Fill<T, TSimd, TLanes, TPhilox, TVector, TWords>(in RandomStream stream, long first, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TLanes : struct, IGaussianLanes<T, TVector, TWords>
        where TPhilox : struct, IWords<TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        int groupLength = GroupLength<T>();
        PhiloxKeys<TWords>.Create<TPhilox>(stream.Seed, out PhiloxKeys<TWords> keys);
        (long group, long offset) = Math.DivRem(first, groupLength);
        Span<T> buffer = stackalloc T[groupLength];
        if (offset != 0 && !destination.IsEmpty)
        {
            Groups<T, TSimd, TLanes, TPhilox, TVector, TWords>(in stream, in keys, group++, ref MemoryMarshal.GetReference(buffer), 1);
            int taken = Math.Min(groupLength - (int)offset, destination.Length);
            buffer.Slice((int)offset, taken).CopyTo(destination);
            destination = destination[taken..];
        }

        int whole = destination.Length / groupLength;
        Groups<T, TSimd, TLanes, TPhilox, TVector, TWords>(in stream, in keys, group, ref MemoryMarshal.GetReference(destination), whole);
        destination = destination[(whole * groupLength)..];
        if (!destination.IsEmpty)
        {
            Groups<T, TSimd, TLanes, TPhilox, TVector, TWords>(in stream, in keys, group + whole, ref MemoryMarshal.GetReference(buffer), 1);
            buffer[..destination.Length].CopyTo(destination);
        }
    }

    // Two independent sets of blocks advance side by side: one set alone is a chain of some 140 cycles of latency, longer than the processor's
    // schedulers can look ahead, and would leave half of its multipliers idle.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Groups<T, TSimd, TLanes, TPhilox, TVector, TWords>(
        in RandomStream stream, in PhiloxKeys<TWords> keys, long firstGroup, ref T destination, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TLanes : struct, IGaussianLanes<T, TVector, TWords>
        where TPhilox : struct, IWords<TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        nint sets = (nint)count * (BlocksPerGroup / TPhilox.Count);
        ulong block = (ulong)firstGroup * BlocksPerGroup;
        uint high = (uint)(block >> 32);
        PhiloxStart<TWords> start = PhiloxStart<TWords>.Create<TPhilox>(high, (uint)stream.Step, stream.Name, stream.Seed);
        for (nint set = 0; set < sets;)
        {
            // Sets start at multiples of their size, so no carry into the high half happens inside one; between two it may.
            ulong first = block + ((ulong)set * (ulong)TPhilox.Count);
            ulong second = first + (ulong)TPhilox.Count;
            if ((uint)(first >> 32) != high)
            {
                high = (uint)(first >> 32);
                start = PhiloxStart<TWords>.Create<TPhilox>(high, (uint)stream.Step, stream.Name, stream.Seed);
            }

            start.Apply<TPhilox>(TPhilox.Ascending((uint)first), out TWords x0, out TWords x1, out TWords x2, out TWords x3);
            if (set + 1 < sets && (uint)(second >> 32) == high)
            {
                start.Apply<TPhilox>(TPhilox.Ascending((uint)second), out TWords y0, out TWords y1, out TWords y2, out TWords y3);
                PhiloxRounds.FinishTwo<TPhilox, TWords>(ref x0, ref x1, ref x2, ref x3, ref y0, ref y1, ref y2, ref y3, in keys);
                for (int part = 0; part < TLanes.Parts; part++)
                {
                    Emit<T, TSimd, TLanes, TVector, TWords>(x0, x1, x2, x3, part, ref Place<T, TPhilox, TWords>(ref destination, set));
                    Emit<T, TSimd, TLanes, TVector, TWords>(y0, y1, y2, y3, part, ref Place<T, TPhilox, TWords>(ref destination, set + 1));
                }

                set += 2;
            }
            else
            {
                PhiloxRounds.Finish<TPhilox, TWords>(ref x0, ref x1, ref x2, ref x3, in keys);
                for (int part = 0; part < TLanes.Parts; part++)
                {
                    Emit<T, TSimd, TLanes, TVector, TWords>(x0, x1, x2, x3, part, ref Place<T, TPhilox, TWords>(ref destination, set));
                }

                set++;
            }
        }
    }

    /// <summary>The first entry that a set of blocks gives: sets lie side by side in each half of their group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Place<T, TPhilox, TWords>(ref T destination, nint set)
        where T : unmanaged
        where TPhilox : struct, IWords<TWords>
        where TWords : unmanaged
    {
        int setsPerGroup = BlocksPerGroup / TPhilox.Count;
        nint group = set / setsPerGroup;
        nint inside = set - (group * setsPerGroup);
        return ref Unsafe.Add(ref destination, (group * GroupLength<T>()) + (inside * (GroupLength<T>() / (2 * setsPerGroup))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Emit<T, TSimd, TLanes, TVector, TWords>(TWords x0, TWords x1, TWords x2, TWords x3, int part, ref T place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TLanes : struct, IGaussianLanes<T, TVector, TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        TLanes.Map(x0, x1, x2, x3, part, out TVector uniform, out TVector angle, out TVector swap, out TVector negate);
        BoxMuller.Transform<T, TSimd, TLanes, TVector, TWords>(uniform, angle, swap, negate, out TVector even, out TVector odd);
        TSimd.Store(even, ref Unsafe.Add(ref place, part));
        TSimd.Store(odd, ref Unsafe.Add(ref place, part + (GroupLength<T>() / 2)));
    }

    private ref struct FillWork<T> : ITeamWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public RandomStream Stream;
        public long First;
        public Span<T> Destination;

        public readonly void Execute(int part)
        {
            int start = part * PartLength;
            Fill(in Stream, First + start, Destination.Slice(start, Math.Min(PartLength, Destination.Length - start)));
        }
    }
}
