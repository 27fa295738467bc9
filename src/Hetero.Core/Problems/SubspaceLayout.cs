namespace Hetero.Core.Problems;

/// <summary>How the invariant and the spurious subspace lie to each other.</summary>
public enum SubspaceLayout
{
    /// <summary>Two independent Haar-random subspaces, as in Proposition 1: their overlap is about √(r1/d) + √(r2/d) when both ranks are small.</summary>
    Random,

    /// <summary>Two Haar-random subspaces with U*ᵀV* = 0.</summary>
    Orthogonal,

    /// <summary>Haar-random subspaces whose min(r1, r2) principal cosines are all equal to a given overlap.</summary>
    PrescribedOverlap,
}
