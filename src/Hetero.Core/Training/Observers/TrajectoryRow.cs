namespace Hetero.Core.Training;

/// <summary>One recorded iterate of a trajectory.</summary>
/// <param name="Step">The step t.</param>
/// <param name="Signal">The true share tr(U*ᵀUUᵀU*)/tr(A*); of a model with matrices M of both signs, or of such an A*, Σ sign(λ_i)·u_iᵀMu_i/Σ|λ_i|.</param>
/// <param name="Spurious">The spurious share tr(V*ᵀMV*)/r2, M = UUᵀ for a factor; of either sign where M is.</param>
/// <param name="Residual">‖E_t‖_F of (18); null for a model that is no factor with UUᵀ, which alone is decomposed.</param>
/// <param name="Error">‖M − A*‖_F.</param>
/// <param name="PooledError">‖M − A* − Ā‖_F.</param>
public readonly record struct TrajectoryRow(int Step, double Signal, double Spurious, double? Residual, double Error, double PooledError);
