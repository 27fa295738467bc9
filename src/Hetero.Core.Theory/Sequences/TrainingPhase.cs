namespace Hetero.Core.Theory.Sequences;

/// <summary>The phase of a step in the paper's analysis.</summary>
public enum TrainingPhase
{
    /// <summary>Steps t ≤ T1: R_t grows from α to about 1/3 (Theorem 4).</summary>
    Growth = 1,

    /// <summary>Steps T1 &lt; t ≤ T2: R_t approaches 1 (Theorem 5).</summary>
    Convergence = 2,

    /// <summary>Steps t &gt; T2, of which the theorems say nothing.</summary>
    Beyond = 3,
}
