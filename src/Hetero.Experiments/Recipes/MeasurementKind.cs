namespace Hetero.Experiments.Recipes;

/// <summary>Where measurements come from.</summary>
public enum MeasurementKind
{
    /// <summary>The exact law of the gradient, without measurements.</summary>
    ExactLaw,

    /// <summary>Drawn anew at each step.</summary>
    Regenerated,

    /// <summary>Drawn once and kept.</summary>
    Stored,

    /// <summary>m = ∞.</summary>
    Population,

    /// <summary>xxᵀ of Gaussian inputs x, drawn anew at each step.</summary>
    RankOne,

    /// <summary>xxᵀ of Gaussian inputs x, drawn once and kept.</summary>
    StoredRankOne,

    /// <summary>The exact law of the gradient applied to the factor's columns, of dimensions where no d×d matrix fits.</summary>
    ExactLawFactored,
}
