namespace Hetero.Experiments.Fits;

/// <summary>Why there is no <see cref="TwoFitsComparison"/> beside a fit.</summary>
public enum TwoFitsAbsence
{
    /// <summary>There is one environment alone.</summary>
    OneEnvironment,

    /// <summary>An environment has fewer rows to train on than a symmetric matrix has unknowns, d(d+1)/2.</summary>
    FewRows,

    /// <summary>The fit has learned nothing yet, and there is no rank.</summary>
    NoEstimate,

    /// <summary>Least squares cannot be computed in this precision: squares of the measurements leave its range.</summary>
    OutOfRange,

    /// <summary>The fits of all environments are the same.</summary>
    NoDifference,

    /// <summary>The ranks of the estimate and of the difference come to more than d, so that they cannot be told apart.</summary>
    TooManyDirections,
}
