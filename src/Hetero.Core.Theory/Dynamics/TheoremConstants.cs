namespace Hetero.Core.Theory.Dynamics;

/// <summary>The constants of the assumptions and of Theorem 2 to which the paper gives no value. All are 1 unless set.</summary>
/// <remarks>Thread-safe: immutable. The values are checked where they are used.</remarks>
public sealed record TheoremConstants
{
    /// <summary>Gets C of Assumption 1 (a), C·log⁴ d ≤ r1 ∧ r2 and d ≥ (r1 + r2)^C: the paper's is "large".</summary>
    public double RankConstant { get; init; } = 1;

    /// <summary>Gets C_0 of Assumption 2, M1 &lt; C_0·M2.</summary>
    public double HeterogeneityConstant { get; init; } = 1;

    /// <summary>Gets c_o of (7): r2²·Σ_{j≠i}|Σ_ij| ≤ c_o/M2^1.5.</summary>
    public double OffDiagonalConstant { get; init; } = 1;

    /// <summary>Gets the constant in Assumption 3's δ ≲ 1/((M2·log d)^1.5·r2^2.5·√(r1 + r2)).</summary>
    public double RipConstant { get; init; } = 1;

    /// <summary>Gets c_v of δ* and of Definition 4: the paper's is "small".</summary>
    public double ViolationConstant { get; init; } = 1;

    /// <summary>Gets C of (9).</summary>
    public double ErrorConstant { get; init; } = 1;
}
