namespace Hetero.Core.Theory;

/// <summary>The extreme value of an unnamed constant for which a claim would hold.</summary>
/// <param name="Name">The constant's symbol in the paper, or what stands for it: "C in O(·)".</param>
/// <param name="Value">The value.</param>
/// <param name="IsSmallest">True if the claim holds for this and all larger values, false if for this and all smaller ones.</param>
public sealed record ImpliedConstant(string Name, double Value, bool IsSmallest)
{
    /// <summary>Returns the more demanding of two values of the same constant: the one for which both claims hold; NaN, for which none does, before all.</summary>
    /// <param name="other">The other value.</param>
    public ImpliedConstant Stricter(ImpliedConstant other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return double.IsNaN(other.Value) || (IsSmallest ? other.Value > Value : other.Value < Value) ? other : this;
    }
}
