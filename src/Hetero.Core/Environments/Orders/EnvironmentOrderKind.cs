namespace Hetero.Core.Environments;

/// <summary>How the environments of successive steps follow each other.</summary>
public enum EnvironmentOrderKind
{
    /// <summary>Every step draws its own, e_t ~ D: the paper.</summary>
    Independent,

    /// <summary>Environment t mod n of a list of n with equal odds.</summary>
    Cyclic,

    /// <summary>Every n steps run through a fresh random permutation of a list of n with equal odds.</summary>
    Shuffled,

    /// <summary>One independent draw is kept for a number of steps.</summary>
    Blocks,
}
