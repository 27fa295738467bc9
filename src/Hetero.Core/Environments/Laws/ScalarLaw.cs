namespace Hetero.Core.Environments;

/// <summary>The law of one scalar s of a diagonal environment.</summary>
public enum ScalarLaw
{
    /// <summary>mean − M or mean + M with equal odds, the paper's simulations.</summary>
    TwoPoint,

    /// <summary>Uniform on [mean − M, mean + M].</summary>
    Uniform,
}
