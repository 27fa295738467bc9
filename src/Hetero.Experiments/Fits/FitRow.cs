namespace Hetero.Experiments.Fits;

/// <summary>An iterate of a fit as the rows held out see it.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Criterion">Σ π_e (R_e + Q_e), by which one is chosen; of the risk alone where nothing is held out.</param>
/// <param name="Risks">R_e = (1/2n) Σ (⟨X_i, M⟩ − y_i)² of each environment, on rows held out; on those trained on where there are none.</param>
/// <param name="Invariance">The estimates of Q_e = ‖D_eU‖²/‖U‖² of each environment, unbiased, so that they may be below 0; none where nothing is held out.</param>
/// <param name="Error">‖M − A*‖/‖A*‖ where the data set names an A* other than 0; else null. Nothing goes by it.</param>
public sealed record FitRow(int Step, double Criterion, IReadOnlyList<double> Risks, IReadOnlyList<double> Invariance, double? Error = null);
