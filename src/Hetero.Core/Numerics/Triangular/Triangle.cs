namespace Hetero.Core.Numerics;

/// <summary>Which triangle of a square matrix is used, its diagonal included; the other is not read. BLAS calls it uplo.</summary>
public enum Triangle
{
    /// <summary>On and below the diagonal.</summary>
    Lower,

    /// <summary>On and above the diagonal.</summary>
    Upper,
}
