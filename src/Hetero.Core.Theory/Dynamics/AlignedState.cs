namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// A state and a batch that are worst for the RIP error, in closed form, so that d may be 10⁵: U* ⟂ V*, Σ_t = s·I, all of Q_t and one direction of R_t lie along one
/// unit vector w, and the measurements turn what E∘ is applied to into what pushes U_t most.
/// </summary>
/// <remarks>
/// <para>U_t = σ·U*Fᵀ + x·pwᵀ + ℓ·v_iwᵀ with F of orthonormal columns, w = Fy, p = Σ_{j≠i} v_j/√(r2 − 1): every singular value of R_t is σ, column i of Q_t is ℓw, every
/// other one xw/√(r2 − 1), and E_t = 0. So ‖Q_t‖² = x² + ℓ² and ‖U_t‖² = σ² + x² + ℓ².</para>
/// <para>E∘ = δ(abᵀ + baᵀ) in svec form, of norm δ, with a the identity on V* without p and v_i, divided by its norm √(r2 − 2), and b the unit matrix (pzᵀ + zpᵀ)/√2 for
/// z = U*y, v_i or a direction of the residual. a sees −s of U_tU_tᵀ − A* − A^(e) and b's image acts on nothing of U_t, so that the RIP error is ∓δ|s|√(r2 − 2)·b, and
/// ηδ|s|√(r2 − 2)·x/√2 is what it adds to σ_1, to ‖q_i‖ or to ‖E_t‖ = 0 (<see cref="Push"/>).</para>
/// <para>Thread-safe: immutable.</para>
/// </remarks>
internal sealed record AlignedState
{
    /// <summary>Gets d.</summary>
    public required int Dimension { get; init; }

    /// <summary>Gets r1.</summary>
    public required int InvariantRank { get; init; }

    /// <summary>Gets r2, 3 or more.</summary>
    public required int SpuriousRank { get; init; }

    /// <summary>Gets η.</summary>
    public required double StepSize { get; init; }

    /// <summary>Gets s.</summary>
    public required double Sigma { get; init; }

    /// <summary>Gets σ, every singular value of R_t.</summary>
    public required double Invariant { get; init; }

    /// <summary>Gets x.</summary>
    public required double Others { get; init; }

    /// <summary>Gets ℓ = ‖q_i‖.</summary>
    public double Column { get; init; }

    /// <summary>Gets δ.</summary>
    public required double RipConstant { get; init; }

    /// <summary>Gets the norm of every column of Q_t but i.</summary>
    public double OtherColumn => Others / Math.Sqrt(SpuriousRank - 1);

    /// <summary>Gets the sizes.</summary>
    public StateSizes Sizes => new()
    {
        Dimension = Dimension,
        InvariantRank = InvariantRank,
        SpuriousRank = SpuriousRank,
        StepSize = StepSize,
        Factor = Math.Sqrt((Invariant * Invariant) + Squares),
        Invariant = Invariant,
        Spurious = Math.Sqrt(Squares),
    };

    /// <summary>Gets what the RIP error adds.</summary>
    public double Push => StepSize * RipConstant * Math.Abs(Sigma) * Math.Sqrt(SpuriousRank - 2) * Others / Math.Sqrt(2);

    /// <summary>Gets the singular value of R_{t+1} in the direction of w if it is pushed; the others are (1 + η − ησ²)σ.</summary>
    public double NextInvariant => (Damped(1) * Invariant) + Push;

    /// <summary>Gets ‖q_i^{(t+1)}‖ if it is pushed.</summary>
    public double NextColumn => (Damped(Sigma) * Column) + Push;

    /// <summary>Gets ‖E_{t+1}‖ if it is pushed.</summary>
    public double NextResidual => Push;

    private double Squares => (Others * Others) + (Column * Column);

    // 1 + ηgrowth − η‖U_tw‖².
    private double Damped(double growth) => 1 + (StepSize * growth) - (StepSize * ((Invariant * Invariant) + Squares));
}
