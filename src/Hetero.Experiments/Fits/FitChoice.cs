namespace Hetero.Experiments.Fits;

/// <summary>Which iterate of a run is kept.</summary>
internal enum FitChoice
{
    /// <summary>That of the least Σ π_e (R_e + Q_e).</summary>
    Criterion,

    /// <summary>That of the least mean risk, by which one who does not know of environments chooses.</summary>
    Risk,

    /// <summary>The last, where no row is held out.</summary>
    Last,
}
