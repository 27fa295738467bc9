namespace Hetero.Experiments.Recipes;

/// <summary>The numbers that training works with.</summary>
public enum Precision
{
    /// <summary>64 bits.</summary>
    Double,

    /// <summary>32 bits.</summary>
    Single,
}
