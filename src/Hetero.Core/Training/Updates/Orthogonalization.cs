namespace Hetero.Core.Training;

/// <summary>How <see cref="Muon{T}"/> makes a matrix with singular values near 1 of another one.</summary>
public enum Orthogonalization
{
    /// <summary>
    /// Five steps X ← aX + b(XXᵀ)X + c(XXᵀ)²X from X = W/‖W‖_F with (a, b, c) = (3.4445, −4.7750, 2.0315): singular values above 0.002 of ‖W‖_F come between 0.68 and
    /// 1.21, smaller ones stay below 0.87, and reach about 485 times what they were where they are small. Products alone.
    /// </summary>
    NewtonSchulz,

    /// <summary>The polar factor PQᵀ of W = P·diag(σ)·Qᵀ, without the directions whose σ is round-off: by a singular value decomposition.</summary>
    Polar,
}
