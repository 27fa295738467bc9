namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// The sizes that the assumptions of Theorem 2 and Lemmas 9 to 14 presume something of, at one step t: those of a step that was made, or of a state that is known in
/// closed form at a dimension far beyond what could be stored.
/// </summary>
internal sealed record StateSizes
{
    /// <summary>Gets d.</summary>
    public required int Dimension { get; init; }

    /// <summary>Gets r1.</summary>
    public required int InvariantRank { get; init; }

    /// <summary>Gets r2.</summary>
    public required int SpuriousRank { get; init; }

    /// <summary>Gets η.</summary>
    public required double StepSize { get; init; }

    /// <summary>Gets ε1 = ‖U*ᵀV*‖.</summary>
    public double Overlap { get; init; }

    /// <summary>Gets max_i Σ_{j≠i} |Σ_ij|.</summary>
    public double OffDiagonal { get; init; }

    /// <summary>Gets ‖U_t‖.</summary>
    public required double Factor { get; init; }

    /// <summary>Gets ‖R_t‖.</summary>
    public required double Invariant { get; init; }

    /// <summary>Gets ‖Q_t‖.</summary>
    public required double Spurious { get; init; }

    /// <summary>Gets ‖E_t‖ of the residual (18).</summary>
    public double Residual { get; init; }

    /// <summary>Gets ‖E_t‖_F of the residual (18).</summary>
    public double ResidualFrobenius { get; init; }

    /// <summary>Gets √(r1 + r2).</summary>
    public double RootRank => Math.Sqrt((double)InvariantRank + SpuriousRank);

    /// <summary>Takes the sizes of a step.</summary>
    public static StateSizes Of(AnalyzedStep step) => new()
    {
        Dimension = step.Problem.Dimension,
        InvariantRank = step.Problem.InvariantRank,
        SpuriousRank = step.Problem.SpuriousRank,
        StepSize = step.StepSize,
        Overlap = step.Overlap,
        OffDiagonal = OffDiagonalOf(step.Sigma),
        Factor = step.FactorNorm,
        Invariant = step.InvariantNorm,
        Spurious = step.SpuriousNorm,
        Residual = step.ResidualNorm,
        ResidualFrobenius = step.ResidualFrobenius,
    };

    private static double OffDiagonalOf(Matrix sigma)
    {
        double largest = 0;
        for (int i = 0; i < sigma.Rows; i++)
        {
            double sum = 0;
            for (int j = 0; j < sigma.Columns; j++)
            {
                sum += i == j ? 0 : Math.Abs(sigma[i, j]);
            }

            largest = Math.Max(largest, sum);
        }

        return largest;
    }
}
