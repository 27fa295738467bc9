namespace Hetero.Core.Theory.Simulations;

/// <summary>The sizes of the parts (17), (18) of an iterate, as Theorems 4 and 5 bound them.</summary>
/// <param name="Step">The step t.</param>
/// <param name="LargestInvariant">σ_1(R_t).</param>
/// <param name="SmallestInvariant">σ_r1(R_t).</param>
/// <param name="Spurious">‖Q_t‖_F.</param>
/// <param name="Residual">‖E_t‖, the largest singular value.</param>
/// <param name="ResidualFrobenius">‖E_t‖_F.</param>
public readonly record struct PartNorms(
    int Step, double LargestInvariant, double SmallestInvariant, double Spurious, double Residual, double ResidualFrobenius);
