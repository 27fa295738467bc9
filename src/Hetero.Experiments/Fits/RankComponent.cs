namespace Hetero.Experiments.Fits;

/// <summary>A direction v of an estimate, as rows that are held out see it: b_e is unbiased for vᵀ(A* + A^(e))v, with the sign of the estimate's eigenvalue.</summary>
/// <param name="Eigenvalue">The eigenvalue of the estimate.</param>
/// <param name="Mean">The mean of b_e over the environments.</param>
/// <param name="Deviation">Their standard deviation, of environments and rows together.</param>
/// <param name="Chance">The chance of as clear a mean, at most, where that of all such environments were no larger than their spread, or than a tenth of the largest eigenvalue.</param>
/// <param name="Level">What it is held against.</param>
/// <param name="IsShared">Whether it is that or less, and the direction counts.</param>
public sealed record RankComponent(double Eigenvalue, double Mean, double Deviation, double Chance, double Level, bool IsShared);
