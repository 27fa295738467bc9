namespace Hetero.Experiments.Figures;

/// <summary>What the picture of <see cref="Rivals"/> shows.</summary>
/// <param name="Cases">The runs.</param>
/// <param name="Fits">The differences of two fits: overlap, noise, and the root mean square of their errors, predicted and measured.</param>
internal sealed record RivalsData(IReadOnlyList<RivalCase> Cases, IReadOnlyList<(double Overlap, double Noise, double Expected, double Measured)> Fits);
