namespace Hetero.Core.FsCheck.Tests.Isometry;

/// <summary>How the forms differ from the identity whose δ_s is known.</summary>
public enum IsometryKind
{
    /// <summary>H = I + θwwᵀ, w = svec(W) of norm 1.</summary>
    Spike,

    /// <summary>H = I + θ(ww'ᵀ + w'wᵀ), w and w' of projections of the same rank onto orthogonal subspaces.</summary>
    EqualPair,

    /// <summary>The same, with w' of a projection of rank 1.</summary>
    UnevenPair,
}
