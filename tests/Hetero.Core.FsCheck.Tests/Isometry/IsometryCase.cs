namespace Hetero.Core.FsCheck.Tests.Isometry;

/// <summary>A form with a known δ_s, a rank r from 1 to d, and a seed for matrices.</summary>
public sealed record IsometryCase(KnownIsometry Isometry, int Rank, ulong Seed)
{
    public int Dimension => Isometry.Dimension;

    /// <summary>The exact δ at a rank; beyond d it is that at d.</summary>
    public double Delta(int rank) => Isometry.Delta(Math.Min(rank, Dimension));

    public override string ToString() => $"{Isometry}, r={Rank} seed={Seed}";
}
