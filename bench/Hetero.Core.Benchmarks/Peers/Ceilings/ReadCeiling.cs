using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Peers.Ceilings;

/// <summary>The rate at which memory can merely be read: a sum over a buffer. The ceiling of every pass over stored data.</summary>
/// <param name="buffer">What is read; memory is the limit where no cache holds it.</param>
/// <param name="team">The threads that read; null for the calling one.</param>
internal sealed class ReadCeiling(ReadOnlyMemory<float> buffer, WorkerTeam? team)
{
    // Pieces of a few megabytes: long enough to stream, short enough that the threads end together.
    private const int Pieces = 32;

    private readonly float[] _sums = new float[Pieces];

    public double Bytes => (double)buffer.Length * sizeof(float);

    public float Run()
    {
        Reading work = new() { Buffer = buffer.Span, Sums = _sums };
        WorkerTeam.Run(team, ref work, Pieces);
        return _sums[0];
    }

    // Registers of 256 bits on every path: from memory they read faster than those of 512, by up to 15 % on Zen 5, and a ceiling has to be the fastest
    // known.
    private static float Sum(ReadOnlySpan<float> values) => Sum<Simd256<float>, Vector256<float>>(values).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector Sum<TSimd, TVector>(ReadOnlySpan<float> values)
        where TVector : unmanaged
        where TSimd : struct, ISimd<float, TVector>
    {
        ref float start = ref MemoryMarshal.GetReference(values);
        TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
        int width = TSimd.Count;
        for (int i = 0; i <= values.Length - (4 * width); i += 4 * width)
        {
            ref float at = ref Unsafe.Add(ref start, i);
            s0 = TSimd.Add(s0, TSimd.Load(ref at));
            s1 = TSimd.Add(s1, TSimd.Load(ref Unsafe.Add(ref at, width)));
            s2 = TSimd.Add(s2, TSimd.Load(ref Unsafe.Add(ref at, 2 * width)));
            s3 = TSimd.Add(s3, TSimd.Load(ref Unsafe.Add(ref at, 3 * width)));
        }

        return TSimd.Add(TSimd.Add(s0, s1), TSimd.Add(s2, s3));
    }

    private ref struct Reading : ITeamWork
    {
        public ReadOnlySpan<float> Buffer;
        public Span<float> Sums;

        public readonly void Execute(int part)
        {
            int start = (int)((long)Buffer.Length * part / Pieces), end = (int)((long)Buffer.Length * (part + 1) / Pieces);
            Sums[part] = Sum(Buffer[start..end]);
        }
    }
}
