namespace Hetero.Core.Theory;

/// <summary>What a statement that was found true is worth.</summary>
public enum StatementKind
{
    /// <summary>It says something that could have turned out false: its check is evidence.</summary>
    Claim,

    /// <summary>It follows from its own terms by algebra or from how its instances are made: its check guards formulas and counts as no evidence.</summary>
    Arithmetic,

    /// <summary>It defines what others assume: its check says where that is met and counts as no evidence.</summary>
    Definition,
}
