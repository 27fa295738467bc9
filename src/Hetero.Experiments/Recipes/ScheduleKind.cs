namespace Hetero.Experiments.Recipes;

/// <summary>How the step size changes from step to step.</summary>
public enum ScheduleKind
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>At given steps.</summary>
    Piecewise,

    /// <summary>Half a cosine, and the last value from there on.</summary>
    Cosine,

    /// <summary>As 1/(1 + t/τ).</summary>
    InverseTime,
}
