namespace Hetero.Core.FsCheck.Tests.Supermartingale;

/// <summary>The kinds of laws of a diagonal entry s of Σ^(e).</summary>
public enum LawKind
{
    /// <summary>mean ± M with equal odds.</summary>
    TwoPoint,

    /// <summary>Uniform between them.</summary>
    Uniform,

    /// <summary>A list of values with probabilities.</summary>
    Listed,
}
