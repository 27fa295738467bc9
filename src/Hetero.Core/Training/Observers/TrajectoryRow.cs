namespace Hetero.Core.Training;

/// <summary>One recorded iterate of a trajectory.</summary>
/// <param name="Step">The step t.</param>
/// <param name="Signal">The true share tr(U*ᵀUUᵀU*)/tr(A*).</param>
/// <param name="Spurious">The spurious share tr(V*ᵀUUᵀV*)/r2.</param>
/// <param name="Residual">‖E_t‖_F of (18).</param>
/// <param name="Error">‖UUᵀ − A*‖_F.</param>
/// <param name="PooledError">‖UUᵀ − A* − Ā‖_F.</param>
public readonly record struct TrajectoryRow(int Step, double Signal, double Spurious, double Residual, double Error, double PooledError);
