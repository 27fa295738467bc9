namespace Hetero.Core.Theory;

/// <summary>What a check of a statement of the theory found.</summary>
public enum Verdict
{
    /// <summary>Every hypothesis was met and the claim held.</summary>
    Holds,

    /// <summary>Every hypothesis was met and the claim did not hold: the statement as printed is false.</summary>
    Fails,

    /// <summary>A hypothesis was not met: the statement says nothing about this instance, whether its claim held or not.</summary>
    HypothesisNotMet,

    /// <summary>The claim has a constant without a value: reported is the extreme value for which it would hold.</summary>
    ImpliedConstant,
}
