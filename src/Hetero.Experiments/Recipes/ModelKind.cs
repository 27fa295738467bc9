namespace Hetero.Experiments.Recipes;

/// <summary>The parameterizations of the matrix that is trained.</summary>
public enum ModelKind
{
    /// <summary>UUᵀ, the paper's.</summary>
    Gram,

    /// <summary>UUᵀ − VVᵀ, for signals of both signs.</summary>
    Indefinite,

    /// <summary>The matrix itself.</summary>
    Direct,

    /// <summary>UUᵀ as a network ‖Uᵀx‖² on rank-one measurements, with the shrinkage of Algorithm 4.</summary>
    QuadraticNetwork,
}
