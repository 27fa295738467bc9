using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>The numbers that the analysis of Theorem 2 works with, apart from dimensions and step size.</summary>
/// <remarks>Immutable and thread-safe. Values are checked where they are used.</remarks>
public sealed record AnalysisConstants
{
    /// <summary>Gets M1 of (6): |Σ_ii| &lt; M1 for all environments.</summary>
    public required double Bound { get; init; }

    /// <summary>Gets M2 of (6): Var Σ_ii/(1 + |E Σ_ii|) &gt; M2 for all i.</summary>
    public required double Heterogeneity { get; init; }

    /// <summary>Gets δ, a RIP constant of the step's measurements at rank 4(r1 + r2) or above: the full-rank one will do.</summary>
    public required double RipConstant { get; init; }

    /// <summary>Gets the scale α of the start.</summary>
    public required double InitialScale { get; init; }

    /// <summary>Gets p of Definition 4.</summary>
    public required double ViolationProbability { get; init; }

    /// <summary>Gets log(1/α).</summary>
    internal double Logarithm => -Math.Log(InitialScale);

    /// <summary>Accepts M1, M2 and p above 0, δ not negative, and α between 0 and 1; all finite.</summary>
    internal void CheckValues()
    {
        Guard.Positive(Bound, "constants.Bound");
        Guard.Positive(Heterogeneity, "constants.Heterogeneity");
        Guard.NotNegative(RipConstant, "constants.RipConstant");
        Guard.InRange(InitialScale, AuxiliarySequences.SmallestScale, Math.BitDecrement(1.0), "constants.InitialScale");
        Guard.Positive(ViolationProbability, "constants.ViolationProbability");
    }
}
