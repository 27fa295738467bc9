using System.Numerics;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Peers.Ceilings;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Benchmarks.Factored;

/// <summary>The ceilings of all threads of a team together: multiply-adds in registers, Gaussian numbers into a near cache, and reading a buffer.</summary>
/// <remarks>The buffer has the bytes of what a step goes through: where those fit into a cache, it is the cache that can be read so fast.</remarks>
internal sealed class TeamCeilings<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FillLength = 2048;
    private const int FillCalls = 64;

    private readonly WorkerTeam _team;
    private readonly T[][] _buffers;
    private readonly RandomStream _stream = new(1, StreamPurpose.User);

    public TeamCeilings(WorkerTeam team, long bytes)
    {
        _team = team;
        _buffers = [.. Enumerable.Range(0, team.Degree).Select(_ => new T[FillLength])];
        MultiplyAdds = new OwnContender(Multiply, team.Degree * FmaCeiling.Flops<T>() / 2);
        Gaussians = new OwnContender(Fill, (double)team.Degree * FillCalls * FillLength);

        // Pages that nobody has written to are one page of zeros, which a cache holds.
        float[] buffer = new float[bytes / sizeof(float)];
        Array.Fill(buffer, 1f);
        ReadCeiling reading = new(buffer, team);
        Bytes = new OwnContender(() => reading.Run(), reading.Bytes);
    }

    public IContender MultiplyAdds { get; }

    public IContender Gaussians { get; }

    public IContender Bytes { get; }

    private void Multiply()
    {
        MultiplyWork work = default;
        WorkerTeam.Run(_team, ref work, _team.Degree);
    }

    private void Fill()
    {
        FillWork work = new() { Stream = _stream, Buffers = _buffers };
        WorkerTeam.Run(_team, ref work, _team.Degree);
    }

    private readonly ref struct MultiplyWork : ITeamWork
    {
        public void Execute(int part) => FmaCeiling.Run<T>();
    }

    private readonly ref struct FillWork : ITeamWork
    {
        public required RandomStream Stream { get; init; }

        public required T[][] Buffers { get; init; }

        public void Execute(int part)
        {
            for (long call = 0; call < FillCalls; call++)
            {
                Stream.FillGaussian<T>(((part * FillCalls) + call) * FillLength, Buffers[part]);
            }
        }
    }
}
