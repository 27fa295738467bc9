using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>Passes over vectors of a factor's length on a team: memory is read faster by several threads than by one. Entry by entry, so that the bits are those of one thread.</summary>
internal static class LongVectors
{
    // 512 KiB of doubles: waking a thread costs less than a tenth of a pass over it.
    private const int PieceLength = 1 << 16;

    /// <summary>Writes zeros.</summary>
    public static void Clear<T>(Span<T> destination, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ClearWork<T> work = new() { Destination = destination };
        WorkerTeam.Run(team, ref work, Pieces(destination.Length));
    }

    /// <summary>destination + factor·source, each entry with one rounding.</summary>
    public static void MultiplyAdd<T>(ReadOnlySpan<T> source, T factor, Span<T> destination, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MultiplyAddWork<T> work = new() { Source = source, Factor = factor, Destination = destination };
        WorkerTeam.Run(team, ref work, Pieces(destination.Length));
    }

    private static int Pieces(int length) => (int)(((long)length + PieceLength - 1) / PieceLength);

    private static Span<T> Piece<T>(Span<T> vector, int part) => vector.Slice(part * PieceLength, Math.Min(PieceLength, vector.Length - (part * PieceLength)));

    private readonly ref struct ClearWork<T> : ITeamWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public required Span<T> Destination { get; init; }

        public void Execute(int part) => Piece(Destination, part).Clear();
    }

    private readonly ref struct MultiplyAddWork<T> : ITeamWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public required ReadOnlySpan<T> Source { get; init; }

        public required T Factor { get; init; }

        public required Span<T> Destination { get; init; }

        public void Execute(int part)
        {
            Span<T> piece = Piece(Destination, part);
            TensorPrimitives.FusedMultiplyAdd(Source.Slice(part * PieceLength, piece.Length), Factor, piece, piece);
        }
    }
}
