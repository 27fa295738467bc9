using Hetero.Core.Problems;

namespace Hetero.Core.Theory.Subspaces;

/// <summary>ε1 = ‖U*ᵀV*‖ of Assumption 1 (d): the largest principal cosine between the invariant and the spurious subspace.</summary>
/// <remarks>
/// 0 for orthogonal subspaces, 1 if they share a direction; <see cref="JacobiEdge"/> has its value for random ones. Thread-safe.
/// </remarks>
public static class SubspaceOverlap
{
    /// <summary>Computes ε1, to about d·ε.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>A number from 0 to 1, apart from round-off.</returns>
    public static double Of(SensingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return (Matrix.Of(problem.InvariantBasis).T * Matrix.Of(problem.SpuriousBasis)).Norm();
    }
}
