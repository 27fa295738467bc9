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
        WorkerTeam.Run(team, ref work, (destination.Length + PartLength - 1) / PartLength);
    }

    /// <summary>The fill at one width. Ragged ends go through a group-sized buffer, so that every entry has one definition.</summary>
    internal static void Fill<T, TSimd, TLanes, TPhilox, TVector, TWords>(in RandomStream stream, long first, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TLanes : struct, IGaussianLanes<T, TVector, TWords>
        where TPhilox : struct, IWords<TWords>
        where TVector : unmanaged
        where TWords : unmanaged
    {
        int groupLength = GroupLength<T>();
        PhiloxKeys<TWords> keys = PhiloxKeys<TWords>.Create<TPhilox>(stream.Seed);
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
        int groupLength = GroupLength<T>();
        TWords step = TPhilox.Create((uint)stream.Step);
        TWords name = TPhilox.Create(stream.Name);
        for (int group = 0; group < count; group++)
        {
            ref T target = ref Unsafe.Add(ref destination, group * groupLength);
            ulong block = (ulong)(firstGroup + group) * BlocksPerGroup;

            // Groups start at multiples of 8, so no carry into the high half happens inside one.
            TWords high = TPhilox.Create(block >> 32);
            for (int j = 0; j < BlocksPerGroup; j += TPhilox.Count)
            {
                TWords x0 = TPhilox.Ascending((uint)block + (uint)j);
                TWords x1 = high;
                TWords x2 = step;
                TWords x3 = name;
                PhiloxRounds.Apply<TPhilox, TWords>(ref x0, ref x1, ref x2, ref x3, in keys);
                for (int part = 0; part < TLanes.Parts; part++)
                {
                    TLanes.Map(x0, x1, x2, x3, part, out TVector uniform, out TVector angle, out TVector swap, out TVector negate);
                    BoxMuller.Transform<T, TSimd, TLanes, TVector, TWords>(uniform, angle, swap, negate, out TVector even, out TVector odd);
                    ref T pair = ref Unsafe.Add(ref target, (j * (groupLength / (2 * BlocksPerGroup))) + part);
                    TSimd.Store(even, ref pair);
                    TSimd.Store(odd, ref Unsafe.Add(ref pair, groupLength / 2));
                }
            }
        }
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
