using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>The sizes of all terms of one step.</summary>
/// <param name="Step">The step t that was reached.</param>
/// <param name="Phase">Its phase; null if the start is at 1/3 or above, where there are none.</param>
/// <param name="Invariant">R_t and the terms of (22).</param>
/// <param name="Spurious">Q_t and the terms of (23).</param>
/// <param name="Residual">E_t and the terms of (24).</param>
/// <param name="SplitError">
/// By how much the terms miss R_t, Q_t or E_t: the largest ‖sum of the terms − actual‖_F over the sum of the Frobenius norms of all nine terms. Round-off.
/// </param>
public readonly record struct DynamicsRow(
    int Step, TrainingPhase? Phase, SplitSizes Invariant, SplitSizes Spurious, SplitSizes Residual, double SplitError);
