namespace Hetero.Core.Theory.Quantities;

/// <summary>What <see cref="TheoryQuantities"/> depend on beside the environments. The defaults are those of Figure 3.</summary>
/// <remarks>The values are checked where they are used. Thread-safe: immutable.</remarks>
public sealed record TheoryParameters
{
    /// <summary>Gets the dimension d, 2 or more.</summary>
    public int Dimension { get; init; } = 100;

    /// <summary>Gets the rank r1 of the invariant signal, 1 or more; r1 + r2 is at most d.</summary>
    public int InvariantRank { get; init; } = 1;

    /// <summary>Gets the number m of samples of a step, 1 or more.</summary>
    public long Samples { get; init; } = 8000;

    /// <summary>Gets η, times the gradient scale if that is not 1; finite and above 0.</summary>
    public double StepSize { get; init; } = 0.05;

    /// <summary>Gets the scale α of the start, above 0 and below 1.</summary>
    public double InitialScale { get; init; } = 1e-3;

    /// <summary>Gets γ of Lemma 7, above 0 and below 1: the power of the moments is 1 − γ. The paper takes 1/3.</summary>
    public double Gamma { get; init; } = 1.0 / 3;

    /// <summary>Gets c_v of Definition 4 and of δ*, above 0: the paper gives it no value.</summary>
    public double ViolationConstant { get; init; } = 1;
}
